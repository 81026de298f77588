"""Olist Tiny, against a simulator made from its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.connectors.kinds import Config
from app.connectors.tiny.connector import KIND, Tiny
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.network import NetworkContract, TokensContract
from tests.app.connectors.hands import run
from tests.support.brazil.tiny import SimulatedTiny


class TinyBed:
    kind = KIND
    page = 3

    def __init__(self) -> None:
        self.system = SimulatedTiny()
        self.url = self.system.url
        self.secrets = KeptSecrets(
            client_secret="kept-1", access_token="access-0", refresh_token="refresh-0"
        )

    def config(self, url: str) -> Config:
        options = {
            "client_id": "app-1", "accounts": f"{self.system.root}/realms/tiny",
            "page": str(self.page), "per_minute": "0",
        }  # fmt: skip
        return Config("tiny", KIND.name, url, options, self.secrets)

    async def read(self, connector: Tiny) -> None:
        await connector.check()

    def end_access(self) -> None:
        self.system.end_access()

    def grants(self) -> int:
        return self.system.grants

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    def add(self, count: int) -> list[str]:
        return [self.system.add() for _ in range(count)]

    def edit(self, external_id: str) -> None:
        self.system.orders[int(external_id)]["itens"][0]["quantidade"] += 1
        self.system.touch(int(external_id))

    def cancel(self, external_id: str) -> None:
        self.system.orders[int(external_id)]["situacao"] = 2
        self.system.touch(int(external_id))

    def spoil(self) -> str:
        made = self.system.add()
        self.system.orders[int(made)]["enderecoEntrega"]["cep"] = "0131"
        return made

    def told(self, external_id: str) -> int:
        return self.system.shipped.get(int(external_id), 0)


@pytest.fixture
def bed() -> Iterator[TinyBed]:
    made = TinyBed()
    yield made
    made.system.stop()


class TestOrders(OrdersContract):
    pass


class TestTokens(TokensContract):
    pass


class TestNetwork(NetworkContract):
    pass


def test_an_order_goes_where_it_is_to_be_delivered(bed: TinyBed) -> None:
    made = bed.system.add()
    order = run(bed, lambda c: c.order(made)).order
    assert order.recipient.name == "Outra Pessoa"
    assert (order.address.cep, order.address.complement) == ("01310200", "ap 41")
    assert (order.carrier, order.service_name, order.channel) == ("Correios", "SEDEX", "Loja")


def test_the_first_pull_brings_every_state_that_is_to_be_shipped(bed: TinyBed) -> None:
    wanted = {bed.system.add(state) for state in (3, 4, 1, 7)}
    for state in (0, 5, 6, 8, 9):
        bed.system.add(state)

    async def pull(connector: Tiny) -> set[str]:
        pages = connector.pull("")
        return {record.external_id async for page in pages for record in page.records}

    assert run(bed, pull) == wanted
