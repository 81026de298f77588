"""How numbers, dates and addresses are written on paper in Brazil."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.domain.model import Address

_MOMENT = "%02d/%02d/%04d %02d:%02d:%02d"  # strftime takes three times as long


def moment(at: datetime, zone: tzinfo | None) -> str:
    """Local date and time; without a zone, in the offset that the time itself carries."""
    if zone:
        at = at.astimezone(zone)
    parts = (at.day, at.month, at.year, at.hour, at.minute, at.second)
    return _MOMENT % parts


def cep(text: str) -> str:
    return f"{text[:5]}-{text[5:]}" if len(text) == 8 and text.isdigit() else text


def document(text: str) -> str:
    """CNPJ (alphanumeric too) or CPF with its punctuation; anything else as it came."""
    if len(text) == 14:
        return f"{text[:2]}.{text[2:5]}.{text[5:8]}/{text[8:12]}-{text[12:]}"
    if len(text) == 11:
        return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"
    return text


def fours(key: str) -> str:
    return " ".join([key[i : i + 4] for i in range(0, len(key), 4)])


def kilos(grams: int) -> str:
    return f"{grams // 1000},{grams % 1000:03d} kg"


def street(address: Address) -> str:
    return ", ".join(part for part in (address.street, address.number) if part)


def town(address: Address) -> str:
    return " / ".join(part for part in (address.city, address.state) if part)
