from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.security.recovery import RecoveryNote, backup_key, grouped, recovery_key

KEY = b"k" * 32


@given(st.binary(min_size=32, max_size=32), st.integers(1, 9))
def test_what_was_written_down_gives_the_same_key_however_it_is_typed(key: bytes, n: int) -> None:
    written = recovery_key(key, n)
    opened = backup_key(written)
    assert opened is not None
    assert len(opened) == 32
    assert opened != key
    assert backup_key(grouped(written).lower()) == opened
    assert backup_key(written.replace("0", "O").replace("1", "l")) == opened


@pytest.mark.parametrize("at", range(34))
def test_one_wrong_letter_is_noticed(at: int) -> None:
    written = recovery_key(KEY, 1)
    wrong = "7" if written[at] != "7" else "8"
    assert backup_key(written[:at] + wrong + written[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "A", "Ç" * 34, "0" * 33, "0" * 400])
def test_anything_else_is_no_key(text: str) -> None:
    assert backup_key(text) is None


def test_a_scanner_on_any_keyboard_can_type_it() -> None:
    assert set(recovery_key(KEY, 1)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def test_a_new_number_is_another_key() -> None:
    assert recovery_key(KEY, 1) != recovery_key(KEY, 2)


def test_the_note_says_which_key_and_whether_it_was_shown(tmp_path: Path) -> None:
    note = RecoveryNote(tmp_path)
    assert (note.number, note.was_shown, note.folder) == (1, False, "")
    note.shown(datetime(2026, 11, 24, tzinfo=UTC))
    note.lies_in("/disk")
    assert RecoveryNote(tmp_path).was_shown
    note.renew()
    assert (note.number, note.was_shown, note.folder) == (2, False, "/disk")
    (tmp_path / "recovery.json").write_text("[1")
    assert note.number == 1
