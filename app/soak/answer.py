"""What a console process tells after each call."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from app.station.views import StationView


class Answer(Struct, frozen=True):
    """`tail` is the journal's last sequence number with its hash, read after the call."""

    result: Any
    view: StationView | None = None
    tail: tuple[int, str] = (0, "")
