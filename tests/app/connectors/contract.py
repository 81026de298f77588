"""What every connector must pass. A connector's own tests take the class of each of its roles:

    class TestOrders(OrdersContract):
        @pytest.fixture
        def bed(self, tryton): return TrytonBed(tryton)

A bed stands for the other system: it makes, edits and cancels orders there by the system's own
means, and looks at what became of a call. `url` is where the real server listens; the contract
puts a faulty proxy before it. A bed without a network has an empty `url`, and what only a network
can break is skipped for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

import pytest
from msgspec.structs import replace

from app.connectors import errors
from app.connectors.kinds import Config, Kind
from app.connectors.roles import Fulfilment, OrderSource, Step
from tests.app.connectors.contracts.network import ReadsContract
from tests.app.connectors.hands import all_of, fulfilment, run, source, swept, with_mark
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy


class KeptSecrets:
    """Secrets in memory; `turn` lets one in at a time, as the store's does."""

    def __init__(self, **values: str) -> None:
        self.values = dict(values)
        self.writes: list[tuple[str, str]] = []
        self._lock = asyncio.Lock()

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def put(self, name: str, value: str) -> None:
        self.values[name] = value
        self.writes.append((name, value))

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self._lock:
            yield


class OrdersBed(Protocol):
    """The other system, as a test handles it."""

    kind: Kind
    url: str
    page: int  # how many orders one of its pages holds, so that more of them can be made

    def config(self, url: str) -> Config: ...

    def add(self, count: int) -> list[str]:
        """Make open, paid orders of one or more lines; gives their external ids."""
        ...

    def edit(self, external_id: str) -> None:
        """Change the address or a quantity of an order."""
        ...

    def cancel(self, external_id: str) -> None: ...

    def spoil(self) -> str:
        """Make an order that can't be translated (no CEP, no SKU); its external id."""
        ...

    def told(self, external_id: str) -> int:
        """How many times the system was made to ship the order: fulfilments, packages."""
        ...


