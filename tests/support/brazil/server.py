"""What the simulators of Brazilian services share: a server on a free port with routes.

None of them is a real server. Each is made from the service's documents, refuses what they forbid,
keeps what it was told in memory, and counts what it was made to do.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: Any
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(self.body.decode()).items()}

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]


class Reply(Exception):
    """An answer that ends a route early."""

    def __init__(self, status: int, body: Any = None) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


Route = Callable[..., Any]


class Service:
    """`routes` are (method, pattern of the path, what answers): a tuple (status, body), or a body
    alone for 200; bytes go out as they are. `clock_off` moves the Date of every answer."""

    def __init__(self) -> None:
        self.routes: list[tuple[str, re.Pattern[str], Route]] = []
        self.clock_off = timedelta()
        self.asked: list[tuple[str, str]] = []
        self._guard = threading.RLock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = parse_qs(parts.query, keep_blank_values=True)
                asked = Asked(self.command, parts.path, query, self.headers, body)
                status, kind, data = service._answer(asked)
                self.send_response_only(status)
                at = datetime.now(UTC) + service.clock_off
                self.send_header("Date", format_datetime(at, usegmt=True))
                if status != 204:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def on(self, method: str, pattern: str, route: Route) -> None:
        """`pattern` matches the whole path; its groups go to `route` after what was asked."""
        self.routes.append((method, re.compile(pattern), route))

    def allow(self, asked: Asked) -> None:
        """Whether the caller may; raises a `Reply` where not."""

    def _answer(self, asked: Asked) -> tuple[int, str, bytes]:
        with self._guard:
            self.asked.append((asked.method, asked.path))
            try:
                made = self._routed(asked)
            except Reply as reply:
                made = (reply.status, reply.body)
        status, body = made if isinstance(made, tuple) else (200, made)
        if isinstance(body, bytes):
            return status, "application/octet-stream", body
        if body is None:
            return status, "application/json", b""
        return status, "application/json", json.dumps(body).encode()

    def _routed(self, asked: Asked) -> Any:
        for method, pattern, route in self.routes:
            found = pattern.fullmatch(asked.path)
            if method == asked.method and found:
                return route(asked, *found.groups())
        self.allow(asked)
        return 404, {"message": "not found"}


class OAuthService(Service):
    """A service whose access tokens end and whose refresh tokens are good once."""

    def __init__(self, token_path: str, client: tuple[str, str] = ("app-1", "kept-1")) -> None:
        super().__init__()
        self.client = client
        self.access = "access-0"
        self.refresh = "refresh-0"
        self.grants = 0
        self.code = "code-1"
        self.on("POST", token_path, self._token)

    def allow(self, asked: Asked) -> None:
        if asked.headers.get("Authorization") != f"Bearer {self.access}":
            raise Reply(401, {"error": {"type": "UNAUTHORIZED"}})

    def end_access(self) -> None:
        """The token that is out is good no more."""
        self.access = "ended"

    def _token(self, asked: Asked) -> Any:
        import base64

        form = asked.form()
        basic = "Basic " + base64.b64encode(":".join(self.client).encode()).decode()
        given = (form.get("client_id", ""), form.get("client_secret", ""))
        if asked.headers.get("Authorization") != basic and given != self.client:
            return 401, {"error": "invalid_client"}
        good = {"refresh_token": self.refresh, "authorization_code": self.code}
        kind = form.get("grant_type", "")
        named = {"refresh_token": "refresh_token", "authorization_code": "code"}.get(kind, "")
        if not named or form.get(named) != good[kind]:
            return 400, {"error": "invalid_grant"}
        self.grants += 1
        self.access, self.refresh = f"access-{self.grants}", f"refresh-{self.grants}"
        self.code = ""
        return {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_in": 21600,
            "token_type": "Bearer",
        }
