"""Every call that the Brazilian connectors and WooCommerce's make, and every answer of their
simulators, fits the OpenAPI document of the service: each goes its whole way through Prism."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from app.connectors import errors, kinds
from app.connectors.kinds import Config
from app.connectors.roles import (
    CarrierLabel,
    Fulfilment,
    InvoiceStatus,
    LineDone,
    OrderRef,
    PackageDone,
    Step,
)
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.requests import invoice_request, label_request
from tests.app.connectors.hands import fulfilment
from tests.support.brazil import bling, correios, focusnfe, melhorenvio, tiny, vtex
from tests.support.documents import checked
from tests.support.nfe import CNPJ, key
from tests.support.simulated_woocommerce import KEY as WOO_KEY
from tests.support.simulated_woocommerce import SECRET, SimulatedWooCommerce

AT = datetime(2026, 11, 25, 18, tzinfo=UTC)
KEY = "8f2c1b1e-6a53-4c2f-9c1d-0000000000dd"
CODE = "PB123456785BR"


def _oauth() -> KeptSecrets:
    return KeptSecrets(client_secret="kept-1", access_token="access-0", refresh_token="refresh-0")


def _through(
    name: str,
    service: Any,
    path: str,
    options: dict[str, str],
    secrets: KeptSecrets,
    way: Callable[[Any], Coroutine[Any, Any, None]],
    own: Callable[[str], dict[str, str]] = lambda url: {},
) -> None:
    """Let a connector go a way through Prism."""
    kind = kinds.load(name)

    async def inside(url: str) -> None:
        given = {"per_second": "0", **options, **own(url)}
        known = {field.name for field in kind.fields}
        config = Config(
            "loja", name, url + path, {k: v for k, v in given.items() if k in known}, secrets
        )
        connector: Any = kinds.make(kind, config)
        try:
            await way(connector)
        finally:
            await connector.close()

    try:
        with checked(name.replace("-", ""), service.root) as url:
            asyncio.run(inside(url))
    finally:
        service.stop()


async def _pulled(source: Any, mark: str = "") -> tuple[list[Any], str]:
    found: list[Any] = []
    async for page in source.pull(mark):
        found += page.records
        await source.confirm(page)
        mark = page.mark
    return found, mark


def _done(order: Any, step: Step, **facts: Any) -> Fulfilment:
    lines = tuple(LineDone(n.line_id, n.sku, n.quantity, 0) for n in order.lines)
    box = PackageDone(1, 500, CODE, lines=tuple((n.line_id, n.quantity) for n in lines))
    return Fulfilment(
        order.external_id, order.number, step, AT, lines, (box,), "Correios", "03220", "SEDEX",
        **facts,
    )  # fmt: skip


async def _orders(source: Any, **facts: Any) -> Any:
    """Pull, pull again, sweep, read one, tell each step; the order that was told of."""
    records, mark = await _pulled(source)
    order = records[0].order
    assert order is not None
    await _pulled(source, mark)
    swept = [record async for page in source.sweep() for record in page.records]
    assert {r.external_id for r in swept} == {r.external_id for r in records}
    assert await source.order(order.external_id) is not None
    for step in Step:
        if step in source.steps:
            await source.tell(_done(order, step, **facts), KEY)
            assert await source.find_told(_done(order, step, **facts), KEY) is not None
    return order


def test_bling() -> None:
    service = bling.SimulatedBling()
    for _ in range(3):
        service.add()

    async def way(connector: Any) -> None:
        service.end_access()
        await connector.check()
        order = await _orders(connector)
        ref = OrderRef("loja", order.external_id, order.number, "")
        answer = await connector.issue(invoice_request(ref), KEY)
        assert answer.status is InvoiceStatus.AUTHORISED
        assert (await connector.find_invoice(ref, KEY)).xml

    options = {"client_id": "app-1", "page": "2", "invoices": "issue"}
    _through("bling", service, bling.BASE, options, _oauth(), way)


def test_tiny() -> None:
    service = tiny.SimulatedTiny()
    for _ in range(3):
        service.add()

    async def way(connector: Any) -> None:
        await connector.check()
        await _orders(connector)

    options = {"client_id": "app-1", "page": "2", "per_minute": "0"}
    _through("tiny", service, tiny.BASE, options, _oauth(), way)


def test_vtex() -> None:
    service = vtex.SimulatedVtex()
    for _ in range(3):
        service.add()
    facts: dict[str, Any] = {
        "invoice_key": key(), "invoice_number": "1", "invoice_series": "1",
        "invoice_total": Decimal("49.80"), "invoice_issued_at": AT,
    }  # fmt: skip

    async def way(connector: Any) -> None:
        await connector.check()
        order = await _orders(connector, **facts)
        moved = replace(
            _done(order, Step.SHIPPED, **facts), packages=(PackageDone(1, 500, "AN000000005BR"),)
        )
        await connector.tell(moved, KEY)
        ref = OrderRef("loja", order.external_id, order.number, "")
        assert (await connector.payment(ref)).status == "paid"

    secrets = KeptSecrets(app_token=vtex.TOKEN)
    _through("vtex", service, "", {"app_key": vtex.KEY, "page": "2"}, secrets, way)


@pytest.mark.parametrize("fulfilments", ["no", "yes"])
def test_woocommerce(fulfilments: str) -> None:
    """With a refund, and with units that were missing."""
    service = SimulatedWooCommerce()
    first, _, last = (service.sell(("CAM-P", 2), ("CAN-01", 1)) for _ in range(3))
    service.refund(first, service.orders[first]["line_items"][0]["id"], 1)
    service.variations = {"CAM-G": 3, "CAM-GG": None}

    async def way(connector: Any) -> None:
        await connector.check()
        order = await _orders(connector, invoice_key=key())
        assert [line.quantity for line in order.lines] == [1, 1]
        assert await connector.order("999999") is None
        order = (await connector.order(str(last))).order
        for _ in range(2):
            await connector.tell(fulfilment(str(last), order, Step.SHIPPED, short=1), KEY)
        assert len(service.notes[last]) == 1
        assert len(service.fulfilments.get(last, ())) == int(fulfilments == "yes")
        found = {level.sku: level.quantity async for page in connector.levels() for level in page}
        assert found["CAM-G"] == 3
        assert "CAM-GG" not in found

    secrets = KeptSecrets(consumer_key=WOO_KEY, consumer_secret=SECRET)
    options = {"page": "2", "fulfilments": fulfilments}
    _through("woocommerce", service, "", options, secrets, way)


async def _label(carrier: Any, request: Any) -> CarrierLabel:
    """As the flow buys it."""
    assert await carrier.find_label(request, KEY, "") is None
    answer = await carrier.label(request, KEY)
    assert (await carrier.find_label(request, KEY, "")).reference == answer.reference
    for _ in range(8):
        answer = await carrier.find_label(request, KEY, answer.reference)
        if isinstance(answer, CarrierLabel):
            return answer
    raise AssertionError("never made")


def test_melhor_envio() -> None:
    service = melhorenvio.SimulatedMelhorEnvio()

    async def way(connector: Any) -> None:
        await connector.check()
        label = await _label(connector, label_request())
        await connector.events([label.tracking])
        await connector.cancel_label(label.reference, label.tracking, KEY)
        unpaid = await connector.label(label_request(package_no=2, package_count=2), "other")
        await connector.cancel_label(unpaid.reference, "", KEY)

    options = {"client_id": "app-1", "contact": "loja@example.com", "services": "03220=2"}
    _through("melhor-envio", service, "", options, _oauth(), way)


def test_correios_and_what_does_not_fit_is_refused() -> None:
    """With an NF-e and without. A call that doesn't fit never comes through, or nothing here could
    fail."""
    service = correios.SimulatedCorreios()
    service.happened(CODE, ("PO", "01", "2026-11-23T18:30:00", "Objeto postado"))

    async def way(connector: Any) -> None:
        await connector.check()
        label = await _label(connector, label_request())
        assert set(await connector.events([CODE, label.tracking])) == {CODE}
        await connector.cancel_label(label.reference, label.tracking, KEY)
        await connector.label(label_request(invoice_key="", invoice_number=""), "other")
        asked = len(service.asked)
        with pytest.raises(errors.Refused) as caught:
            await connector.label(label_request(service_code="SEDEX"), "third")
        assert service.asked[asked:] == [], "it went past Prism"
        assert "codigoServico" in caught.value.exchange

    options = {"card": correios.CARD, "user": correios.USER, "contract": "9912345678"}
    secrets = KeptSecrets(access_code=correios.ACCESS_CODE)
    _through("correios", service, "", options, secrets, way)


def test_focus_nfe() -> None:
    service = focusnfe.SimulatedFocus()
    taxes = {
        "codigo_ncm": "69120000", "cfop": "6102", "icms_origem": "0",
        "icms_situacao_tributaria": "102", "pis_situacao_tributaria": "07",
        "cofins_situacao_tributaria": "07",
    }  # fmt: skip
    fiscal = json.dumps({"natureza_operacao": "Venda", "items": {"1": taxes}})

    async def way(connector: Any) -> None:
        await connector.check()
        ref = OrderRef("loja", "9001", "1042", "site")
        assert await connector.find_invoice(ref, KEY) is None
        await connector.issue(invoice_request(ref, fiscal=fiscal), KEY)
        assert (await connector.find_invoice(ref, KEY)).status is InvoiceStatus.AUTHORISED

    secrets = KeptSecrets(token=focusnfe.TOKEN)
    _through("focus-nfe", service, "", {"cnpj": CNPJ}, secrets, way)
