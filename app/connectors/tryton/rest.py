"""Tryton's REST interface, from 8.0 on, with the key of a user application."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text
from app.connectors.tryton.wire import Domain, Row, encoded


class Rest:
    def __init__(self, url: str, database: str, key: str, timeout_s: float) -> None:
        self.at: datetime | None = None
        self._key = key
        self._context: dict[str, Any] | None = None
        self._root = f"{database}/rest/model"
        self._api = Api(url, timeout_s=timeout_s, headers=self._headers)
        self._door = Api(url, timeout_s=timeout_s)

    async def close(self) -> None:
        await self._api.close()
        await self._door.close()

    async def version(self) -> str:
        call = {"id": 0, "method": "common.server.version", "params": []}
        answer = await self._door.read("rpc/", call)
        return str(answer.json()["result"])

    async def fields(self, model: str) -> frozenset[str]:
        return frozenset((await self._call(model, "fields_get", {}, changes=False)).json())

    async def search(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        limit: int | None = None,
        *,
        context: Mapping[str, Any] | None = None,
    ) -> list[Row]:
        params: list[tuple[str, str]] = [
            ("d", _packed(encoded(domain))),
            ("o", _packed([["id", "ASC"]])),
            *(("f", name) for name in fields),
        ]
        if limit is not None:
            params.append(("s", str(limit)))
        try:
            headers = await self._headers(encoded(context or {}))
            answer = await self._api.get(f"{self._root}/{model}", params, headers=headers)
        except HttpRefused as refused:
            raise _reason(refused) from None
        return _rows(self._seen(answer))

    async def create(self, model: str, values: Mapping[str, Any]) -> int:
        answer = await self._change("POST", f"{self._root}/{model}", encoded(values))
        return int(answer.json()["id"])

    async def write(self, model: str, record: int, values: Mapping[str, Any]) -> None:
        await self._change("PUT", f"{self._root}/{model}/{record}", encoded(values))

    async def press(self, model: str, record: int, button: str) -> None:
        # A warning asks a person at a screen whether they are sure: here nobody sits.
        headers = await self._headers({"_skip_warnings": True})
        await self._change("POST", f"{self._root}/{model}/{record}/{button}", {}, headers)

    async def _call(self, model: str, method: str, body: Any, *, changes: bool) -> Answer:
        path = f"{self._root}/{model}/{method}"
        try:
            return self._seen(await self._api.call("POST", path, body=body, changes=changes))
        except HttpRefused as refused:
            raise _reason(refused) from None

    async def _change(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Answer:
        try:
            return self._seen(await self._api.change(method, path, body, headers=headers))
        except HttpRefused as refused:
            raise _reason(refused) from None

    async def _headers(self, more: Mapping[str, Any] | None = None) -> dict[str, str]:
        """The key, and the context that a client keeps: company, employee, language."""
        bearer = {"Authorization": f"bearer {self._key}"}
        if self._context is None:
            path = f"{self._root}/res.user/get_preferences"
            try:
                answer = await self._door.call(
                    "POST", path, body={"context_only": True}, headers=bearer
                )
            except HttpRefused as refused:
                raise _reason(refused) from None
            self._context = {k: v for k, v in dict(answer.json()).items() if k != "locale"}
        return {**bearer, "X-Tryton-Context": _packed({**self._context, **(more or {})})}

    def _seen(self, answer: Answer) -> Answer:
        self.at = answer.at or self.at
        return answer


def _rows(answer: Answer) -> list[Row]:
    rows = answer.json()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.Unreadable("no list of records", exchange=answer.exchange)
    return rows


def _packed(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


def _reason(refused: HttpRefused) -> errors.ConnectorError:
    """Tryton's own sentence out of a 400; the rest as HTTP has it."""
    body = refused.json()
    if refused.status == 409:  # two wrote at once: this one was rolled back
        return errors.Down("ConcurrencyException", exchange=refused.exchange)
    if refused.status == 400 and isinstance(body, dict) and body.get("message"):
        sentence = masked_text(str(body["message"]))
        return errors.Refused(sentence, reason="UserError", exchange=refused.exchange)
    return refused
