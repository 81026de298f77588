"""Tryton's JSON-RPC, the way of its own clients: 7.x and older, and 8.x without a REST key.

A session is opened with user and password, and again when it ends. Errors come with HTTP 200.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text
from app.connectors.tryton.wire import Domain, Row, encoded

MOST_WARNINGS = 5  # that one press of a button brings


class _Warning(Exception):
    """A question that a person would be asked; `name` accepts it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Rpc:
    def __init__(self, url: str, database: str, user: str, password: str, timeout_s: float) -> None:
        self.at: datetime | None = None
        self._database = database
        self._user = user
        self._password = password
        self._path = ""  # found at the first login: it moved in 8.0
        self._session: dict[str, str] | None = None
        self._uid = 0
        self._context: dict[str, Any] = {}
        self._door = Api(url, timeout_s=timeout_s)
        self._api = Api(url, timeout_s=timeout_s, headers=self._headers, renew=self._again)

    async def close(self) -> None:
        await self._api.close()
        await self._door.close()

    async def version(self) -> str:
        await self._headers()
        path = "rpc/" if self._path.endswith("rpc/") else ""
        call = {"id": 0, "method": "common.server.version", "params": []}
        return str(_result(await self._door.read(path, call)))

    async def fields(self, model: str) -> frozenset[str]:
        return frozenset(await self._call(f"model.{model}.fields_get", [None]))

    async def search(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        limit: int | None = None,
        *,
        context: Mapping[str, Any] | None = None,
    ) -> list[Row]:
        params = [domain, 0, limit, [["id", "ASC"]], list(fields)]
        rows = await self._call(f"model.{model}.search_read", params, context=context)
        return [_without_dots(row) for row in rows]

    async def create(self, model: str, values: Mapping[str, Any]) -> int:
        made = await self._call(f"model.{model}.create", [[values]], changes=True)
        return int(made[0])

    async def write(self, model: str, record: int, values: Mapping[str, Any]) -> None:
        await self._call(f"model.{model}.write", [[record], values], changes=True)

    async def press(self, model: str, record: int, button: str) -> None:
        for _ in range(MOST_WARNINGS):
            try:
                await self._call(f"model.{model}.{button}", [[record]], changes=True)
                return
            except _Warning as warning:
                accepted = {"user": self._uid, "name": warning.name, "always": False}
                await self.create("res.user.warning", accepted)
        raise errors.Refused(button, reason="UserWarning")

    async def _call(
        self,
        method: str,
        params: list[Any],
        *,
        changes: bool = False,
        context: Mapping[str, Any] | None = None,
    ) -> Any:
        await self._headers()  # the context comes with the session
        known = {**self._context, **(context or {})}
        body = {"id": 1, "method": method, "params": encoded([*params, known])}
        answer = await self._api.call("POST", self._path, body=body, changes=changes)
        self.at = answer.at or self.at
        return _result(answer)

    async def _headers(self) -> Mapping[str, str]:
        if self._session is None:
            await self._login()
        assert self._session is not None
        return self._session

    async def _again(self, refused: Mapping[str, str]) -> None:
        """The session has ended: open another, unless that was done meanwhile."""
        if self._session is None or self._session == {
            name: refused.get(name, "") for name in self._session
        }:
            self._session = None

    async def _login(self) -> None:
        params = [self._user, {"password": self._password}, "pt"]
        body = {"id": 0, "method": "common.db.login", "params": params}
        for path in (
            [self._path] if self._path else [f"{self._database}/rpc/", f"{self._database}/"]
        ):
            try:
                answer = await self._door.read(path, body)
            except HttpRefused as refused:
                if refused.status in (404, 405) and not self._path:
                    continue
                raise
            self._path = path
            break
        else:
            raise errors.Refused("no such database", reason="DATABASE")
        result = _result(answer)
        if not isinstance(result, list) or len(result) < 2:
            raise errors.Unreadable("login", exchange=answer.exchange)
        self._uid = int(result[0])
        token = base64.b64encode(f"{self._user}:{self._uid}:{result[1]}".encode()).decode()
        session = {"Authorization": f"Session {token}"}
        body = {"id": 0, "method": "model.res.user.get_preferences", "params": [True, {}]}
        preferences = await self._door.call("POST", path, body=body, headers=session)
        self._context = dict(_result(preferences))
        self._session = session


def _result(answer: Answer) -> Any:
    """What a call gave.

    Raises:
        ConnectorError: what the error inside the answer means.
    """
    body = answer.json()
    if not isinstance(body, dict) or not ("result" in body or "error" in body):
        raise errors.Unreadable("no JSON-RPC", exchange=answer.exchange)
    error = body.get("error")
    if not error:
        return body.get("result")
    kind, args = (
        (str(error[0]), error[1]) if isinstance(error, list) and len(error) > 1 else ("", [])
    )
    first = str(args[0]) if isinstance(args, list) and args else ""
    if kind == "UserWarning":
        raise _Warning(first)
    if kind == "UserError":
        raise errors.Refused(masked_text(first), reason=kind, exchange=answer.exchange)
    if kind == "LoginException":
        raise errors.Unauthorised(kind, exchange=answer.exchange)
    # Anything else was rolled back there: two wrote at once, or a fault of the server.
    raise errors.Down(kind if kind.isidentifier() else "server error", exchange=answer.exchange)


def _without_dots(value: Any) -> Any:
    """`carrier.` as `carrier`: the row instead of its number, as REST has it."""
    if isinstance(value, list):
        return [_without_dots(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name.removesuffix("."): _without_dots(inner)
        for name, inner in value.items()
        if name.endswith(".") or f"{name}." not in value
    }
