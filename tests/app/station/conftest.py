from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Engine
from tests.support.shift import Clock


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The demo warehouse, its supervisor signed in."""
    made = Engine.open(tmp_path / "home", demo=True, clock=Clock())
    made.station.sign_in("DEMO", "7391")
    yield made
    made.close()
