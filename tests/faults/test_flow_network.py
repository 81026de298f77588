"""The flow over a network that cuts, slows and corrupts in the middle of every call."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.bench import orders_server
from app.connectors import orderfile
from app.connectors.http import Api
from app.connectors.records import digest
from app.connectors.roles import Checked, Fulfilment, Page, Pulled, Receipt, Role, Step
from app.store import orders
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy
from tests.support.flow_floor import FlowFloor

ORDERS, PAGE = 12, 5
BROKEN = (
    faults.REFUSE,
    faults.LOSE_ANSWER,
    faults.CUT_HEAD,
    faults.CUT_HALF,
    faults.HTML,
    faults.HTML_AFTER,
    faults.TRUNCATED,
    faults.TOO_MANY,
    faults.BUSY,
    faults.BROKEN,
    faults.slow(0.8),
)


class ShopServer(BaseHTTPRequestHandler):
    """A shop that ships again each time it is told to: whoever tells it twice has shipped twice."""

    protocol_version = "HTTP/1.1"
    shipped: Counter[str]
    heard: dict[str, list[str]]
    keys: dict[str, str]

    def do_GET(self) -> None:
        *_, what, value = self.path.split("/")
        if what == "orders":
            first = int(value)
            self._say([orders_server.order(n) for n in range(first, min(first + PAGE, ORDERS))])
        elif what == "told":
            self._say({"receipt": self.keys.get(value)})
        else:
            self._say({"ok": True})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.shipped[f"{body['order']} {body['step']}"] += 1
        self.heard.setdefault(body["order"], []).append(body["step"])
        self.keys[body["key"]] = f"r{len(self.keys)}"
        self._say({"receipt": self.keys[body["key"]]})

    def _say(self, what: Any) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


class ShopConnector:
    steps = frozenset({Step.PACKED, Step.SHIPPED})
    sweeps = False

    def __init__(self, url: str) -> None:
        self._api = Api(url, timeout_s=0.5)

    async def check(self) -> Checked:
        (await self._api.get("check/0")).json()
        return Checked("shop")

    async def close(self) -> None:
        await self._api.close()

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        for first in range(int(mark or 0), ORDERS, PAGE):
            records = (await self._api.get(f"orders/{first}")).json()
            found = tuple(
                Pulled(r["external_id"], "", digest(r), order=orderfile.order_of(r))
                for r in records
            )
            yield Page(found, str(first + len(found)))

    async def confirm(self, page: Page) -> None:
        pass

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        body = {"order": done.external_id, "step": done.step.value, "key": key}
        return Receipt((await self._api.change("POST", "tell", body)).json()["receipt"])

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        found = (await self._api.get(f"told/{key}")).json()["receipt"]
        return Receipt(found) if found else None


@pytest.fixture
def shop() -> Iterator[str]:
    ShopServer.shipped, ShopServer.heard, ShopServer.keys = Counter(), {}, {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), ShopServer)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    made.connect("loja", Role.ORDERS)
    yield made
    made.store.close()


def _round(floor: FlowFloor, url: str) -> None:
    flow = floor.flow()
    flow._make = lambda row: ShopConnector(url)  # type: ignore[assignment,return-value]
    asyncio.run(flow.once())
    floor.later(hours=2)  # past every wait


def _told_to_pack(floor: FlowFloor) -> set[str]:
    """Every order that is here is packed and shipped, as far as its shop is concerned."""
    with floor.store.read() as c:
        known = orders.open_of_source(c, "loja")
    for order_id in known.values():
        if not floor.calls(order_id=order_id):
            floor.owe(order_id, "packed")
            floor.owe(order_id, "shipped")
    return set(known)


def _all_is_well(floor: FlowFloor) -> None:
    wanted = {f"b{n}" for n in range(ORDERS)}
    assert _told_to_pack(floor) == wanted
    assert {call.state for call in floor.calls()} == {"done"}
    assert set(ShopServer.heard) == wanted
    assert all(heard == ["packed", "shipped"] for heard in ShopServer.heard.values())
    assert set(ShopServer.shipped.values()) == {1}


@pytest.mark.parametrize("fault", BROKEN, ids=lambda fault: fault.name)
def test_each_call_broken_in_turn_loses_and_doubles_nothing(
    floor: FlowFloor, shop: str, fault: faults.Fault
) -> None:
    with FaultyProxy(shop) as proxy:
        for at in range(10):  # the at-th call of the round is the one that breaks
            proxy.next(*[None] * at, fault)
            _round(floor, proxy.url)
            _told_to_pack(floor)
        proxy.next()
        for _ in range(6):
            _round(floor, proxy.url)
            _told_to_pack(floor)
        broken = {name for _, _, name in proxy.log}
    assert fault.name in broken
    _all_is_well(floor)


@pytest.mark.parametrize("seed", range(3))
def test_a_network_that_is_bad_all_day_loses_and_doubles_nothing(
    floor: FlowFloor, shop: str, seed: int
) -> None:
    chance = random.Random(seed)
    with FaultyProxy(shop) as proxy:
        for _ in range(25):
            some = [chance.choice(BROKEN) if chance.random() < 0.5 else None for _ in range(40)]
            proxy.next(*some)
            _round(floor, proxy.url)
            _told_to_pack(floor)
        proxy.next()
        for _ in range(8):
            _round(floor, proxy.url)
            _told_to_pack(floor)
    assert not floor.calls(state="dead"), "no single call failed twelve times over"
    _all_is_well(floor)
