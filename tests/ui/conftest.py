from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.bench import Bench


@pytest.fixture
def bench(qtbot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    yield made
    QApplication.instance().removeEventFilter(made.receiver)
    made.window.close()
    made.engine.close()
