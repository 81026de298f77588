"""What a print job prints, and what it is called at the printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row

from app.domain.printing import Document
from app.station.paper import Paper
from app.store import manifests, orders, packages
from app.store.database import Store

if TYPE_CHECKING:
    from app.station.documents import Documents

_TITLES: dict[str, str] = {
    Document.SHIPPING_LABEL: "etiqueta",
    Document.PACKING_SLIP: "conteudo",
    Document.GIFT_SLIP: "presente",
    Document.TEST_PAGE: "teste",
}  # of files and of jobs at a printer; others are called as they are


class Contents:
    """Has every job's document made. `documents` gives what lays them out, which is not read before
    it is asked for."""

    def __init__(self, store: Store, documents: Callable[[], Documents]) -> None:
        self._store = store
        self._documents = documents

    def title(self, c: Connection, job: Row[Any]) -> str:
        """Of a file, or of a job at a printer; it names no person."""
        return f"{_TITLES.get(job.document, job.document)}-{_about(c, job)}-{job.copy}"

    def making(self, c: Connection, job: Row[Any], paper: Paper) -> Callable[[], bytes]:
        """What makes a job's document. All but a romaneio, which may have thousands of rows, are
        made now.

        Raises:
            NoDocument: it can't be made for this printer.
        """
        documents = self._documents()
        match job.document:
            case Document.ROMANEIO:
                return lambda: self._romaneio(job.subject, paper, job.copy)
            case Document.SHIPPING_LABEL:
                data = documents.label(c, job.subject, paper, job.copy)
            case Document.TEST_PAGE:
                data = documents.trial_page(job.subject, paper)
            case _:
                data = documents.of_order(c, job.document, job.subject, paper, job.copy)
        return lambda: data

    def _romaneio(self, manifest_id: str, paper: Paper, copy: int) -> bytes:
        """The manifest's document; the first is kept before it is printed."""
        documents = self._documents()
        with self._store.read() as c:
            data = documents.romaneio_data(c, manifest_id)
            kept = manifests.document(c, manifest_id)
        if copy == 1 and not kept:
            kept = documents.romaneio_of(data, Paper("pdf"))
            with self._store.write() as c:
                manifests.keep_document(c, manifest_id, kept)
        if copy == 1 and paper.format == "pdf":
            return kept
        return documents.romaneio_of(data, paper, copy)


def _about(c: Connection, job: Row[Any]) -> str:
    """What a document is called by: the order and its package, or the document's own number."""
    row = orders.by_id(c, job.order_id) if job.order_id else None
    label = packages.label(c, job.subject) if row else None
    number = row.number if row else str(job.subject)
    return f"{number}-{label.package_no}" if label else number
