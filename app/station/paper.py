"""What a document is made for, and why it can't be made."""

from __future__ import annotations

from msgspec import Struct


class NoDocument(Exception):
    """It can't be made. `code` has its text; `params` are of that text."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Paper(Struct, frozen=True):
    """What a printer takes: "zpl" or "pdf", and its resolution in dots an inch."""

    format: str
    dpi: int = 203
