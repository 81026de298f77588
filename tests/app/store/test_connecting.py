from __future__ import annotations

from pathlib import Path

from app.store.connecting import connect, empty_log

KEY = b"k" * 32


def test_the_log_is_emptied_unless_somebody_reads_the_pages_of_before(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    writer, reader = connect(path, KEY), connect(path, KEY)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE rows (a)")
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM rows").fetchone() == (0,)
    writer.execute("INSERT INTO rows VALUES (1)")
    assert not empty_log(path, KEY)
    reader.execute("COMMIT")
    assert empty_log(path, KEY)
    size = path.with_name("some.db-wal").stat().st_size
    writer.execute("INSERT INTO rows VALUES (2)")
    assert path.with_name("some.db-wal").stat().st_size == size, "the log begins anew"
    assert reader.execute("SELECT count(*) FROM rows").fetchone() == (2,)
    for connection in (writer, reader):
        connection.close()


def test_a_log_that_cannot_be_emptied_is_no_trouble(tmp_path: Path) -> None:
    assert not empty_log(tmp_path / "nowhere" / "some.db", KEY)
