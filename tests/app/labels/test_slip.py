"""The packing slip and the gift slip."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.labels import slip, to_pdf, to_zpl
from app.labels.data import SlipData, SlipLine
from tests.support.labels import AT
from tests.support.raster import codes, pdf_pages, pdf_text, zpl_pages


def data(lines: int = 3, **changes: object) -> SlipData:
    values: dict[str, object] = {
        "order_number": "1042",
        "channel": "Loja própria",
        "placed_at": AT,
        "recipient_name": "Conceição Araújo",
        "town": "São Paulo / SP",
        "sender_name": "Loja Exemplo",
        "lines": tuple(
            SlipLine(f"SKU-{n}", f"Produto ^XZ {n}", n, Decimal("1234.50"))
            for n in range(1, lines + 1)
        ),
        "freight": Decimal("10.00"),
        "total": Decimal("7417.00"),
    }
    return SlipData(**(values | changes))  # type: ignore[arg-type]


def test_a_slip_lists_every_line_with_prices_and_the_orders_code() -> None:
    pdf = to_pdf.write(slip.pages(data()), title="x")
    text = pdf_text(pdf)
    for part in ("CONTEÚDO DO PEDIDO", "SKU-3", "3 ×", "R$ 1.234,50", "Total R$ 7.417,00"):
        assert part in text
    assert codes(pdf_pages(pdf)[0]) == ["1042"]


def test_a_gift_slip_tells_no_price_and_carries_the_greeting() -> None:
    pages = slip.pages(data(gift_text="Feliz aniversário!"), gift=True)
    text = pdf_text(to_pdf.write(pages, title="x"))
    assert "PRESENTE" in text
    assert "Feliz aniversário!" in text
    assert "R$" not in text
    assert "Frete" not in text


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_long_order_takes_as_many_pages_as_it_needs_in_zpl_too(dpi: int) -> None:
    pages = slip.pages(data(40))
    assert len(pages) > 3
    pictures = zpl_pages(to_zpl.write(pages, dpi=dpi), dpi=dpi)
    assert [codes(picture) for picture in pictures] == [["1042"]] * len(pages)
    text = pdf_text(to_pdf.write(pages, title="x"))
    assert all(f"SKU-{n}" in text for n in range(1, 41))
    assert f"página {len(pages)} de {len(pages)}" in text
