"""Systems, causes and times in words."""

from __future__ import annotations

from app.domain.texts import message, prompt, word
from app.health.model import Cause, State, System


def title(system: System, lang: str) -> str:
    """What people call it: its kind, and its name where there may be several."""
    kinds = " + ".join(word(f"system.{kind}", lang) for kind in system.kind.split("+"))
    return f"{kinds} {system.name}".strip()


def short_title(system: System, lang: str) -> str:
    """The same, in as few words as a row of lights has room for."""
    if system.kind == "door" or "+" in system.kind:
        return system.name
    return title(system, lang)


def state_word(state: State, lang: str) -> str:
    return word(f"state.{state}", lang)


def why(cause: Cause, lang: str) -> str:
    """The cause as a sentence; empty for none."""
    if not cause:
        return ""
    text = prompt(f"CAUSE_{cause.code}", lang, {"detail": cause.detail})
    return text if cause.detail else text.replace(" ()", "")


def mend(cause: Cause, lang: str) -> str:
    """What whoever looks after the machine does about it."""
    if cause.code.startswith("STORE_"):
        return message(cause.code, lang, {"detail": cause.detail})[2]
    return prompt(f"MEND_{cause.code}", lang, {"detail": cause.detail}) if cause else ""


def still(system: System, lang: str) -> list[tuple[str, str, str]]:
    """What stands still without it, what goes on, what to do; one of them for each of its parts."""
    params = {"name": system.name or title(system, lang)}
    return [message(f"STILL_{kind.upper()}", lang, params) for kind in system.kind.split("+")]


def seconds_text(seconds: float | None, lang: str) -> str:
    """A time in the unit that fits: "12 ms", "1,4 s", "3 min", "2 h"."""
    if seconds is None:
        return ""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        text = f"{seconds:.1f} s"
        return text.replace(".", ",") if lang == "pt" else text
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"
