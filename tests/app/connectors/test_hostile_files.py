"""Files that were made to harm: none of them does, and what is good beside it is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors import binsfile, cataloguefile, orderfile
from app.connectors.records import MAX_LINE, Bad, Good, detect
from app.domain.texts import TEXTS
from tests.fuzz.targets import TARGETS, can_be_stored
from tests.support import warehouse

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def good_order(folder: Path) -> dict[str, Any]:
    line = (warehouse.write(folder, 1) / "orders.jsonl").read_bytes()
    return json.loads(line)  # type: ignore[no-any-return]


ORDER_PATHS = [
    ("number",), ("external_id",), ("placed_at",), ("recipient",), ("recipient", "name"),
    ("recipient", "document"), ("address",), ("address", "cep"), ("address", "street"), ("lines",),
    ("lines", 0), ("lines", 0, "sku"), ("lines", 0, "quantity"), ("lines", 0, "unit_price"),
    ("freight",), ("note",), ("payment_status",), ("carrier",),
]  # fmt: skip


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return good_order(tmp_path_factory.mktemp("order"))


@given(path=st.sampled_from(ORDER_PATHS), value=JSON)
def test_whatever_stands_in_a_field_the_order_is_taken_or_kept_aside(
    order: dict[str, Any], path: tuple[Any, ...], value: Any
) -> None:
    record = json.loads(json.dumps(order))
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    TARGETS["orders-jsonl"](json.dumps(record).encode())


@given(st.sampled_from(sorted(set(TARGETS) - {"nfe"})), st.binary(max_size=300))
def test_whatever_bytes_come_they_are_refused_by_name(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("text", ["\\ud800", "\\udfffabc", "a\\u0000b", "a\\ud83d"])
def test_half_a_character_is_kept_aside_and_the_next_order_is_taken(
    tmp_path: Path, order: dict[str, Any], text: str
) -> None:
    bad = json.dumps(order).replace('"Rua Inventada 1"', f'"{text}"')
    path = tmp_path / "orders.jsonl"
    path.write_text(f"{bad}\n{json.dumps(order)}\n")
    first, second = orderfile.read(path)
    assert isinstance(first, Bad)
    assert (first.code, first.detail) == ("FIELD_BAD", "street")
    assert isinstance(second, Good)
    can_be_stored(second.value)


def test_a_quote_that_never_closes_costs_one_reading_of_the_file(tmp_path: Path) -> None:
    """A row may span lines. Looked at again for each, a million short ones would take hours."""
    path = tmp_path / "bins.csv"
    path.write_bytes(b'bin,sku,quantity\n"A' + b"\n" * (MAX_LINE + 10) + b"B,C,1\n")
    found = list(binsfile.read(path))
    assert isinstance(found[0], Bad)
    assert found[0].code in TEXTS


@pytest.mark.parametrize("depth", [1_000, 100_000, 400_000])
def test_json_of_any_depth_is_refused(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "orders.jsonl"
    nested = "[" * depth + "]" * depth
    path.write_text(f'{{"external_id": 1, "number": {nested}}}\n')
    (found,) = orderfile.read(path)
    assert isinstance(found, Bad)


def test_a_line_without_end_is_read_in_pieces_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "products.jsonl"
    path.write_bytes(b'{"sku": "' + b"A" * 5 * MAX_LINE + b'"}\n{"sku": "B", "name": "C"}\n')
    first, second = cataloguefile.read(path)
    assert isinstance(first, Bad)
    assert (first.code, len(first.raw)) == ("LINE_TOO_LONG", MAX_LINE)
    assert isinstance(second, Good)


@pytest.mark.parametrize(
    "number", ["1" * 5000, "1e999999", "NaN", "Infinity", "-Infinity", '"1e999999999"', "1e-400"]
)
def test_numbers_beyond_all_measure_are_refused(
    tmp_path: Path, order: dict[str, Any], number: str
) -> None:
    path = tmp_path / "orders.jsonl"
    for name in ("freight", "quantity"):
        value = order["freight"] if name == "freight" else order["lines"][0]["quantity"]
        record = json.dumps(order)
        path.write_text(record.replace(f'"{name}": {json.dumps(value)}', f'"{name}": {number}'))
        (found,) = orderfile.read(path)
        if isinstance(found, Good):
            can_be_stored(found.value)
            assert number == "1e-400"


def test_a_file_that_only_looks_like_one_is_none(tmp_path: Path) -> None:
    for name, data in (
        ("a.jsonl", b"\x7fELF"), ("a.csv", b"\xff\xfe\x00"), ("a.xml.exe", b"<a/>"),
        ("a.json", b"[" * 65536), ("a.csv", b""),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(data)
        assert detect(path) is None


@pytest.mark.parametrize("code", ["789\\u0000", "\\ud800"])
def test_a_products_code_that_cannot_be_kept_is_refused(tmp_path: Path, code: str) -> None:
    path = tmp_path / "products.jsonl"
    path.write_text(f'{{"sku": "A", "name": "B", "gtins": ["{code}"]}}\n')
    (found,) = cataloguefile.read(path)
    assert isinstance(found, Bad)
    assert (found.code, found.detail) == ("FIELD_BAD", "gtins")


@pytest.mark.parametrize("column", ["recipient", "address", "lines"])
def test_a_column_named_as_a_part_of_the_order_takes_its_place_from_nobody(
    tmp_path: Path, column: str
) -> None:
    path = tmp_path / "orders.csv"
    heads = f"source,external_id,number,{column},recipient.name,address.cep,line_id"
    path.write_text(f"{heads}\nloja,x,1,A,Ana,01310100,1\n")
    (found,) = orderfile.read(path)
    assert isinstance(found, Bad)
