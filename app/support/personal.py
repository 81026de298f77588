"""Every personal value that the store knows, so that it can be found wherever else it lies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select

from app.store import settings as stored
from app.store.schema import METADATA, OPERATORS, ORDERS, REJECTED
from app.support.redaction import Known

MOST = 50_000  # rows of a table that are looked at, the newest first
_KINDS = {
    "name": "pessoa",
    "driver": "pessoa",
    "document": "cpf",
    "driver_document": "cpf",
    "email": "email",
    "phone": "telefone",
    "cep": "cep",
    "street": "endereco",
    "complement": "endereco",
    "district": "endereco",
}
# Not marked as personal, and never collected; but people write names and phones into them.
_FREE_TEXTS = ((ORDERS, "note"), (ORDERS, "gift_text"))
_NAP_EVERY = 500  # rows; a short sleep then leaves the interpreter to the window


def known(c: Connection, most: int = MOST) -> Iterator[Known]:
    """Kind, owner and value: the columns that the schema marks as personal, and the operators."""
    for table in METADATA.sorted_tables:
        names = [
            column.name
            for column in table.columns
            if column.info.get("personal") and not isinstance(column.type, LargeBinary)
        ]
        # A record kept aside is personal as a whole: its text is never collected, and its words
        # are those of any order.
        if names and table is not REJECTED:
            yield from _values(c, table, names, most)
    for table, name in _FREE_TEXTS:
        yield from _values(c, table, [name], most)
    for person in c.execute(select(OPERATORS.c.id, OPERATORS.c.name, OPERATORS.c.badge)):
        yield "operador", f"operators/{person.id}", person.name
        if len(person.badge) > 3:
            yield "cracha", f"operators/{person.id}", person.badge


def secrets(c: Connection) -> Iterator[str]:
    """Every secret that the store holds: its passwords, and the columns marked or named so."""
    yield from stored.secrets(c)
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if column.info.get("secret") or column.name == "secret":
                yield from (str(value) for value in c.scalars(select(column)) if value)


def _values(c: Connection, table: Any, names: list[str], most: int) -> Iterator[Known]:
    assert isinstance(table, Table)
    keys = list(table.primary_key.columns)
    query = select(*keys, *(table.c[name] for name in names))
    query = query.order_by(*(key.desc() for key in keys)).limit(most)
    for at, row in enumerate(c.execute(query)):
        if at % _NAP_EVERY == 0:
            time.sleep(0.001)
        owner = f"{table.name}/{row[len(keys) - 1]}"
        for name, value in zip(names, row[len(keys) :], strict=True):
            if value:
                yield _KINDS.get(name, "dado"), owner, str(value)
