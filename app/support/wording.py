"""A ticket's subject and text, for whoever reads it at support."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.texts import message
from app.support.case import Case

_TROUBLES = {
    "signin": ("Não consigo entrar", "Can't sign in"),
    "invoice": ("A nota não foi emitida", "The invoice was not issued"),
    "report": ("O relatório não imprime", "The report doesn't print"),
    "label": ("A etiqueta não sai", "The label doesn't come out"),
    "order": ("Não acho o pedido", "The order is not found"),
}
TROUBLES = tuple(_TROUBLES)
_TEXTS = {
    "pt": ("Pedido de ajuda", "Estação", "Pedido", "Código", "Causa", "Página", "Em palavras",
           "Hora (UTC)", "Não pôde ser coletado", "As provas estão no arquivo anexo, sem dados "
           "pessoais; o mesmo apelido é sempre o mesmo valor."),
    "en": ("Call for help", "Station", "Order", "Code", "Cause", "Page", "In words",
           "Time (UTC)", "Could not be collected", "The evidence is in the file attached, without "
           "personal data; the same pseudonym is always the same value."),
}  # fmt: skip


def trouble_name(trouble: str, language: str) -> str:
    """What a common trouble is called; empty for none."""
    return _TROUBLES.get(trouble, ("", ""))[language == "en"]


def in_short(code: str, language: str) -> str:
    """The sentence of what happened; `…` stands for the values that only that moment had."""
    sentence = message(code, language, {})[0].partition(". ")[0].rstrip(" .")
    return sentence.removesuffix(" (…)").removesuffix(": …")


def ticket(case: Case, missing: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text. Sentences are filled with no parameter but codes: those hold no person."""
    texts = _TEXTS["en" if case.language == "en" else "pt"]
    said = message(case.code, case.language, {"detail": case.detail}) if case.code else ()
    what = (
        in_short(case.code, case.language)
        if case.code
        else trouble_name(case.trouble, case.language) or texts[0]
    )
    facts = (
        (texts[1], case.station),
        (texts[2], case.order_number),
        (texts[3], case.code),
        (texts[4], " ".join(part for part in (case.system, case.detail) if part)),
        (texts[5], case.page),
        (texts[6], case.words),
        (texts[7], f"{case.made_at:%Y-%m-%d %H:%M:%S}"),
        (texts[8], ", ".join(f"{name} ({why})" for name, why in missing.items())),
    )
    lines = [*said, "", *(f"{name}: {value}" for name, value in facts if value), "", texts[9]]
    subject = f"{what} · {case.station}"
    return (f"{subject} · {case.code}" if case.code else subject), "\n".join(lines).strip()
