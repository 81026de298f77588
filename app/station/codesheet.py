"""Sheets of codes to scan: the warehouse's own, and those of its products."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.codes import own_code
from app.domain.scan import Command
from app.labels.sheets import sheet
from app.security.operators import Operators
from app.store import catalogue, printers

_LETTERS = {
    "commands": "C",
    "badges": "U",
    "totes": "T",
    "bins": "B",
    "benches": "N",
    "docks": "D",
    "boxes": "E",
    "printers": "P",
}
KINDS = (*_LETTERS, "products")


class UnknownKind(Exception):
    """No sheet of that kind; the text lists those there are."""


class BadCode(Exception):
    """It can be no code of the warehouse's own; the text shows it."""


def make(
    c: Connection, kind: str, codes: Sequence[str], operators: Operators, language: str
) -> bytes:
    """A PDF of codes with their captions. Without `codes`: all that the warehouse knows.

    Raises:
        UnknownKind: `kind` is none of those there are, or a product is not known.
        BadCode: a code has what those of the warehouse can't have.
    """
    if kind == "products":
        return sheet(kind, _products(c, codes), language)
    letter = _LETTERS.get(kind)
    if letter is None:
        raise UnknownKind(f"{kind}: {', '.join(KINDS)}")
    items = [(code, code) for code in codes] or _known(c, kind, operators)
    return sheet(kind, [(_own(letter, code), caption) for code, caption in items], language)


def _own(letter: str, code: str) -> str:
    try:
        return own_code(letter, code)
    except ValueError:
        raise BadCode(ascii(code[:80])) from None


def _known(c: Connection, kind: str, operators: Operators) -> list[tuple[str, str]]:
    match kind:
        case "commands":
            return [(command.value, command.value.replace("-", " ")) for command in Command]
        case "badges":
            return [(p.badge, f"{p.name} ({p.badge})") for p in operators.list() if not p.disabled]
        case "bins":
            return [(code, code) for code in catalogue.bin_codes(c)]
        case "boxes":
            return [(box.code, box.code) for box in catalogue.boxes(c)]
        case "printers":
            return [(row.code, f"{row.name} ({row.code})") for row in printers.everything(c)]
        case "totes":
            return [(f"T-{n:02d}", f"T-{n:02d}") for n in range(1, 31)]
        case "benches":
            return [(f"B-{n:02d}", f"B-{n:02d}") for n in range(1, 5)]
        case _:
            return [(f"D-{n:02d}", f"D-{n:02d}") for n in range(1, 5)]


def _products(c: Connection, skus: Sequence[str]) -> list[tuple[str, str]]:
    """A product's own GTIN where it has one, so that the sheet reads as the goods do; else its SKU.

    Raises:
        UnknownKind: a SKU that the catalogue doesn't have.
    """
    items = []
    for sku in skus or catalogue.digests(c):
        product = catalogue.product(c, sku)
        if product is None:
            raise UnknownKind(sku)
        code = product.gtins[0] if product.gtins else product.sku
        items.append((code, f"{product.name} ({product.sku})"))
    return items
