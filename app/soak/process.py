"""Console processes from the side of whoever drives and kills them."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any

from app.soak.answer import Answer

PATIENCE_S = 60


class Killed(Exception):
    """The console's process is gone."""


class Stuck(Exception):
    """The console lives and gives no answer."""


class Nursery:
    """Where console processes come from; use as a context manager."""

    def __enter__(self) -> Nursery:
        key = secrets.token_bytes(16)
        # A port of the loopback: a socket's path would be too long in some temporary folders.
        self._listener = Listener(("127.0.0.1", 0), authkey=key, backlog=8)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(self._listener.address[1]), key.hex()]
        )
        self._line = self._listener.accept()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
        self._process.wait(PATIENCE_S)
        self._listener.close()

    def console(self, home: Path, fault: str = "") -> Console:
        """A console on a data folder."""
        return self._start(home, fault, b"")

    def upgrade(self, path: Path, key: bytes, fault: str = "") -> Console:
        """A process that only brings a store to the newest schema."""
        return self._start(path, fault, key)

    def _start(self, path: Path, fault: str, key: bytes) -> Console:
        self._line.send((path, fault, key))
        pid = self._line.recv()
        return Console(self._listener.accept(), pid)


class Console:
    """One console process."""

    def __init__(self, line: Connection[Any, Any], pid: int) -> None:
        self._line = line
        self._pid = pid

    def opened(self) -> Answer:
        """What it says once it has opened.

        Raises:
            Killed: it died before.
        """
        return self._hear()

    def call(self, name: str, *words: object, kill_after_s: float | None = None) -> Answer:
        """Call it, and kill it after a while where that is said.

        Raises:
            Killed: it died before it answered.
        """
        try:
            self._line.send((name, words))
        except OSError:
            self._gone()
        if kill_after_s is not None and not self._line.poll(kill_after_s):
            self.kill()
        return self._hear()

    def kill(self) -> None:
        """End it as a power cut does, and wait until nothing of it is left."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._await_end()

    def close(self) -> None:
        """Let it end by itself."""
        self._line.close()
        self._await_end()

    def _hear(self) -> Answer:
        try:
            if not self._line.poll(PATIENCE_S):
                raise Stuck(f"no answer within {PATIENCE_S} s")
            answer: Answer = self._line.recv()
        except (EOFError, OSError):
            self._gone()
        return answer

    def _gone(self) -> Any:
        self._line.close()
        self._await_end()
        raise Killed

    def _await_end(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                os.kill(self._pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.001)
        raise Stuck("the process did not end")


_START = (
    "import sys; from app.soak.nursery import main; "
    "main(('127.0.0.1', int(sys.argv[1])), sys.argv[2])"
)
