"""The short way of reading an order gives what the careful way gives, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.connectors import orderfile
from app.connectors.plainorder import plain_order
from app.connectors.records import MAX_LINE, MAX_QUANTITY, Fault, json_record
from app.domain.model import Order
from tests.support import warehouse

PLACES = [
    (), ("recipient",), ("address",), ("lines", 0),
]  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=70),
    st.sampled_from([
        "", " ", " a", "a\u00a0", "\u2003a", "a\nb", "a\x00b", "\ud800", "\udfff", "\U0001f600",
        "é" * 30,
        "x" * 31, "x" * 41, "x" * 61, "x" * 121, "x" * 501, "x" * 2001, "SP", "sp", "01310-100",
        "0131010-0", "01310100\n", "٠١٢٣٤٥٦٧", "19.9", "1e3", "-1", "NaN", "1e-40", "0.123456789",
        "2026-11-24", "2026-11-24T09:00:00", "2026-11-24T09:00:00Z", "1999-01-01T00:00:00Z",
        "2026-11-24T09:00:00.123456789-03:00", "2026-W48-2T09:00Z", "paid", "maybe", "cancelled",
        "true", 0, 1, 2.0, MAX_QUANTITY, MAX_QUANTITY + 1, 1e400, 19.9, 10**30, [], {}, [{}],
        {"items": {"1": {"cfop": "5102"}}}, {"items": []},
    ]),
)  # fmt: skip


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = warehouse.write(tmp_path_factory.mktemp("order"), 1)
    found: dict[str, Any] = json.loads((folder / "orders.jsonl").read_bytes())
    return found


def careful(line: bytes) -> Order | None:
    try:
        return orderfile.order_of(json_record(line))
    except Fault:
        return None


@given(st.data())
def test_whatever_a_field_holds_the_order_is_the_same_or_gets_a_careful_look(
    order: dict[str, Any], data: st.DataObject
) -> None:
    record = json.loads(json.dumps(order))
    for _ in range(data.draw(st.integers(0, 3))):
        part = record
        for step in data.draw(st.sampled_from(PLACES)):
            part = part[step]
        name = data.draw(st.sampled_from([*part, "fiscal", "note", "gift_text", "ours"]))
        if data.draw(st.booleans()):
            part[name] = data.draw(ODD)
        else:
            part.pop(name, None)
        if not _has_all_parts(record):
            break
    line = json.dumps(record, ensure_ascii=data.draw(st.booleans())).encode(
        "utf-8", "surrogatepass"
    )
    quick = plain_order(line)
    if quick is not None:
        assert quick == careful(line)
        assert orderfile.digest_of(quick) == orderfile.digest_of(orderfile.order_of(record))


def _has_all_parts(record: dict[str, Any]) -> bool:
    lines = record.get("lines")
    parts = [record.get("recipient"), record.get("address")]
    parts += lines[:1] if isinstance(lines, list) and lines else [None]
    return all(isinstance(part, dict) for part in parts)


def test_a_usual_order_goes_the_short_way(order: dict[str, Any]) -> None:
    """Else all were as slow as before, and nobody would see it."""
    bare = {**order, "note": None, "paid_at": None, "freight": 10, "total": 49.8}
    bare["address"] = {**order["address"], "cep": "01310-100", "complement": None}
    for record in (order, bare):
        line = json.dumps(record).encode()
        quick = plain_order(line)
        assert quick is not None
        assert quick == careful(line)


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []}, {"number": " 1042"}, {"number": 1042}, {"fiscal": {"items": {}}},
        {"recipient": {"name": "\ud800"}}, {"note": "a\x00b"}, {"placed_at": "2026-11-24"},
    ],
)  # fmt: skip
def test_what_is_not_plain_gets_a_careful_look(
    order: dict[str, Any], change: dict[str, Any]
) -> None:
    assert plain_order(json.dumps(order | change).encode()) is None


def test_lines_that_can_not_be_told_apart_get_a_careful_look(order: dict[str, Any]) -> None:
    twice = order | {"lines": [order["lines"][0]] * 2}
    assert plain_order(json.dumps(twice).encode()) is None


def test_bytes_that_are_no_text_and_endless_lines_get_a_careful_look(order: dict[str, Any]) -> None:
    line = json.dumps(order | {"ours": "?"}).encode()
    assert plain_order(line) is not None
    assert plain_order(line.replace(b"?", b"\xff")) is None
    assert plain_order(line.replace(b"?", b"?" * MAX_LINE)) is None
    assert plain_order(b"[" * 100_000) is None
    assert plain_order(b"\xef\xbb\xbf" + line) is None


def test_a_line_is_read_with_its_digest_whichever_way_it_goes(
    order: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "orders.jsonl"
    usual, odd = json.dumps(order), json.dumps(order | {"number": f" {order['number']} "})
    path.write_text(f"{usual}\n{odd}\n")
    first, second = orderfile.read(path)
    assert plain_order(odd.encode()) is None
    assert (first.value, first.digest) == (second.value, second.digest)  # type: ignore[union-attr]
