"""Two ways to call a method of an Odoo model: JSON-2 from 19 on, JSON-RPC before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text

Row = dict[str, Any]
Domain = list[Any]
_REFUSALS = ("UserError", "ValidationError", "AccessError", "MissingError", "RedirectWarning")


class Wire(Protocol):
    at: datetime | None  # the server's clock in its last answer

    async def version(self) -> str: ...

    async def call(
        self,
        model: str,
        method: str,
        ids: Sequence[int] | None = None,
        *,
        changes: bool = False,
        **arguments: Any,
    ) -> Any:
        """Call a method on records, or on the model where `ids` is None.

        Raises:
            ConnectorError: Refused with Odoo's own sentence, among others.
        """
        ...

    async def close(self) -> None: ...


class Json2:
    """`POST /json/2/MODEL/METHOD` with an API key."""

    def __init__(self, url: str, database: str, key: str, timeout_s: float) -> None:
        self.at: datetime | None = None
        self._own = {"Authorization": f"bearer {key}", "X-Odoo-Database": database}
        self._api = Api(url, timeout_s=timeout_s, headers=self._headers)

    async def close(self) -> None:
        await self._api.close()

    async def version(self) -> str:
        return str((await self._api.get("web/version")).json()["version"])

    async def call(
        self,
        model: str,
        method: str,
        ids: Sequence[int] | None = None,
        *,
        changes: bool = False,
        **arguments: Any,
    ) -> Any:
        body = {**arguments, **({} if ids is None else {"ids": list(ids)})}
        try:
            answer = await self._api.call(
                "POST", f"json/2/{model}/{method}", body=body, changes=changes
            )
        except HttpRefused as refused:
            said = refused.json()
            sentence = said.get("message") if isinstance(said, dict) else None
            if not sentence:
                raise
            # Its `debug` holds a traceback: nobody's business here.
            raise errors.Refused(masked_text(str(sentence)), reason=str(refused.status)) from None
        self.at = answer.at or self.at
        return answer.json()

    async def _headers(self) -> Mapping[str, str]:
        return self._own


class JsonRpc:
    """`/jsonrpc`, which Odoo drops in 22: errors come with HTTP 200."""

    def __init__(self, url: str, database: str, user: str, key: str, timeout_s: float) -> None:
        self.at: datetime | None = None
        self._database = database
        self._user = user
        self._key = key
        self._uid = 0
        self._api = Api(url, timeout_s=timeout_s)

    async def close(self) -> None:
        await self._api.close()

    async def version(self) -> str:
        return str((await self._post("common", "version", []))["server_version"])

    async def call(
        self,
        model: str,
        method: str,
        ids: Sequence[int] | None = None,
        *,
        changes: bool = False,
        **arguments: Any,
    ) -> Any:
        if not self._uid:
            who = [self._database, self._user, self._key, {}]
            self._uid = int(await self._post("common", "authenticate", who) or 0)
            if not self._uid:
                raise errors.Unauthorised("user or key")
        args = [] if ids is None else [list(ids)]
        if method == "create":  # it takes its values in their place only
            args.append(arguments.pop("vals_list"))
        call = [self._database, self._uid, self._key, model, method, args, arguments]
        return await self._post("object", "execute_kw", call, changes=changes)

    async def _post(
        self, service: str, method: str, args: list[Any], *, changes: bool = False
    ) -> Any:
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = await self._api.call("POST", "jsonrpc", body=body, changes=changes)
        self.at = answer.at or self.at
        return _result(answer)


def _result(answer: Answer) -> Any:
    body = answer.json()
    if not isinstance(body, dict) or "jsonrpc" not in body:  # it leaves out a result of None
        raise errors.Unreadable("no JSON-RPC", exchange=answer.exchange)
    error = body.get("error")
    if not error:
        return body.get("result")
    data = error.get("data") or {}
    name = str(data.get("name") or "").rpartition(".")[2]
    if name == "AccessDenied":
        raise errors.Unauthorised(name)
    if name in _REFUSALS:
        raise errors.Refused(masked_text(str(data.get("message") or "")), reason=name)
    raise errors.Down(name or "server error")  # rolled back there


def stamp(moment: datetime) -> str:
    """A moment as Odoo's domains have it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def moment(text: Any) -> datetime | None:
    """A stamp of Odoo, which it keeps in UTC; it says False where there is none."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
