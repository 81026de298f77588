"""How every command answers: its words, its data, and its exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.commands import language
from app.domain.texts import message

if TYPE_CHECKING:  # not before a window is painted
    from app.station.views import Feedback

DONE, REFUSED, USAGE = 0, 1, 2


def said(feedback: Feedback) -> int:
    """Say what a change came to; one that was not made fails."""
    from app.domain.decision import Outcome

    if feedback.outcome in (Outcome.WARN, Outcome.BLOCK):
        return fail(feedback.code, feedback.params)
    return tell(feedback.code, feedback.params)


def tell(code: str, params: Any) -> int:
    """Say what was done."""
    print(" ".join(message(code, language.spoken(), params)))
    return DONE


def fail(code: str, params: Any) -> int:
    """Say on stderr, in three parts, what was refused or failed."""
    return fail_in(code, message(code, language.spoken(), params))


def fail_in(code: str, parts: Iterable[str]) -> int:
    """The same, in words that were chosen already."""
    print(" · ".join((code, *parts)), file=sys.stderr)
    return REFUSED


def print_json(data: Any) -> None:
    from app.domain.plain import plain

    print(json.dumps(data, ensure_ascii=False, indent=2, default=plain))
