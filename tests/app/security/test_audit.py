"""The journal's chain and the mark of its end: what was done to it is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from app.domain.security_entries import SettingChanged, SignedIn
from app.security.audit import Audit, verify
from app.store.audit import entries
from app.store.database import Store
from tests.support import homes

HERE = "Bancada 1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = homes.store(tmp_path / "store.db")
    yield store
    store.close()


@pytest.fixture
def audit(store: Store) -> Audit:
    """Ten audited entries."""
    ticks = count()
    start = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    audit = Audit(store, HERE, lambda: start + timedelta(seconds=next(ticks)))
    for n in range(10):
        audit.record(SettingChanged("lock.minutes", str(n), str(n + 1)))
    return audit


def tamper(store: Store, sql: str) -> None:
    with store.write() as c:
        assert c.exec_driver_sql(sql).rowcount > 0


def test_an_untouched_journal_is_whole_and_tells_its_heads(store: Store, audit: Audit) -> None:
    verdict = verify(store)
    assert verdict.is_whole
    assert verdict.marked
    assert verdict.heads[HERE][0] == 10


@pytest.mark.parametrize(
    ("sql", "found_at"),
    [
        (
            "UPDATE journal SET payload = json_set(payload, '$.after', '99') WHERE station_seq = 4",
            4,
        ),
        ("UPDATE journal SET operator_id = 7 WHERE station_seq = 1", 1),
        ("UPDATE journal SET occurred_at = '2026-01-01 00:00:00' WHERE station_seq = 10", 10),
        ("UPDATE journal SET kind = 'SignedOut' WHERE station_seq = 5", 5),
        ("DELETE FROM journal WHERE station_seq = 6", 7),
        ("DELETE FROM journal WHERE station_seq = 1", 2),
    ],
)
def test_a_changed_or_removed_entry_is_found_where_it_was(
    store: Store, audit: Audit, sql: str, found_at: int
) -> None:
    tamper(store, sql)
    verdict = verify(store)
    assert not verdict.is_whole
    assert verdict.broken[HERE][0] == found_at


def test_two_entries_that_changed_places_are_found(store: Store, audit: Audit) -> None:
    for at, to in ((3, 99), (4, 3), (99, 4)):
        tamper(store, f"UPDATE journal SET station_seq = {to} WHERE station_seq = {at}")
    assert verify(store).broken[HERE][:2] == (3, 4)


def test_an_entry_slipped_in_is_found(store: Store, audit: Audit) -> None:
    with store.write() as c:
        c.exec_driver_sql(
            "INSERT INTO journal SELECT warehouse_id, station_id, 11, 'x', task_id, order_id,"
            " operator_id, kind, payload, occurred_at, prev_hash, hash"
            " FROM journal WHERE station_seq = 10"
        )
    assert verify(store).broken[HERE] == (11,)


def test_a_cut_off_tail_is_found_by_the_mark(store: Store, audit: Audit) -> None:
    tamper(store, "DELETE FROM journal WHERE station_seq > 7")
    verdict = verify(store)
    assert verdict.broken == {}, "what is left is whole in itself"
    assert verdict.cut == {HERE: (7, 10)}


def test_a_whole_chain_that_is_gone_is_found(store: Store, audit: Audit) -> None:
    tamper(store, "DELETE FROM journal")
    assert verify(store).cut == {HERE: (0, 10)}


def test_a_tail_written_anew_is_found(store: Store, audit: Audit) -> None:
    kept = verify(store).heads
    tamper(store, "DELETE FROM journal WHERE station_seq > 8")
    for _ in range(5):
        audit.record(SignedIn("picker"))
    verdict = verify(store, kept)
    assert verdict.broken == {}
    assert verdict.cut == {HERE: (13, 10)}


def test_without_its_mark_a_cut_is_found_by_a_head_kept_elsewhere(
    store: Store, audit: Audit, tmp_path: Path
) -> None:
    kept = verify(store).heads
    tamper(store, "DELETE FROM journal WHERE station_seq > 7")
    (tmp_path / "store.mark").unlink()
    verdict = verify(store)
    assert verdict.is_whole
    assert not verdict.marked
    assert verify(store, kept).cut == {HERE: (7, 10)}


def test_the_systems_user_stands_where_no_operator_did(store: Store, audit: Audit) -> None:
    audit.user = "maria"
    audit.record(SettingChanged("theme", "light", "dark"))
    with store.read() as c:
        newest = max(entries(c), key=lambda row: row.station_seq)
    assert newest.payload["user"] == "maria"
