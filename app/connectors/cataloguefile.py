"""Products from JSON Lines, or from CSV with lists parted by `|`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.connectors.records import (
    Bad,
    Fault,
    Good,
    by,
    can_be_kept,
    csv_rows,
    digest,
    json_lines,
    maybe_whole_of,
    text_of,
    whole_of,
)
from app.domain.model import PackBarcode, Product, Tracking


def read(path: Path, start: int = 0) -> Iterator[Good[Product] | Bad]:
    """Every product of the file from byte `start`."""
    if path.suffix.lower() == ".csv":
        return _read_csv(path, start)
    return json_lines(path, start, by(product_of))


def product_of(record: Mapping[str, Any]) -> Product:
    """A record as a product.

    Raises:
        Fault: a field is missing or wrong.
    """
    packs = []
    for pack in _list(record, "packs"):
        if not isinstance(pack, dict):
            raise Fault("FIELD_BAD", "packs")
        barcode = text_of(pack, "barcode", needed=True, limit=60)
        packs.append(PackBarcode(barcode, whole_of(pack, "quantity", 2, 100_000)))
    try:
        tracking = Tracking(text_of(record, "tracking") or "none")
    except ValueError:
        raise Fault("FIELD_BAD", "tracking") from None
    return Product(
        sku=text_of(record, "sku", needed=True, limit=60),
        name=text_of(record, "name", needed=True),
        gtins=_codes(record, "gtins"),
        packs=tuple(packs),
        aliases=_codes(record, "aliases"),
        weight_g=maybe_whole_of(record, "weight_g"),
        length_mm=maybe_whole_of(record, "length_mm"),
        width_mm=maybe_whole_of(record, "width_mm"),
        height_mm=maybe_whole_of(record, "height_mm"),
        category=text_of(record, "category", limit=120),
        tracking=tracking,
        substitutes=_codes(record, "substitutes"),
    )


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise Fault("FIELD_BAD", name)
    return value


def _codes(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    codes = _list(record, name)
    if not all(isinstance(code, str) and 0 < len(code.strip()) <= 60 for code in codes):
        raise Fault("FIELD_BAD", name)
    if not all(can_be_kept(code) for code in codes):
        raise Fault("FIELD_BAD", name)
    return tuple(dict.fromkeys(code.strip() for code in codes))


def _read_csv(path: Path, start: int) -> Iterator[Good[Product] | Bad]:
    for line_no, row, end in csv_rows(path, start):
        record: dict[str, Any] = dict(row)
        for name in ("gtins", "aliases", "substitutes"):
            record[name] = [part for part in row.get(name, "").split("|") if part]
        record["packs"] = [
            {"barcode": barcode, "quantity": quantity}
            for part in row.get("packs", "").split("|")
            if part
            for barcode, _, quantity in [part.partition(":")]
        ]
        try:
            yield Good(product_of(record), line_no, digest(record), end)
        except Fault as fault:
            yield Bad(line_no, fault.code, fault.detail, str(row), end)
