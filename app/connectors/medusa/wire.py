"""Medusa's Admin API: REST with a secret key, and errors that name their kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text

Row = dict[str, Any]
Params = Sequence[tuple[str, str]]


class Wire:
    def __init__(self, url: str, key: str, timeout_s: float) -> None:
        self.at: datetime | None = None  # the server's clock in its last answer
        self._api = Api(url, timeout_s=timeout_s, auth=(key, ""))

    async def close(self) -> None:
        await self._api.close()

    async def rows(self, path: str, name: str, params: Params) -> list[Row]:
        """A list: `name` is the field of the answer that holds it."""
        answer = await self._call("GET", path, params=params)
        rows = answer.json().get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise errors.Unreadable(f"no list of {name}", exchange=answer.exchange)
        return rows

    async def row(self, path: str, name: str, params: Params) -> Row | None:
        """One record; None where there is none of that id."""
        try:
            answer = await self._call("GET", path, params=params)
        except errors.Refused as refused:
            if refused.reason == "not_found":
                return None
            raise
        row = answer.json().get(name)
        if not isinstance(row, dict):
            raise errors.Unreadable(f"no {name}", exchange=answer.exchange)
        return row

    async def change(self, path: str, body: Any) -> None:
        await self._call("POST", path, body=body, changes=True)

    async def _call(self, method: str, path: str, **more: Any) -> Answer:
        try:
            answer = await self._api.call(method, f"admin/{path}", **more)
        except HttpRefused as refused:
            raise _reason(refused) from None
        self.at = answer.at or self.at
        if not isinstance(answer.json(), dict):
            raise errors.Unreadable("no object", exchange=answer.exchange)
        return answer


def _reason(refused: HttpRefused) -> errors.ConnectorError:
    """Medusa's own kind and sentence out of a 4xx."""
    body = refused.json()
    if not isinstance(body, dict) or not body.get("type"):
        return refused
    if refused.status == 409:  # two wrote at once: this one was rolled back
        return errors.Down(str(body["type"]), exchange=refused.exchange)
    sentence = masked_text(str(body.get("message") or ""))
    return errors.Refused(sentence, reason=str(body["type"]), exchange=refused.exchange)


def moment(text: Any) -> datetime | None:
    """A stamp of Medusa: ISO 8601 with a Z."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
