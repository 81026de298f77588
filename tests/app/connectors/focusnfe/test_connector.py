"""Focus NFe, against a simulator made from its documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.connectors import errors
from app.connectors.focusnfe.connector import KIND, FocusNfe
from app.connectors.kinds import Config
from app.connectors.roles import InvoiceRequest, InvoiceStatus, OrderRef
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.invoices import InvoicesContract
from tests.app.connectors.contracts.requests import invoice_request
from tests.app.connectors.hands import run
from tests.support.brazil.focusnfe import TOKEN, SimulatedFocus
from tests.support.nfe import CNPJ, key

TAXES = {
    "codigo_ncm": "69120000", "cfop": "6102", "icms_origem": "0",
    "icms_situacao_tributaria": "102", "pis_situacao_tributaria": "07",
    "cofins_situacao_tributaria": "07",
}  # fmt: skip
FISCAL = {"natureza_operacao": "Venda de mercadoria", "local_destino": 2, "items": {"1": TAXES}}


class FocusBed:
    kind = KIND

    def __init__(self) -> None:
        self.system = SimulatedFocus()
        self.url = self.system.url
        self.orders = 0

    def config(self, url: str) -> Config:
        options = {"cnpj": CNPJ, "per_second": "0", "prefix": "p"}
        return Config("fiscal", KIND.name, url, options, KeptSecrets(token=TOKEN))

    async def read(self, connector: FocusNfe) -> None:
        self.system.put("p1", "processando_autorizacao")
        await connector.find_invoice(OrderRef("loja", "1", "1", ""), "k")

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    def order_for_invoice(self) -> OrderRef:
        self.orders += 1
        return OrderRef("loja", f"x{self.orders}", f"100-{self.orders}", "site")

    def request(self, ref: OrderRef) -> InvoiceRequest:
        return invoice_request(ref, fiscal=json.dumps(FISCAL))

    def becomes(self, status: InvoiceStatus) -> None:
        self.system.becomes = _THEIRS[status]

    def settle(self, ref: OrderRef, status: InvoiceStatus) -> None:
        self.system.put(_ref(ref), _THEIRS[status])

    def issued(self, ref: OrderRef) -> int:
        return self.system.made.get(_ref(ref), 0)


_THEIRS = {
    InvoiceStatus.PROCESSING: "processando_autorizacao",
    InvoiceStatus.AUTHORISED: "autorizado",
    InvoiceStatus.REJECTED: "erro_autorizacao",
    InvoiceStatus.CANCELLED: "cancelado",
}


def _ref(ref: OrderRef) -> str:
    return "p" + ref.number.replace("-", "")


@pytest.fixture
def bed() -> Iterator[FocusBed]:
    made = FocusBed()
    yield made
    made.system.stop()


class TestInvoices(InvoicesContract):
    pass


def test_the_note_says_of_the_order_what_the_order_says(bed: FocusBed) -> None:
    ref = bed.order_for_invoice()
    run(bed, lambda c: c.issue(bed.request(ref), "k"))
    wanted: dict[str, Any] = bed.system.notes[_ref(ref)]["wanted"]
    assert (wanted["cpf_destinatario"], wanted["uf_destinatario"]) == ("00000000191", "SP")
    assert (wanted["valor_frete"], wanted["valor_total"]) == ("10.00", "49.80")
    assert wanted["volumes"] == [{"quantidade": 1, "peso_bruto": "0.700"}]
    (item,) = wanted["items"]
    assert (item["codigo_produto"], item["quantidade_comercial"]) == ("SKU-1", "2")
    assert (item["pedido_compra"], item["cfop"]) == (ref.number, "6102")


def test_what_the_fiscal_data_says_of_the_order_itself_does_not_stand(bed: FocusBed) -> None:
    ref = bed.order_for_invoice()
    forged = {**FISCAL, "valor_total": "1.00", "cnpj_emitente": "0"}
    forged["items"] = {"1": {**TAXES, "quantidade_comercial": "9"}}
    run(bed, lambda c: c.issue(invoice_request(ref, fiscal=json.dumps(forged)), "k"))
    wanted = bed.system.notes[_ref(ref)]["wanted"]
    assert (wanted["valor_total"], wanted["cnpj_emitente"]) == ("49.80", CNPJ)
    assert wanted["items"][0]["quantidade_comercial"] == "2"


@pytest.mark.parametrize("without", ["natureza_operacao", "codigo_ncm", "cfop"])
def test_taxes_are_never_guessed(bed: FocusBed, without: str) -> None:
    fiscal = {name: value for name, value in FISCAL.items() if name != without}
    fiscal["items"] = {"1": {name: value for name, value in TAXES.items() if name != without}}
    ref = bed.order_for_invoice()
    with pytest.raises(errors.Refused) as caught:
        run(bed, lambda c: c.issue(invoice_request(ref, fiscal=json.dumps(fiscal)), "k"))
    assert without in caught.value.detail
    assert bed.issued(ref) == 0


def test_an_order_without_fiscal_data_waits_for_its_erp_and_nothing_is_issued(
    bed: FocusBed,
) -> None:
    ref = bed.order_for_invoice()
    request = invoice_request(ref)
    assert run(bed, lambda c: c.issue(request, "k")).status is InvoiceStatus.AWAITED
    bed.system.put(_ref(ref), "autorizado")
    answer = run(bed, lambda c: c.issue(request, "k"))
    assert (answer.status, answer.key) == (InvoiceStatus.AUTHORISED, key(1))
    assert bed.issued(ref) == 0


def test_a_note_that_sefaz_refused_is_posted_again_under_its_reference(bed: FocusBed) -> None:
    bed.becomes(InvoiceStatus.REJECTED)
    ref = bed.order_for_invoice()
    run(bed, lambda c: c.issue(bed.request(ref), "k"))
    found = run(bed, lambda c: c.find_invoice(ref, "k"))
    assert (found.reason, found.detail) == ("232", "IE do destinatario nao informada")
    bed.becomes(InvoiceStatus.AUTHORISED)
    run(bed, lambda c: c.issue(bed.request(ref), "k"))
    assert run(bed, lambda c: c.find_invoice(ref, "k")).status is InvoiceStatus.AUTHORISED


def test_check_changes_nothing_and_knows_a_wrong_token(bed: FocusBed) -> None:
    assert run(bed, lambda c: c.check()).system == "Focus NFe v2"
    assert bed.system.notes == {}
    bed.config = lambda url: Config(  # type: ignore[method-assign]
        "fiscal", KIND.name, url, {"cnpj": CNPJ}, KeptSecrets(token="wrong")
    )
    with pytest.raises(errors.Unauthorised):
        run(bed, lambda c: c.check())
