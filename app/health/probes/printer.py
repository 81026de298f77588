"""Probes of printers, by what each kind tells of itself without printing."""

from __future__ import annotations

from pathlib import Path

from app.health.causes import cause_of
from app.health.endpoint import Endpoint
from app.health.model import Cause
from app.health.probe import FINE, Reading
from app.health.probes.network import door


def folder(path: Path) -> Reading:
    """A folder that takes documents: it, or where it will be made, can be written to."""
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    draft = place / ".expedita-probe"
    try:
        draft.write_bytes(b"")
        draft.unlink()
    except OSError as error:
        return Reading(failed=cause_of(error, str(path)))
    return FINE


def raw9100(host: str, port: int) -> Reading:
    """A printer at a TCP port: whether it takes a connection."""
    if not host:
        return Reading(failed=Cause("NOT_CONFIGURED"), timed=False)
    return door(Endpoint(host, port))
