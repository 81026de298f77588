"""Makes a package's label once, and keeps the labels that carriers and marketplaces make."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row

from app.config import Settings
from app.devices.printers import known as printers
from app.domain import entries as e
from app.domain.codes import s10
from app.domain.decision import Outcome
from app.domain.entries import Entry
from app.domain.packing import PackTask, current
from app.domain.printing import Document
from app.station import bought
from app.station.views import Feedback
from app.store import orders, packages
from app.store.database import Store

if TYPE_CHECKING:
    from app.station.documents import Documents

_LARGEST = 5_000_000  # bytes of a supplied label


class Labels:
    """The labels of packages, from the code that is spent to the bytes that are kept.

    `documents` gives what lays them out, which is not read before it is asked for.
    """

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        clock: Callable[[], datetime],
        documents: Callable[[], Documents],
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._documents = documents

    def create(
        self,
        c: Connection,
        package_no: int,
        task: PackTask,
        write: Callable[[Entry], None],
    ) -> Feedback | None:
        """Make a package's label in the transaction of `c`, where `write` journals; None when it
        is made and kept."""
        held = next((p for p in task.packages if p.package_no == package_no), current(task))
        count, weight = len(task.packages), held.weight_g or 0
        ready = packages.prepared_label(c, task.order_id, package_no)
        if ready:
            if count == 1 and ready.address_version == task.address_version:
                write(_created(ready))
                return None
            reason = "address" if count == 1 else "packages"
            write(e.LabelVoided(task.order_id, ready.id, ready.tracking, reason))
        made = self.make(c, task.order_id, package_no, package_count=count, weight_g=weight)
        if isinstance(made, Feedback):
            return made
        write(made)
        return None

    def make(
        self,
        c: Connection,
        order_id: int,
        package_no: int,
        *,
        package_count: int = 1,
        weight_g: int = 0,
    ) -> e.LabelCreated | Feedback:
        """A new label: the carrier's own where it came, else one with a code of the loaded ranges.

        The code is spent, and the label's very bytes are kept, in the transaction of `c`; the
        entry that tells of it belongs there too. So a code that was ever seen is spent.
        """
        row = orders.by_id(c, order_id)
        assert row is not None
        dpi = self.dpi(c)
        supplied = packages.supplied_label(c, order_id, package_no, row.address_version)
        now = self._clock()
        if refused := bought.check(c, row, supplied, package_no, package_count, now):
            return refused
        if supplied:
            tracking, form = supplied.tracking, supplied.format
            zpl = supplied.data if form == "zpl" else b""
            pdf = supplied.data if form == "pdf" else b""
        else:
            taken = packages.take_serial(c, row.carrier, row.service_code)
            if taken is None:
                params = {"carrier": row.carrier, "service": row.service_name}
                return Feedback(Outcome.WARN, "TRACKING_NONE", params)
            tracking, form = s10(*taken), ""
            documents = self._documents()
            data = documents.label_data(
                c, order_id, package_no, tracking, package_count=package_count, weight_g=weight_g
            )
            zpl, pdf = documents.new_label(data, dpi)
        entry = e.LabelCreated(
            order_id, package_no, str(uuid.uuid4()), tracking, row.address_version
        )
        packages.store_label(
            c,
            label_id=entry.label_id,
            order_id=order_id,
            package_no=package_no,
            tracking=tracking,
            address_version=row.address_version,
            zpl=zpl,
            pdf=pdf,
            dpi=dpi,
            at=now,
            supplied=form,
        )
        return entry

    def dpi(self, c: Connection) -> int:
        """The dots an inch of the station's printer of labels."""
        station = self._settings()["station.name"]
        return printers.chosen(c, station, Document.SHIPPING_LABEL).dpi

    def supply(self, number: str, package_no: int, tracking: str, data: bytes) -> Feedback:
        """Keep a label that the carrier or marketplace made; it is printed as it came."""
        tracking = tracking.strip().upper()
        form = "pdf" if data.startswith(b"%PDF-") else "zpl" if b"^XA" in data[:512] else ""
        whole = form and 0 < len(data) <= _LARGEST and package_no > 0
        if not whole or not re.fullmatch("[A-Z0-9-]{6,40}", tracking):
            return Feedback(Outcome.WARN, "LABEL_SUPPLIED_BAD", {"order": number})
        with self._store.write() as c:
            row = orders.by_number(c, number)
            if row is None:
                return Feedback(Outcome.WARN, "ORDER_UNKNOWN", {"number": number})
            if not packages.tracking_is_free(c, tracking, row.id):
                return Feedback(Outcome.WARN, "TRACKING_TAKEN", {"tracking": tracking})
            packages.supply(
                c,
                order_id=row.id,
                package_no=package_no,
                tracking=tracking,
                address_version=row.address_version,
                format=form,
                data=data,
                at=self._clock(),
            )
        params = {"order": number, "tracking": tracking}
        return Feedback(Outcome.DONE, "LABEL_SUPPLIED", params)


def _created(row: Row[Any]) -> e.LabelCreated:
    return e.LabelCreated(row.order_id, row.package_no, row.id, row.tracking, row.address_version)
