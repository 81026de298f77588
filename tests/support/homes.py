"""Data folders and stores that the product makes once in a process, copied for each test.

To make a schema and a demo warehouse takes most of a second; to copy them takes a moment. A test
about the making itself opens a folder of its own.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from keyring.backends import fail

from app.engine import Engine, now_utc
from app.rehearsal import Clock
from app.security.keys import KeyChoice, KeySource
from app.store.database import Store

KEY = b"k" * 32
Clocked = Callable[[], datetime]


def demo(home: Path, clock: Clocked = now_utc) -> Engine:
    """The demo warehouse, by a clock that begins where the rehearsal's does, or by this machine's.

    A folder that is there already is opened as it is.
    """
    if not home.exists():
        demo_home(home, today=clock is now_utc)
    return Engine.open(home, demo=True, clock=clock)


def demo_home(home: Path, *, today: bool = True) -> None:
    """The folder alone; its orders are those of today, or of the rehearsal's day."""
    shutil.copytree(_demo_home(today), home)


def empty(home: Path, clock: Clocked = now_utc) -> Engine:
    """A warehouse with nothing in it, whose key lies beside it."""
    shutil.copytree(_empty_home(), home)
    return Engine.open(home, clock=clock)


def store(path: Path) -> Store:
    """A new store with nothing in it, under `KEY`."""
    shutil.copy(_store(), path)
    return Store.open(path, KEY)


@cache
def _demo_home(today: bool) -> Path:
    home = _place() / "home"
    Engine.open(home, demo=True, clock=now_utc if today else Clock()).close()
    return home


@cache
def _empty_home() -> Path:
    home = _place() / "home"
    # Also where another test has left a keyring in this process.
    with patch("keyring.get_keyring", fail.Keyring):
        Engine.open(home, choose=lambda: KeyChoice(KeySource.FILE)).close()
    return home


@cache
def _store() -> Path:
    path = _place() / "store.db"
    Store.open(path, KEY).close()
    return path


def _place() -> Path:
    """A folder that is gone when the process ends."""
    made = tempfile.mkdtemp(prefix="expedita-tests-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)
