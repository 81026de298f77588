from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo import PIN
from app.engine import Engine
from app.rehearsal import Clock
from tests.support import homes


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A demo warehouse with its supervisor signed in; nothing is sent by itself."""
    made = homes.demo(tmp_path / "home", Clock())
    made.station.sign_in("DEMO", PIN)
    yield made
    made.close()
