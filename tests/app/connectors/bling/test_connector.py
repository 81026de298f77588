"""Bling, against a simulator made from its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.connectors import errors
from app.connectors.bling.connector import KIND, Bling
from app.connectors.kinds import Config
from app.connectors.roles import InvoiceRequest, InvoiceStatus, OrderRef
from tests.app.connectors.contract import KeptSecrets, OrdersContract
from tests.app.connectors.contracts.invoices import InvoicesContract
from tests.app.connectors.contracts.network import TokensContract
from tests.app.connectors.contracts.requests import invoice_request
from tests.app.connectors.hands import run
from tests.support.brazil.bling import SimulatedBling


class BlingBed:
    kind = KIND
    page = 3
    invoices = "issue"

    def __init__(self) -> None:
        self.system = SimulatedBling()
        self.url = self.system.url
        self.secrets = KeptSecrets(
            client_secret="kept-1", access_token="access-0", refresh_token="refresh-0"
        )

    def config(self, url: str) -> Config:
        options = {
            "client_id": "app-1", "page": str(self.page), "per_second": "0",
            "invoices": self.invoices,
        }  # fmt: skip
        return Config("loja", KIND.name, url, options, self.secrets)

    # --- orders -----------------------------------------------------------------------------

    def add(self, count: int) -> list[str]:
        return [self.system.add() for _ in range(count)]

    def edit(self, external_id: str) -> None:
        self.system.orders[int(external_id)]["itens"][0]["quantidade"] += 1
        self.system.touch(int(external_id))

    def cancel(self, external_id: str) -> None:
        self.system.orders[int(external_id)]["situacao"]["id"] = 12
        self.system.touch(int(external_id))

    def spoil(self) -> str:
        made = self.system.add()
        self.system.orders[int(made)]["itens"][0]["codigo"] = ""
        return made

    def told(self, external_id: str) -> int:
        return self.system.shipped.get(int(external_id), 0)

    # --- tokens and clock -------------------------------------------------------------------

    def end_access(self) -> None:
        self.system.end_access()

    def grants(self) -> int:
        return self.system.grants

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    # --- invoices ---------------------------------------------------------------------------

    def order_for_invoice(self) -> OrderRef:
        return OrderRef("loja", self.system.add(), "100", "222")

    def request(self, ref: OrderRef) -> InvoiceRequest:
        return invoice_request(ref)

    async def read(self, connector: Bling) -> None:
        await connector.check()

    def becomes(self, status: InvoiceStatus) -> None:
        states = {"processing": 3, "authorised": 5, "rejected": 4}
        self.system.sefaz = states[status.value]

    def settle(self, ref: OrderRef, status: InvoiceStatus) -> None:
        states = {"authorised": 5, "rejected": 4, "cancelled": 2}
        self.system.note_of(int(ref.external_id))["situacao"] = states[status.value]

    def issued(self, ref: OrderRef) -> int:
        return self.system.made.get(int(ref.external_id), 0)


@pytest.fixture
def bed() -> Iterator[BlingBed]:
    made = BlingBed()
    yield made
    made.system.stop()


class TestOrders(OrdersContract):
    pass


class TestInvoices(InvoicesContract):
    pass


class TestTokens(TokensContract):
    pass


def test_an_order_comes_with_its_customers_phone_and_the_address_of_its_label(
    bed: BlingBed,
) -> None:
    made = bed.system.add()
    order = run(bed, lambda c: c.order(made)).order
    assert order.recipient.document == "00000000191"
    assert order.recipient.email == "pessoa@example.com"
    assert (order.address.street, order.address.number, order.address.cep) == (
        "Avenida Paulista",
        "1578",
        "01310200",
    )
    assert (order.carrier, order.service_name, order.channel) == ("Correios", "SEDEX", "222")


def test_an_order_without_a_label_goes_where_its_customer_lives(bed: BlingBed) -> None:
    made = bed.system.add()
    bed.system.orders[int(made)]["transporte"]["etiqueta"] = {}
    assert run(bed, lambda c: c.order(made)).order.address.street == "Rua Augusta"


def test_a_mark_of_years_ago_asks_for_all_that_is_ready_instead(bed: BlingBed) -> None:
    wanted = set(bed.add(2))

    async def pull(connector: Bling) -> set[str]:
        pages = connector.pull("2020-01-01T00:00:00+00:00")
        return {record.external_id async for page in pages for record in page.records}

    assert run(bed, pull) == wanted


def test_an_order_of_another_source_has_no_note_here(bed: BlingBed) -> None:
    ref = OrderRef("outra", bed.system.add(), "1", "")
    assert run(bed, lambda c: c.find_invoice(ref, "k")) is None


def test_the_xml_of_a_strange_address_is_never_fetched(bed: BlingBed) -> None:
    ref = bed.order_for_invoice()
    number = 5000 + len(bed.system.notes)
    bed.system.notes[number] = {"id": number, "situacao": 5, "xml": "https://example.com/x"}
    bed.system.orders[int(ref.external_id)]["notaFiscal"] = {"id": number}
    with pytest.raises(errors.Unreadable):
        run(bed, lambda c: c.find_invoice(ref, "k"))


def test_a_shop_that_issues_in_bling_itself_has_its_note_waited_for_and_fetched(
    bed: BlingBed,
) -> None:
    bed.invoices = "find"
    ref = bed.order_for_invoice()
    assert run(bed, lambda c: c.issue(bed.request(ref), "k")).status is InvoiceStatus.AWAITED
    assert bed.issued(ref) == 0
    bed.invoices = "issue"
    run(bed, lambda c: c.issue(bed.request(ref), "k"))  # the shop's own doing
    bed.invoices = "find"
    answer = run(bed, lambda c: c.issue(bed.request(ref), "k"))
    assert (answer.status, bed.issued(ref)) == (InvoiceStatus.AUTHORISED, 1)
