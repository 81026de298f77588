"""A shipment as Tryton 8.2 gave it (recorded from a real server) becomes an order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.connectors import translate
from app.connectors.tryton import shipments


@pytest.fixture
def row() -> dict[str, Any]:
    recorded = Path(__file__).parent / "shipment-8.2.json"
    return dict(json.loads(recorded.read_text(encoding="utf-8")))


def test_a_recorded_shipment_is_a_whole_order(row: dict[str, Any]) -> None:
    order = translate.pulled("1", row, shipments.neutral).order
    assert order is not None
    assert order.number == "1"
    assert order.recipient.document == "52998224725"
    assert [line.sku for line in order.lines] == ["CAM-P", "CAN-01"]
    assert order.placed_at == datetime(2026, 11, 25, 16, 10, 48, 576812, UTC)


def test_a_cancelled_shipment_keeps_its_lines(row: dict[str, Any]) -> None:
    row["state"] = "cancelled"
    for move in row["outgoing_moves"]:
        move["state"] = "cancelled"
    order = translate.pulled("1", row, shipments.neutral).order
    assert order is not None
    assert order.status == "cancelled"
    assert len(order.lines) == 2


def test_a_finished_shipment_is_no_order_to_pick(row: dict[str, Any]) -> None:
    row["state"] = "done"
    assert translate.pulled("1", row, shipments.neutral).code == "ORDER_DONE_THERE"


def test_a_line_that_was_taken_out_there_is_no_line_here(row: dict[str, Any]) -> None:
    row["outgoing_moves"][0]["quantity"] = row["outgoing_moves"][0]["internal_quantity"] = 0.0
    order = translate.pulled("1", row, shipments.neutral).order
    assert order is not None
    assert [line.sku for line in order.lines] == ["CAN-01"]


def test_half_a_unit_cant_be_picked_by_scan(row: dict[str, Any]) -> None:
    row["outgoing_moves"][0]["internal_quantity"] = 0.5
    found = translate.pulled("1", row, shipments.neutral)
    assert (found.code, found.detail) == ("FIELD_BAD", "lines.quantity")


def test_an_address_of_one_field_is_parted(row: dict[str, Any]) -> None:
    """As 7.0 has it: no street name, no number."""
    address = row["delivery_address"]
    for name in ("street_name", "building_number", "unit_number", "building_name", "floor_number"):
        address.pop(name, None)
    address["street"] = "Rua do Bom Jesus, 125\nSala 2"
    order = translate.pulled("1", row, shipments.neutral).order
    assert order is not None
    parts = order.address
    assert (parts.street, parts.number, parts.complement) == ("Rua do Bom Jesus", "125", "Sala 2")


def test_only_fields_that_the_server_has_are_asked_for() -> None:
    bare = shipments.fields({})
    assert not any("carrier" in name or "street_name" in name for name in bare)
    known = {"stock.shipment.out": frozenset({"carrier"}), "sale.sale": frozenset({"web_shop"})}
    assert "carrier.party.name" in shipments.fields(known)
