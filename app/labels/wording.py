"""How numbers, dates and addresses are written on paper in Brazil."""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.domain.model import Address

_TWO = [f"{number:02}" for number in range(60)]  # strftime takes seven times as long


def moment(at: datetime, zone: tzinfo | None) -> str:
    """Local date and time; without a zone, in the offset that the time itself carries."""
    if zone:
        at = at.astimezone(zone)
    day, month, hour = _TWO[at.day], _TWO[at.month], _TWO[at.hour]
    return f"{day}/{month}/{at.year} {hour}:{_TWO[at.minute]}:{_TWO[at.second]}"


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
    if len(key) % 4 == 0 and key.isascii() and key.isdigit():
        return bytes.fromhex(key).hex(" ", 2)  # four digits are two bytes
    return " ".join([key[i : i + 4] for i in range(0, len(key), 4)])


def kilos(grams: int) -> str:
    return f"{grams // 1000},{grams % 1000:03} kg"


def street(address: Address) -> str:
    name, number = address.street, address.number
    return f"{name}, {number}" if name and number else name or number


def town(address: Address) -> str:
    city, state = address.city, address.state
    return f"{city} / {state}" if city and state else city or state
