"""What the warehouse knows of a code, asked while a scan is classified."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection

from app.store import codes


class StoreLookups:
    """`app.domain.scan.Lookups` over one moment of the store; each text is asked about once."""

    def __init__(self, connection: Connection) -> None:
        self._named = cache(lambda code: codes.named(connection, code))

    def products(self, code: str) -> tuple[tuple[str, int], ...]:
        return self._named(code).products

    def is_bin(self, code: str) -> bool:
        return self._named(code).is_bin

    def is_tote(self, code: str) -> bool:
        return self._named(code).is_tote

    def is_tracking(self, code: str) -> bool:
        return self._named(code).is_tracking

    def order_number(self, code: str) -> bool:
        return self._named(code).is_order
