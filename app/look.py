"""A copy of a few settings beside the store: what a start's first page needs before it is open.

The store stays the owner of each of them. The copy holds nothing of any person. Without it, or
where it is damaged, a start waits for the store before it shows its first page.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from msgspec import Struct

from app.config import Settings

COPY = "look.json"
# How the page looks, and how the scanner types.
KEYS = (
    "language",
    "theme",
    "station.name",
    "timezone",
    "scanner.prefix",
    "scanner.suffix",
    "scanner.terminator",
    "scanner.max_gap_ms",
)


class Look(Struct, frozen=True):
    """The settings of `KEYS` as they were last, and codes of what always stands under the bar."""

    settings: Settings
    warnings: tuple[str, ...]


def keep(home: Path, settings: Settings, warnings: tuple[str, ...]) -> None:
    """Keep the look for the next start. A disk that is full is told of elsewhere."""
    kept = {"settings": {key: settings[key] for key in KEYS}, "warnings": warnings}
    content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    with contextlib.suppress(OSError):
        if _read(home) != content:
            written = (home / COPY).with_suffix(".new")
            written.write_bytes(content)
            written.replace(home / COPY)


def forget(home: Path) -> None:
    """Let the next start wait for the store."""
    with contextlib.suppress(OSError):
        (home / COPY).unlink(missing_ok=True)


def look_of(home: Path) -> Look | None:
    """The look that was kept in the data folder `home`; None where there is none to go by."""
    if not (home / "expedita.db").exists():  # a first start asks for other things
        return None
    try:
        kept = json.loads(_read(home))
        settings = {key: str(kept["settings"][key]) for key in KEYS}
        warnings = tuple(str(code) for code in kept["warnings"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Look(Settings(settings), warnings)


def _read(home: Path) -> bytes:
    """What stands there; empty where nothing does."""
    path = home / COPY
    return path.read_bytes() if path.exists() else b""
