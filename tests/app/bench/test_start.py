from __future__ import annotations

from pathlib import Path

import pytest

from app.bench import start
from app.commands.kiosk import this_program


def test_a_start_is_measured_beside_a_bare_window_without_the_check_of_the_pin(
    tmp_path: Path,
) -> None:
    report = start.run(tmp_path, 50, 1, this_program).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("start", "ms", 1)
    assert report["floor"] > 0
    assert report["figure"] > 0
    assert report["pin_ms"] > 0
    assert (report["form"], report["orders"]) == ("source", 50)


def test_a_window_that_ends_unpainted_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="before it had painted"):
        start.run(tmp_path, 50, 1, lambda *words: ["true"])
