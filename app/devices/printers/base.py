"""What every printer is to a station: a place that takes a document, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct


class PrinterDown(Exception):
    """A document did not come out, or may not have.

    Args:
        code: PRINTER_DOWN, PRINTER_PAPER or PRINTER_TIMEOUT.
        detail: why, as one word of `app.domain.texts.printing`.
        maybe_printed: bytes reached the printer and its end is not known; else it is certain that
            nothing came out, and sending again is safe.
    """

    def __init__(self, code: str, detail: str, *, maybe_printed: bool = False) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.maybe_printed = maybe_printed


class PrinterState(Struct, frozen=True):
    """Whether a printer would print now; `code` and `detail` as in `PrinterDown`, where not."""

    ready: bool = True
    code: str = ""
    detail: str = ""


Held = Callable[[PrinterDown], bool]
"""Told, again and again, why a printer that has a document does not go on with it; False gives it
up there."""


def give_up(trouble: PrinterDown) -> bool:
    """Wait for nothing."""
    return False


class Printer(Protocol):
    """A place to print. `format` says which bytes it takes: "zpl" or "pdf"."""

    name: str
    format: str
    dpi: int

    def state(self) -> PrinterState:
        """Whether it would print now, as far as it tells; prints nothing."""

    def send(self, data: bytes, title: str, held: Held = give_up) -> None:
        """Print one document, to the end as far as the printer tells of it.

        Raises:
            PrinterDown: see there.
        """
