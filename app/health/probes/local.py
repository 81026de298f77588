"""Probes of the machine itself: disk and clock."""

from __future__ import annotations

import shutil
import socket
import struct
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.config import Settings
from app.health.causes import cause_of
from app.health.model import Cause
from app.health.probe import FINE, Reading

_MB = 1_000_000
FULL_MB = 100  # below this even a small write may fail
_NTP_PORT = 123
_NTP_EPOCH_S = 2_208_988_800  # from 1900, where NTP counts from, to 1970 (RFC 5905, 6)
CLOCK_BAD_S, CLOCK_OFF_S = 300.0, 5.0


def disk(folder: Path, warn_below_mb: int) -> Reading:
    """Room for the data. It is no matter of time."""
    free_mb = shutil.disk_usage(folder).free // _MB
    if free_mb < FULL_MB:
        return Reading(failed=Cause("DISK_FULL", f"{free_mb} MB"), timed=False)
    if free_mb < warn_below_mb:
        return Reading(warned=Cause("DISK_LOW", f"{free_mb} MB"), timed=False)
    return Reading(timed=False)


def clock(
    now: datetime, newest_entry: datetime | None, offset_s: Callable[[], float] | None
) -> Reading:
    """The clock against the journal's newest entry, and against a time server where one is named.

    Args:
        newest_entry: an entry from the future means that the clock was set back since.
        offset_s: asks the server how far the clock is off; may raise OSError.
    """
    if newest_entry and newest_entry - now > timedelta(seconds=CLOCK_OFF_S):
        behind = int((newest_entry - now).total_seconds())
        return Reading(failed=Cause("CLOCK_BACK", f"{behind} s"), timed=False)
    if offset_s is None:
        return Reading(timed=False)
    try:
        off = abs(offset_s())
    except OSError:
        return Reading(warned=Cause("CLOCK_UNCHECKED"), timed=False)
    if off >= CLOCK_BAD_S:
        return Reading(failed=Cause("CLOCK_WRONG", f"{off:.0f} s"), timed=False)
    if off >= CLOCK_OFF_S:
        return Reading(warned=Cause("CLOCK_OFF", f"{off:.0f} s"), timed=False)
    return Reading(timed=False)


def ntp_offset_s(host: str, port: int = _NTP_PORT, timeout_s: float = 3.0) -> float:
    """How far a time server is ahead of this clock (SNTP, RFC 5905 section 14).

    Raises:
        OSError: no answer, or none that can be trusted.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(timeout_s)
        udp.connect((host, port))
        sent = time.time()
        udp.send(b"\x23" + 39 * b"\0" + _stamp(sent))  # version 4, mode 3: a client
        answer = udp.recv(512)
        came = time.time()
    if len(answer) < 48 or answer[0] & 7 != 4 or answer[24:32] != _stamp(sent) or not answer[1]:
        raise ConnectionError("no time server")
    received, replied = (_seconds(answer[at : at + 8]) for at in (32, 40))
    return ((received - sent) + (replied - came)) / 2


def _stamp(at: float) -> bytes:
    whole = int(at)
    return struct.pack("!II", (whole + _NTP_EPOCH_S) & 0xFFFFFFFF, int((at - whole) * 2**32))


def _seconds(stamp: bytes) -> float:
    whole, part = struct.unpack("!II", stamp)
    return float(whole - _NTP_EPOCH_S + part / 2**32)


def weighs(settings: Settings) -> Reading:
    """Whether the scale says anything. Whoever weighs at this moment comes first."""
    from app.devices.scale import ScaleBusy, scale_of  # a station without one needs no serial port

    scale, port = scale_of(settings), settings["scale.port"]
    if scale is None:
        return Reading(timed=False)
    try:
        scale.answers()
    except ScaleBusy:
        return Reading(timed=False)
    except OSError as error:
        return Reading(failed=cause_of(error, port))
    return FINE


def device(path: Path) -> Reading:
    """A device that must be there, as a serial scanner's port."""
    if not path.exists():
        return Reading(failed=Cause("MISSING", str(path)), timed=False)
    return FINE
