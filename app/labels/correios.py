"""The Data Matrix of a Correios label: 164 characters, position by position.

Source: Manual para Implementação do Web Service SIGEP WEB (13/01/2020), Anexo 03.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from app.domain.model import Address

LENGTH = 164
_PARCEL = "51"  # IDV: encomenda
_REGISTERED = "25"  # the extra service that always comes first
_NO_PLACE = "-00.000000"


class Posting(Struct, frozen=True):
    """What the contract and the order add to the addresses.

    Args:
        card: cartão de postagem, up to ten digits.
        service_code: of the contract, such as 03220.
        extra_services: two digits each, at most five besides the registration.
        declared_value: in whole reais; 0 for none.
        phone: DDD and number, digits only.
    """

    card: str = ""
    service_code: str = ""
    extra_services: tuple[str, ...] = ()
    declared_value: int = 0
    phone: str = ""
    note: str = ""


def matrix_text(tracking: str, to: Address, sender: Address, posting: Posting) -> str:
    """The symbol's text; ASCII only, `LENGTH` characters.

    Raises:
        ValueError: a CEP has no eight digits, or the tracking code no thirteen characters.
    """
    if not re.fullmatch("[0-9]{8}", to.cep) or not re.fullmatch("[0-9]{8}", sender.cep):
        raise ValueError("a Correios label needs both CEPs")
    if len(tracking) != 13:
        raise ValueError("a Correios label needs a tracking code of 13 characters")
    extras = "".join(dict.fromkeys((_REGISTERED, *posting.extra_services)))
    parts = (
        to.cep,
        _house(to.number),
        sender.cep,
        _house(sender.number),
        cep_check(to.cep),
        _PARCEL,
        tracking,
        _digits(extras, 12, "<"),
        _digits(posting.card, 10, ">"),
        _digits(posting.service_code, 5, ">"),
        "00",
        _house(to.number),
        _plain(to.complement, 20),
        _digits(str(min(posting.declared_value, 99_999)), 5, ">"),
        _digits(posting.phone, 12, ">"),
        _NO_PLACE,
        _NO_PLACE,
        "|",
        _plain(posting.note, 30),
    )
    return "".join(parts)


def cep_check(cep: str) -> str:
    """The digit that makes the CEP's sum a multiple of ten."""
    return str(-sum(map(int, cep)) % 10)


def _house(number: str) -> str:
    """The house number in five digits; 00000 for S/N, a kilometre, a road."""
    return number.zfill(5) if re.fullmatch("[0-9]{1,5}", number) else "00000"


def _digits(text: str, size: int, align: str) -> str:
    """Digits alone, cut or filled with zeros; ">" keeps the right end, "<" the left."""
    found = re.sub("[^0-9]", "", text)
    return found[-size:].rjust(size, "0") if align == ">" else found[:size].ljust(size, "0")


def _plain(text: str, size: int) -> str:
    """Letters without accents: one character, one place, and no more code words than the symbol
    has room for."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^ -~]|[\^~|]", " ", bare)[:size].ljust(size)
