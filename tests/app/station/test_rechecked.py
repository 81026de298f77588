"""No manifest closes over an NF-e that was cancelled meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.connectors.roles import InvoiceAnswer, InvoiceStatus, Role
from app.domain.dispatch import Close
from app.domain.entries import PackageLoaded
from app.domain.texts import message
from app.engine import Engine
from app.station import rechecked
from app.store import causes, connectors, invoices, orders, outbox
from tests.support import floor
from tests.support.nfe import key, nfe_proc
from tests.support.simulated_system import BEFORE, NONE, SimulatedSystem


class Loaded:
    """An order with an NF-e, packed and on an open manifest, and its simulated service."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.system = engine, SimulatedSystem()
        with engine.store.write() as c:
            connectors.add(
                c, name="fiscal", kind="simulated", url="", options={},
                roles=[Role.INVOICES.value], steps=[],
            )  # fmt: skip
        (self.number, *_) = floor.pick(engine.station, "single")
        with engine.store.write() as c:
            row = orders.by_number(c, self.number)
            assert row
            lines = orders.lines(c, row.id)
            xml = nfe_proc(self.number, [(n.sku, n.quantity, "1.00") for n in lines])
            invoices.put(
                c, key=key(), order_id=row.id, order_ref=self.number, status="AUTHORIZED",
                differences=[], xml=xml, at=engine.clock(),
            )  # fmt: skip
        self.answer(InvoiceStatus.AUTHORISED)
        floor.pack(engine.station, self.number)
        engine.station.open_manifest(*floor.service_of(engine, self.number))
        engine.station.scan(floor.tracking_of(engine, self.number))

    def answer(self, status: InvoiceStatus) -> None:
        said = InvoiceAnswer(status, "nf-1", key=key())

        async def find(ref: object, asked: str) -> InvoiceAnswer:
            self.system._leave(self.system._enter("find_invoice"))
            return said

        self.system.find_invoice = find  # type: ignore[method-assign]

    def round(self) -> None:
        flow = self.engine.flow()
        flow._make = lambda row: self.system  # type: ignore[assignment,return-value]
        asyncio.run(flow.once())

    def close(self) -> str:
        return self.engine.station.act(Close("")).code

    def later(self, **amount: float) -> None:
        self.engine.clock.now += timedelta(**amount)  # type: ignore[attr-defined]


@pytest.fixture
def loaded(engine: Engine) -> Loaded:
    return Loaded(engine)


def test_it_is_asked_for_as_the_box_is_loaded_and_the_manifest_waits_for_the_answer(
    loaded: Loaded,
) -> None:
    assert loaded.close() == "INVOICES_WAITED_FOR"
    loaded.round()
    assert loaded.system.calls["find_invoice"] == 1
    assert loaded.close() == "MANIFEST_READY"


def test_an_answer_from_long_before_is_asked_for_again(loaded: Loaded) -> None:
    loaded.round()
    loaded.later(hours=3)
    assert loaded.close() == "INVOICES_ASKED"
    assert loaded.close() == "INVOICES_WAITED_FOR"
    loaded.round()
    assert loaded.system.calls["find_invoice"] == 2
    assert loaded.close() == "MANIFEST_READY"


def test_a_cancelled_one_keeps_its_box_from_leaving_and_says_so(loaded: Loaded) -> None:
    loaded.answer(InvoiceStatus.CANCELLED)
    loaded.round()
    feedback = loaded.engine.station.act(Close(""))
    assert (feedback.code, feedback.params["order"]) == ("INVOICE_GONE", loaded.number)
    (waiting,) = (x for x in loaded.engine.station.exceptions() if x.order_number == loaded.number)
    assert "NF-e foi cancelada" in message(waiting.code, "pt", waiting.params)[0]


def test_with_the_service_gone_the_second_press_closes_and_the_answer_comes_later(
    loaded: Loaded,
) -> None:
    loaded.system.fault = lambda call: BEFORE if call == "find_invoice" else NONE
    loaded.round()
    assert loaded.close() == "INVOICES_WAITED_FOR"
    loaded.later(seconds=40)
    assert loaded.close() == "MANIFEST_READY"
    loaded.system.fault = lambda call: NONE
    loaded.answer(InvoiceStatus.CANCELLED)
    loaded.later(hours=1)
    loaded.round()
    (waiting,) = (x for x in loaded.engine.station.exceptions() if x.order_number == loaded.number)
    assert "NF-e foi cancelada" in message(waiting.code, "pt", waiting.params)[0]


def test_a_service_that_goes_on_answering_is_waited_for_however_long_the_load_is(
    loaded: Loaded,
) -> None:
    """Two boxes: the first has its answer a minute after both were asked for."""
    engine = loaded.engine
    with engine.store.write() as c:
        row = orders.by_number(c, loaded.number)
        other = next(o for n in range(1, 9) if n != row.id and (o := orders.by_id(c, n)))
        invoices.put(
            c, key=key(2), order_id=other.id, order_ref=other.number, status="AUTHORIZED",
            differences=[], xml=b"", at=engine.clock(),
        )  # fmt: skip
        causes.recheck(c, causes.rechecking(c, (other.id,)), engine.clock())
    on = {n: PackageLoaded("M1", n, 1, f"T{n}") for n in (row.id, other.id)}
    task = SimpleNamespace(loaded={entry.tracking: entry for entry in on.values()})

    def closing() -> str:
        with engine.store.write() as c:
            refused = rechecked.check(c, task, engine.clock())  # type: ignore[arg-type]
        return f"{refused.code} {refused.params['count']}" if refused else ""

    assert closing() == "INVOICES_WAITED_FOR 2"
    loaded.later(seconds=60)
    with engine.store.write() as c:
        first = next(m for m in outbox.of_order(c, row.id) if m.kind == "recheck")
        outbox.set_state(c, first.id, state="done", done_at=engine.clock())
    assert closing() == "INVOICES_WAITED_FOR 1", "it answered just now"
    loaded.later(seconds=40)
    assert closing() == "", "and then nothing more"
