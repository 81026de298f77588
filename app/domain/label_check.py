"""Whether a label belongs on the box in hand: the third side of what units and NF-e begin.

A label that a carrier made counts only where order, CEP, service and "package n of N" agree; what
the carrier doesn't say is not compared.
"""

from __future__ import annotations

from msgspec import Struct

from app.domain.nfe import Difference, mask


class OnLabel(Struct, frozen=True):
    """What a label says, or what it was made for; empty or 0 where nothing is known."""

    order: str
    cep: str
    service_code: str
    package_no: int
    package_count: int


def compare(box: OnLabel, label: OnLabel) -> tuple[Difference, ...]:
    """Where the label and the box differ; empty when the label may be used."""
    found = []
    if label.order and label.order != box.order:
        found.append(Difference("LABEL_OTHER_ORDER", "pedido", box.order, label.order))
    cep = label.cep.replace("-", "")
    if cep and cep != box.cep.replace("-", ""):
        found.append(Difference("LABEL_OTHER_CEP", "cep", mask(box.cep), mask(cep)))
    if label.service_code and box.service_code and label.service_code != box.service_code:
        found.append(
            Difference("LABEL_OTHER_SERVICE", "serviço", box.service_code, label.service_code)
        )
    ours, theirs = (f"{n.package_no}/{n.package_count}" for n in (box, label))
    if label.package_count and ours != theirs:
        found.append(Difference("LABEL_OTHER_PACKAGE", "volume", ours, theirs))
    return tuple(found)
