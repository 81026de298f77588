from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.domain.model import Address, Order, OrderLine, PackBarcode, Product, Recipient
from app.domain.nfe import Invoice, InvoiceItem, compare, compare_box, item_units

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = "35180834128745000152550010000474281920007498"
CNPJ = KEY[6:20]
CENTS = Decimal("0.05")

ORDER = Order(
    source="loja",
    external_id="1",
    number="1042",
    channel="loja",
    placed_at=NOW,
    paid_at=NOW,
    ship_by=None,
    promised_at=None,
    payment_status="paid",
    status="open",
    carrier="correios",
    service_code="03298",
    service_name="PAC",
    recipient=Recipient("Pessoa Inventada", "52998224725", "", ""),
    address=Address("01310100", "Rua Inventada", "29 fundos", "", "Centro", "São Paulo", "SP"),
    lines=(OrderLine("1", "A", 12, Decimal("2.00")), OrderLine("2", "B", 1, Decimal("10.00"))),
    freight=Decimal("6.00"),
    total=Decimal("40.00"),
)
PRODUCTS = {
    "A": Product("A", "Sabonete", packs=(PackBarcode("17890000000018", 12),)),
    "B": Product("B", "Toalha", gtins=("7890000000024",)),
}
INVOICE = Invoice(
    key=KEY,
    issued_at=NOW,
    cstat="100",
    protocol="135180000000001",
    environment="1",
    model="55",
    tp_nf="1",
    fin_nfe="1",
    tp_emis="1",
    emitter_cnpj=CNPJ,
    emitter_name="Loja Inventada",
    emitter_uf="SP",
    emitter_ie="",
    number="47428",
    series="1",
    recipient_document="529.982.247-25",
    recipient_name="Pessoa Inventada",
    recipient_uf="SP",
    recipient_ie="",
    ship_cep="01310-100",
    ship_uf="SP",
    ship_number="29",
    order_ref="1042",
    items=(
        InvoiceItem("A", "", Decimal("1.0000"), "CX", Decimal("24.00")),
        InvoiceItem("B", "7890000000024", Decimal("1"), "UN", Decimal("10.00")),
    ),
    total=Decimal("40.00"),
    products=Decimal("34.00"),
    freight=Decimal("6.00"),
    discount=Decimal("0"),
)


def codes(invoice: Invoice, order: Order = ORDER, own: tuple[str, ...] = (CNPJ,)) -> list[str]:
    return [d.code for d in compare(order, invoice, PRODUCTS, own, CENTS)]


def test_an_invoice_that_says_what_the_order_says_has_no_difference() -> None:
    assert codes(INVOICE) == []


@pytest.mark.parametrize("cstat", ["100", "120", "150"])
def test_every_authorised_status_passes(cstat: str) -> None:
    assert codes(replace(INVOICE, cstat=cstat)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": KEY[:-1] + "0"}, ["NFE_KEY_DV"]),
        ({"emitter_cnpj": "11222333000181"}, ["NFE_KEY_DV", "EMITTER_UNKNOWN"]),
        ({"cstat": "", "protocol": ""}, ["NFE_NOT_AUTH"]),
        ({"protocol": ""}, ["NFE_NOT_AUTH"]),
        ({"cstat": "302"}, ["NFE_NOT_AUTH"]),
        ({"cstat": "101"}, ["NFE_CANCELLED"]),
        ({"cancelled": True}, ["NFE_CANCELLED"]),
        ({"environment": "2"}, ["ENV_HOMOLOG"]),
        ({"fin_nfe": "4"}, ["NFE_KIND"]),
        ({"recipient_document": "11144477735"}, ["DOC_DIFF"]),
        ({"ship_cep": "01310200"}, ["CEP_DIFF"]),
        ({"ship_uf": "RJ"}, ["CEP_DIFF"]),
        ({"ship_number": "30"}, ["CEP_DIFF"]),
        ({"ship_number": "S/N"}, []),
        ({"ship_uf": "EX", "ship_cep": "00037741"}, []),
        ({"total": Decimal("40.06")}, ["TOTAL_DIFF"]),
        ({"total": Decimal("40.05")}, []),
        ({"items": INVOICE.items[:1]}, ["ITEM_MISSING"]),
        ({"packages": 9, "gross_weight_g": 1}, []),
    ],
)
def test_each_difference_has_its_code(change: dict[str, object], expected: list[str]) -> None:
    assert codes(replace(INVOICE, **change)) == expected


def test_an_extra_item_and_a_wrong_quantity_name_their_product() -> None:
    extra = InvoiceItem("C", "", Decimal(1), "UN", Decimal(1))
    fewer = replace(INVOICE.items[0], quantity=Decimal(11), unit="UN")
    found = compare(
        ORDER, replace(INVOICE, items=(fewer, INVOICE.items[1], extra)), PRODUCTS, (), CENTS
    )
    assert [d.as_row() for d in found] == [
        ("QTY_DIFF", "A", "12", "11"),
        ("ITEM_EXTRA", "C", "0", "1"),
    ]


def test_no_own_cnpj_set_lets_any_issuer_pass() -> None:
    assert codes(INVOICE, own=()) == []


def test_a_difference_never_shows_a_whole_document_or_cep() -> None:
    wrong = replace(INVOICE, recipient_document="11144477735", ship_cep="99999123")
    said = " ".join(text for d in compare(ORDER, wrong, PRODUCTS, (), CENTS) for text in d.as_row())
    for secret in ("52998224725", "11144477735", "01310100", "99999123", "Inventada"):
        assert secret not in said
    assert "********725" in said


def test_an_offline_note_passes_only_where_the_warehouse_allows_it() -> None:
    note = replace(
        INVOICE,
        cstat="",
        protocol="",
        tp_emis="9",
        contingency_at=NOW,
        contingency_reason="SEFAZ fora do ar",
    )
    assert codes(note) == ["NFE_NOT_AUTH"]
    assert compare(ORDER, note, PRODUCTS, (), CENTS, allow_offline=True) == ()


@pytest.mark.parametrize(
    ("item", "units"),
    [
        (InvoiceItem("A", "", Decimal(2), "cx", Decimal(0)), 24),
        (InvoiceItem("A", "17890000000018", Decimal(2), "UN", Decimal(0)), 24),
        (InvoiceItem("A", "", Decimal(2), "CX6", Decimal(0)), 12),
        (InvoiceItem("A", "", Decimal(2), "DZ", Decimal(0)), 24),
        (InvoiceItem("A", "", Decimal(2), "UN", Decimal(0)), 2),
        (InvoiceItem("B", "", Decimal(2), "CX", Decimal(0)), 2),
    ],
)
def test_a_packaging_counts_its_units(item: InvoiceItem, units: int) -> None:
    counted = item_units(replace(INVOICE, items=(item,)), PRODUCTS)
    assert counted == {item.sku: units}


def test_an_item_with_a_foreign_code_is_found_by_its_gtin() -> None:
    item = InvoiceItem("XPTO", "7890000000024", Decimal(1), "UN", Decimal(0))
    assert item_units(replace(INVOICE, items=(item, item)), PRODUCTS) == {"B": 2}


def test_the_box_is_compared_with_the_document_unit_by_unit() -> None:
    assert compare_box({"A": "12.0000", "B": 1}, {"A": 12, "B": 1}) == ()
    found = compare_box({"A": 12, "C": 1}, {"A": 11, "B": 1})
    assert [(d.code, d.field) for d in found] == [
        ("QTY_DIFF", "A"),
        ("ITEM_MISSING", "B"),
        ("ITEM_EXTRA", "C"),
    ]
