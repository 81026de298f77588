from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.backups import archive, making
from app.backups.keeper import Keeper
from app.config import Settings
from app.domain.decision import Outcome
from app.domain.entries import OrderPinned
from app.store import journal
from app.store.database import Store, StoreError
from app.store.journal import Stamp
from tests.support import homes


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = homes.store(tmp_path / "expedita.db")
    with store.write() as c:
        stamp = Stamp("S1", 1, datetime(2026, 11, 24, tzinfo=UTC))
        journal.append(c, stamp, (OrderPinned(1, True),))
    yield store
    store.close()


@pytest.fixture
def keeper(store: Store, tmp_path: Path, clock: Clock) -> Keeper:
    return Keeper(tmp_path, homes.KEY, Settings, clock)


def codes(keeper: Keeper) -> list[str]:
    found = [warning.code for warning in keeper.warnings()]
    return [code for code in found if code != "RECOVERY_KEY_DUE"]


def test_one_backup_a_day_by_the_warehouses_own_midnight(keeper: Keeper, clock: Clock) -> None:
    assert keeper.status().newest is None
    for _ in range(3):
        keeper.tick()
    assert keeper.status().count == 1
    clock.on(hours=14)  # 23:00 in São Paulo
    keeper.tick()
    assert keeper.status().count == 1
    clock.on(hours=2)
    keeper.tick()
    status = keeper.status()
    assert (status.count, status.trouble, status.beside) == (2, "", True)
    assert status.newest is not None
    assert status.newest.kind == "daily"


def test_a_backup_made_while_somebody_works_is_whole(
    keeper: Keeper, store: Store, tmp_path: Path
) -> None:
    with store.write() as c:
        c.exec_driver_sql("CREATE TABLE busy (n INTEGER)")
        assert keeper.make().outcome is Outcome.DONE
    (backup,) = archive.listed(keeper.folder)
    found = making.check(backup.path, making.keys_of(tmp_path, homes.KEY))
    assert found.is_good
    assert found.tails == (("S1", 1),)


def test_a_folder_that_cannot_be_used_is_said_and_work_goes_on(
    tmp_path: Path, store: Store, clock: Clock
) -> None:
    (tmp_path / "file").touch()
    keeper = Keeper(
        tmp_path, homes.KEY, lambda: Settings({"backup.folder": str(tmp_path / "file")}), clock
    )
    failed = keeper.make()
    assert (failed.outcome, failed.code) == (Outcome.WARN, "BACKUP_FAILED")
    assert codes(keeper) == ["BACKUP_FAILED"]
    with store.write():
        pass


def test_only_what_nobody_waits_for_is_logged(
    tmp_path: Path, store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    keeper = Keeper(
        tmp_path, homes.KEY, lambda: Settings({"backup.folder": str(tmp_path / "file")}), clock
    )
    keeper.make()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    keeper.tick()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "backup failed: STORE_UNUSABLE"
    ]


def test_a_late_backup_is_said(keeper: Keeper, clock: Clock) -> None:
    assert codes(keeper) == []
    clock.on(days=2, hours=1)
    assert codes(keeper) == ["BACKUP_FAILED"]
    keeper.tick()
    assert codes(keeper) == []


def test_the_daily_look_finds_damage_and_keeps_it_out_of_the_backups(
    keeper: Keeper, store: Store, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.integrity.PAUSE_S", 0)
    keeper.tick()
    store.close()
    with (tmp_path / "expedita.db").open("r+b") as file:
        file.seek(4096 * 9 + 100)
        file.write(b"\xff" * 64)
    clock.on(days=1)
    keeper.tick()
    assert codes(keeper) == ["STORE_DAMAGED"]
    assert (keeper.status().count, keeper.status().trouble) == (1, "STORE_DAMAGED")


def test_a_draft_that_a_kill_left_behind_is_cleared(keeper: Keeper) -> None:
    keeper.folder.mkdir(parents=True)
    draft = keeper.folder / "expedita-20261101T000000Z-daily.part"
    draft.touch()
    keeper.make()
    assert not draft.exists()


def test_of_two_that_keep_one_store_one_makes_the_days_backup(
    keeper: Keeper, tmp_path: Path
) -> None:
    later = Clock()
    later.on(seconds=1)
    other = Keeper(tmp_path, homes.KEY, Settings, later)
    with making.turn(tmp_path):
        keeper.tick()
        assert archive.listed(keeper.folder) == []
    with ThreadPoolExecutor() as both:
        list(both.map(Keeper.tick, (keeper, other)))
    assert len(archive.listed(keeper.folder)) == 1
    assert codes(keeper) == codes(other) == []
    other.tick()
    assert other.status().newest == keeper.status().newest


def test_who_asks_for_a_backup_waits_for_another_that_is_being_made(
    keeper: Keeper, tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as beside:
        with making.turn(tmp_path):
            keeper.folder.mkdir(parents=True)
            draft = keeper.folder / "expedita-20261124T120001Z-daily.part"
            draft.touch()
            asked = beside.submit(keeper.make)
            with pytest.raises(StoreError, match="BACKUP_BUSY"), making.turn(tmp_path, 0):
                pass
            assert draft.exists()
        assert asked.result().code == "BACKUP_MADE"


def test_the_recovery_key_is_due_until_somebody_kept_it(keeper: Keeper, tmp_path: Path) -> None:
    assert keeper.key_is_due
    first = keeper.recovery_key()
    keeper.make()
    assert [warning.code for warning in keeper.warnings()] == ["RECOVERY_KEY_DUE"]
    keeper.key_was_kept()
    assert keeper.warnings() == ()
    assert not Keeper(tmp_path, homes.KEY, Settings, Clock()).key_is_due
    keeper.renew_key()
    assert keeper.key_is_due
    assert keeper.recovery_key() != first
    (old,) = archive.listed(keeper.folder)
    assert making.check(old.path, making.keys_of(tmp_path, homes.KEY)).is_good, (
        "this machine opens both"
    )
