"""An order as a real Medusa 2.21 gives it becomes an order here."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from app.connectors import translate
from app.connectors.medusa import orders

neutral = partial(orders.neutral, orders.Names())


@pytest.fixture
def row() -> dict[str, Any]:
    shirt = {"id": "ordli_1", "variant_sku": "CAM-P", "quantity": 2, "unit_price": 19.9}
    card = {"id": "ordli_2", "variant_sku": "VALE", "quantity": 1, "requires_shipping": False}
    return {
        "id": "order_1",
        "display_id": 7,
        "status": "pending",
        "payment_status": "captured",
        "email": "cliente@example.com",
        "created_at": "2026-11-25T19:35:06.427Z",
        "updated_at": "2026-11-25T19:35:06.427Z",
        "total": 59.7,
        "shipping_total": 19.9,
        "metadata": None,
        "customer": {"metadata": {"cpf": "529.982.247-25"}},
        "items": [{**shirt, "requires_shipping": True}, card],
        "shipping_address": {
            "first_name": "Ana",
            "last_name": "Souza",
            "address_1": "Rua Augusta, 1578",
            "address_2": None,
            "city": "São Paulo",
            "province": "SP",
            "postal_code": "01304-001",
            "phone": None,
            "metadata": {"bairro": "Consolação"},
        },
        "shipping_methods": [{"name": "Correios PAC"}],
        "fulfillments": [],
        "payment_collections": [
            {
                "payments": [
                    {
                        "captured_at": "2026-11-25T19:35:15.494Z",
                        "updated_at": "2026-11-25T19:35:15.500Z",
                    }
                ]
            }
        ],
    }


def sent(row: dict[str, Any], units: int, **facts: Any) -> dict[str, Any]:
    items = [{"line_item_id": "ordli_1", "quantity": units}]
    return {**row, "fulfillments": [{"id": "ful_1", "items": items, "metadata": None, **facts}]}


def test_an_order_is_whole_and_what_needs_no_box_is_left_out(row: dict[str, Any]) -> None:
    found = translate.pulled("order_1", row, neutral, orders.changed_at(row))
    order = found.order
    assert order is not None
    assert [(line.line_id, line.sku, line.quantity) for line in order.lines] == [
        ("ordli_1", "CAM-P", 2)
    ]
    assert (order.number, order.total, order.freight) == ("7", Decimal("59.7"), Decimal("19.9"))
    assert (order.recipient.document, order.address.district) == ("52998224725", "Consolação")
    assert order.paid_at == datetime(2026, 11, 25, 19, 35, 15, 494000, UTC)
    assert found.changed_at == datetime(2026, 11, 25, 19, 35, 15, 500000, UTC), "the payment's"


@pytest.mark.parametrize(
    ("said", "means"),
    [("authorized", "pending"), ("partially_captured", "pending"), ("refunded", "refunded")],
)
def test_only_a_captured_payment_is_paid(row: dict[str, Any], said: str, means: str) -> None:
    row["payment_status"] = said
    order = translate.pulled("order_1", row, neutral).order
    assert order is not None
    assert (order.payment_status, order.paid_at) == (means, None)


def test_what_others_have_sent_is_taken_off(row: dict[str, Any]) -> None:
    assert orders.wanted(sent(row, 1))["ordli_1"].quantity == 1
    assert orders.wanted(sent(row, 1, canceled_at="2026-11-25"))["ordli_1"].quantity == 2
    assert orders.wanted(sent(row, 2, metadata={orders.OURS: 1}))["ordli_1"].quantity == 2
    assert translate.pulled("order_1", sent(row, 2), neutral).code == "ORDER_DONE_THERE"


def test_a_cancelled_order_keeps_its_lines(row: dict[str, Any]) -> None:
    row["status"] = "canceled"
    order = translate.pulled("order_1", row, neutral).order
    assert order is not None
    assert (order.status, len(order.lines)) == ("cancelled", 1)
