"""Manifests are listed without their documents, which are asked for by themselves."""

from __future__ import annotations

from pathlib import Path

from app.domain import entries as e
from app.store import journal, manifests
from app.store.journal import Stamp
from tests.support import homes
from tests.support.shift import Clock


def test_a_manifest_is_found_without_its_romaneio_which_is_asked_for_by_itself(
    tmp_path: Path,
) -> None:
    store = homes.store(tmp_path / "expedita.db")
    with store.write() as c:
        stamp = Stamp("Doca", 0, Clock()())
        journal.append(c, stamp, [e.ManifestOpened("R1", "correios", "03220", "D1")])
        assert manifests.document(c, "R1") == b""
        manifests.keep_document(c, "R1", b"%PDF-1.4")
    with store.read() as c:
        assert manifests.document(c, "R1") == b"%PDF-1.4"
        assert manifests.document(c, "R2") == b""
        one, open_one = manifests.by_id(c, "R1"), manifests.loadable(c, "correios", "03220")
        (waiting,) = manifests.unfinished(c)
    assert one == open_one == waiting
    assert (one.id, one.dock, one.state) == ("R1", "D1", "OPEN")
    assert "pdf" not in one._fields, "each view of the dock would read it"
    store.close()
