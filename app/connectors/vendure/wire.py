"""Vendure's Admin API: one address, GraphQL, and errors that come with HTTP 200.

A business error is a member of the answer's union, with an `errorCode`; anything else stands in
`errors`, a wrong key among it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused
from app.connectors.masks import masked_text

Row = dict[str, Any]
_DENIED = ("FORBIDDEN", "UNAUTHENTICATED", "UNAUTHORIZED")
_LOGIN = """mutation($user: String!, $password: String!) {
  login(username: $user, password: $password, rememberMe: true) {
    __typename ... on ErrorResult { errorCode message } } }"""


class Graph:
    """Calls as one user: with an API key, or with a session that user and password open.

    Args:
        url: of the Admin API itself.
        channel: the token of one of the shop's channels; empty for the default one.
    """

    def __init__(
        self, url: str, key: str, user: str, password: str, channel: str, timeout_s: float
    ) -> None:
        self.at: datetime | None = None
        self._url = url
        self._who = None if key else (user, password)
        self._own = {"vendure-token": channel} if channel else {}
        self._session: dict[str, str] = {"vendure-api-key": key} if key else {}
        self._turn = asyncio.Lock()
        self._api = Api(url, timeout_s=timeout_s, headers=self._headers)
        self._door = Api(url, timeout_s=timeout_s)

    async def close(self) -> None:
        await self._api.close()
        await self._door.close()

    async def ask(self, query: str, **variables: Any) -> Row:
        """What a query gives.

        Raises:
            ConnectorError: Unauthorised, Refused with Vendure's own sentence, Down...
        """
        return await self._post(query, variables, changes=False)

    async def change(self, mutation: str, **variables: Any) -> Row:
        """What a mutation's one field gives.

        Raises:
            Refused: its `errorCode` is the reason.
        """
        data = await self._post(mutation, variables, changes=True)
        (given,) = data.values()
        return _accepted(given)

    async def _post(self, text: str, variables: Mapping[str, Any], *, changes: bool) -> Row:
        try:
            return await self._posted(text, variables, changes)
        except errors.Unauthorised:
            if self._who is None:
                raise
            # The session has ended, which says that nothing was done: open another, once.
            self._session = {}
            return await self._posted(text, variables, changes)

    async def _posted(self, text: str, variables: Mapping[str, Any], changes: bool) -> Row:
        body = {"query": text, "variables": variables}
        try:
            answer = await self._api.call("POST", self._url, body=body, changes=changes)
        except HttpRefused as refused:
            raise _reason(refused) from None
        self.at = answer.at or self.at
        return _data(answer, changes)

    async def _headers(self) -> Mapping[str, str]:
        async with self._turn:
            if not self._session:
                await self._login()
        return {**self._own, **self._session}

    async def _login(self) -> None:
        user, password = self._who or ("", "")
        body = {"query": _LOGIN, "variables": {"user": user, "password": password}}
        answer = await self._door.read(self._url, body)
        given = _data(answer, changes=False).get("login") or {}
        token = answer.headers.get("vendure-auth-token")
        if given.get("errorCode") or not token:
            raise errors.Unauthorised(str(given.get("errorCode") or "no token"))
        self._session = {"Authorization": f"Bearer {token}"}


def _data(answer: Answer, changes: bool) -> Row:
    body = answer.json()
    if not isinstance(body, dict) or not {"data", "errors"} & body.keys():
        raise errors.Unreadable("no GraphQL", exchange=answer.exchange)
    faults = body.get("errors")
    if not faults:
        data = body.get("data")
        if not isinstance(data, dict):
            raise errors.Unreadable("no data", exchange=answer.exchange)
        return data
    code, sentence = _fault(faults)
    if code in _DENIED:
        raise errors.Unauthorised(code, exchange=answer.exchange)
    if code in ("", "INTERNAL_SERVER_ERROR"):
        kind = errors.UnknownOutcome if changes else errors.Down
        raise kind(code or "server error", exchange=answer.exchange)
    raise errors.Refused(sentence, reason=code, exchange=answer.exchange)


def _fault(faults: Any) -> tuple[str, str]:
    """Code and sentence of the first of an answer's `errors`."""
    first = faults[0] if isinstance(faults, list) and isinstance(faults[0], dict) else {}
    code = str((first.get("extensions") or {}).get("code") or "")
    return code, masked_text(str(first.get("message") or ""))


def _accepted(given: Any) -> Row:
    if not isinstance(given, dict):
        return {}
    if code := given.get("errorCode"):
        said = given.get("transitionError") or given.get("message") or ""
        raise errors.Refused(masked_text(str(said)), reason=str(code))
    return given


def _reason(refused: HttpRefused) -> errors.ConnectorError:
    """GraphQL's own sentence out of a 400: a field that this shop does not have."""
    body = refused.json()
    if not isinstance(body, dict) or not body.get("errors"):
        return refused
    code, sentence = _fault(body["errors"])
    return errors.Refused(sentence, reason=code or str(refused.status), exchange=refused.exchange)


def moment(text: Any) -> datetime | None:
    """A stamp of Vendure: ISO 8601 with a Z."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
