"""What a customer is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_LETTERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "shipped": {
        "pt": ("Seu pedido {number} saiu", "{name}, seu pedido {number} foi entregue à {carrier}."),
        "en": ("Your order {number} is on its way", "{name}, {carrier} has your order {number}."),
    },
    "out_for_delivery": {
        "pt": ("Seu pedido {number} chega hoje", "{name}, seu pedido {number} saiu para entrega."),
        "en": ("Your order {number} arrives today", "{name}, your order {number} is out now."),
    },
    "failed_attempt": {
        "pt": (
            "Seu pedido {number} não pôde ser entregue",
            "{name}, a {carrier} tentou entregar seu pedido {number} e não conseguiu.",
        ),
        "en": (
            "Your order {number} could not be delivered",
            "{name}, {carrier} tried to deliver your order {number} and could not.",
        ),
    },
    "delivered": {
        "pt": ("Seu pedido {number} foi entregue", "{name}, seu pedido {number} foi entregue."),
        "en": ("Your order {number} was delivered", "{name}, your order {number} was delivered."),
    },
}
_TRACKING = {"pt": "Rastreamento: {codes}", "en": "Tracking: {codes}"}

OCCASIONS = tuple(_LETTERS)


def letter(
    occasion: str, lang: str, number: str, carrier: str, codes: Sequence[str], name: str
) -> tuple[str, str]:
    """Subject and text of a notice."""
    subject, text = _LETTERS[occasion][lang]
    given = {"number": number, "carrier": carrier, "name": name}
    body = text.format(**given)
    if codes:
        body += "\n" + _TRACKING[lang].format(codes=", ".join(codes))
    return subject.format(**given), body
