"""What every entry of the journal is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs


class Entry(Struct, frozen=True, gc=False):
    """A fact of the journal."""

    def payload(self) -> dict[str, Any]:
        """Its fields as JSON-ready values."""
        return structs.asdict(self)
