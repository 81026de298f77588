"""What the station's own answers say about the systems behind it: real traffic, which counts at
once."""

from __future__ import annotations

from collections.abc import Mapping

from app.health.causes import PRINTERS
from app.health.model import STORE, Cause

SCANNER, ANSWER = "scanner", "bench:answer"  # ids of systems that only work itself tells of
SCALE = "scale"

_STORE = frozenset(
    {
        "STORE_FULL",
        "STORE_READ_ONLY",
        "STORE_BUSY",
        "STORE_FAILED",
        "STORE_DAMAGED",
        "STORE_UNUSABLE",
    }
)


def lost(port: str) -> Cause:
    """A device's port is gone."""
    return Cause("MISSING", port)


def failure(code: str, params: Mapping[str, object]) -> tuple[str, Cause] | None:
    """The system that failed under an answer, and why; None for an answer that blames none."""
    if code in _STORE:
        return STORE, Cause(code)
    if code in PRINTERS:
        detail = str(params.get("detail", ""))
        return f"printer:{params.get('printer', '')}", Cause(PRINTERS[code], detail)
    return None
