from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.devices.serial_scanner import SerialScanner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


class Port:
    """A serial port made of a pseudo-terminal; plugging it in again keeps its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug_in()

    def plug_in(self) -> None:
        import tty

        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path.symlink_to(os.ttyname(self.slave))

    def send(self, data: bytes) -> None:
        os.write(self.master, data)

    def unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        os.close(self.master)
        os.close(self.slave)


def wait_for(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not claim():
        assert time.monotonic() < end, "did not happen within 5 s"
        time.sleep(0.01)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path / "scanner")
    yield port
    port.unplug()


class Bench:
    def __init__(self, path: Path) -> None:
        self.scans: list[str] = []
        self.states: list[bool] = []
        self.scanner = SerialScanner(
            str(path), self.scans.append, on_connected=self.states.append, retry_s=0.02
        )
        self.scanner.start()


@pytest.fixture
def bench(port: Port) -> Iterator[Bench]:
    bench = Bench(port.path)
    wait_for(lambda: bench.states == [True])
    yield bench
    bench.scanner.stop()


def test_each_line_is_a_scan_whatever_ends_it(port: Port, bench: Bench) -> None:
    port.send(b"AAA\r\nBBB\rCCC\nDDD\t")
    wait_for(lambda: len(bench.scans) == 4)
    assert bench.scans == ["AAA", "BBB", "CCC", "DDD"]


def test_a_line_that_comes_in_pieces_is_one_scan(port: Port, bench: Bench) -> None:
    for piece in (b"78967", b"59790797", b"\r"):
        port.send(piece)
        time.sleep(0.03)
    wait_for(lambda: bench.scans == ["7896759790797"])


def test_bytes_that_are_no_utf_8_still_make_a_text(port: Port, bench: Bench) -> None:
    port.send(b"A\x1dB\r" + "ç".encode() + b"\r\xe7\xff\r")
    wait_for(lambda: len(bench.scans) == 3)
    assert bench.scans == ["A\x1dB", "ç", "çÿ"]


def test_a_port_that_vanishes_is_opened_again_and_half_a_line_is_dropped(
    port: Port, bench: Bench
) -> None:
    port.send(b"HALF")
    time.sleep(0.1)
    port.unplug()
    wait_for(lambda: bench.states == [True, False])
    port.plug_in()
    wait_for(lambda: bench.states == [True, False, True])
    port.send(b"WHOLE\r")
    wait_for(lambda: bench.scans == ["WHOLE"])


def test_a_port_that_was_never_there_is_told_once_and_stop_ends_the_wait(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "nothing")
    wait_for(lambda: bench.states == [False])
    time.sleep(0.1)
    bench.scanner.stop()
    assert bench.states == [False]


def test_stop_before_start_is_harmless(tmp_path: Path) -> None:
    SerialScanner(str(tmp_path / "x"), print).stop()
