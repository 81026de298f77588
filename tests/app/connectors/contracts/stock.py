"""What every connector of `Role.STOCK` must pass.

A bed is that of the orders contract, and has besides: `counted(sku)`, the units that the system's
own screen shows, by place.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from msgspec import structs

from app.connectors import errors
from app.connectors.roles import Level, Step, StockLevels
from tests.app.connectors.hands import done, run, source, tell
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy

SKU, UNITS = "CAM-P", 2  # of each order that a bed adds


async def read(shop: StockLevels) -> list[Level]:
    return [level async for levels in shop.levels() for level in levels]


def counts(bed: Any, sku: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for level in run(bed, read):
        if level.sku == sku:
            found[level.place] += level.quantity
    return {place: units for place, units in found.items() if units}


class StockContract:
    def test_each_product_is_counted_where_it_stands(self, bed: Any) -> None:
        for sku in (SKU, "CAN-01", "GAR-05"):
            assert counts(bed, sku) == bed.counted(sku) != {}

    def test_units_are_taken_off_at_the_step_that_is_said(self, bed: Any) -> None:
        shop: Any = source(bed)
        before = sum(counts(bed, SKU).values())
        (number,) = bed.add(1)
        if shop.taken_at is None:
            assert sum(counts(bed, SKU).values()) == before - UNITS
            return
        told = done(bed, number)
        for step in (step for step in Step if step in shop.steps):
            assert sum(counts(bed, SKU).values()) == before, f"before {step}"
            tell(bed, structs.replace(told, step=step), step)
            if step is shop.taken_at:
                break
        assert sum(counts(bed, SKU).values()) == before - UNITS

    @pytest.mark.parametrize("fault", [faults.LOSE_ANSWER, faults.HTML], ids=lambda f: f.name)
    def test_a_broken_reading_has_its_name(self, bed: Any, fault: faults.Fault) -> None:
        with FaultyProxy(bed.url) as proxy:
            proxy.always = fault
            with pytest.raises((errors.Down, errors.Unreadable)):
                run(bed, read, url=proxy.url)
