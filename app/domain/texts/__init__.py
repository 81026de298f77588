"""Every sentence of the engine that a person reads, by code, in Portuguese and English.

Each area has its module with `TEXTS` (three parts: what happened, what it means for the order,
what to do next) and `PROMPTS`. A text has `{param}` placeholders; `{param:a}` and `{param:the}`
put the word for a code of `WORDS` with its article ("um endereço", "o endereço").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from app.domain.texts import (
    access,
    audit,
    backups,
    command,
    desk,
    dispatch,
    doctor,
    flow,
    health,
    imports,
    journal,
    pack,
    people,
    pick,
    printing,
    restored,
    scale,
    scan,
    store,
    support,
    update,
)

LANGUAGES = ("pt", "en")

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {}
PROMPTS: dict[str, dict[str, str]] = {}
WORDS: dict[str, dict[str, dict[str, str]]] = {}

for _area in (
    access,
    audit,
    backups,
    command,
    desk,
    dispatch,
    flow,
    doctor,
    health,
    imports,
    journal,
    pack,
    people,
    pick,
    printing,
    restored,
    scale,
    scan,
    store,
    support,
    update,
):
    TEXTS |= getattr(_area, "TEXTS", {})
    PROMPTS |= getattr(_area, "PROMPTS", {})
    WORDS |= getattr(_area, "WORDS", {})

_UNKNOWN: dict[str, tuple[str, str, str]] = {
    "pt": (
        "Resposta {code}.",
        "Esta versão não tem o texto dela.",
        "Chame o suporte com este código.",
    ),
    "en": (
        "Answer {code}.",
        "This version has no text for it.",
        "Call support with this code.",
    ),
}


class _Filler(Formatter):
    """Fills a text in one language; what is missing shows as `…`, so that no text ever fails."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "…")

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in ("a", "the"):
            return WORDS.get(str(value), {}).get(self._lang, {}).get(format_spec, str(value))
        try:
            return format(value, format_spec)
        except (TypeError, ValueError):
            return str(value)


def message(code: str, lang: str, params: Mapping[str, object]) -> tuple[str, str, str]:
    """The three parts of a text. An unknown code or language, or a missing parameter, still
    gives three readable parts."""
    lang = lang if lang in LANGUAGES else "en"
    if code in TEXTS:
        happened, means, do_next = TEXTS[code][lang]
    else:
        (happened, means, do_next), params = _UNKNOWN[lang], {"code": code}
    return _fill(happened, lang, params), _fill(means, lang, params), _fill(do_next, lang, params)


def prompt(code: str, lang: str, params: Mapping[str, object]) -> str:
    """The one sentence that says what to do now; the code itself where it has no text."""
    lang = lang if lang in LANGUAGES else "en"
    return _fill(PROMPTS[code][lang], lang, params) if code in PROMPTS else code


def word(code: str, lang: str) -> str:
    """The word for a code (a state, a permission); the code itself where it has none."""
    return WORDS.get(code, {}).get(lang, {}).get("a", code)


def _fill(text: str, lang: str, params: Mapping[str, object]) -> str:
    return _Filler(lang).vformat(text, (), params)
