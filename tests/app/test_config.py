from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import CATALOGUE, SettingError, Settings, check, data_home


def code_of(key: str, value: str) -> str:
    with pytest.raises(SettingError) as caught:
        check(key, value)
    return caught.value.code


def test_the_data_folder_is_the_one_chosen_then_the_environments_then_the_systems(
    tmp_path: Path,
) -> None:
    environ = {"EXPEDITA_HOME": str(tmp_path / "env")}
    assert data_home(tmp_path / "chosen", environ=environ) == tmp_path / "chosen"
    assert data_home(environ=environ) == tmp_path / "env"
    assert data_home(environ={}).name == "expedita"


def test_a_demonstration_never_lands_in_the_real_data_folder() -> None:
    assert data_home(environ={}, demo=True) != data_home(environ={})


def test_every_default_is_a_value_that_its_own_setting_takes() -> None:
    for key, entry in CATALOGUE.items():
        assert check(key, entry.default) == entry.default, key


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("language", "EN", "en"),
        ("theme", "contrast", "contrast"),
        ("timezone", "America/Manaus", "America/Manaus"),
        ("lock.minutes", " 05 ", "5"),
        ("cutoff.correios", "9h30", "09:30"),
        ("cutoff.correios", "", ""),
        ("correios.card", "0067599079", "0067599079"),
        ("pack.weigh", "ON", "on"),
        ("invoice.channels", "loja, marketplace , loja", "loja,marketplace"),
        ("company.cnpjs", "11.222.333/0001-81", "11222333000181"),
        ("company.cep", "01310-100", "01310100"),
        ("backup.folder", "/mnt/copias", "/mnt/copias"),
        ("backup.folder", "D:\\copias", "D:\\copias"),
        ("backup.folder", "\\\\servidor\\copias", "\\\\servidor\\copias"),
    ],
)
def test_a_fitting_value_is_kept_in_one_form(key: str, value: str, kept: str) -> None:
    assert check(key, value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "fr"),
        ("backup.folder", "copias"),
        ("pictures.folder", "../fotos"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("timezone", ""),
        ("lock.minutes", "-1"),
        ("lock.minutes", "٣"),
        ("tracking.low_at", "1000001"),
        ("correios.card", "12A"),
        ("cutoff.correios", "24:00"),
        ("company.cnpjs", "11222333000182"),
        ("company.name", "linha 1\nlinha 2"),
        ("scanner.prefix", "é"),
        ("station.bench", ""),
    ],
)
def test_a_value_that_does_not_fit_is_refused(key: str, value: str) -> None:
    assert code_of(key, value) == "SETTING_BAD"


@pytest.mark.parametrize("key", ["", "nope", "cutoff.", "cutoff. "])
def test_an_unknown_key_is_refused(key: str) -> None:
    assert code_of(key, "1") == "SETTING_UNKNOWN"


@given(st.sampled_from([*CATALOGUE, "cutoff.correios"]), st.text())
def test_any_text_is_either_kept_for_good_or_refused(key: str, value: str) -> None:
    try:
        kept = check(key, value)
    except SettingError:
        return
    assert check(key, kept) == kept


def test_a_refusal_shows_no_endless_value() -> None:
    with pytest.raises(SettingError) as refused:
        check("station.name", "x" * 3000)
    assert len(str(refused.value.params["value"])) < 100


def test_a_refusal_says_what_would_fit() -> None:
    with pytest.raises(SettingError) as caught:
        check("lock.minutes", "x" * 500)
    assert caught.value.params == {
        "key": "lock.minutes",
        "value": "x" * 40,
        "expected": "0-240",
    }


def test_settings_are_the_changes_over_the_defaults_and_typed() -> None:
    settings = Settings(
        {"lock.minutes": "3", "pack.weigh": "on", "cutoff.correios": "16:30", "company.cnpjs": ""}
    )
    assert settings["language"] == "pt"
    assert settings.number("lock.minutes") == 3
    assert settings.flag("pack.weigh")
    assert settings.cutoffs() == {"correios": "16:30"}
    assert settings.items_of("company.cnpjs") == ()
    assert settings.zone().key == "America/Sao_Paulo"


def test_a_kept_value_that_fits_no_more_falls_back_to_the_default() -> None:
    assert Settings({"theme": "neon", "gone": "1"})["theme"] == "light"


def test_the_invoice_is_required_by_channel_or_by_all() -> None:
    assert not Settings().invoice_required("loja")
    assert Settings({"invoice.channels": "loja"}).invoice_required("loja")
    assert not Settings({"invoice.channels": "loja"}).invoice_required("balcao")
    assert Settings({"invoice.channels": "*"}).invoice_required("balcao")
