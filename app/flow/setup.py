"""Configures connectors: checks what is given against the kind, keeps it, tries it out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from app.connectors import kinds
from app.connectors.errors import Unauthorised
from app.connectors.kinds import COMMON, Config, Grant, Kind, KindUnknown, Login
from app.connectors.roles import Checked, Connector, Role
from app.connectors.tokens import Tokens
from app.domain.retry import Breaker
from app.flow.runner import config_of
from app.flow.secrets import StoreSecrets
from app.store import connectors, outbox
from app.store.database import Store

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class SetupRefused(Exception):
    """What was given doesn't fit; `code` and `params` have the text."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class ConnectorView(Struct, frozen=True):
    """A connector as it is configured and as it answers. Secrets aren't shown."""

    name: str
    kind: str
    url: str
    roles: tuple[str, ...]
    options: Mapping[str, str]
    is_open: bool  # left alone for now, since it does not answer
    code: str
    detail: str
    since: datetime | None
    next_try_at: datetime | None
    last_ok_at: datetime | None
    pulled_at: datetime | None
    waiting: int  # calls that it is still owed


class Setup:
    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def add(
        self, name: str, kind: str, url: str, options: Mapping[str, str], secrets: Mapping[str, str]
    ) -> None:
        """Keep a connector, or change the one of that name; secrets that aren't given stay.

        Raises:
            SetupRefused: name, kind, address or an option doesn't fit, or one is missing.
        """
        if not NAME.fullmatch(name):
            raise SetupRefused("CONNECTOR_NAME_BAD", name=name[:40])
        known = _kind(kind)
        for given, is_secret in ((options, False), (secrets, True)):
            for option in given:
                _fit(known, option, given[option], is_secret)
        if not known.reaches(url):
            raise SetupRefused("CONNECTOR_URL_BAD", url=url, hint=known.url_hint)
        with self._store.read() as c:
            kept = {f.name: connectors.secret(c, name, f.name) for f in known.fields if f.secret}
        all_given = {**kept, **options, **secrets, "url": url}
        missing = known.missing(all_given)
        if known.url_hint and not url:
            missing = ["--url", *missing]
        if missing:
            raise SetupRefused("CONNECTOR_OPTION_MISSING", options=", ".join(missing))
        with self._store.write() as c:
            for option, value in secrets.items():
                connectors.put_secret(c, name, option, value)
            connectors.add(
                c,
                name=name,
                kind=kind,
                url=url,
                options=options,
                roles=[role.value for role in _roles(known, options)],
                steps=[],
            )
            connectors.put_breaker(c, name, **_FRESH)
        if Role.ORDERS in known.roles:
            self._keep_steps(name)

    def every(self) -> list[ConnectorView]:
        with self._store.read() as c:
            breakers = connectors.breakers(c)
            waiting = outbox.waiting_by_connector(c)
            rows = connectors.every(c)
        return [_view(row, breakers.get(row.name), waiting.get(row.name, 0)) for row in rows]

    def check(self, name: str) -> Checked:
        """Reach the system with what is configured; nothing changes there.

        Raises:
            SetupRefused: CONNECTOR_UNKNOWN_NAME, CONNECTOR_KIND_UNKNOWN.
            ConnectorError: it can't be reached or doesn't take the key.
        """
        connector = self._make(name)

        async def reach() -> Checked:
            try:
                return await connector.check()
            finally:
                await connector.close()

        return asyncio.run(reach())

    def address(self, name: str) -> str:
        """What a person opens in a browser to let the connector in.

        Raises:
            SetupRefused: CONNECTOR_UNKNOWN_NAME, CONNECTOR_KIND_UNKNOWN, CONNECTOR_NO_LOGIN.
        """
        config, make = self._login(name)
        login = make(config)
        address = login.address()
        asyncio.run(login.close())
        return address

    def authorise(self, name: str, given: str) -> None:
        """Keep the tokens for what the browser was sent back with: an address, or its code.

        Raises:
            SetupRefused: see `address`.
            ConnectorError: the service does not take the code.
        """
        config, make = self._login(name)

        async def begin() -> None:
            login = make(config)
            try:
                await Tokens(config.secrets, _no_refresh).begin(lambda: login.first(given))
            finally:
                await login.close()

        asyncio.run(begin())
        with self._store.write() as c:
            connectors.put_breaker(c, name, **_FRESH)  # what waited for it goes on at once

    def _login(self, name: str) -> tuple[Config, Callable[[Config], Login]]:
        row, config = self._config(name)
        login = _kind(row.kind).login
        if login is None:
            raise SetupRefused("CONNECTOR_NO_LOGIN", name=name, kind=row.kind)
        return config, login

    def _keep_steps(self, name: str) -> None:
        connector: Any = self._make(name)
        steps = [step.value for step in connector.steps]
        with self._store.write() as c:
            connectors.change(c, name, steps=steps)

    def _config(self, name: str) -> tuple[Any, Config]:
        with self._store.read() as c:
            row = connectors.named(c, name)
        if row is None:
            raise SetupRefused("CONNECTOR_UNKNOWN_NAME", name=name)
        return row, config_of(row, StoreSecrets(self._store, name, self._clock))

    def _make(self, name: str) -> Connector:
        row, config = self._config(name)
        try:
            return kinds.make(kinds.load(row.kind), config)
        except KindUnknown as unknown:
            raise SetupRefused("CONNECTOR_KIND_UNKNOWN", detail=str(unknown)) from None


async def _no_refresh(refresh: str) -> Grant:
    raise Unauthorised("not authorised yet")


_FRESH: dict[str, Any] = {
    "state": "closed",
    "failures": 0,
    "opened_at": None,
    "next_try_at": None,
    "last_ok_at": None,
    "code": "",
    "detail": "",
}


def _kind(name: str) -> Kind:
    try:
        return kinds.load(name)
    except KindUnknown as unknown:
        raise SetupRefused("CONNECTOR_KIND_UNKNOWN", detail=str(unknown)) from None


def _fit(kind: Kind, option: str, value: str, is_secret: bool) -> None:
    field = kind.field(option)
    if field is None or field.secret is not is_secret:
        known = [f"--secret {f.name}" if f.secret else f.name for f in (*kind.fields, *COMMON)]
        raise SetupRefused(
            "CONNECTOR_OPTION_UNKNOWN", kind=kind.name, name=option, options=", ".join(known)
        )
    if not field.fits(value):
        raise SetupRefused("CONNECTOR_OPTION_BAD", name=option, value=value, hint=field.hint)


def _roles(kind: Kind, options: Mapping[str, str]) -> frozenset[Role]:
    """What the connector is used for: stock levels only where their reading is switched on."""
    return kind.roles if options.get("stock_min") else kind.roles - {Role.STOCK}


def _view(row: Any, breaker: Any, waiting: int) -> ConnectorView:
    state = breaker or Breaker()
    return ConnectorView(
        name=row.name,
        kind=row.kind,
        url=row.url,
        roles=tuple(row.roles),
        options={str(k): str(v) for k, v in row.options.items()},
        is_open=getattr(state, "state", "closed") == "open",
        code=state.code,
        detail=state.detail,
        since=state.opened_at,
        next_try_at=state.next_try_at,
        last_ok_at=state.last_ok_at,
        pulled_at=row.pulled_at,
        waiting=waiting,
    )
