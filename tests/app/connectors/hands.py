"""What tests of order sources do with a connector: open it, pull, tell it of an order, close it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar, cast

from msgspec import structs

from app.connectors import errors, kinds
from app.connectors.kinds import Config, Kind
from app.connectors.roles import (
    Checked,
    Connector,
    Fulfilment,
    LineDone,
    OrderSource,
    PackageDone,
    Pulled,
    Receipt,
    Step,
)
from app.domain.model import Order

T = TypeVar("T")
NFE = "35260712ABC34501DE35550010000001231123456787"


class Bed(Protocol):
    """A system that a connector can be made for."""

    kind: Kind
    url: str

    def config(self, url: str) -> Config: ...


def source(bed: Bed, url: str = "") -> OrderSource:
    return cast(OrderSource, kinds.make(bed.kind, bed.config(url or bed.url)))


def run(bed: Bed, work: Callable[..., Coroutine[Any, Any, T]], *args: Any, url: str = "") -> T:
    """What `work` gives with a connector of its own."""

    async def inside() -> T:
        opened: Any = source(bed, url)
        try:
            return await work(opened, *args)
        finally:
            await opened.close()

    return asyncio.run(inside())


async def with_mark(source: OrderSource, mark: str = "") -> tuple[list[Pulled], str]:
    """All that a pull gives, and the mark after it."""
    records: list[Pulled] = []
    async for page in source.pull(mark):
        records += page.records
        await source.confirm(page)
        mark = page.mark
    return records, mark


async def all_of(source: OrderSource, mark: str = "") -> list[Pulled]:
    return (await with_mark(source, mark))[0]


async def swept(source: OrderSource) -> list[Pulled]:
    return [record async for page in source.sweep() for record in page.records]


async def check(source: Connector) -> Checked:
    return await source.check()


def order(bed: Bed, external_id: str | int) -> Pulled:
    found = run(bed, lambda source: source.order(str(external_id)))
    assert found is not None
    return found


def fulfilment(
    external_id: str, order: Order, step: Step, short: int = 0, split: bool = False
) -> Fulfilment:
    """An order as the floor left it: `short` units of its first line missing, in one package or
    in two, of which the first holds one unit."""
    first, *others = order.lines
    lines = [LineDone(first.line_id, first.sku, first.quantity - short, short, "not_found")]
    lines += [LineDone(line.line_id, line.sku, line.quantity, 0) for line in others]
    boxes = [[(line.line_id, line.quantity) for line in lines if line.quantity]]
    if split:
        rest = [(first.line_id, first.quantity - short - 1), *boxes[0][1:]]
        boxes = [[(first.line_id, 1)], [line for line in rest if line[1]]]
    packages = tuple(
        PackageDone(n, 500, f"PB12345678{n}BR", "P", 200, 150, 100, tuple(box))
        for n, box in enumerate(boxes, 1)
    )
    return Fulfilment(
        external_id,
        order.number,
        step,
        datetime.now(UTC),
        tuple(lines),
        packages,
        order.carrier,
        order.service_code,
        order.service_name,
        invoice_key=NFE,
    )


def done(
    bed: Bed, external_id: str | int, step: Step = Step.PICKED, short: int = 0, split: bool = False
) -> Fulfilment:
    """The order as it is there now, as the floor left it."""
    pulled = order(bed, external_id).order
    assert pulled is not None
    return fulfilment(str(external_id), pulled, step, short, split)


def tell(bed: Bed, told: Fulfilment, *steps: Step, url: str = "") -> list[Receipt]:
    """Tell of each of `steps`, or of all that the source wants to hear of."""

    async def all_of_them(source: OrderSource) -> list[Receipt]:
        wanted = steps or tuple(step for step in Step if step in source.steps)
        return [await source.tell(structs.replace(told, step=step), "key-1") for step in wanted]

    return run(bed, all_of_them, url=url)


def refused(bed: Bed, told: Fulfilment, *steps: Step) -> str:
    """Why the source is not told; the reason."""
    try:
        tell(bed, told, *steps)
    except errors.Refused as why:
        return why.reason
    raise AssertionError("it was told")


def race(bed: Bed, told: Fulfilment, clients: int = 8) -> Counter[str]:
    """How each of some connectors fares that tell of the same at once."""

    async def all_at_once() -> Counter[str]:
        sources: list[Any] = [source(bed) for _ in range(clients)]
        ends = await asyncio.gather(
            *(client.tell(told, "key-1") for client in sources), return_exceptions=True
        )
        for client in sources:
            await client.close()
        return Counter(type(end).__name__ for end in ends)

    return asyncio.run(all_at_once())
