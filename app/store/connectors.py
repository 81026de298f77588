"""Queries over configured connectors, their secrets, and how each system answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.store.asking import Lookup
from app.store.database import WAREHOUSE
from app.store.schema import BREAKERS, CONNECTOR_SECRETS, CONNECTORS

_EVERY = Lookup(
    select(CONNECTORS).where(CONNECTORS.c.warehouse_id == WAREHOUSE).order_by(CONNECTORS.c.name)
)


def add(
    c: Connection,
    *,
    name: str,
    kind: str,
    url: str,
    options: Mapping[str, str],
    roles: Sequence[str],
    steps: Sequence[str],
) -> None:
    """Keep a connector, or change the one of that name; where its pull stands stays."""
    facts = {
        "kind": kind,
        "url": url,
        "options": dict(options),
        "roles": sorted(roles),
        "steps": sorted(steps),
        "enabled": True,
    }
    c.execute(
        upsert(CONNECTORS)
        .values(warehouse_id=WAREHOUSE, name=name, mark="", **facts)
        .on_conflict_do_update(index_elements=["warehouse_id", "name"], set_=facts)
    )


def every(c: Connection) -> Sequence[Row[Any]]:
    return _EVERY.rows(c)


def of_role(c: Connection, role: str) -> list[Row[Any]]:
    """Those that may be asked to do it; see `best`."""
    return [row for row in every(c) if row.enabled and role in row.roles]


def named(c: Connection, name: str) -> Row[Any] | None:
    return c.execute(
        select(CONNECTORS).where(CONNECTORS.c.warehouse_id == WAREHOUSE, CONNECTORS.c.name == name)
    ).first()


def serving(c: Connection, role: str, channel: str, carrier: str = "") -> Row[Any] | None:
    """The connector of `role` for orders of `channel` and `carrier`; one that names them goes
    before one that takes all."""
    return best(every(c), role, channel, carrier)


def best(rows: Sequence[Row[Any]], role: str, channel: str, carrier: str = "") -> Row[Any] | None:
    """The same among `rows`."""
    found: tuple[int, Row[Any]] | None = None
    for row in rows:
        if role not in row.roles or not row.enabled:
            continue
        fits = [_fit(row.options.get("channels"), channel)]
        if carrier:
            fits.append(_fit(row.options.get("carriers"), carrier))
        if all(fits) and (found is None or sum(fits) > found[0]):
            found = (sum(fits), row)
    return found[1] if found else None


def _fit(wanted: str | None, value: str) -> int:
    """0 not served, 1 served among all, 2 served by name."""
    names = {name.strip().casefold() for name in (wanted or "*").split(",")}
    return 2 if value.casefold() in names else int("*" in names)


def change(c: Connection, name: str, **values: Any) -> None:
    c.execute(
        update(CONNECTORS)
        .where(CONNECTORS.c.warehouse_id == WAREHOUSE, CONNECTORS.c.name == name)
        .values(**values)
    )


# --- secrets --------------------------------------------------------------------------------


def secret(c: Connection, connector: str, name: str) -> str:
    value = c.scalar(
        select(CONNECTOR_SECRETS.c.value).where(
            CONNECTOR_SECRETS.c.warehouse_id == WAREHOUSE,
            CONNECTOR_SECRETS.c.connector == connector,
            CONNECTOR_SECRETS.c.name == name,
        )
    )
    return value or ""


def put_secret(c: Connection, connector: str, name: str, value: str) -> None:
    c.execute(
        upsert(CONNECTOR_SECRETS)
        .values(warehouse_id=WAREHOUSE, connector=connector, name=name, value=value)
        .on_conflict_do_update(
            index_elements=["warehouse_id", "connector", "name"], set_={"value": value}
        )
    )


# --- how a system answers -------------------------------------------------------------------


def breakers(c: Connection) -> dict[str, Row[Any]]:
    return {row.connector: row for row in _BREAKERS.rows(c)}


def put_breaker(c: Connection, connector: str, **values: Any) -> None:
    where = (BREAKERS.c.warehouse_id == WAREHOUSE, BREAKERS.c.connector == connector)
    c.execute(delete(BREAKERS).where(*where))
    c.execute(insert(BREAKERS).values(warehouse_id=WAREHOUSE, connector=connector, **values))


# Made once: it runs with every view.
_BREAKERS = Lookup(select(BREAKERS).where(BREAKERS.c.warehouse_id == WAREHOUSE))
