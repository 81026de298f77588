"""What the connector needs of Tryton, whichever way it is called, and how values travel.

Rows are JSON as it came, so that they can be kept and read again: a moment stays
`{"__class__": "datetime", "year": ...}` until `moment` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol

Row = dict[str, Any]
Domain = list[Any]


class Wire(Protocol):
    """Calls to one Tryton database as one user."""

    at: datetime | None  # the server's clock in its last answer

    async def version(self) -> str: ...

    async def fields(self, model: str) -> frozenset[str]:
        """The names of a model's fields that this user may read; they differ by version and by
        installed module."""
        ...

    async def search(
        self,
        model: str,
        domain: Domain,
        fields: Sequence[str],
        limit: int | None = None,
        *,
        context: Mapping[str, Any] | None = None,
    ) -> list[Row]:
        """Records by ascending id. A dotted field comes as a row inside the row.

        Args:
            context: what Tryton is to know besides the user's own, as the locations to sum.
        """
        ...

    async def create(self, model: str, values: Mapping[str, Any]) -> int: ...

    async def write(self, model: str, record: int, values: Mapping[str, Any]) -> None: ...

    async def press(self, model: str, record: int, button: str) -> None:
        """Press a button of the record's form. Warnings that a person would click away are
        accepted.

        Raises:
            Refused: Tryton's own sentence; the record's state does not allow it, or a rule.
        """
        ...

    async def close(self) -> None: ...


def encoded(value: Any) -> Any:
    """A value as Tryton's JSON has it."""
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, datetime):
        plain = value.astimezone(UTC)
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return {"__class__": "datetime", **{part: getattr(plain, part) for part in parts}}
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, Mapping):
        return {name: encoded(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [encoded(inner) for inner in value]
    return value


def moment(value: Any) -> datetime | None:
    """A datetime of Tryton, which it keeps in UTC."""
    if not isinstance(value, Mapping):
        return None
    return datetime(
        value["year"], value["month"], value["day"], value["hour"], value["minute"],
        value["second"], value.get("microsecond", 0), tzinfo=UTC,
    )  # fmt: skip


def day(value: Any) -> date | None:
    return date(value["year"], value["month"], value["day"]) if isinstance(value, Mapping) else None


def decimal(value: Any) -> Decimal:
    if isinstance(value, Mapping):
        return Decimal(value["decimal"])
    return Decimal(str(value or 0))
