from __future__ import annotations

from pathlib import Path

from app.config import CATALOGUE
from tests.support.bench import Bench
from ui.pages.settings import SettingsPage


def test_every_setting_has_its_field_on_the_page(bench: Bench) -> None:
    assert set(CATALOGUE) <= set(bench.window.page("settings")._fields)


def test_what_came_of_an_import_stays_to_be_read(bench: Bench, tmp_path: Path) -> None:
    bench.sign_in()
    bench.window.open("settings")
    page = bench.window.page("settings")
    assert isinstance(page, SettingsPage)
    (tmp_path / "pedidos.csv").write_bytes("pedido;situação".encode("utf-16"))
    page._import(tmp_path / "pedidos.csv")
    bench.qtbot.waitUntil(lambda: bench.answers[-1] == "IMPORT_UNKNOWN_FORMAT")
    bench.qtbot.wait(300)  # for the view that is asked for after it
    assert bench.window._overlay.shown, "no view takes the answer away"
    bench.window.dismiss_answer()
    assert page._came_of_it.isVisible()
    assert page._came_of_it.text().startswith("pedidos.csv não é um arquivo de pedidos")
