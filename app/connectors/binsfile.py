"""Bins and their stock from CSV or JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.connectors.records import (
    Bad,
    Fault,
    Good,
    by,
    csv_rows,
    digest,
    json_lines,
    text_of,
    whole_of,
)
from app.domain.model import BinStock


def read(path: Path, start: int = 0) -> Iterator[Good[BinStock] | Bad]:
    """Every bin's stock from byte `start`."""
    if path.suffix.lower() != ".csv":
        return json_lines(path, start, by(stock_of))
    return _read_csv(path, start)


def stock_of(record: Mapping[str, Any]) -> BinStock:
    """A record as what stands in one bin.

    Raises:
        Fault: a field is missing or wrong.
    """
    expiry = text_of(record, "expiry", limit=10)
    try:
        day = date.fromisoformat(expiry) if expiry else None
    except ValueError:
        raise Fault("FIELD_BAD", "expiry") from None
    return BinStock(
        bin=text_of(record, "bin", needed=True, limit=40),
        zone=text_of(record, "zone", limit=40),
        pick_sequence=whole_of(record, "pick_sequence", 0, 100_000_000),
        sku=text_of(record, "sku", needed=True, limit=60),
        quantity=whole_of(record, "quantity", 0),
        lot=text_of(record, "lot", limit=40),
        expiry=day,
    )


def _read_csv(path: Path, start: int) -> Iterator[Good[BinStock] | Bad]:
    for line_no, row, end in csv_rows(path, start):
        try:
            yield Good(stock_of(row), line_no, digest(row), end)
        except Fault as fault:
            yield Bad(line_no, fault.code, fault.detail, str(row), end)
