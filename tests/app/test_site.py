from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app import site as sites
from app.config import Settings
from app.engine import Engine
from app.security.keys import KeyChoice, KeySource
from app.site import VARIABLE, Site, read_site, site_file, site_of
from app.store.schema import ORDERS
from tests.support import warehouse


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "site.toml"))
    return tmp_path / "site.toml"


def opened(tmp_path: Path, *, demo: bool = False, exclusive: bool = False) -> Engine:
    return Engine.open(
        tmp_path / "home",
        demo=demo,
        exclusive=exclusive,
        choose=lambda: KeyChoice(KeySource.FILE),
        clock=lambda: datetime(2026, 11, 25, 12, tzinfo=UTC),
    )


def test_the_file_is_the_one_named_else_the_systems() -> None:
    assert site_file({VARIABLE: "/mnt/site.toml"}) == Path("/mnt/site.toml")
    if os.name == "posix":
        assert site_file({}).name == "site.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="only Debian has a package of settings")
def test_the_computers_own_file_comes_before_the_one_of_the_warehouses_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, packaged = tmp_path / "own.toml", tmp_path / "packaged.toml"
    monkeypatch.setattr(sites, "OWN", own)
    monkeypatch.setattr(sites, "PACKAGED", packaged)
    assert site_file({}) == own
    packaged.touch()
    assert site_file({}) == packaged
    own.touch()
    assert site_file({}) == own


def test_what_is_locked_stays_locked_while_the_files_computer_is_away(
    tmp_path: Path, file: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert site_of(home).is_away
    file.write_text('[locked]\ntheme = "dark"\n', encoding="utf-8")
    assert site_of(home) == Site({}, {"theme": "dark"})
    file.unlink()
    assert site_of(home) == Site({}, {"theme": "dark"}, is_away=True)
    engine = opened(tmp_path)
    try:
        assert engine.settings["theme"] == "dark"
        assert "SITE_FILE_AWAY" in {warning.code for warning in engine.station.view().warnings}
    finally:
        engine.close()


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_site(tmp_path / "none.toml") == Site()


def test_what_is_written_is_read_in_the_form_in_which_settings_are_kept(file: Path) -> None:
    file.write_text(
        '[settings]\nlanguage = "EN"\n"lock.minutes" = 5\n"cutoff.correios" = "9h30"\n'
        '[locked]\n"pack.weigh" = true\n"invoice.channels" = ["loja", "balcao"]\n'
        '[kiosk]\nat_sign_in = true\n[update]\nversion = "1.2.0"\n',
        encoding="utf-8",
    )
    assert read_site() == Site(
        {"language": "en", "lock.minutes": "5", "cutoff.correios": "09:30"},
        {"pack.weigh": "on", "invoice.channels": "loja,balcao"},
        kiosk_at_sign_in=True,
        wanted_version="1.2.0",
    )


def test_each_fault_is_named_and_the_rest_of_the_file_holds(file: Path) -> None:
    file.write_text(
        '[settings]\nlanguage = "fr"\ntheme = "dark"\nnope = 1\n[kiosk]\nat_sign_in = "yes"\n'
        "other = 1\n[colours]\n[update]\n",
        encoding="utf-8",
    )
    site = read_site()
    assert site.defaults == {"theme": "dark"}
    assert not site.kiosk_at_sign_in
    assert set(site.faults) == {
        "[colours]", "[settings] language (pt, en)", "[settings] nope", "[kiosk] other",
        "[kiosk] at_sign_in",
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"no toml", b"\xff\xfe", b"settings = 1\nkiosk = 2"])
def test_a_broken_file_is_a_fault_and_never_an_error(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert read_site().faults


def test_the_station_changes_the_sites_defaults_and_never_what_is_locked() -> None:
    settings = Settings(
        {"theme": "contrast", "language": "en"},
        site={"theme": "dark", "lock.minutes": "3"},
        locked={"language": "pt"},
    )
    assert settings["theme"] == "contrast"
    assert settings["lock.minutes"] == "3"
    assert settings["language"] == "pt"
    assert settings.locked == {"language"}


def test_a_locked_setting_is_refused_and_says_whose_it_is(tmp_path: Path, file: Path) -> None:
    file.write_text('[locked]\n"company.name" = "Armazém Exemplo"\n', encoding="utf-8")
    engine = opened(tmp_path)
    try:
        assert engine.set_setting("company.name", "Outro").code == "SETTING_LOCKED"
        assert engine.settings["company.name"] == "Armazém Exemplo"
        assert engine.set_setting("theme", "dark").code == "SETTING_SAVED"
        assert engine.settings["company.name"] == "Armazém Exemplo"
    finally:
        engine.close()


def test_the_console_warns_of_a_faulty_file_and_works(tmp_path: Path, file: Path) -> None:
    file.write_text("[locked", encoding="utf-8")
    engine = opened(tmp_path)
    try:
        assert "SITE_FILE_BAD" in {warning.code for warning in engine.station.view().warnings}
    finally:
        engine.close()


def test_orders_that_are_here_get_the_sites_new_pickup_times(tmp_path: Path, file: Path) -> None:
    engine = opened(tmp_path)
    engine.import_unattended(warehouse.write(tmp_path / "files", 3))
    engine.close()
    file.write_text('[settings]\n"cutoff.correios" = "15:15"\n', encoding="utf-8")
    engine = opened(tmp_path, exclusive=True)
    try:
        with engine.store.read() as c:
            assert set(c.scalars(select(ORDERS.c.cutoff))) == {"15:15"}
    finally:
        engine.close()
