"""Probes of printers, by what each tells of itself without printing."""

from __future__ import annotations

from pathlib import Path

from app.devices.printers.known import Known
from app.health.model import Cause
from app.health.probe import FINE, Reading

CAUSES = {
    "PRINTER_DOWN": "NOT_READY",
    "PRINTER_PAPER": "PAPER_OUT",
    "PRINTER_TIMEOUT": "TIMEOUT",
}  # the codes of `PrinterState` and `PrinterDown`


def state(known: Known, home: Path) -> Reading:
    """Whether a printer would print now."""
    try:
        found = known.open(home).state()
    except ValueError:
        return Reading(failed=Cause("NOT_CONFIGURED"), timed=False)
    if found.ready:
        return FINE
    return Reading(failed=Cause(CAUSES.get(found.code, "NOT_READY"), found.detail))
