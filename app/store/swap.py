"""Puts a restored store in the place of the old one, so that a kill anywhere leaves one of both."""

from __future__ import annotations

from pathlib import Path

from app.store import copying


def offer(ready: Path, path: Path) -> None:
    """`ready` is whole and on the disk: from here on it is the store at `path`."""
    copying.settle(ready, _restored(path))
    finish(path)


def finish(path: Path) -> None:
    """Do what is left of an exchange; the old files are kept in a folder `damaged-N`.

    The old log must be gone before the new store takes the name: SQLite would read it into it.
    """
    restored = _restored(path)
    if not restored.exists():
        return
    home = path.parent
    aside = next(p for n in range(1, 10_000) if not (p := home / f"damaged-{n}").exists())
    aside.mkdir(mode=0o700)
    for old in (path.with_suffix(".mark"), *(Path(f"{path}{end}") for end in ("-shm", "-wal", ""))):
        if old.exists():
            old.replace(aside / old.name)
    copying.settle(restored, path)


def _restored(path: Path) -> Path:
    return Path(f"{path}.restored")
