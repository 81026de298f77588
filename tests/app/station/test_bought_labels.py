"""A carrier's own label reaches its box unchanged, and only its box."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from app.connectors.roles import Role
from app.domain.codes import own_code
from app.engine import Engine
from app.store import connectors, orders, packages
from tests.support import faulty_proxy as faults
from tests.support import floor
from tests.support.brazil.melhorenvio import SimulatedMelhorEnvio
from tests.support.faulty_proxy import FaultyProxy
from tests.support.simulated_system import NONE, REFUSE, SimulatedSystem


class Carrier:
    """A simulated carrier behind the engine's flow."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.system = SimulatedSystem()
        with engine.store.write() as c:
            connectors.add(
                c, name="transportadora", kind="simulated", url="", options={},
                roles=[Role.CARRIER.value], steps=[],
            )  # fmt: skip

    def round(self) -> None:
        flow = self.engine.flow()
        flow._make = lambda row: self.system  # type: ignore[assignment,return-value]
        asyncio.run(flow.once())


@pytest.fixture
def carrier(engine: Engine) -> Carrier:
    return Carrier(engine)


def _on_the_bench(engine: Engine) -> str:
    (number, *_) = floor.pick(engine.station)
    engine.station.open_pack(number)
    return number


def _to_the_label(engine: Engine) -> str:
    """Go on until a label is asked for; the last answer's code."""
    code = ""
    for _ in range(60):
        view = engine.station.view().pack
        if view is None or view.step in ("label", "verify"):
            return code
        code = engine.station.scan(floor.pack_scan(view)).code
    raise AssertionError("never came to the label")


def _label(engine: Engine, number: str):  # type: ignore[no-untyped-def]
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row
        newest = packages.labels_of(c, row.id)[-1:]
        return [packages.whole_label(c, label.id) for label in newest], row


def test_the_box_waits_for_the_carriers_label_and_spends_no_code_of_its_own(
    engine: Engine, carrier: Carrier
) -> None:
    number = _on_the_bench(engine)
    with engine.store.read() as c:
        before = packages.serials_left(c)
    assert _to_the_label(engine) == "LABEL_COMING"
    assert _label(engine, number)[0] == []
    with engine.store.read() as c:
        assert packages.serials_left(c) == before


def test_the_carriers_label_is_kept_and_printed_byte_for_byte(
    engine: Engine, carrier: Carrier
) -> None:
    number = _on_the_bench(engine)
    _to_the_label(engine)
    carrier.round()
    engine.station.scan(own_code("C", "OK"))
    (label,), row = _label(engine, number)
    bought = next(iter(carrier.system.labels.values()))
    assert label.tracking == bought.tracking
    assert label.zpl == bought.data
    assert carrier.system.effects[row.external_id, "label 1"] == 1


def test_a_label_that_was_refused_says_where_its_mend_is(engine: Engine, carrier: Carrier) -> None:
    carrier.system.fault = lambda call: REFUSE if call == "label" else NONE
    _on_the_bench(engine)
    _to_the_label(engine)
    carrier.round()
    assert engine.station.scan(own_code("C", "OK")).code == "LABEL_STOPPED"


def test_a_label_bought_over_a_line_that_loses_answers_is_paid_once_and_reaches_its_box_once(
    engine: Engine,
) -> None:
    """The whole way: outbox, connector, a carrier that is made from documents, bench."""
    service = SimulatedMelhorEnvio()
    options = {
        "client_id": "app-1", "contact": "loja@example.com", "form": "zpl", "per_second": "0",
    }  # fmt: skip
    secrets = {"client_secret": "kept-1", "access_token": "access-0", "refresh_token": "refresh-0"}
    try:
        with FaultyProxy(service.url) as line:
            with engine.store.write() as c:
                connectors.add(
                    c, name="envio", kind="melhor-envio", url=line.url, options=options,
                    roles=[Role.CARRIER.value], steps=[],
                )  # fmt: skip
                for name, value in secrets.items():
                    connectors.put_secret(c, "envio", name, value)
            number = _on_the_bench(engine)
            assert _to_the_label(engine) == "LABEL_COMING"
            changes = ("POST", "PUT", "DELETE")
            line.next(*[faults.LOSE_ANSWER, None] * 20, where=lambda method, _: method in changes)
            for _ in range(20):
                asyncio.run(engine.flow().once())
                engine.clock.now += timedelta(hours=1)  # type: ignore[attr-defined]
                if engine.station.scan(own_code("C", "OK")).code != "LABEL_COMING":
                    break
        (posting,) = service.postings.values()
        assert service.spent == {posting["id"]: 1}
        (label,), _ = _label(engine, number)
        assert label.tracking == posting["tracking"]
        assert posting["tracking"].encode() in label.zpl
    finally:
        service.stop()
