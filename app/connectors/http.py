"""One way to call a system over HTTP: every bad end becomes one of `errors`.

Reads and changes differ in one thing. A read whose answer was lost is simply down; a change whose
request may have gone out is unknown, and must be looked up before it is sent again.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx
from msgspec import Struct

from app.connectors import errors
from app.connectors.masks import masked_exchange

MAX_ANSWER = 64 * 1024 * 1024
WAIT_S = 30.0  # after a 429 that names no time
MAX_WAIT_S = 3600.0

Headers = Callable[[], Awaitable[Mapping[str, str]]]


class Answer(Struct, frozen=True):
    """A good answer (status below 400). `at` is the server's own clock, where it tells."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime | None
    exchange: str

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            Unreadable: it is none: HTML, half of it, nothing.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            kind = self.headers.get("content-type", "").partition(";")[0]
            raise errors.Unreadable(f"{kind or '?'}: no JSON", exchange=self.exchange) from None


class Api:
    """Calls below one address.

    Args:
        url: what every path is put behind.
        headers: asked before each call, so that a token may be renewed meanwhile.
        renew: called once after a 401, with the headers that were refused; the call is then
            tried again.
        per_second: how many calls the system allows; 0 for no limit.
        transport: of a test only.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout_s: float = 30.0,
        headers: Headers | None = None,
        renew: Callable[[Mapping[str, str]], Awaitable[None]] | None = None,
        auth: tuple[str, str] | None = None,
        per_second: float = 0.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = headers
        self._renew = renew
        self._gap = 1 / per_second if per_second else 0.0
        self._turn = asyncio.Lock()
        self._next = 0.0
        self._client = httpx.AsyncClient(
            auth=auth,
            verify=_trusted(),
            timeout=httpx.Timeout(timeout_s, connect=min(10.0, timeout_s)),
            transport=transport,
            follow_redirects=False,
            # Systems in the warehouse's own network are never asked through a proxy of the desktop.
            trust_env=False,
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def get(self, path: str, params: Any = None, **more: Any) -> Answer:
        return await self.call("GET", path, params=params, **more)

    async def read(self, path: str, body: Any, **more: Any) -> Answer:
        """A POST that changes nothing: a search, an RPC that reads."""
        return await self.call("POST", path, body=body, **more)

    async def change(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """A call that changes something there: its loss is `UnknownOutcome`."""
        return await self.call(method, path, body=body, changes=True, **more)

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Any = None,
        body: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        changes: bool = False,
    ) -> Answer:
        """One call.

        Raises:
            ConnectorError: Down, RateLimited, Unauthorised, Refused, UnknownOutcome or Unreadable.
        """
        for attempt in (1, 2):
            own = dict(await self._headers()) if self._headers else {}
            request = self._client.build_request(
                method,
                path
                if path.startswith(("http://", "https://"))
                else f"{self._url}/{path.lstrip('/')}",
                params=params,
                json=body,
                content=content,
                headers={"Accept": "application/json", **own, **(headers or {})},
            )
            await self._wait_for_turn()
            answer = await self._send(request, changes)
            if answer.status == 401 and self._renew and attempt == 1:
                await self._renew(own)
                continue
            break
        return _judged(answer, changes)

    async def _send(self, request: httpx.Request, changes: bool) -> Answer:
        shown = masked_exchange(request, None, b"")
        try:
            response = await self._client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise errors.Down(_kind(error), exchange=shown) from None
        except (httpx.TransportError, httpx.InvalidURL, ValueError) as error:
            raise _lost(error, changes, shown) from None
        try:
            body = await _whole(response)
        except (httpx.HTTPError, ValueError) as error:
            raise _lost(error, changes, masked_exchange(request, response, b"")) from None
        finally:
            await response.aclose()
        return Answer(
            response.status_code,
            {name.lower(): value for name, value in response.headers.items()},
            body,
            _moment(response.headers.get("date", "")),
            masked_exchange(request, response, body),
        )

    async def _wait_for_turn(self) -> None:
        if not self._gap:
            return
        async with self._turn:
            now = asyncio.get_running_loop().time()
            wait = self._next - now
            self._next = max(now, self._next) + self._gap
        if wait > 0:
            await asyncio.sleep(wait)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed; read once, since that takes longer than most calls."""
    return httpx.create_ssl_context()


async def _whole(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > MAX_ANSWER:
            raise ValueError("answer too long")
        parts.append(part)
    return b"".join(parts)


def _judged(answer: Answer, changes: bool) -> Answer:
    status, shown = answer.status, answer.exchange
    if status < 300:
        return answer
    if status < 400:  # a redirect is a wrong address or a login page, never an answer
        raise errors.Unreadable(f"HTTP {status}", exchange=shown)
    if status in (401, 407):
        raise errors.Unauthorised(f"HTTP {status}", exchange=shown)
    wait = retry_after(answer.headers.get("retry-after", ""), answer.at)
    if status == 429 or (status == 503 and wait is not None):
        raise errors.RateLimited(
            wait if wait is not None else WAIT_S, f"HTTP {status}", exchange=shown
        )
    if status >= 500 or status == 408:
        # The server may have done it before it broke; a 503 says that it did not even begin.
        kind = errors.UnknownOutcome if changes and status != 503 else errors.Down
        raise kind(f"HTTP {status}", exchange=shown)
    raise HttpRefused(status, answer.body, exchange=shown)


class HttpRefused(errors.Refused):
    """A 4xx answer: the connector reads its body for the reason, or lets it pass as it is."""

    def __init__(self, status: int, body: bytes, *, exchange: str) -> None:
        super().__init__(f"HTTP {status}", reason=str(status), exchange=exchange)
        self.status = status
        self.body = body

    def json(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def retry_after(value: str, server_clock: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None for neither.

    A date is read by the server's own clock, where its answer had one (RFC 9110, 10.2.3).
    """
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        until = _moment(value)
        if until is None:
            return None
        seconds = (until - (server_clock or datetime.now(UTC))).total_seconds()
    return min(max(seconds, 0.0), MAX_WAIT_S) if seconds == seconds else None


def _lost(error: Exception, changes: bool, shown: str) -> errors.ConnectorError:
    kind = errors.UnknownOutcome if changes else errors.Down
    return kind(_kind(error), exchange=shown)


def _kind(error: Exception) -> str:
    """The kind of a failure only: its text may hold the address with a key in it."""
    return type(error).__name__


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else None
