from __future__ import annotations

from app.config import CATALOGUE
from tests.support.bench import Bench


def test_every_setting_has_its_field_on_the_page(bench: Bench) -> None:
    assert set(CATALOGUE) <= set(bench.window.page("settings")._fields)
