from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from app.domain.model import BoxType
from app.domain.plain import plain


@dataclass
class Found:
    box: BoxType
    at: datetime


def test_structures_of_both_kinds_are_objects_and_times_are_iso_in_any_depth() -> None:
    found = Found(BoxType("G", 900, 800, 700, 60_000, 300), datetime(2026, 11, 25, 12, tzinfo=UTC))
    told = json.loads(json.dumps({"found": (found,)}, default=plain))["found"][0]
    assert told["at"] == "2026-11-25T12:00:00+00:00"
    assert list(told["box"]) == list(BoxType.__struct_fields__)
    assert told["box"]["length_mm"] == 900


def test_what_is_nothing_of_these_is_its_text() -> None:
    assert json.dumps([Decimal("1.50"), Path("a")], default=plain) == '["1.50", "a"]'
