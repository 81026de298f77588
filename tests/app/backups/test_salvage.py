"""Of a damaged store all that its whole pages hold is read, at a bearable price."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.backups import salvage
from app.store.connecting import connect
from tests.support import homes

ROWS = 20_000
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with one table of some 30 rows a page."""
    path = tmp_path_factory.mktemp("salvage") / "whole.db"
    connection = connect(path, homes.KEY)
    connection.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, what TEXT)")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO told VALUES (?, ?)", ((n, f"{n:0120}") for n in range(1, ROWS + 1))
    )
    connection.execute("COMMIT")
    connection.close()
    return path.read_bytes()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were opened, one entry each time."""
    found: list[Path] = []
    reading: Callable[[Path, bytes], Any] = salvage._reading

    def noted(path: Path, key: bytes) -> Any:
        found.append(path)
        return reading(path, key)

    monkeypatch.setattr(salvage, "_reading", noted)
    return found


def damaged(whole: bytes, path: Path, pages: range) -> Path:
    content = bytearray(whole)
    for page in pages:
        content[(page - 1) * PAGE + 100 : (page - 1) * PAGE + 164] = b"\xff" * 64
    path.write_bytes(content)
    return path


def read(path: Path) -> set[int]:
    found = salvage.read(path, homes.KEY, ["told"])
    assert found.torn == {"told"}
    rows = found.rows("told")
    assert all(row["what"] == f"{row['id']:0120}" for row in rows)
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids)), "each row once, in its order"
    return set(ids)


def readable(path: Path, ids: set[int]) -> set[int]:
    """Those of the rows that can be read, asked for one by one."""
    reader = salvage._Reader(path, homes.KEY, "told")
    found = set()
    for one in ids:
        try:
            found |= {rowid for rowid, _ in reader._ask("rowid = ?", one)}
        except reader._error:
            continue
    return found


@pytest.mark.parametrize("pages", [range(100, 101), range(100, 140, 2), range(100, 101 + 8)])
def test_every_row_of_a_whole_page_is_read(whole: bytes, tmp_path: Path, pages: range) -> None:
    path = damaged(whole, tmp_path / "torn.db", pages)
    lost = set(range(1, ROWS + 1)) - read(path)
    assert 0 < len(lost) < 40 * len(pages)
    assert readable(path, lost) == set()


def test_what_comes_after_a_wide_gap_is_read_without_a_look_at_each_of_its_rows(
    whole: bytes, tmp_path: Path, opened: list[Path]
) -> None:
    path = damaged(whole, tmp_path / "torn.db", range(100, 400))
    lost = set(range(1, ROWS + 1)) - read(path)
    assert 8000 < len(lost) < 10_000
    assert len(opened) < 500
    first, last = min(lost), max(lost)
    assert lost == set(range(first, last + 1)), "nothing beside the gap is missed"
    assert readable(path, {first, last}) == set()


def test_a_file_that_was_cut_off_is_given_up_soon_at_its_end(
    whole: bytes, tmp_path: Path, opened: list[Path]
) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes(whole[: 600 * PAGE])
    assert len(read(path)) > 16_000
    assert len(opened) < 700


def test_hundreds_of_bad_pages_here_and_there_cost_less_than_their_rows(
    whole: bytes, tmp_path: Path, opened: list[Path]
) -> None:
    path = damaged(whole, tmp_path / "torn.db", range(20, 440, 2))
    lost = ROWS - len(read(path))
    assert 6000 < lost < 7000, "a page of rows and no more for each bad one"
    assert len(opened) < 0.6 * lost
