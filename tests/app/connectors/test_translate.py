"""A source's record becomes an order, or says which of its fields is at fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.connectors import translate
from app.connectors.records import Fault

ORDER: dict[str, Any] = {
    "source": "loja",
    "external_id": "1",
    "number": "1001",
    "placed_at": "2026-11-25T12:00:00-03:00",
    "payment_status": "paid",
    "status": "open",
    "recipient": {"name": "Ana Souza"},
    "address": {"cep": "01304-001", "street": "Rua Augusta", "city": "São Paulo", "state": "SP"},
    "lines": [{"line_id": "1", "sku": "CAM-P", "quantity": 2, "unit_price": "19.90"}],
}


def test_a_good_record_is_an_order() -> None:
    found = translate.pulled("1", {"id": 1}, lambda raw: dict(ORDER))
    assert found.order is not None
    assert found.order.lines[0].quantity == 2
    assert json.loads(found.raw) == {"id": 1}


def test_what_does_not_matter_here_does_not_change_the_digest() -> None:
    first = translate.pulled("1", {"stamp": 1}, lambda raw: dict(ORDER))
    again = translate.pulled("1", {"stamp": 2}, lambda raw: dict(ORDER))
    other = translate.pulled("1", {"stamp": 2}, lambda raw: {**ORDER, "carrier": "Jadlog"})
    assert first.digest == again.digest != other.digest


@pytest.mark.parametrize(
    ("broken", "code", "detail"),
    [
        (lambda raw: {**ORDER, "lines": []}, "ORDER_NO_LINES", ""),
        (lambda raw: raw["nothing"], "FIELD_MISSING", "nothing"),
        (lambda raw: raw["id"]["deep"], "FIELD_BAD", ""),
        (lambda raw: {**ORDER, "total": translate.units("1.5", "total")}, "FIELD_BAD", "total"),
    ],
)
def test_a_record_that_misses_something_says_what(broken: Any, code: str, detail: str) -> None:
    found = translate.pulled("1", {"id": 1}, broken)
    assert (found.order, found.code, found.detail) == (None, code, detail)
    assert found.raw


def test_a_corrected_record_is_translated_again_and_a_spoilt_one_refused() -> None:
    assert translate.mended("1", '{"id": 1}', lambda raw: dict(ORDER)).order is not None
    for bad in ("{", "[]", "nothing"):
        assert translate.mended("1", bad, lambda raw: dict(ORDER)).code == "JSON_BAD"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Avenida Paulista, 1578 - Apto 41", ("Avenida Paulista", "1578", "Apto 41")),
        ("Rua XV de Novembro, 10", ("Rua XV de Novembro", "10", "")),
        ("Rua 25 de Março, nº 12 B, loja 3", ("Rua 25 de Março", "12 B", "loja 3")),
        ("Praça da Sé, S/N", ("Praça da Sé", "S/N", "")),
        ("Rodovia BR-101, km 12", ("Rodovia BR-101", "km 12", "")),
        ("Avenida Brasil 500", ("Avenida Brasil 500", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_number_is_found_only_where_it_surely_is_one(
    line: str, parts: tuple[str, str, str]
) -> None:
    assert translate.street_and_number(line) == parts


@pytest.mark.parametrize("value", [2, 2.0, "2", "2.000"])
def test_whole_units_are_whole_however_they_are_written(value: Any) -> None:
    assert translate.units(value) == 2


@pytest.mark.parametrize("value", [1.5, "a", None, "NaN", "1e999999", True, "Infinity"])
def test_a_fraction_or_no_number_is_the_records_fault(value: Any) -> None:
    with pytest.raises(Fault):
        translate.units(value)


def test_a_state_and_a_document_lose_their_dress() -> None:
    assert translate.state("BR-PE") == translate.state(" pe ") == "PE"
    assert translate.digits("12.ABC.345/01DE-35") == "12ABC34501DE35"
