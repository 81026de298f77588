"""The kinds of connectors that are installed, and how one is configured.

A kind is an entry point of the group `expedita.connectors`: its name is the kind's, its object a
`Kind`. A connector is a kind with a name, an address, options and secrets. Options are plain;
secrets live in the encrypted store and are handed over one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct

from app.connectors.errors import Unfit
from app.connectors.roles import PROTOCOLS, Connector, Role

GROUP = "expedita.connectors"
ALL = "*"
_WHOLE, _NUMBER = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_RANGE = re.compile(r"([0-9.]+)-([0-9.]+)")


class Field(Struct, frozen=True):
    """Something a kind must or may be told. `hint` says what fits, in words that need no
    translation, like the hints of the settings: a range as `1-100` or `0.0-100` asks for a number
    in it, a whole one where its ends are, but for seconds (`_s`)."""

    name: str
    hint: str = ""
    secret: bool = False
    needed: bool = False
    default: str = ""

    def fits(self, value: str) -> bool:
        """Whether it can be told this; empty is as if nothing was said."""
        bounds = _RANGE.fullmatch(self.hint)
        if not value or not bounds:
            return True
        is_whole = "." not in self.hint and not self.name.endswith("_s")
        if not (_WHOLE if is_whole else _NUMBER).fullmatch(value):
            return False
        return float(bounds[1]) <= float(value) <= float(bounds[2])


# What every connector may be told, whatever its kind.
COMMON = (
    Field("channels", "*, loja, marketplace", default=ALL),  # whose orders it serves
    Field("carriers", "*, Correios", default=ALL),  # whose packages: carrier and tracking
    Field("every_s", "5-86400", default="60"),  # how often orders are pulled, events asked for
    Field("sweep_min", "1-10080", default="60"),  # how often all open orders are read again
    Field("stock_min", "1-10080"),  # how often stock levels are read; never when empty
)


class Secrets(Protocol):
    """A connector's secrets. `put` is durable when it returns: a refresh token that can be used
    once must never be lost between being given and being kept."""

    def get(self, name: str) -> str:
        """The secret, or empty where there is none."""
        ...

    def put(self, name: str, value: str) -> None: ...

    def turn(self) -> AbstractAsyncContextManager[None]:
        """A stretch in which no other process renews this connector's tokens."""
        ...


@dataclass(frozen=True, slots=True)
class Config:
    """One configured connector. `name` is the source of its orders."""

    name: str
    kind: str
    url: str
    options: Mapping[str, str]
    secrets: Secrets = field(repr=False)
    timeout_s: float = 30.0

    def option(self, name: str, default: str = "") -> str:
        return self.options.get(name) or default


class Login(Protocol):
    """How a person lets a connector in, once."""

    def address(self) -> str:
        """What that person opens in a browser."""
        ...

    async def first(self, given: str) -> Grant:
        """The tokens for what the browser was sent back with."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token endpoint gave. An empty `refresh` means that the old one goes on being good."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    lasts_s: float = 3600.0


class Kind(Struct, frozen=True):
    """What a connector's module says of itself."""

    name: str
    title: str
    roles: frozenset[Role]
    make: Callable[[Config], Connector]
    fields: tuple[Field, ...] = ()
    url_hint: str = "https://…"
    login: Callable[[Config], Login] | None = None  # where a person has to agree first

    def field(self, name: str) -> Field | None:
        return next((f for f in (*self.fields, *COMMON) if f.name == name), None)

    def missing(self, given: Mapping[str, str]) -> list[str]:
        """The names that this kind needs and `given` lacks, secrets among them."""
        return [f.name for f in self.fields if f.needed and not given.get(f.name)]

    def reaches(self, url: str) -> bool:
        """Whether a system of this kind could answer at that address; any or none where the
        kind has no use for one."""
        return not self.url_hint or not url or _is_address(url)

    def unfit(self, url: str, options: Mapping[str, str]) -> list[str]:
        """What of it can't be: `--url`, or options as NAME=VALUE. Secrets are no options."""
        address = [] if self.reaches(url) else ["--url"]
        known = ((self.field(name), value) for name, value in options.items())
        return address + [f"{f.name}={value}" for f, value in known if f and not f.fits(value)]


class KindUnknown(Exception):
    """No installed package brings such a kind, or what it brings doesn't load."""


@cache
def _installed() -> Mapping[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def names() -> list[str]:
    """The kinds that are installed; nothing of them is imported yet."""
    return sorted(_installed())


def load(name: str) -> Kind:
    """The kind of that name.

    Raises:
        KindUnknown: it isn't installed, doesn't load, or lacks the methods of a role it names.
    """
    entry = _installed().get(name)
    if entry is None:
        raise KindUnknown(name)
    try:
        kind = entry.load()
    except Exception as error:  # a stranger's module fails in ways of its own
        raise KindUnknown(f"{name}: {type(error).__name__}") from error
    if not isinstance(kind, Kind):
        raise KindUnknown(f"{name}: no Kind")
    return kind


def _is_address(url: str) -> bool:
    """Whether a server of the web could be there."""
    try:
        parts = urlsplit(url)
        has_door = parts.port != 0  # a port that there is, or none
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and has_door and url.isprintable() and " " not in url


def make(kind: Kind, config: Config) -> Connector:
    """A connector of `kind`, which has every method of its roles.

    Raises:
        KindUnknown: it lacks some.
        Unfit: it was configured by a program that let pass what can't be.
    """
    if unfit := kind.unfit(config.url, config.options):
        raise Unfit(", ".join(unfit))
    connector = kind.make(config)
    for role in kind.roles:
        if not isinstance(connector, PROTOCOLS[role]):
            raise KindUnknown(f"{kind.name}: {role.value}")
    return connector
