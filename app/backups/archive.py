"""The folder of backups: what lies in it, and which of them are kept."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

DAYS, WEEKS, MONTHS = 7, 4, 12
UPGRADES = 3  # backups from before a migration
_NAME = re.compile(r"expedita-(\d{8}T\d{6}Z)-(daily|manual|upgrade)\.backup")
_STAMP = "%Y%m%dT%H%M%SZ"


class Backup(Struct, frozen=True):
    """One file of the folder. `kind` is daily, manual or upgrade."""

    path: Path
    made_at: datetime
    kind: str

    @property
    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def folder_of(chosen: str, home: Path, store_key: bytes) -> Path:
    """Where a store's backups go: a folder of its own, so that stations may share a disk."""
    whose = hmac.digest(store_key, b"expedita backup folder", "sha256").hex()[:12]
    return (Path(chosen) if chosen else home / "backups") / whose


def name_of(made_at: datetime, kind: str) -> str:
    return f"expedita-{made_at.astimezone(UTC):{_STAMP}}-{kind}.backup"


def listed(folder: Path) -> list[Backup]:
    """The folder's backups, the newest first; none where it can't be read."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    found = [backup for file in files if (backup := backup_of(file))]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def to_drop(backups: Iterable[Backup]) -> list[Backup]:
    """What the schedule no longer keeps: of each of the last 7 days, 4 weeks and 12 months that
    have one, the newest stays; and so do the last three from before a migration."""
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept: set[Path] = set()
    for count, span in ((DAYS, "%Y-%j"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        spans: list[str] = []
        for backup in newest_first:
            if (name := f"{backup.made_at:{span}}") not in spans and len(spans) < count:
                spans.append(name)
                kept.add(backup.path)
    upgrades = [backup.path for backup in newest_first if backup.kind == "upgrade"]
    kept.update(upgrades[:UPGRADES])
    return [backup for backup in newest_first if backup.path not in kept]


def backup_of(file: Path) -> Backup | None:
    """What a file is by its name; None where it is no backup's."""
    found = _NAME.fullmatch(file.name)
    if not found:
        return None
    return Backup(file, datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC), found[2])
