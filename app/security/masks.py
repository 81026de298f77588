"""How much of a customer's personal data a person sees: by permission and by the order's stage.

A picker sees none. A packer or supervisor sees the first name and the CEP while the order is at the
bench, a dispatcher the first name until the box is gone. Everything is seen only after a reveal.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from app.domain.model import Address, OrderState, Recipient
from app.security.roles import REVEALED

AT_BENCH = frozenset({OrderState.PICKED, OrderState.PACKING, OrderState.PACKED, OrderState.SHORT})
IN_HOUSE = AT_BENCH | {OrderState.MANIFESTED}


def mask_recipient(
    recipient: Recipient, address: Address, permissions: AbstractSet[str], stage: str
) -> str:
    """One line that says whose box it is, as far as this person may know; maybe empty."""
    shown = (
        mask_name(recipient.name, permissions, stage),
        mask_cep(address.cep, permissions, stage),
    )
    return " · ".join(part for part in shown if part)


def mask_name(name: str, permissions: AbstractSet[str], stage: str) -> str:
    """The whole name, the first one, or nothing."""
    if REVEALED in permissions:
        return name
    return _first(name) if "personal.first_name" in permissions and stage in IN_HOUSE else ""


def mask_cep(cep: str, permissions: AbstractSet[str], stage: str) -> str:
    """The CEP as 00000-000, or nothing. It tells a packer that label and box belong together."""
    at_bench = {"personal.first_name", "pack.work"} <= permissions and stage in AT_BENCH
    if not at_bench and REVEALED not in permissions:
        return ""
    return f"{cep[:5]}-{cep[5:]}" if len(cep) == 8 else cep


def mask_address(address: Address, permissions: AbstractSet[str], stage: str) -> str:
    """The whole address on one line, the CEP alone, or nothing."""
    cep = mask_cep(address.cep, permissions, stage)
    if REVEALED not in permissions:
        return cep
    street = ", ".join(part for part in (address.street, address.number) if part)
    city = "/".join(part for part in (address.city, address.state) if part)
    parts = (street, address.complement, address.district, city, cep)
    return " - ".join(part for part in parts if part)


def mask_document(document: str, permissions: AbstractSet[str]) -> str:
    """The CPF or CNPJ, or its last two characters behind asterisks."""
    if REVEALED in permissions:
        return document
    return "*" * (len(document) - 2) + document[-2:] if len(document) > 4 else "*" * len(document)


def mask_driver(name: str, document: str, permissions: AbstractSet[str]) -> str:
    """Who took the boxes: first name and the end of the document for whoever dispatches, all of it
    with a reveal, else nothing."""
    if not {"dispatch.work", REVEALED} & permissions:
        return ""
    shown = name if REVEALED in permissions else _first(name)
    return " · ".join(part for part in (shown, mask_document(document, permissions)) if part)


def _first(name: str) -> str:
    words = name.split()
    return words[0] if words else ""
