"""Values of the rooms as JSON has them, and names of files as text."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs


def plain(value: object) -> Any:
    """What `json.dumps` is to write for a value that it doesn't know: its `default`."""
    if isinstance(value, Struct):
        return structs.asdict(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat() if isinstance(value, datetime) else str(value)


def file_name(file: Path) -> str:
    """The file's name as text that can be kept and printed: Linux allows any bytes in one, and
    what was unpacked from another system's archive may have letters of another encoding."""
    return os.fsencode(file.name).decode("utf-8", "backslashreplace")
