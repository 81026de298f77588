"""A delivery with all that belongs to it, as a real Odoo 19 gives it, becomes an order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.connectors import translate
from app.connectors.odoo import deliveries


@pytest.fixture
def row() -> dict[str, Any]:
    move = {
        "id": 12,
        "product_id": [3, "[CAM-P] Camiseta P"],
        "product_qty": 2.0,
        "state": "assigned",
        "write_date": "2026-11-25 17:00:03",
        "product": {"id": 3, "default_code": "CAM-P"},
        "price_unit": 19.9,
    }
    return {
        "id": 7,
        "name": "WH/OUT/00007",
        "state": "assigned",
        "write_date": "2026-11-25 17:00:02",
        "create_date": "2026-11-25 17:00:01",
        "date_deadline": False,
        "carrier_id": [1, "Correios PAC"],
        "note": "<p>Embrulhar</p>",
        "sale": {"id": 5, "date_order": "2026-11-25 16:59:00"},
        "partner": {
            "id": 9,
            "name": "Ana Souza",
            "vat": "529.982.247-25",
            "street": "Rua Augusta, 1578",
            "street_name": "Rua Augusta,",
            "street_number": "1578",
            "street_number2": False,
            "street2": "Apto 41",
            "city": "São Paulo",
            "zip": "01304-001",
            "state": "SP",
            "phone": False,
            "email": False,
            "write_date": "2026-11-25 17:00:04",
        },
        "moves": [move],
    }


def test_a_delivery_is_a_whole_order(row: dict[str, Any]) -> None:
    found = translate.pulled("7", row, deliveries.neutral, deliveries.changed_at(row))
    order = found.order
    assert order is not None
    assert (order.number, order.carrier, order.note) == (
        "WH/OUT/00007",
        "Correios PAC",
        "Embrulhar",
    )
    assert order.placed_at == datetime(2026, 11, 25, 16, 59, tzinfo=UTC)
    assert (order.address.street, order.address.number) == ("Rua Augusta", "1578")
    assert order.recipient.phone == ""  # Odoo says False where there is nothing
    assert found.changed_at == datetime(2026, 11, 25, 17, 0, 4, tzinfo=UTC), "the address's stamp"


def test_without_extended_addresses_the_street_is_parted_here(row: dict[str, Any]) -> None:
    for name in ("street_name", "street_number", "street_number2"):
        del row["partner"][name]
    order = translate.pulled("7", row, deliveries.neutral).order
    assert order is not None
    assert (order.address.street, order.address.complement) == ("Rua Augusta", "Apto 41")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"state": "done"}, "ORDER_DONE_THERE"), ({"moves": []}, "ORDER_NO_LINES")],
)
def test_what_is_no_order_to_pick_says_why(
    row: dict[str, Any], change: dict[str, Any], code: str
) -> None:
    assert translate.pulled("7", {**row, **change}, deliveries.neutral).code == code


def test_a_product_without_a_code_is_the_records_fault(row: dict[str, Any]) -> None:
    row["moves"][0]["product"]["default_code"] = False
    found = translate.pulled("7", row, deliveries.neutral)
    assert (found.code, found.detail) == ("FIELD_MISSING", "sku")


def test_a_cancelled_delivery_keeps_its_lines(row: dict[str, Any]) -> None:
    row["state"] = row["moves"][0]["state"] = "cancel"
    order = translate.pulled("7", row, deliveries.neutral).order
    assert order is not None
    assert (order.status, len(order.lines)) == ("cancelled", 1)
