"""What a console process tells after each call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.station.views import StationView


@dataclass(frozen=True, slots=True)
class Answer:
    """`tail` is the journal's last sequence number with its hash, read after the call."""

    result: Any
    view: StationView | None = None
    tail: tuple[int, str] = (0, "")
