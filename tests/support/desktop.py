"""A virtual X display, the console on it as a process of its own, and real key events."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PIL import Image, ImageGrab

from tests.support.keyboard import type_at_once

SIZE = (1366, 768)
EXPEDITA = Path(sys.executable).parent / "expedita"


class Desktop:
    """An X server that nobody looks at; use as a context manager."""

    def __enter__(self) -> Desktop:
        reading, writing = os.pipe()
        screen = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.display = f":{pipe.readline().strip()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.wait(10)

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display)

    def calm(self) -> None:
        """Wait until the window has drawn what it had to: below the clock, nothing changes."""
        last, end = b"", time.monotonic() + 20
        while time.monotonic() < end:
            now = self.picture().crop((0, 100, *SIZE)).tobytes()
            if now == last:
                return
            last = now
            time.sleep(0.25)

    def changes(self, act: Callable[[], object]) -> None:
        """Do something, wait for the window to answer it, and for it to be calm again."""
        self.calm()
        before = self.picture().crop((0, 100, *SIZE)).tobytes()
        act()
        until(lambda: self.picture().crop((0, 100, *SIZE)).tobytes() != before, "an answer")
        self.calm()

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def scan(self, code: str) -> None:
        """As a scanner types: at once, with Enter at the end."""
        if not type_at_once(self.display, f"{code}\n"):
            self.xdotool("type", "--delay", "1", f"{code}\n")  # it lends the keyboard keys

    def type(self, text: str, pause_s: float = 0.12) -> None:
        """As a person types."""
        words = []
        for char in text:
            words += [
                "key",
                {"\n": "Return", "\t": "Tab", " ": "space"}.get(char, char),
                "sleep",
                str(pause_s),
            ]
        self.xdotool(*words)

    def key(self, *keys: str) -> None:
        self.xdotool("key", *keys)


class ConsoleProcess:
    """`expedita` on a desktop; `kill` is a power cut."""

    def __init__(
        self, desktop: Desktop, home: Path, command: Sequence[Path | str] | None = None
    ) -> None:
        """`command` starts another console than that of the source."""
        self._desktop = desktop
        environment = {
            **os.environ,
            "DISPLAY": desktop.display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_XCB_NO_XI2": "1",
        }
        self._log = (home / "console.log").open("ab")
        self.process = subprocess.Popen(
            command or [EXPEDITA, "--home", home],
            env=environment,
            stdout=self._log,
            stderr=self._log,
        )
        window = desktop.xdotool(
            "search", "--sync", "--onlyvisible", "--name", "^Expedita$"
        ).split()[0]
        desktop.xdotool("windowfocus", "--sync", window)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self._log.close()

    def close(self) -> None:
        """As by the window's close button."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self._log.close()


def until(found: Callable[[], object], what: str, timeout_s: float = 20) -> None:
    """Wait for something to become true.

    Raises:
        AssertionError: it didn't in time.
    """
    end = time.monotonic() + timeout_s
    while not found():
        assert time.monotonic() < end, f"waited {timeout_s} s for {what}"
        time.sleep(0.03)
