from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine import Engine
from tests.support.shift import Clock


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo warehouse, to be copied."""
    home = tmp_path_factory.mktemp("demo") / "home"
    Engine.open(home, demo=True, clock=Clock()).close()
    return home


@pytest.fixture
def engine(tmp_path: Path, demo_home: Path) -> Iterator[Engine]:
    """The demo warehouse, its supervisor signed in."""
    shutil.copytree(demo_home, tmp_path / "home")
    made = Engine.open(tmp_path / "home", demo=True, clock=Clock())
    made.station.sign_in("DEMO", "7391")
    yield made
    made.close()
