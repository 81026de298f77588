"""WooCommerce's REST interface, version 3: key and secret as Basic, pages by header."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text

Row = dict[str, Any]
Params = Sequence[tuple[str, str]]
ROOT = "wp-json/wc/v3"


class Wire:
    def __init__(self, url: str, key: str, secret: str, timeout_s: float) -> None:
        self.at: datetime | None = None  # the server's clock in its last answer
        self._api = Api(url, timeout_s=timeout_s, auth=(key, secret))

    async def close(self) -> None:
        await self._api.close()

    async def pages(self, path: str, params: Params, size: int) -> AsyncIterator[list[Row]]:
        """Every page of a list, as many as the header tells."""
        page = pages = 1
        while page <= pages:
            asked = [*params, ("per_page", str(size)), ("page", str(page))]
            answer = await self._call("GET", path, params=asked)
            rows = _rows(answer)
            # Some caches drop the header: then a full page means that there may be another.
            told = answer.headers.get("x-wp-totalpages", "")
            pages = int(told) if told.isdigit() else page + (len(rows) >= size)
            yield rows
            page += 1

    async def rows(self, path: str) -> list[Row]:
        """A list of which one page is enough: WordPress gives at most a hundred."""
        return _rows(await self._call("GET", path, params=[("per_page", "100")]))

    async def row(self, path: str) -> Row | None:
        """One record; None where there is none of that id."""
        try:
            answer = await self._call("GET", path)
        except errors.Refused as refused:
            if refused.reason.endswith("invalid_id"):
                return None
            raise
        row = answer.json()
        if not isinstance(row, dict) or "id" not in row:
            raise errors.Unreadable("no record", exchange=answer.exchange)
        return row

    async def change(self, method: str, path: str, body: Any) -> Row:
        answer = await self._call(method, path, body=body, changes=True)
        row = answer.json()
        if not isinstance(row, dict):
            raise errors.Unreadable("no record", exchange=answer.exchange)
        return row

    async def _call(self, method: str, path: str, **more: Any) -> Answer:
        try:
            answer = await self._api.call(method, f"{ROOT}/{path}", **more)
        except HttpRefused as refused:
            raise _reason(refused) from None
        self.at = answer.at or self.at
        return answer


def _rows(answer: Answer) -> list[Row]:
    rows = answer.json()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.Unreadable("no list", exchange=answer.exchange)
    return rows


def _reason(refused: HttpRefused) -> errors.ConnectorError:
    """WooCommerce's own code and sentence out of a 4xx."""
    body = refused.json()
    if not isinstance(body, dict) or not body.get("code"):
        return refused
    code, sentence = str(body["code"]), masked_text(str(body.get("message") or ""))
    if refused.status == 403:  # the key may only read, or its user lacks the right
        return errors.Unauthorised(code, exchange=refused.exchange)
    return errors.Refused(sentence, reason=code, exchange=refused.exchange)


def moment(text: Any) -> datetime | None:
    """A `…_gmt` stamp: whole seconds of UTC, without a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
