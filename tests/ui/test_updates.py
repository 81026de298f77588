"""The console and whoever replaces its program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app import __version__, site
from app.update.quiet import ProgramLock
from ui.updates import UpdateWatch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no open program")


@pytest.fixture
def watch(qtbot, tmp_path: Path):
    parent = QObject()
    made = UpdateWatch(tmp_path, parent)
    yield made
    made.close()


def test_a_console_in_use_is_not_replaced_and_a_quiet_one_is(watch, tmp_path: Path) -> None:
    updater = ProgramLock(tmp_path)
    watch.in_use(True)
    assert not updater.replace()
    watch.in_use(False)
    assert updater.replace()


def test_the_console_says_so_while_it_is_replaced(qtbot, watch, tmp_path: Path) -> None:
    updater = ProgramLock(tmp_path)
    assert updater.replace()
    with qtbot.waitSignal(watch.replacing, check_params_cb=lambda on: on):
        watch.look()
    updater.release()
    with qtbot.waitSignal(watch.replacing, check_params_cb=lambda on: not on):
        watch.look()


def test_it_asks_to_be_opened_anew_only_when_nobody_uses_it(qtbot, watch, tmp_path: Path) -> None:
    watch.in_use(True)
    (tmp_path / "version").write_text("9.9.9\n", encoding="ascii")
    with qtbot.assertNotEmitted(watch.replaced):
        watch.look()
    with qtbot.waitSignal(watch.replaced):
        watch.in_use(False)


def test_the_same_version_is_no_reason(qtbot, watch, tmp_path: Path) -> None:
    (tmp_path / "version").write_text(f"{__version__}\n", encoding="ascii")
    with qtbot.assertNotEmitted(watch.replaced):
        watch.look()


def test_other_settings_of_the_site_are_a_reason_for_a_new_start(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(site.VARIABLE, raising=False)
    monkeypatch.setattr(site, "OWN", tmp_path / "site.toml")
    parent = QObject()
    watch = UpdateWatch(tmp_path, parent)
    try:
        with qtbot.assertNotEmitted(watch.replaced):
            watch.look()
        (tmp_path / "site.toml").touch()
        watch.in_use(True)
        with qtbot.waitSignal(watch.replaced):
            watch.in_use(False)
    finally:
        watch.close()
