"""An HTTP proxy before a real server that breaks the calls it is told to break.

    with FaultyProxy("http://127.0.0.1:8069") as proxy:
        proxy.next(LOSE_ANSWER)          # the server gets the request, the client no answer
        connector = make(url=proxy.url)

What isn't named goes through unchanged. `proxy.log` has every request and what became of it.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Fault:
    """One way to break a call. `forward` says whether the server gets the request at all."""

    name: str
    forward: bool = False
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    cut_at: float | None = None  # of the answer's body, 0 to 1; then the line goes dead
    wait_s: float = 0.0
    lie: Callable[[bytes], bytes] | None = field(default=None, compare=False)


REFUSE = Fault("refuse")  # the line closes before the server hears anything
LOSE_ANSWER = Fault("lose_answer", forward=True, cut_at=-1.0)
CUT_HEAD = Fault("cut_head", forward=True, cut_at=0.0)
CUT_HALF = Fault("cut_half", forward=True, cut_at=0.5)
HTML = Fault(
    "html",
    status=200,
    headers=(("Content-Type", "text/html"),),
    body=b"<html><body>Manuten\xc3\xa7\xc3\xa3o</body></html>",
)
HTML_AFTER = Fault("html_after", forward=True, status=200, body=b"<html>502 Bad Gateway</html>")
TRUNCATED = Fault("truncated", forward=True, lie=lambda body: body[: len(body) // 2])
TOO_MANY = Fault("too_many", status=429, headers=(("Retry-After", "7"),), body=b"{}")
BUSY = Fault("busy", status=503, body=b"busy")
BROKEN = Fault("broken", forward=True, status=500, body=b"{}")
DENIED = Fault("denied", status=401, body=b"{}")


def slow(seconds: float) -> Fault:
    """The server does it, and its answer comes late."""
    return Fault(f"slow_{seconds}", forward=True, wait_s=seconds)


class FaultyProxy:
    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self._faults: deque[Fault | None] = deque()
        self._where: Callable[[str, str], bool] = lambda method, path: True
        self.always: Fault | None = None
        self.log: list[tuple[str, str, str]] = []
        self._lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                proxy._serve(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _any  # noqa: N815

            def log_message(self, *args: Any) -> None:
                """Nothing: tests read `proxy.log`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{self._upstream.path}"

    def __enter__(self) -> FaultyProxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def next(self, *faults: Fault | None, where: Callable[[str, str], bool] | None = None) -> None:
        """Break the next calls, one fault each (None lets one pass); `where(method, path)` says
        which calls count."""
        self._faults = deque(faults)
        self._where = where or (lambda method, path: True)

    def _take(self, method: str, path: str) -> Fault | None:
        with self._lock:
            if self._faults and self._where(method, path):
                return self._faults.popleft()
            return self.always

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        fault = self._take(handler.command, handler.path)
        self.log.append((handler.command, handler.path, fault.name if fault else ""))
        if fault is None:
            status, headers, answer = self._forward(handler, body)
        elif not fault.forward:
            if not fault.status:
                _cut(handler)
                return
            status, headers, answer = fault.status, list(fault.headers), fault.body or b""
        else:
            status, headers, answer = self._forward(handler, body)
            time.sleep(fault.wait_s)
            if fault.status:
                status, headers, answer = fault.status, list(fault.headers), fault.body or b""
            if fault.lie:
                answer = fault.lie(answer)
        if fault and fault.cut_at is not None and fault.cut_at < 0:
            _cut(handler)
            return
        try:
            handler.send_response_only(status)
            for name, value in headers:
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(answer)))
            handler.end_headers()
            if fault and fault.cut_at is not None:
                handler.wfile.write(answer[: int(len(answer) * fault.cut_at)])
                handler.wfile.flush()
                _cut(handler)
                return
            if handler.command != "HEAD":
                handler.wfile.write(answer)
        except OSError:
            handler.close_connection = True

    def _forward(
        self, handler: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(
            self._upstream.hostname or "", self._upstream.port, timeout=60
        )
        headers = {
            name: value
            for name, value in handler.headers.items()
            if name.lower() not in ("host", "connection", "accept-encoding")
        }
        try:
            connection.request(handler.command, handler.path, body or None, headers)
            response = connection.getresponse()
            answer = response.read()
        except OSError:
            return 502, [], b"upstream is gone"
        finally:
            connection.close()
        drop = ("content-length", "transfer-encoding", "connection", "content-encoding")
        kept = [(n, v) for n, v in response.getheaders() if n.lower() not in drop]
        return response.status, kept, answer


def _cut(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    try:
        handler.connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
