"""A damaged, shortened, cut off or vanished store comes back, with a list of what is in doubt."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.backups import making, restoring
from app.backups.helping import Rescue
from app.backups.restoring import Base, restore
from app.domain.decision import Outcome
from app.engine import Engine
from app.rehearsal import Clock
from app.security.keys import KeyChoice, KeySource, store_key
from app.security.recovery import RecoveryNote, backup_key, recovery_key
from app.store import journal
from app.store.database import StoreError
from app.store.schema import LABELS, ORDERS, TRACKING_RANGES
from tests.support import floor

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


class Bed:
    """A demo warehouse with a backup in the middle of its day."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = home / "expedita.db"
        self.clock = Clock()
        (name,) = (home / "saved").glob("*.backup")
        self.backup = name
        self.engine = self.open()

    @property
    def key(self) -> bytes:
        return store_key(self.home)[0]

    def open(self) -> Engine:
        engine = Engine.open(self.home, demo=True, clock=self.clock)
        engine.station.sign_in("DEMO", "7391")
        return engine

    def pack(self, count: int) -> None:
        pack(self.engine, count)

    def facts(self) -> tuple[list[tuple[str, str]], list[str], int]:
        """Each order's state, each tracking code, and how far the journal is."""
        with self.engine.store.read() as c:
            states = [tuple(r) for r in c.execute(select(ORDERS.c.number, ORDERS.c.state))]
            labels = sorted(c.scalars(select(LABELS.c.tracking)))
            return sorted(states), labels, journal.head(c, self.engine.station.id)[0]

    def restore(self) -> restoring.Restored:
        return restore(self.home, self.key, self.backup, making.keys_of(self.home, self.key), NOW)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed data folder: two orders packed, a backup, three more packed."""
    home = tmp_path_factory.mktemp("worked") / "home"
    engine = Engine.open(home, demo=True, clock=Clock())
    engine.station.sign_in("DEMO", "7391")
    pack(engine, 2)
    making.make(home, store_key(home)[0], home / "saved", "daily", NOW)
    pack(engine, 3)
    engine.close()
    return home


@pytest.fixture
def bed(worked: Path, tmp_path: Path) -> Bed:
    return Bed(Path(shutil.copytree(worked, tmp_path / "home")))


def pack(engine: Engine, count: int) -> None:
    for number in floor.pick(engine.station, "cluster", count):
        floor.pack(engine.station, number)


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * (page - 1) + 100)
        file.write(b"\xff" * 64)


def test_a_backup_is_one_file_that_opens_with_the_recovery_key_alone(bed: Bed) -> None:
    bed.engine.close()
    written = recovery_key(bed.key, 1)
    key = backup_key(written)
    assert key
    found = making.check(bed.backup, [key])
    assert found.is_good
    assert found.orders == 160
    assert not making.check(bed.backup, [bed.key]).is_good, "the store's own key is another"
    assert b"Exemplo" not in bed.backup.read_bytes()
    assert bed.backup.stat().st_mode & 0o077 == 0


def test_a_damaged_backup_is_found_bad(bed: Bed) -> None:
    bed.engine.close()
    damage(bed.backup, 20)
    assert not making.check(bed.backup, making.keys_of(bed.home, bed.key)).is_good
    with pytest.raises(StoreError) as refused:
        bed.restore()
    assert refused.value.code == "BACKUP_BAD"


def test_the_work_after_the_backup_comes_back_from_a_store_that_can_be_read(bed: Bed) -> None:
    before = bed.facts()
    bed.engine.close()
    done = bed.restore()
    bed.engine = bed.open()
    after = bed.facts()
    assert after[:2] == before[:2]
    assert done.lost == {}
    assert done.orders == {}
    assert done.salvaged > 20
    with bed.engine.store.read() as c:
        assert journal.broken_links(c, bed.engine.station.id) == []
    bed.pack(1)  # and work goes on
    bed.engine.close()


@pytest.mark.parametrize("page", [1, 7, 31, 60, 90, 120, 150])
def test_whatever_page_is_damaged_what_is_lost_is_said(bed: Bed, page: int) -> None:
    """Nothing that was accepted is silently gone, and no tracking code comes twice."""
    states, labels, last = bed.facts()
    bed.engine.close()
    assert bed.store.stat().st_size > 4096 * page
    damage(bed.store, page)
    assert restoring.is_needed(bed.home, bed.key)
    done = bed.restore()
    report = done.report.read_text() if done.report else ""
    assert not restoring.is_needed(bed.home, bed.key)
    bed.engine = bed.open()
    states_now, labels_now, last_now = bed.facts()
    lost = done.lost.get(bed.engine.station.id)
    if lost is None:
        assert last_now >= last
    else:
        assert lost[1] == last, "the report tells up to where entries are missing"
        assert f"entries {lost[0]} to {lost[1]}" in report
    changed = {number for (number, state) in set(states) - set(states_now)}
    if lost is None:
        assert changed <= set(done.orders)
    bed.pack(2)
    fresh = set(bed.facts()[1]) - set(labels_now)
    assert fresh
    assert not fresh & set(labels), "a code that is on a box already"
    with bed.engine.store.read() as c:
        assert journal.broken_links(c, bed.engine.station.id) == []
    assert list(bed.home.glob("damaged-*/expedita.db")), "the old file is kept"
    bed.engine.close()


def test_a_truncated_store_comes_back(bed: Bed) -> None:
    bed.engine.close()
    os.truncate(bed.store, bed.store.stat().st_size // 2)
    with pytest.raises(StoreError) as refused:
        Engine.open(bed.home, demo=True, clock=bed.clock)
    assert refused.value.code == "STORE_DAMAGED"
    offer = restoring.offer(bed.home, bed.key)
    assert offer is None, "no backup lies where this store's own do, and no table can be read"
    bed.restore()
    bed.open().close()


@pytest.mark.parametrize("page", [7, 60, None])
def test_without_a_backup_what_is_whole_comes_back_and_the_rest_is_in_doubt(
    bed: Bed, page: int | None
) -> None:
    states, labels, last = bed.facts()
    bed.engine.close()
    bed.backup.unlink()
    if page:
        damage(bed.store, page)
    else:
        os.truncate(bed.store, bed.store.stat().st_size * 9 // 10)
    rescue = Rescue(bed.home, bed.key)
    rescue.look()
    assert "a part of the file can still be read" in rescue.offered("en")
    assert rescue.can_restore
    rescue.restore()
    assert rescue.is_done
    assert rescue.told("en")[0] == "Recovered from what could still be read, without a backup."
    (report,) = bed.home.glob("restored-*.txt")
    told = report.read_text()
    bed.engine = bed.open()
    states_now, _, last_now = bed.facts()
    if last_now < last:
        assert f"LOST  {bed.engine.station.id}: entries " in told
    for number, _ in set(states) - set(states_now):
        assert f"DOUBT  order {number}" in told or "Tables that could not be read whole" in told
    waiting = {row.order_number for row in bed.engine.station.exceptions()}
    doubted = re.findall(r"DOUBT  order (\S+):", told)
    assert set(doubted) <= waiting
    code = bed.engine.station.claim_pick("cluster", 1).code
    assert code in ("PICK_CLAIMED", "TASK_IN_HAND"), "work goes on"
    with bed.engine.store.read() as c:
        assert journal.broken_links(c, bed.engine.station.id) == []
        following = dict(
            tuple(row)
            for row in c.execute(select(TRACKING_RANGES.c.prefix, TRACKING_RANGES.c.next_serial))
        )
    for label in labels:
        assert following[label[:2]] > int(label[2:10]), "a code that is on a box already"
    bed.engine.close()


def test_without_a_backup_a_whole_file_loses_nothing(bed: Bed) -> None:
    """Only the structure is damaged, as an index: every row is there."""
    before = bed.facts()
    bed.engine.close()
    done = restore(bed.home, bed.key, Base.SCRATCH, [], NOW)
    assert (done.lost, done.orders, done.unfit) == ({}, {}, {})
    bed.engine = bed.open()
    assert bed.facts()[:2] == before[:2]
    bed.pack(1)
    bed.engine.close()


def test_an_old_copy_goes_on_once_a_person_said_so(bed: Bed, tmp_path: Path) -> None:
    bed.engine.close()
    old = shutil.copy(bed.store, tmp_path / "old.db")
    bed.engine = bed.open()
    bed.pack(1)
    used = set(bed.facts()[1])
    bed.engine.close()
    shutil.copy(old, bed.store)
    with pytest.raises(StoreError) as refused:
        Engine.open(bed.home, demo=True, clock=bed.clock)
    assert refused.value.code == "STORE_BEHIND"
    offer = restoring.offer(bed.home, bed.key)
    assert offer is not None
    assert offer.base is Base.OWN, "the file itself is whole"
    done = restore(bed.home, bed.key, Base.OWN, [], NOW)
    assert done.lost
    assert done.skipped
    bed.engine = bed.open()
    here = set(bed.facts()[1])
    bed.pack(1)
    assert not (set(bed.facts()[1]) - here) & (used - here)
    bed.engine.close()


def test_orders_taken_in_after_the_backup_are_carried_over(bed: Bed, tmp_path: Path) -> None:
    from tests.support import warehouse

    files = warehouse.write(tmp_path / "files", 5)
    assert bed.engine.import_unattended(files / "orders.jsonl").outcome is Outcome.DONE
    bed.engine.close()
    bed.restore()
    bed.engine = bed.open()
    assert floor.state_of(bed.engine, "5003") == "RELEASED"
    _, total = bed.engine.station.queue("5003", "", 0, 10)
    assert total == 1, "and can be found"
    bed.engine.close()


def test_whoever_was_disabled_after_the_backup_stays_out(bed: Bed) -> None:
    bed.engine.operators.disable("SEP")
    bed.engine.close()
    bed.restore()
    bed.engine = bed.open()
    assert bed.engine.operators.by_badge("SEP").disabled
    bed.engine.close()


def test_another_machine_with_another_key_needs_only_the_sheet(bed: Bed, tmp_path: Path) -> None:
    bed.engine.close()
    written = recovery_key(bed.key, RecoveryNote(bed.home).number)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    carried = shutil.copy(bed.backup, tmp_path / bed.backup.name)
    shutil.rmtree(bed.home)
    key, _ = store_key(elsewhere, choose=lambda: KeyChoice(KeySource.FILE))
    opened = backup_key(written)
    assert opened
    done = restore(elsewhere, key, Path(carried), [opened], NOW)
    assert done.skipped, "codes given out after the backup are unknown here"
    engine = Engine.open(elsewhere, clock=bed.clock)
    assert engine.station.sign_in("DEMO", "7391").code == "SIGNED_IN"
    assert floor.state_of(engine, "10000")
    engine.close()


@pytest.mark.parametrize("kept", ["", "-wal", ".mark"])
def test_a_kill_in_the_exchange_is_finished_at_the_next_start(bed: Bed, kept: str) -> None:
    """The restored store lies ready; some of the old files may be aside already."""
    before = bed.facts()
    bed.engine.close()
    ready = bed.home / "expedita.db.restored"
    shutil.copy(bed.store, ready)
    for path in list(bed.home.glob("expedita.*")):
        if path != ready and kept and not path.name.endswith(kept):
            path.unlink()
    bed.engine = bed.open()
    assert bed.facts()[0] == before[0]
    assert not ready.exists()
    bed.engine.close()
