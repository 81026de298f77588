"""An order as a real Vendure 3.7 gives it becomes an order here."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.connectors import translate
from app.connectors.vendure import orders


@pytest.fixture
def row() -> dict[str, Any]:
    return {
        "id": "7",
        "code": "T5J2X8K1QW3E4R5T",
        "state": "PaymentSettled",
        "createdAt": "2026-11-25T16:00:00.000Z",
        "updatedAt": "2026-11-25T16:02:00.000Z",
        "orderPlacedAt": "2026-11-25T16:01:00.000Z",
        "totalWithTax": 5970,
        "shippingWithTax": 1990,
        "customer": {
            "firstName": "Ana",
            "lastName": "Souza",
            "emailAddress": "cliente@example.com",
            "phoneNumber": "",
            "customFields": {"document": "529.982.247-25"},
        },
        "shippingAddress": {
            "fullName": None,
            "streetLine1": "Rua Augusta, 1578",
            "streetLine2": "Apto 41",
            "city": "São Paulo",
            "province": "SP",
            "postalCode": "01304-001",
            "phoneNumber": "+55 11 90000-0000",
        },
        "shippingLines": [{"shippingMethod": {"code": "correios-pac", "name": "Correios PAC"}}],
        "payments": [{"state": "Settled", "updatedAt": "2026-11-25T16:03:00.000Z"}],
        "lines": [
            {
                "id": "12",
                "quantity": 2,
                "orderPlacedQuantity": 2,
                "proratedUnitPriceWithTax": 1990,
                "productVariant": {"sku": "CAM-P"},
            }
        ],
        "fulfillments": [],
    }


def test_a_placed_order_is_a_whole_order(row: dict[str, Any]) -> None:
    order = translate.pulled("7", row, orders.neutral, orders.changed_at(row)).order
    assert order is not None
    assert (order.recipient.name, order.recipient.document) == ("Ana Souza", "52998224725")
    assert (order.service_code, order.service_name) == ("correios-pac", "Correios PAC")
    assert (order.total, order.freight) == (Decimal("59.70"), Decimal("19.90"))
    assert order.paid_at == datetime(2026, 11, 25, 16, 3, tzinfo=UTC)


@pytest.mark.parametrize("state", ["PaymentAuthorized", "ArrangingAdditionalPayment", "Modifying"])
def test_what_is_not_paid_waits(row: dict[str, Any], state: str) -> None:
    row["state"] = state
    order = translate.pulled("7", row, orders.neutral).order
    assert order is not None
    assert (order.payment_status, order.paid_at) == ("pending", None)


@pytest.mark.parametrize(
    ("state", "code"), [("Shipped", "ORDER_DONE_THERE"), ("AddingItems", "FIELD_BAD")]
)
def test_what_is_no_order_to_pick_says_why(row: dict[str, Any], state: str, code: str) -> None:
    assert translate.pulled("7", {**row, "state": state}, orders.neutral).code == code


def test_a_cancelled_order_keeps_what_was_ordered(row: dict[str, Any]) -> None:
    row["state"] = "Cancelled"
    row["lines"][0]["quantity"] = 0
    order = translate.pulled("7", row, orders.neutral).order
    assert order is not None
    assert (order.status, order.lines[0].quantity) == ("cancelled", 2)


@pytest.mark.parametrize(
    ("method", "state", "left"),
    [("Motoboy", "Shipped", 1), ("Motoboy", "Cancelled", 2), ("PAC" + orders.OURS, "Shipped", 2)],
)
def test_only_what_others_have_sent_is_taken_off(
    row: dict[str, Any], method: str, state: str, left: int
) -> None:
    lines = [{"orderLineId": "12", "quantity": 1}]
    sent = {"id": "1", "state": state, "method": method, "trackingCode": "", "lines": lines}
    row["fulfillments"] = [sent]
    assert orders.wanted(row)["12"].quantity == left
