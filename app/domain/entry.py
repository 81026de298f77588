"""What every entry of the journal is."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact of the journal."""

    def payload(self) -> dict[str, Any]:
        """Its fields as JSON-ready values."""
        return dataclasses.asdict(self)
