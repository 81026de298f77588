"""Reads how much stands where from the systems that count it, for the bins here.

The other system learns of a pick later than the bin does. So what left a bin here and is not known
there is taken off its count, and what stands in a bin here is written only when that count has
changed: a bin that a person counted meanwhile keeps what was counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice

from sqlalchemy import Connection

from app.connectors.records import can_be_kept
from app.connectors.roles import Level, Step, StockLevels
from app.flow.threads import off_loop
from app.store import stock
from app.store.database import Store
from app.store.stock import Place

CHUNK = 200  # places in one transaction
LONGEST_PLACE, LONGEST_SKU = 40, 60  # as files of bins have them


class Stocker:
    """Takes the levels of systems into one store."""

    def __init__(
        self, store: Store, *, guard: Callable[[Connection], None] = lambda c: None
    ) -> None:
        self._store = store
        self._guard = guard  # raises when the lease was lost

    async def read(self, name: str, source: StockLevels) -> int:
        """Everything that the system counts; in how many places its count had changed."""
        found: Counter[Place] = Counter()
        async for levels in source.levels():
            for level in filter(_fits, levels):
                found[level.place or name, level.sku, level.lot] += level.quantity
        return await off_loop(self._take, name, found, source.taken_at)

    def _take(self, name: str, found: Mapping[Place, int], taken_at: Step | None) -> int:
        with self._store.read() as c:
            before = stock.counted(c, name)
        # What it doesn't name any more stands nowhere.
        now = {**dict.fromkeys(before, 0), **found}
        changed = iter(
            [
                (place, units)
                for place, units in now.items()
                if before.get(place) != _digest(name, units)
            ]
        )
        count = 0
        while part := list(islice(changed, CHUNK)):
            with self._store.write() as c:
                self._guard(c)
                here = _Here(c, name, taken_at)
                for place, units in part:
                    stock.put(c, place, max(0, here.units(place, units)), _digest(name, units))
            count += len(part)
        return count


class _Here:
    """What the orders here make of a system's count."""

    def __init__(self, c: Connection, name: str, taken_at: Step | None) -> None:
        self._away = stock.away(c, name, taken_at.value if taken_at else None)
        self._promised = Counter[str]() if taken_at else stock.promised(c, name)

    def units(self, place: Place, counted: int) -> int:
        return counted - self._away[place] + self._promised[place[1]]


def _digest(name: str, units: int) -> str:
    return f"{name}:{units}"


def _fits(level: Level) -> bool:
    """Whether the place and the product can be kept; a product without a SKU is none here."""
    return (
        0 < len(level.sku) <= LONGEST_SKU
        and len(level.place) <= LONGEST_PLACE
        and all(map(can_be_kept, (level.sku, level.place, level.lot)))
    )
