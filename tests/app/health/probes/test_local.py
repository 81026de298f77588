"""Probes of the machine itself: disk, clock against the journal and a real time server, devices."""

from __future__ import annotations

import shutil
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.devices.printers.known import Known
from app.health.model import WELL, Cause
from app.health.probes import local, printer
from tests.support.doors import Door

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@contextmanager
def time_server(ahead_s: float, *, liar: bool = False) -> Iterator[int]:
    """An SNTP server on loopback whose clock is ahead; a liar answers another question."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    udp.settimeout(5)

    def serve() -> None:
        try:
            asked, client = udp.recvfrom(512)
        except OSError:
            return
        at = datetime.now(UTC).timestamp() + ahead_s
        stamp = struct.pack("!II", int(at) + 2_208_988_800, int(at % 1 * 2**32))
        origin = bytes(8) if liar else asked[40:48]
        udp.sendto(b"\x24\x02\x06\xec" + bytes(12) + stamp + origin + stamp + stamp, client)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield udp.getsockname()[1]
    thread.join(6)
    udp.close()


@pytest.mark.parametrize("ahead_s", [0.0, 42.0, -3600.0])
def test_a_time_server_tells_how_far_the_clock_is_off(ahead_s: float) -> None:
    with time_server(ahead_s) as port:
        assert local.ntp_offset_s("127.0.0.1", port) == pytest.approx(ahead_s, abs=0.5)


def test_an_answer_to_another_question_is_not_believed() -> None:
    with time_server(3600, liar=True) as port, pytest.raises(OSError):
        local.ntp_offset_s("127.0.0.1", port)


def silent() -> float:
    raise TimeoutError


@pytest.mark.parametrize(
    ("offset", "failed", "warned"),
    [
        (lambda: 0.2, "", ""),
        (lambda: -20.0, "", "CLOCK_OFF"),
        (lambda: 900.0, "CLOCK_WRONG", ""),
        (silent, "", "CLOCK_UNCHECKED"),
        (None, "", ""),
    ],
)
def test_a_clock_is_judged_by_how_far_it_is_off(offset, failed: str, warned: str) -> None:
    reading = local.clock(NOW, NOW - timedelta(hours=1), offset)
    assert (reading.failed.code, reading.warned.code) == (failed, warned)


def test_a_clock_behind_its_own_journal_was_set_back() -> None:
    reading = local.clock(NOW, NOW + timedelta(minutes=10), None)
    assert reading.failed == Cause("CLOCK_BACK", "600 s")


def test_a_disk_warns_before_it_is_full(tmp_path: Path) -> None:
    free_mb = shutil.disk_usage(tmp_path).free // 1_000_000
    assert local.disk(tmp_path, 100).failed == WELL
    assert local.disk(tmp_path, free_mb * 2).warned.code == "DISK_LOW"


def test_a_full_disk_is_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil._ntuple_diskusage(10**12, 10**12, 40_000_000)
    monkeypatch.setattr(local.shutil, "disk_usage", lambda folder: usage)
    assert local.disk(tmp_path, 2000).failed == Cause("DISK_FULL", "40 MB")


def test_a_device_that_was_pulled_out_is_missing(tmp_path: Path) -> None:
    port = tmp_path / "ttyACM0"
    assert local.device(port).failed == Cause("MISSING", str(port))
    port.touch()
    assert local.device(port).failed == WELL


def at(uri: str) -> Known:
    return Known("X", "Bancada", uri, 203)


def test_a_folder_printer_is_well_before_its_first_document_and_not_where_a_file_stands(
    tmp_path: Path,
) -> None:
    assert printer.state(at(f"folder:{tmp_path / 'printed' / 'today'}"), tmp_path).failed == WELL
    (tmp_path / "file").touch()
    assert printer.state(at(f"folder:{tmp_path / 'file' / 'printed'}"), tmp_path).failed


def test_a_raw_printer_needs_an_address_and_an_open_port(tmp_path: Path) -> None:
    assert printer.state(at("socket://"), tmp_path).failed == Cause("NOT_CONFIGURED")
    with Door() as door:
        uri = f"socket://{door.host}:{door.port}"
        assert printer.state(at(uri), tmp_path).failed == WELL
        door.close()
        assert printer.state(at(uri), tmp_path).failed.code == "REFUSED"
