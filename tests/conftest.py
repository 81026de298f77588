"""What every test needs before Qt and Hypothesis are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("EXPEDITA_HOME", None)
os.environ["EXPEDITA_SITE"] = os.devnull  # what this machine's site wants is no test's matter

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

settings.register_profile("expedita", deadline=None, derandomize=True)  # speed is bench's matter
settings.load_profile("expedita")


@pytest.fixture(scope="session", autouse=True)
def cheap_pins() -> Iterator[None]:
    """Hundreds of tests sign somebody in: in the tests' own processes a PIN costs next to nothing.

    What it really costs is held by tests/app/security/test_pins.py, and paid by each `expedita`
    that a test starts.
    """
    from app.security.operators import Operators

    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with patch.object(Operators.__init__, "__defaults__", (cheap,)):
        yield
