"""What the warehouse knows of a code, asked while a scan is classified."""

from __future__ import annotations

from sqlalchemy import Connection

from app.store import catalogue, orders, packages, tasks


class StoreLookups:
    """`app.domain.scan.Lookups` over one moment of the store."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def products(self, code: str) -> tuple[tuple[str, int], ...]:
        return catalogue.by_code(self._c, code)

    def is_bin(self, code: str) -> bool:
        return catalogue.is_bin(self._c, code)

    def is_tote(self, code: str) -> bool:
        return tasks.is_tote(self._c, code)

    def is_tracking(self, code: str) -> bool:
        return packages.is_tracking(self._c, code)

    def order_number(self, code: str) -> bool:
        return orders.is_number(self._c, code)