class OrdersContract(ReadsContract):
    """Of `Role.ORDERS`."""

    def something_to_read(self, bed: OrdersBed) -> None:
        bed.add(1)

    async def reading(self, bed: OrdersBed, connector: OrderSource) -> None:
        await all_of(connector)

    # --- what is pulled ---------------------------------------------------------------------

    def test_every_order_is_pulled_over_all_pages(self, bed: OrdersBed) -> None:
        wanted = bed.add(bed.page + 2)
        found = {r.external_id for r in run(bed, all_of)}
        assert set(wanted) <= found

    def test_every_order_is_translated_whole(self, bed: OrdersBed) -> None:
        wanted = set(bed.add(2))
        for record in run(bed, all_of):
            if record.external_id not in wanted:
                continue
            order = record.order
            assert order is not None, (record.code, record.detail)
            assert order.external_id == record.external_id
            assert order.number
            assert order.placed_at.tzinfo is not None
            assert order.lines
            assert all(line.sku and line.quantity > 0 for line in order.lines)
            assert len({line.line_id for line in order.lines}) == len(order.lines)
            assert len(order.address.cep) == 8
            assert order.recipient.name

    def test_a_pull_from_the_last_mark_brings_what_changed_since(self, bed: OrdersBed) -> None:
        edited, kept = bed.add(2)
        first, mark = run(bed, with_mark)
        before = {r.external_id: r.digest for r in first}
        bed.edit(edited)
        (later,) = bed.add(1)
        again = {r.external_id: r.digest for r in run(bed, all_of, mark)}
        assert later in again
        assert again[edited] != before[edited]
        assert again.get(kept, before[kept]) == before[kept], "unchanged, yet another digest"

    def test_the_same_pull_twice_gives_the_same_digests(self, bed: OrdersBed) -> None:
        bed.add(2)
        first = {r.external_id: r.digest for r in run(bed, all_of)}
        second = {r.external_id: r.digest for r in run(bed, all_of)}
        assert {k: second[k] for k in second if k in first} == {
            k: first[k] for k in second if k in first
        }

    def test_a_cancelled_order_says_so(self, bed: OrdersBed) -> None:
        (gone,) = bed.add(1)
        _, mark = run(bed, with_mark)
        bed.cancel(gone)
        found = {r.external_id: r for r in run(bed, all_of, mark)}
        order = found[gone].order
        assert order is not None
        assert order.status == "cancelled"

    def test_an_order_that_cant_be_translated_says_why_and_stops_no_other(
        self, bed: OrdersBed
    ) -> None:
        bad = bed.spoil()
        (good,) = bed.add(1)
        found = {r.external_id: r for r in run(bed, all_of)}
        assert found[good].order is not None
        assert found[bad].order is None
        assert found[bad].code
        assert found[bad].raw

    def test_the_sweep_brings_every_open_order(self, bed: OrdersBed) -> None:
        if not source(bed).sweeps:
            pytest.skip("this source can't list its open orders")
        wanted = set(bed.add(3))
        bed.cancel(cancelled := wanted.pop())
        found = {r.external_id: r for r in run(bed, swept)}
        assert wanted <= set(found)
        left = found.get(cancelled)
        assert left is None or (left.order is not None and left.order.status == "cancelled")

    def test_one_order_is_read_as_it_is_now(self, bed: OrdersBed) -> None:
        if not source(bed).sweeps:
            pytest.skip("this source can't be asked for one order")
        (number,) = bed.add(1)
        bed.cancel(number)
        record = run(bed, lambda shop: shop.order(number))
        assert record is None or (record.order and record.order.status == "cancelled")
        assert run(bed, lambda shop: shop.order("999999999")) is None

    # --- what is told -----------------------------------------------------------------------

    def test_telling_twice_with_one_key_ships_once(self, bed: OrdersBed) -> None:
        done, key = _shipped(bed), "key-000000000001"

        async def twice(shop: OrderSource) -> None:
            await _tell(shop, done, key)
            assert await shop.find_told(_last(done), key) is not None
            await _tell(shop, done, key)

        run(bed, twice)
        assert bed.told(done[0].external_id) == 1

    def test_what_was_never_told_is_not_found(self, bed: OrdersBed) -> None:
        done = _shipped(bed)
        found = run(bed, lambda shop: shop.find_told(_last(done), "key-000000000002"))
        assert found is None

    # --- a bad network ----------------------------------------------------------------------

    def test_a_lost_answer_to_a_change_is_unknown_and_found_when_looked_up(
        self, bed: OrdersBed, proxy: FaultyProxy
    ) -> None:
        """Every call of the telling loses its answer once: none is done twice."""
        done, key = _shipped(bed), "key-000000000003"

        async def against_the_odds(shop: OrderSource) -> None:
            for step in done:
                for _ in range(40):
                    try:
                        if await shop.find_told(step, key) is None:
                            await shop.tell(step, key)
                        break
                    except (errors.UnknownOutcome, errors.Unreadable, errors.Down):
                        continue
                else:
                    pytest.fail("never told")

        changes = ("POST", "PUT", "PATCH", "DELETE")
        proxy.next(*[faults.LOSE_ANSWER, None] * 20, where=lambda method, _: method in changes)
        run(bed, against_the_odds, url=proxy.url)
        assert bed.told(done[0].external_id) == 1


# --- helpers --------------------------------------------------------------------------------


def _shipped(bed: OrdersBed) -> list[Fulfilment]:
    """A new order, done in one package, at each step that its source wants to hear of."""
    (external_id,) = bed.add(1)
    records = run(bed, all_of)
    order = next(r.order for r in reversed(records) if r.external_id == external_id)
    assert order is not None
    facts = getattr(bed, "facts", {})  # of the invoice, where a source wants them
    told = [fulfilment(external_id, order, step) for step in Step if step in source(bed).steps]
    return [
        replace(t, **facts, **({"packages": ()} if t.step is Step.PICKED else {})) for t in told
    ]


def _last(done: list[Fulfilment]) -> Fulfilment:
    return done[-1]


async def _tell(shop: OrderSource, done: list[Fulfilment], key: str) -> None:
    """As the outbox does it: look up first, then send."""
    for step in done:
        if await shop.find_told(step, key) is None:
            await shop.tell(step, key)
