"""Keeps Qt's binding from reading the text of every module that is imported after it.

PySide looks through each for its own other spellings (`from __feature__ import snake_case`), of
which the console uses none. From source that took longer than to import the modules themselves.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  it puts its own import in the place of Python's

# Python's own; an older or newer PySide without it keeps its way.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
