"""From a source's own record to an order of ours: what all sources have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.connectors.orderfile import order_of
from app.connectors.records import Fault, digest
from app.connectors.roles import Pulled

Record = Mapping[str, Any]


def pulled(
    external_id: str,
    raw: Record,
    neutral: Callable[[Record], dict[str, Any]],
    changed_at: datetime | None = None,
) -> Pulled:
    """`raw` as an order, or why it can't be one.

    Args:
        neutral: turns `raw` into a record as order files have it (`orderfile.order_of`). A field
            that it misses is the record's fault, never the connector's.
    """
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    try:
        record = neutral(raw)
        order = order_of(record)
    except Fault as fault:
        return Pulled(
            external_id, text, digest(text), changed_at, code=fault.code, detail=fault.detail
        )
    except KeyError as missing:
        return Pulled(
            external_id, text, digest(text), changed_at, None, "FIELD_MISSING", str(missing.args[0])
        )
    except (TypeError, ValueError, AttributeError, LookupError, InvalidOperation):
        return Pulled(external_id, text, digest(text), changed_at, code="FIELD_BAD")
    return Pulled(external_id, text, digest(record), changed_at, order=order)


def mended(external_id: str, raw: str, neutral: Callable[[Record], dict[str, Any]]) -> Pulled:
    """A record that a person corrected, translated again."""
    try:
        record = json.loads(raw)
        if not isinstance(record, dict):
            raise ValueError
    except (ValueError, RecursionError):
        return Pulled(external_id, raw, "", code="JSON_BAD")
    return pulled(external_id, record, neutral)


def units(value: Any, name: str = "lines.quantity") -> int:
    """A source's number as whole units; a fraction of one can't be picked by scan.

    Raises:
        Fault: FIELD_BAD.
    """
    try:
        number = Decimal(str(value))
        if not number.is_finite() or number.adjusted() > 8 or number != int(number):
            raise ValueError
        return int(number)
    except (InvalidOperation, ValueError, OverflowError):
        raise Fault("FIELD_BAD", name) from None


def pairs(text: str) -> dict[str, str]:
    """ "SEDEX=03220, PAC=03298": what orders say, and what the other system calls it."""
    found = (part.partition("=") for part in text.split(",") if "=" in part)
    return {ours.strip(): theirs.strip() for ours, _, theirs in found}


def bought_as(asked: str, said: str, services: Mapping[str, str]) -> str:
    """The order's name for the service that a carrier says it sold: the one that was asked for
    where it is that, else another that `services` names, else the carrier's own."""
    if said == services.get(asked, asked):
        return asked
    return next((ours for ours, theirs in services.items() if theirs == said), said)


def digits(text: Any) -> str:
    """A CEP, CPF or phone without its points and dashes; letters stay (a CNPJ may have them)."""
    return re.sub(r"[^0-9A-Za-z]", "", str(text or ""))


def state(text: Any) -> str:
    """The two letters of a state from "SP", "BR-SP" or "br-sp"."""
    return str(text or "").strip().upper().removeprefix("BR-")


# "Avenida Paulista, 1578 - Apto 41", "Rua X nº 12", "Praça Y, S/N"
_STREET = re.compile(
    r"^(?P<street>.*?\S)\s*,\s*(?:n[º°o.]*\s*)?(?P<number>\d+\s?[A-Za-z]?|s\s?/\s?n[º°]?|km\s*\d+)"
    r"(?:\s*[,–-]\s*(?P<rest>.*))?$",
    re.IGNORECASE,
)


def street_and_number(line: str) -> tuple[str, str, str]:
    """Street, number and what follows, from one line; the line itself where no number is found."""
    found = _STREET.match(line.strip())
    if not found:
        return line.strip(), "", ""
    return found["street"], found["number"].strip(), (found["rest"] or "").strip()
