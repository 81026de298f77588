from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Engine
from tests.support import homes
from tests.support.shift import Clock
from tests.support.socket_printer import SocketPrinter


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The demo warehouse, its supervisor signed in."""
    made = homes.demo(tmp_path / "home", Clock())
    made.station.sign_in("DEMO", "7391")
    yield made
    made.close()


@pytest.fixture
def printer() -> Iterator[SocketPrinter]:
    with SocketPrinter() as started:
        yield started
