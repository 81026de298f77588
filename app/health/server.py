"""`/metrics` and `/healthz` on loopback, for a monitoring system on the same machine."""

from __future__ import annotations

import json
import logging
import selectors
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_log = logging.getLogger(__name__)

HOST = "127.0.0.1"  # never another: what is told here is for this machine


class StatusServer:
    """Serves on a thread of its own until `stop`.

    Args:
        port: 0 takes any free one; `port` then says which.
        metrics: the Prometheus text and its content type.
        ailments: what is wrong with this process, as codes; none is well.

    Raises:
        OSError: the port is taken.
    """

    def __init__(
        self,
        port: int,
        metrics: Callable[[], tuple[bytes, str]],
        ailments: Callable[[], list[str]],
    ) -> None:
        class Handler(_Handler):
            pages = {  # noqa: RUF012  one handler class a server
                "/metrics": lambda: (200, *metrics()),
                "/healthz": lambda: _health(ailments()),
            }

        self._server = ThreadingHTTPServer((HOST, port), Handler)
        self._server.daemon_threads = True
        self._server.timeout = 0  # of a caller that hung up before it was let in
        self.port = int(self._server.server_address[1])
        self._stopped, self._stopping = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="status-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.close()
        self._thread.join(5)
        self._server.server_close()
        self._stopped.close()

    def _serve(self) -> None:
        """As `serve_forever`, but told to stop, where that looks twice a second whether to."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._server, selectors.EVENT_READ)
            told = waiting.register(self._stopped, selectors.EVENT_READ)
            while all(key is not told for key, _ in waiting.select()):
                self._server.handle_request()


class _Handler(BaseHTTPRequestHandler):
    pages: dict[str, Callable[[], tuple[int, bytes, str]]]
    timeout = 10  # of a client that connects and says nothing

    def do_GET(self) -> None:
        page = self.pages.get(self.path.partition("?")[0])
        if page is None:
            self.send_error(404)
            return
        try:
            status, body, kind = page()
        except Exception as error:  # a broken store must not end the server
            _log.error("%s failed: %s", self.path, type(error).__name__)
            status, body, kind = 503, b"", "text/plain"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  the base class calls it so

    def log_message(self, format: str, *args: object) -> None:
        """A scrape every few seconds is no news."""


def _health(ailments: list[str]) -> tuple[int, bytes, str]:
    body = json.dumps({"ok": not ailments, "ailments": ailments}).encode()
    return (503 if ailments else 200), body, "application/json"
