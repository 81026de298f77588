"""Answers of the bench's scale."""

from __future__ import annotations

_STAYS = ("O volume continua sem peso.", "The package has no weight yet.")


def _texts(pt: str, pt_next: str, en: str, en_next: str) -> dict[str, tuple[str, str, str]]:
    return {"pt": (pt, _STAYS[0], pt_next), "en": (en, _STAYS[1], en_next)}


TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "SCALE_NONE": _texts(
        "Esta estação não tem balança ligada.", "Digite o peso.",
        "This station has no scale.", "Type the weight.",
    ),
    "SCALE_LOST": _texts(  # port
        "A balança da porta {port} não está lá.", "Confira o cabo, ou digite o peso.",
        "The scale on port {port} is not there.", "Check the cable, or type the weight.",
    ),
    "SCALE_SILENT": _texts(  # port
        "A balança da porta {port} não responde.",
        "Veja se está ligada e o cabo firme, ou digite o peso.",
        "The scale on port {port} does not answer.",
        "See that it is on and its cable is tight, or type the weight.",
    ),
    "SCALE_BUSY": _texts(  # port
        "Outro programa usa a balança da porta {port}.", "Feche-o, ou digite o peso.",
        "Another program uses the scale on port {port}.", "Close it, or type the weight.",
    ),
    "SCALE_UNSTABLE": _texts(
        "O peso não parou de mudar.", "Solte o volume, espere parar e leia de novo.",
        "The weight did not settle.", "Let go of the package, let it settle, and read again.",
    ),
    "SCALE_NEGATIVE": _texts(
        "A balança mostra menos que zero.", "Esvazie e zere a balança, e leia de novo.",
        "The scale shows less than zero.", "Empty the scale, set it to zero, and read again.",
    ),
    "SCALE_OVERLOAD": _texts(
        "É peso demais para esta balança.", "Use outra balança e digite o peso.",
        "It is too heavy for this scale.", "Use another scale and type the weight.",
    ),
}  # fmt: skip
