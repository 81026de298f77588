"""Every cable is pulled: what the station holds is picked, packed, labelled and dispatched in the
real window, and the shop hears of it once when the network is back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.codes import own_code
from app.engine import Engine
from app.rehearsal import pack_scan, pick_scan
from app.store import connectors
from app.store.schema import OUTBOX
from tests.journeys.test_shift import TOTES, Shift, command, make_warehouse, step_at_bench
from tests.support import faulty_proxy as faults
from tests.support import warehouse
from tests.support.brazil.bling import SimulatedBling
from tests.support.desktop import Desktop, until
from tests.support.faulty_proxy import FaultyProxy
from tests.support.socket_printer import SocketPrinter


@pytest.fixture
def shop() -> Iterator[SimulatedBling]:
    """Two orders of goods that the warehouse has, by a carrier whose codes it has."""
    made = SimulatedBling()
    for n in range(2):
        order = made.orders[int(made.add())]
        order["itens"] = [{**order["itens"][0], "codigo": warehouse.SKUS[n], "quantidade": 1}]
        order["transporte"]["contato"]["nome"] = "correios"
        order["transporte"]["volumes"][0]["servico"] = "03220"
    yield made
    made.stop()


@pytest.fixture
def printer() -> Iterator[SocketPrinter]:
    with SocketPrinter(answers_status=False) as made:
        yield made


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as made:
        yield made


def _connect(home: Path, url: str) -> None:
    """The shop's connector, its tokens in the store, its orders pulled once."""
    options = {"client_id": "app-1", "per_second": "0", "every_s": "300", "channels": "nenhum"}
    secrets = {
        "client_secret": "kept-1", "access_token": "access-0", "refresh_token": "refresh-0",
    }  # fmt: skip
    engine = Engine.open(home)
    engine.setup.add("erp", "bling", url, options, {"client_secret": secrets["client_secret"]})
    with engine.store.write() as c:
        for name, value in secrets.items():
            connectors.put_secret(c, "erp", name, value)
    engine.close()
    command(home, "worker", "--once")


def _calls(shift: Shift) -> list[Any]:
    with shift.engine.store.read() as c:
        return list(c.execute(select(OUTBOX).order_by(OUTBOX.c.id)))


def test_with_every_cable_pulled_the_floor_goes_on_and_the_shop_hears_of_it_once(
    tmp_path: Path, shop: SimulatedBling, printer: SocketPrinter, desktop: Desktop
) -> None:
    home = tmp_path / "home"
    make_warehouse(home, tmp_path / "files", printer, orders=0)
    with FaultyProxy(shop.url) as line:
        _connect(home, line.url)
        line.always = faults.REFUSE
        shift = Shift(desktop, home)
        try:
            _pick(shift)
            tracking = _pack(shift)
            _dispatch(shift, printer, tracking)
            until(lambda: any(call.tries for call in _calls(shift)), "a try that failed", 40)
            assert shop.shipped == {}
            line.always = None
            until(lambda: len(shop.shipped) == 2, "the shop to hear of both", 90)
            until(lambda: all(call.state == "done" for call in _calls(shift)), "the outbox", 30)
        finally:
            desktop.picture().save(tmp_path / "last.png")
            shift.stop()
    assert shop.shipped == dict.fromkeys(shop.orders, 1)
    told = {o["transporte"]["volumes"][0]["codigoRastreamento"] for o in shop.orders.values()}
    assert told == set(tracking)


def _pick(shift: Shift) -> None:
    shift.desktop.calm()
    shift.desktop.key("F1")
    shift.desktop.calm()
    shift.desktop.key("F10")
    until(shift.task, "the claim")
    while (view := shift.view()).pick is not None:
        shift.scan(pick_scan(view.pick, TOTES))


def _pack(shift: Shift) -> list[str]:
    """Each order, its label printed and scanned back; the tracking codes."""
    shift.desktop.key("F2")
    done = []
    listing = json.loads(command(shift.home, "orders", "--queue", "picked", "--json"))["orders"]
    assert len(listing) == 2
    for number in [row["number"] for row in listing]:
        shift.desktop.calm()
        shift.desktop.scan(own_code("O", number))
        until(shift.task, f"order {number} on the bench")
        while (view := shift.view()).pack is not None:
            if view.pack.step in ("label", "doubt"):
                until(lambda: step_at_bench(shift) not in ("label", "doubt"), "the label")
                continue
            code = pack_scan(view.pack)
            if view.pack.step == "verify":
                done.append(code)
            shift.scan(code)
    return done


def _dispatch(shift: Shift, printer: SocketPrinter, tracking: list[str]) -> None:
    shift.desktop.changes(lambda: shift.desktop.key("F3"))
    shift.desktop.key("alt+1")
    until(shift.task, "the manifest")
    for code in tracking:
        shift.scan(code)
    jobs = len(printer.jobs)
    shift.desktop.calm()
    shift.desktop.key("F9")
    printer.wait_for(jobs + 1, 20)
    shift.desktop.calm()
    shift.desktop.changes(lambda: shift.desktop.key("F9"))
    shift.desktop.type("ABC1D23\nMotorista Inventado\n00000000191\n")
    until(lambda: not shift.task(), "the handover")
