"""Values of the rooms as JSON has them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from msgspec import Struct, structs


def plain(value: object) -> Any:
    """What `json.dumps` is to write for a value that it doesn't know: its `default`."""
    if isinstance(value, Struct):
        return structs.asdict(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat() if isinstance(value, datetime) else str(value)
