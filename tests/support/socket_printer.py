"""A raw socket printer on loopback: keeps its jobs, and fails as real printers do."""

from __future__ import annotations

import socket
import threading
from types import TracebackType

_STATUS, _ERRORS = b"~HS", b"~HQES"


class SocketPrinter:
    """Takes jobs on `port`, one connection a job; use as a context manager.

    Args:
        answers_status: answers ~HS as a Zebra does.
        dies_after: resets the line once so many bytes of labels came.
        silent: accepts and reads, but never answers.
        paper_for: how many labels the paper is enough for; None is any number.
    """

    def __init__(
        self,
        *,
        answers_status: bool = True,
        dies_after: int | None = None,
        silent: bool = False,
        paper_for: int | None = None,
    ) -> None:
        self.paper_out = False
        self.head_open = False
        self.paused = False
        self.answers_status = answers_status
        self.dies_after = dies_after
        self.silent = silent
        self.paper_for = paper_for
        self.error_bits = 0
        self.jobs: list[bytes] = []
        self._changed = threading.Condition()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self.host, self.port = self._server.getsockname()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> SocketPrinter:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join(5)
        self._server.close()

    def wait_for(self, count: int, timeout_s: float = 5.0) -> list[bytes]:
        """The jobs, once there are at least `count` of them.

        Raises:
            AssertionError: they did not come in time.
        """
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.jobs) >= count, timeout_s)
            assert came, f"{len(self.jobs)} of {count} print jobs came"
            return list(self.jobs)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._server.accept()
            except TimeoutError:
                continue
            with connection:
                try:
                    self._take(connection)
                except OSError:
                    pass

    def _take(self, connection: socket.socket) -> None:
        connection.settimeout(0.1)
        job, held, fed = b"", b"", 0
        while not self._stopping.is_set():
            try:
                received = connection.recv(65536)
            except TimeoutError:
                continue
            if not received:
                break
            held += received
            while self.answers_status and (asked := _first_request(held)):
                before, _, held = held.partition(asked)
                job += before
                fed = self._feed(job, fed)
                if not self.silent and not self._is_dead(connection, job):
                    connection.sendall(self._status() if asked == _STATUS else self._errors())
            keep = next((n for n in (4, 3, 2, 1) if held[-n:] in _BEGINNINGS), 0)
            keep = keep if self.answers_status else 0
            job, held = job + held[: len(held) - keep], held[len(held) - keep :]
            if self._is_dead(connection, job):
                return
        self._keep(job + held)

    def _is_dead(self, connection: socket.socket, job: bytes) -> bool:
        if self.dies_after is None or len(job) < self.dies_after:
            return False
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        connection.close()
        return True

    def _feed(self, job: bytes, fed: int) -> int:
        """Labels take paper as soon as all of them came; how many of the job have."""
        whole = job.count(b"^XZ")
        if self.paper_for is not None and whole > fed:
            self.paper_for -= whole - fed
            self.paper_out = self.paper_out or self.paper_for <= 0
        return whole

    def _keep(self, job: bytes) -> None:
        if job and not self.silent:
            with self._changed:
                self.jobs.append(job)
                self._changed.notify_all()

    def _errors(self) -> bytes:
        flag = 1 if self.error_bits else 0
        lines = f"  PRINTER STATUS\r\n  ERRORS:   {flag} 00000000 {self.error_bits:08X}\r\n"
        return f"\x02{lines}  WARNINGS: 0 00000000 00000000\r\n\x03".encode()

    def _status(self) -> bytes:
        first = f"030,{self.paper_out:d},{self.paused:d},1225,000,0,0,0,000,0,0,0"
        second = f"000,0,{self.head_open:d},0,0,2,4,0,00000000,1,000"
        return "".join(f"\x02{line}\x03\r\n" for line in (first, second, "1234,0")).encode()


_BEGINNINGS = frozenset(
    request[:n] for request in (_STATUS, _ERRORS) for n in range(1, len(request))
)


def _first_request(held: bytes) -> bytes | None:
    """Which of the two questions stands first."""
    found = [(held.find(request), request) for request in (_STATUS, _ERRORS) if request in held]
    return min(found)[1] if found else None
