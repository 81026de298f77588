"""Modules are read faster while Python doesn't look for what could be thrown away."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """While modules are imported. They make some hundred thousand values and throw none away:
    the collector would walk through them again and again, now and for as long as the program runs.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
