"""A package as Melhor Envio's cart wants it, and a posting of it as it answers.

From its documents (docs.melhorenvio.com.br, 2026): weights are kilograms, sizes centimetres; what
lies in the cart can't be changed. A tag of ours goes with each posting and comes back with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.connectors.roles import LabelRequest
from app.connectors.translate import digits
from app.domain.model import Address, Recipient

TAG = "expedita:"


def posting(request: LabelRequest, key: str, service: str, agency: str) -> dict[str, Any]:
    """What is put into the cart. A service is a number there."""
    wanted: dict[str, Any] = {
        "service": int(service) if service.isdigit() else service,
        "from": _party(request.sender, request.sender_address),
        "to": _party(request.recipient, request.address),
        "products": [
            {
                "name": item.name[:120],
                "quantity": item.quantity,
                "unitary_value": float(item.unit_price),
            }
            for item in request.contents
        ],
        "volumes": [
            {
                "height": _cm(request.height_mm),
                "width": _cm(request.width_mm),
                "length": _cm(request.length_mm),
                "weight": round(request.weight_g / 1000, 3),
            }
        ],
        "options": {
            "insurance_value": float(request.declared_value / request.package_count),
            "receipt": False,
            "own_hand": False,
            "reverse": False,
            "non_commercial": not request.invoice_key,
            "platform": "Expedita",
            "tags": [{"tag": TAG + key, "url": None}, {"tag": request.ref.number, "url": None}],
        },
    }
    if request.invoice_key:
        wanted["options"]["invoice"] = {"key": request.invoice_key}
    if agency:
        wanted["agency"] = int(agency)
    return wanted


def key_of(posting: Mapping[str, Any]) -> str:
    """The key of the call that put it there; empty for another's."""
    return next((tag.removeprefix(TAG) for tag in _tags(posting) if tag.startswith(TAG)), "")


def order_of(posting: Mapping[str, Any]) -> str:
    """The number of the order that it was put there for; empty where it isn't said."""
    return next((tag for tag in _tags(posting) if not tag.startswith(TAG)), "")


def tracking_of(posting: Mapping[str, Any]) -> str:
    return str(posting.get("tracking") or posting.get("self_tracking") or "")


def _tags(posting: Mapping[str, Any]) -> list[str]:
    return [str(tag.get("tag") or "") for tag in posting.get("tags") or [] if isinstance(tag, dict)]


def _party(person: Recipient, place: Address) -> dict[str, Any]:
    number = digits(person.document)
    company = len(number) == 14
    return {
        "name": person.name,
        "phone": digits(person.phone) or None,
        "document": None if company else number or None,
        "company_document": number if company else None,
        "address": place.street,
        "number": place.number or "S/N",
        "complement": place.complement,
        "district": place.district,
        "city": place.city,
        "state_abbr": place.state,
        "country_id": "BR",
        "postal_code": place.cep,
    }


def _cm(mm: int) -> int:
    """Whole centimetres, none of them lost."""
    return math.ceil(Decimal(mm) / 10)
