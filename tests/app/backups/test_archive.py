from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.backups import archive
from app.backups.archive import Backup

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def made(days_ago: float, kind: str = "daily") -> Backup:
    at = NOON - timedelta(days=days_ago)
    return Backup(Path(archive.name_of(at, kind)), at, kind)


def test_a_year_of_daily_backups_keeps_days_weeks_and_months() -> None:
    kept: list[Backup] = []
    for day in range(400, -1, -1):
        kept.append(made(day))
        dropped = archive.to_drop(kept)
        kept = [backup for backup in kept if backup not in dropped]
    ages = sorted((NOON - backup.made_at).days for backup in kept)
    assert ages[:7] == list(range(7)), "each of the last seven days"
    assert sum(age < 35 for age in ages) >= 9
    assert len({f"{backup.made_at:%Y-%m}" for backup in kept}) == 12
    assert len(kept) < 25


def test_the_newest_is_never_dropped() -> None:
    old = [made(300), made(200)]
    assert archive.to_drop(old) == []


def test_of_several_in_a_day_the_newest_stays() -> None:
    morning, noon = made(0.3, "manual"), made(0)
    assert archive.to_drop([morning, noon]) == [morning]


def test_the_last_backups_before_a_migration_stay() -> None:
    upgrades = [made(500 + n / 50, "upgrade") for n in range(5)]
    dropped = archive.to_drop([made(0), *upgrades])
    assert dropped == upgrades[3:]


def test_only_backups_are_listed(tmp_path: Path) -> None:
    for name in (archive.name_of(NOON, "daily"), "expedita-x.backup", "other.txt"):
        (tmp_path / name).touch()
    assert [found.made_at for found in archive.listed(tmp_path)] == [NOON]
    assert archive.listed(tmp_path / "nowhere") == []


def test_stations_that_share_a_disk_have_folders_of_their_own(tmp_path: Path) -> None:
    folders = {archive.folder_of("/disk", tmp_path, key * 32) for key in (b"a", b"b")}
    assert len(folders) == 2
    assert archive.folder_of("", tmp_path, b"a" * 32).parent == tmp_path / "backups"
