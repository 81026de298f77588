"""What a scan is: one text in, exactly one kind of `Scan` out, by a fixed order of questions.

Where a code could be two things, the earlier question wins (the order stands in `classify`).
GS1 is only tried where the scanner says so (AIM identifier) or a GS character proves it: without
either, one plain order number in five would pass for a GS1 message.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from app.domain import codes
from app.domain.codes import CodeKind

MAX_LENGTH = 200
GS = "\x1d"
_AIM_ID = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_AIM_IDS = frozenset(("]C1", "]d2", "]Q3", "]e0"))


class Command(StrEnum):
    """A printed command; its value is the payload of its code."""

    OK = "OK"
    CANCEL = "CANCELAR"
    SHORT = "FALTA"
    SKIP = "PULAR"
    NEW_PACKAGE = "NOVO-VOLUME"
    CLOSE_PACKAGE = "FECHAR-VOLUME"
    REPRINT = "REIMPRIMIR"
    PROBLEM = "PROBLEMA"


class Scan(Struct, frozen=True):
    """One read of the scanner. `raw` is what it sent, at most `MAX_LENGTH` characters of it."""

    raw: str


class CommandScan(Scan, frozen=True):
    command: Command


class BadgeScan(Scan, frozen=True):
    code: str


class ToteScan(Scan, frozen=True):
    code: str


class BinScan(Scan, frozen=True):
    code: str


class OrderScan(Scan, frozen=True):
    number: str


class BoxScan(Scan, frozen=True):
    code: str


class DockScan(Scan, frozen=True):
    code: str


class BenchScan(Scan, frozen=True):
    code: str


class PrinterScan(Scan, frozen=True):
    code: str


class LabelScan(Scan, frozen=True):
    """A tracking code: an S10 number, or any that the warehouse knows."""

    tracking: str


class NfeKeyScan(Scan, frozen=True):
    key: str


class ProductScan(Scan, frozen=True):
    """`quantity` is in units: a packaging barcode of twelve reads as 12."""

    sku: str
    quantity: int = 1
    lot: str = ""
    expiry: date | None = None
    serial: str = ""


class AmbiguousScan(Scan, frozen=True):
    """Several products carry this code."""

    skus: tuple[str, ...]


class BadRead(Scan, frozen=True):
    """Not a whole code. `reason` is empty, too_long, control, check_digit or gs1."""

    reason: str


class UnknownScan(Scan, frozen=True):
    """A whole code that nobody here knows."""


class Lookups(Protocol):
    """What the warehouse knows. Every code is looked up as exact text."""

    def products(self, code: str) -> tuple[tuple[str, int], ...]:
        """(SKU, units a scan) of each product with this GTIN, packaging barcode, SKU or alias."""

    def is_bin(self, code: str) -> bool: ...

    def is_tote(self, code: str) -> bool: ...

    def is_tracking(self, code: str) -> bool: ...

    def order_number(self, code: str) -> bool: ...


_KIND_OF = {
    CommandScan: "command",
    BadgeScan: "badge",
    ToteScan: "tote",
    BinScan: "bin",
    OrderScan: "order",
    BoxScan: "box",
    DockScan: "dock",
    BenchScan: "bench",
    PrinterScan: "printer",
    LabelScan: "label",
    NfeKeyScan: "nfe_key",
    ProductScan: "product",
    AmbiguousScan: "product",
}


def kind_of(scan: Scan) -> str:
    """The kind as a word code for the WRONG_KIND text (`{read:a}`, `{asked:the}`)."""
    return _KIND_OF.get(type(scan), "code")


def excerpt(raw: str, length: int = 14) -> str:
    """The end of a code, safe to show: what does not print becomes `·`."""
    whole = raw.strip()
    end = whole[-length:]
    if not end.isprintable():
        end = "".join(c if c.isprintable() else "·" for c in end)
    return end if len(whole) <= length else f"…{end}"


def classify(raw: str, lookups: Lookups) -> Scan:
    """Say what was scanned. Answers for any text, and never raises for one."""
    if len(raw) > MAX_LENGTH:
        return BadRead(raw[:MAX_LENGTH], "too_long")
    aim, text = _parted(raw)
    gs1 = aim in _GS1_AIM_IDS or GS in text
    if not text.strip(GS + " "):
        return BadRead(raw, "empty")
    if any(unicodedata.category(c)[0] == "C" and c != GS for c in text):
        return BadRead(raw, "control")
    upper = text.upper()  # a Caps Lock turns the keys of a wedge scanner around
    return (
        _nfe_key(raw, upper)
        or _tracking(raw, text, upper, lookups)
        or _own_code(raw, upper)
        or _place_or_order(raw, text, lookups)
        or (_gs1(raw, text, lookups) if gs1 else None)
        or _product(raw, text, lookups)
        or _not_known(raw, upper, gs1)
    )


def code_text(raw: str) -> str:
    """What a scan says, without what scanners put around it: what a product is looked up by."""
    return _parted(raw)[1]


def _parted(raw: str) -> tuple[str, str]:
    """The AIM identifier ("" for none) and the text."""
    text = raw.strip(" \t\r\n")
    aim = match.group() if (match := _AIM_ID.match(text)) else ""
    return aim, text[len(aim) :]


def _nfe_key(raw: str, text: str) -> Scan | None:
    key = text.removeprefix("NFE")
    return NfeKeyScan(raw, key) if codes.nfe_key_is_valid(key) else None


def _tracking(raw: str, text: str, upper: str, lookups: Lookups) -> Scan | None:
    if codes.is_s10(upper):
        return LabelScan(raw, upper)
    return LabelScan(raw, text) if lookups.is_tracking(text) else None


_OWN_SCANS: dict[str, Callable[[str, str], Scan]] = {
    CodeKind.BIN: BinScan,
    CodeKind.TOTE: ToteScan,
    CodeKind.ORDER: OrderScan,
    CodeKind.BADGE: BadgeScan,
    CodeKind.DOCK: DockScan,
    CodeKind.BENCH: BenchScan,
    CodeKind.PRINTER: PrinterScan,
    CodeKind.BOX: BoxScan,
}


def _own_code(raw: str, text: str) -> Scan | None:
    own = codes.parse_own_code(text)
    if own is None:
        return None
    kind, payload = own
    if kind != CodeKind.COMMAND:
        return _OWN_SCANS[kind](raw, payload)
    # A command of a newer version is a whole code that this one doesn't know.
    return CommandScan(raw, Command(payload)) if payload in set(Command) else UnknownScan(raw)


def _place_or_order(raw: str, text: str, lookups: Lookups) -> Scan | None:
    if lookups.is_bin(text):
        return BinScan(raw, text)
    if lookups.is_tote(text):
        return ToteScan(raw, text)
    return OrderScan(raw, text) if lookups.order_number(text) else None


def _gs1(raw: str, text: str, lookups: Lookups) -> Scan | None:
    from app.domain import gs1  # biip takes a tenth of a second to import

    message = gs1.parse(text)
    if message is None:
        return None
    if not message.is_sound:
        return BadRead(raw, "check_digit")
    if message.sscc and lookups.is_tracking(message.sscc):
        return LabelScan(raw, message.sscc)
    if not message.gtin:
        return None
    found = _find_gtin(message.gtin, lookups)
    if len({sku for sku, _ in found}) > 1:
        return AmbiguousScan(raw, _skus(found))
    if not found:
        return UnknownScan(raw)
    sku, quantity = min(found)
    return ProductScan(
        raw, sku, quantity * message.count, message.lot, message.expiry, message.serial
    )


def _product(raw: str, text: str, lookups: Lookups) -> Scan | None:
    found = lookups.products(text)
    if not found and codes.gtin_is_valid(text) and len(text) > 8:
        found = _find_gtin(text.zfill(14), lookups)
    if not found:
        return None
    if len({sku for sku, _ in found}) > 1:
        return AmbiguousScan(raw, _skus(found))
    return ProductScan(raw, *min(found))


def _find_gtin(gtin_14: str, lookups: Lookups) -> tuple[tuple[str, int], ...]:
    """Look a GTIN up in each length it may be written in; the zeros before it are only padding."""
    for length in (14, 13, 12, 8):
        padding = 14 - length
        if gtin_14[:padding] == "0" * padding and (found := lookups.products(gtin_14[padding:])):
            return found
    return ()


def _skus(found: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sku for sku, _ in found))


def _not_known(raw: str, text: str, gs1: bool) -> Scan:
    """Nobody knows it: a code whose own check digit fails was misread, any other is unknown."""
    if (
        (codes.is_gtin_shaped(text) and not codes.gtin_is_valid(text))
        or codes.is_s10_shaped(text)
        or codes.is_own_code_shaped(text)
        or (codes.is_nfe_key_shaped(key := text.removeprefix("NFE")) and _wrong_key_digit(key))
    ):
        return BadRead(raw, "check_digit")
    return BadRead(raw, "gs1") if gs1 else UnknownScan(raw)


def _wrong_key_digit(key: str) -> bool:
    return codes.nfe_key_check_digit(key[:43]) != int(key[43])
