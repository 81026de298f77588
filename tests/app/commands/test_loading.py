from __future__ import annotations

import gc

import pytest

from app.commands.loading import loading


def test_nothing_is_collected_while_modules_are_read_and_everything_after_it() -> None:
    kept = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > kept
    gc.unfreeze()


def test_a_module_that_fails_does_not_end_the_collecting() -> None:
    with pytest.raises(ImportError):
        with loading():
            raise ImportError
    assert gc.isenabled()
    gc.unfreeze()
