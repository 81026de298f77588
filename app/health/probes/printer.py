"""Probes of printers, by what each tells of itself without printing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from app.devices.printers.known import Known
from app.health.causes import PRINTERS
from app.health.endpoint import Endpoint
from app.health.model import Cause
from app.health.probe import FINE, Reading
from app.health.probes.network import door


def state(known: Known, home: Path) -> Reading:
    """Whether a printer would print now."""
    try:
        found = known.open(home).state()
    except ValueError:
        return Reading(failed=Cause("NOT_CONFIGURED"), timed=False)
    if found.ready:
        return FINE
    if found.detail == "unreachable" and (closed := _door(known.uri)):
        return closed
    return Reading(failed=Cause(PRINTERS.get(found.code, "NOT_READY"), found.detail))


def _door(uri: str) -> Reading | None:
    """Why a printer at a TCP port can't be reached, in the network's own words."""
    parts = urlsplit(uri.strip())
    if parts.scheme != "socket" or not parts.hostname:
        return None
    reading = door(Endpoint(parts.hostname, parts.port or 9100))
    return reading if reading.failed else None
