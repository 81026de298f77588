"""The few fields of a GS1 message that the warehouse uses, read by `biip`."""

from __future__ import annotations

from datetime import date

import biip
from msgspec import Struct


class Gs1Message(Struct, frozen=True):
    """`gtin` has 14 digits. `count` is how many of it (AI 30 or 37); 1 where nothing is said."""

    is_sound: bool  # every check digit is right
    gtin: str = ""
    sscc: str = ""
    count: int = 1
    lot: str = ""
    expiry: date | None = None
    serial: str = ""


def parse(text: str) -> Gs1Message | None:
    """Read a message without its AIM identifier; None if it isn't one from end to end.

    GS1 General Specifications, 3.2: 01/02 GTIN, 00 SSCC, 10 lot, 17 expiry (else 15, best
    before), 21 serial, 30 and 37 counts.
    """
    text = text.strip("\x1d")
    if not text.isascii():
        return None
    message = biip.parse(f"]C1{text}").gs1_message
    if message is None or not message.element_strings:
        return None
    elements = {element.ai.ai: element for element in reversed(message.element_strings)}
    values = {ai: element.value for ai, element in elements.items()}
    expiry = elements.get("17") or elements.get("15")
    count = int(values.get("37") or values.get("30") or "1")
    return Gs1Message(
        is_sound=count > 0
        and not any(e.gtin_error or e.sscc_error for e in message.element_strings),
        gtin=values.get("01") or values.get("02") or "",
        sscc=values.get("00", ""),
        count=count,
        lot=values.get("10", ""),
        expiry=expiry.date if expiry else None,
        serial=values.get("21", ""),
    )
