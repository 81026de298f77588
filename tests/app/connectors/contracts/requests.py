"""Made-up orders and packages that the contracts have invoiced and posted."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from app.connectors.errors import ConnectorError
from app.connectors.roles import Content, InvoiceRequest, LabelRequest, OrderRef
from app.domain.model import Address, Order, OrderLine, Recipient
from tests.support.nfe import CNPJ, key

PERSON = Recipient("Pessoa Inventada", "00000000191", "pessoa@example.com", "11 90000-0000")
HOME = Address("01310200", "Avenida Paulista", "1578", "ap 41", "Bela Vista", "São Paulo", "SP")
SHOP = Address("50030230", "Rua do Bom Jesus", "183", "", "Recife Antigo", "Recife", "PE")
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def order(ref: OrderRef, **facts: Any) -> Order:
    made: dict[str, Any] = {
        "source": ref.source, "external_id": ref.external_id, "number": ref.number,
        "channel": ref.channel, "placed_at": AT, "paid_at": AT, "ship_by": None,
        "promised_at": None, "payment_status": "paid", "status": "open", "carrier": "Correios",
        "service_code": "03220", "service_name": "SEDEX", "recipient": PERSON, "address": HOME,
        "lines": (OrderLine("1", "SKU-1", 2, Decimal("19.90")),), "freight": Decimal("10.00"),
        "total": Decimal("49.80"),
    }  # fmt: skip
    return Order(**{**made, **facts})


def invoice_request(ref: OrderRef, **facts: Any) -> InvoiceRequest:
    return InvoiceRequest(ref, order(ref, **facts), 1, 700)


def label_request(**facts: Any) -> LabelRequest:
    made: dict[str, Any] = {
        "ref": OrderRef("loja", "9001", "1042", "site"), "carrier": "Correios",
        "service_code": "03220", "package_no": 1, "package_count": 1, "weight_g": 700,
        "length_mm": 200, "width_mm": 150, "height_mm": 100,
        "sender": Recipient("Loja Inventada", CNPJ, "", "81 3333-4444"), "sender_address": SHOP,
        "recipient": PERSON, "address": HOME,
        "contents": (Content("Caneca", 2, Decimal("19.90")),), "declared_value": Decimal("49.80"),
        "invoice_key": key(), "invoice_number": "1", "invoice_series": "1",
    }  # fmt: skip
    return LabelRequest(**{**made, **facts})


def names_nobody(error: ConnectorError) -> None:
    """What an error keeps of a call holds nothing of the person above."""
    said = f"{error} {error.exchange}"
    for personal in (PERSON.name, PERSON.document, PERSON.email, "90000-0000", HOME.street):
        assert personal not in said
    assert error.exchange, "the person who mends it sees nothing"
