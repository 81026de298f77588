from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.connectors import orderfile
from app.connectors.records import MAX_LINE, Bad, Good, detect

RECORD: dict[str, object] = {
    "source": "loja", "external_id": "x1", "number": "1042", "channel": "loja",
    "placed_at": "2026-11-24T09:00:00-03:00", "paid_at": "2026-11-24T09:05:00-03:00",
    "payment_status": "paid", "status": "open", "ship_by": None, "promised_at": None,
    "carrier": "correios", "service_code": "03220", "service_name": "SEDEX",
    "recipient": {"name": "Pessoa Inventada", "document": "00000000191", "email": "", "phone": ""},
    "address": {"cep": "01310100", "street": "Rua", "number": "S/N", "complement": "",
                "district": "", "city": "São Paulo", "state": "SP"},
    "lines": [{"line_id": "1", "sku": "A", "quantity": 2, "unit_price": "19.90"}],
    "freight": "10.00", "total": "49.80", "payment_kinds": ["pix"],
}  # fmt: skip


def lines(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "orders.jsonl"
    text = "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_order_is_read_whole(tmp_path: Path) -> None:
    (good,) = orderfile.read(lines(tmp_path, RECORD))
    assert isinstance(good, Good)
    order = good.value
    assert (order.number, order.recipient.document, order.address.number) == (
        "1042", "00000000191", "S/N",
    )  # fmt: skip
    assert str(order.lines[0].unit_price) == "19.90"
    assert order.placed_at.isoformat() == "2026-11-24T12:00:00+00:00"


@pytest.mark.parametrize(
    ("change", "code", "detail"),
    [
        ({"lines": []}, "ORDER_NO_LINES", ""),
        ({"number": ""}, "FIELD_MISSING", "number"),
        ({"placed_at": "yesterday"}, "FIELD_BAD", "placed_at"),
        ({"payment_status": "maybe"}, "FIELD_BAD", "payment_status"),
        ({"lines": [{"line_id": "1", "sku": "A", "quantity": 0}]}, "FIELD_BAD", "quantity"),
        ({"lines": [{"line_id": "1", "sku": "A", "quantity": "many"}]}, "FIELD_BAD", "quantity"),
        ({"address": {**RECORD["address"], "cep": "123"}}, "ORDER_BAD_CEP", ""),  # type: ignore[dict-item]
    ],
)
def test_a_bad_record_is_kept_with_its_reason_and_line_and_stops_nothing(
    tmp_path: Path, change: dict[str, object], code: str, detail: str
) -> None:
    path = lines(tmp_path, RECORD, RECORD | change, RECORD)
    first, bad, last = orderfile.read(path)
    assert isinstance(first, Good)
    assert isinstance(last, Good)
    assert isinstance(bad, Bad)
    assert (bad.line_no, bad.code) == (2, code)
    assert detail in bad.detail
    assert "Inventada" not in bad.detail


def test_broken_json_and_endless_lines_are_records_kept_aside(tmp_path: Path) -> None:
    path = lines(tmp_path, '{"source": ', "[1, 2]", "x" * (MAX_LINE + 10), RECORD)
    codes = [r.code if isinstance(r, Bad) else "good" for r in orderfile.read(path)]
    assert codes == ["JSON_BAD", "JSON_BAD", "LINE_TOO_LONG", "good"]


def test_a_byte_order_mark_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(RECORD).encode() + b"\n")
    (good,) = orderfile.read(path)
    assert isinstance(good, Good)


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = lines(tmp_path, *(RECORD | {"number": str(n)} for n in range(5)))
    everything = list(orderfile.read(path))
    rest = list(orderfile.read(path, everything[1].end))
    assert [r.value.number for r in rest if isinstance(r, Good)] == ["2", "3", "4"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_repeats_the_order_on_each_of_its_lines(tmp_path: Path, separator: str) -> None:
    flat = {
        key: value for key, value in RECORD.items()
        if key not in ("recipient", "address", "lines", "payment_kinds", "ship_by", "promised_at")
    }  # fmt: skip
    for part in ("recipient", "address"):
        flat |= {f"{part}.{k}": v for k, v in RECORD[part].items()}  # type: ignore[attr-defined]
    names = [*flat, "line_id", "sku", "quantity", "unit_price"]
    rows = [[*flat.values(), n, sku, 1, "5.00"] for n, sku in ((1, "A"), (2, "B"))]
    text = "\n".join(separator.join(str(v) for v in row) for row in [names, *rows])
    path = tmp_path / "orders.csv"
    path.write_text(text + "\n", encoding="utf-8")
    assert detect(path) == "orders"
    (good,) = orderfile.read(path)
    assert isinstance(good, Good)
    assert [line.sku for line in good.value.lines] == ["A", "B"]
    assert good.value.address.cep == "01310100"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail(tmp_path: Path, data: bytes) -> None:
    for name in ("orders.jsonl", "orders.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        detect(path)
        assert all(isinstance(record, Good | Bad) for record in orderfile.read(path))


FISCAL = {"natureza_operacao": "Venda", "items": {"1": {"cfop": "5102"}}}


def test_fiscal_data_comes_with_its_order_and_without_it_there_is_none(tmp_path: Path) -> None:
    with_it, without = orderfile.read(lines(tmp_path, {**RECORD, "fiscal": FISCAL}, RECORD))
    assert isinstance(with_it, Good)
    assert isinstance(without, Good)
    assert json.loads(with_it.value.fiscal) == FISCAL
    assert without.value.fiscal == ""


@pytest.mark.parametrize(
    "fiscal",
    ["5102", ["5102"], {"items": ["5102"]}, {"items": {"1": "5102"}}, {"x": "y" * 100_001}],
)
def test_fiscal_data_of_another_shape_is_kept_aside(tmp_path: Path, fiscal: object) -> None:
    (bad,) = orderfile.read(lines(tmp_path, {**RECORD, "fiscal": fiscal}))
    assert isinstance(bad, Bad)
    assert (bad.code, bad.detail.split(".")[0]) == ("FIELD_BAD", "fiscal")
