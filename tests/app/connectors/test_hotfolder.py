"""The hot folder passes the contract, and keeps its files' manners."""

from __future__ import annotations

import asyncio
import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.connectors import kinds
from app.connectors.hotfolder import KIND, MAX_TRACKING_FILE, MOST_EVENTS, PAGE, HotFolder
from app.connectors.kinds import Config
from app.connectors.records import MAX_LINE
from app.connectors.roles import Page, TrackingStatus
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.support import warehouse


class FolderBed:
    kind = KIND
    url = ""
    page = PAGE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = warehouse.write(folder / "made", 1) / "orders.jsonl"
        self._pattern = json.loads(made.read_text(encoding="utf-8"))
        self._orders: dict[str, dict[str, object]] = {}
        self._drops = 0

    def config(self, url: str) -> Config:
        options = {"folder": str(self.folder), "settle_s": "0"}
        return Config("pasta", "hot-folder", url, options, KeptSecrets())

    def add(self, count: int) -> list[str]:
        ids = []
        for _ in range(count):
            n = len(self._orders) + 1
            order = {**self._pattern, "external_id": f"x{n}", "number": str(7000 + n)}
            self._orders[f"x{n}"] = order
            ids.append(f"x{n}")
        self._drop(*(self._orders[i] for i in ids))
        return ids

    def edit(self, external_id: str) -> None:
        order = self._orders[external_id]
        order["address"] = {**self._pattern["address"], "number": "999"}
        self._drop(order)

    def cancel(self, external_id: str) -> None:
        self._orders[external_id]["status"] = "cancelled"
        self._drop(self._orders[external_id])

    def spoil(self) -> str:
        self._drop({**self._pattern, "external_id": "bad", "lines": []})
        return f"drop{self._drops:03d}.jsonl:1"

    def told(self, external_id: str) -> int:
        told = [json.loads(p.read_text()) for p in (self.folder / "out").glob("*-shipped-*.json")]
        return sum(record["external_id"] == external_id for record in told)

    def _drop(self, *records: object) -> None:
        self._drops += 1
        text = "".join(json.dumps(record) + "\n" for record in records)
        # All drops again, as a folder that is read anew would have them.
        (self.folder / f"drop{self._drops:03d}.jsonl").write_text(text, encoding="utf-8")


class TestOrders(OrdersContract):
    @pytest.fixture
    def bed(self, tmp_path: Path) -> FolderBed:
        return FolderBed(tmp_path)

    # A folder gives each file once; what it gave before does not come again.
    test_the_same_pull_twice_gives_the_same_digests = None  # type: ignore[assignment]


def _pull(folder: HotFolder) -> list[Page]:
    async def pull() -> list[Page]:
        pages = []
        async for page in folder.pull(""):
            pages.append(page)
            await folder.confirm(page)
        return pages

    return asyncio.run(pull())


def _folder(path: Path, **options: str) -> HotFolder:
    given = {"folder": str(path), "settle_s": "0", **options}
    return HotFolder(Config("pasta", "hot-folder", "", given, KeptSecrets()))


def test_the_kind_is_found_by_its_entry_point() -> None:
    assert "hot-folder" in kinds.names()
    assert kinds.load("hot-folder") is KIND
    assert KIND.missing({}) == ["folder"]
    with pytest.raises(kinds.KindUnknown):
        kinds.load("nothing-of-the-kind")


def test_a_file_that_is_still_written_waits(tmp_path: Path) -> None:
    bed = FolderBed(tmp_path)
    bed.add(1)
    assert _pull(_folder(tmp_path, settle_s="3600")) == []
    os.utime(tmp_path / "drop001.jsonl", (time.time() - 4000,) * 2)
    assert len(_pull(_folder(tmp_path, settle_s="3600"))) == 1


def test_a_page_that_was_not_confirmed_comes_again(tmp_path: Path) -> None:
    FolderBed(tmp_path).add(1)

    async def unconfirmed() -> list[Page]:
        return [page async for page in _folder(tmp_path).pull("")]

    first = asyncio.run(unconfirmed())
    assert [p.records for p in _pull(_folder(tmp_path))] == [p.records for p in first]
    assert _pull(_folder(tmp_path)) == []
    assert (tmp_path / "done" / "drop001.jsonl").exists()


def test_an_nfe_comes_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "nota.xml").write_bytes(b"<nfeProc/>")
    assert [page.documents for page in _pull(_folder(tmp_path))] == [(b"<nfeProc/>",)]


def test_a_file_of_another_kind_is_put_aside_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "foto.csv").write_bytes(b"\x00\x01")
    (page,) = _pull(_folder(tmp_path))
    assert page.records[0].code == "IMPORT_UNKNOWN_FORMAT"
    assert not (tmp_path / "foto.csv").exists()


def test_tracking_events_are_read_for_the_codes_asked_for(tmp_path: Path) -> None:
    (tmp_path / "tracking.csv").write_text(
        "tracking,at,status,text\n"
        "PB1,2026-11-25T10:00:00-03:00,posted,Postado\n"
        "PB1,2026-11-26T10:00:00-03:00,delivered,Entregue\n"
        "PB2,2026-11-26T10:00:00-03:00,delivered,Entregue\n"
        "PB1,ontem,delivered,?\n",
        encoding="utf-8",
    )
    found = asyncio.run(_folder(tmp_path).events(["PB1", "PB9"]))
    assert list(found) == ["PB1"]
    assert [e.status for e in found["PB1"]] == [TrackingStatus.POSTED, TrackingStatus.DELIVERED]
    assert found["PB1"][0].at == datetime(2026, 11, 25, 13, tzinfo=UTC)


def test_a_folder_that_cant_be_written_is_down(tmp_path: Path) -> None:
    from app.connectors import errors

    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(errors.Down):
        asyncio.run(_folder(tmp_path / "file").check())
    assert asyncio.run(_folder(tmp_path / "new").check()).account == str(tmp_path / "new")


def test_tracking_is_read_from_the_folders_own_files_alone(tmp_path: Path) -> None:
    """A link could have any file of this user read, and one without an end holds up all others."""
    head = "tracking,at,status,text\n"
    row = "PB1,2026-11-25T10:00:00-03:00,posted,{}\n"
    inside, outside = tmp_path / "in", tmp_path / "outside.csv"
    inside.mkdir()
    outside.write_text(head + row.format("by a link"), encoding="utf-8")
    (inside / "tracking-link.csv").symlink_to(outside)
    with (inside / "tracking-huge.csv").open("w", encoding="utf-8") as huge:
        huge.write(head + row.format("huge"))
        huge.truncate(MAX_TRACKING_FILE + 1)  # sparse: it takes no room
    bad = ["\x00" * 3, "x" * 501, "y" * MAX_LINE]
    (inside / "tracking-own.csv").write_text(
        head + "".join(row.format(text) for text in [*bad, "own"]), encoding="utf-8"
    )
    found = asyncio.run(_folder(inside).events(["PB1"]))
    assert [event.text for event in found["PB1"]] == ["own"]


def test_no_package_brings_endless_events(tmp_path: Path) -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    rows = [f"PB1,{(start + timedelta(hours=n)).isoformat()},other,{n}" for n in range(250)]
    text = "\n".join(["tracking,at,status,text", *rows])
    (tmp_path / "tracking.csv").write_text(text, encoding="utf-8")
    found = asyncio.run(_folder(tmp_path).events(["PB1"]))["PB1"]
    assert (len(found), found[-1].text) == (MOST_EVENTS, "249")
