"""When two calls for help are about the same problem, at whatever station."""

from __future__ import annotations

import hashlib

from app.support.case import Case

# Codes of one operator's or one order's matter: two of them are two problems.
_OWN = frozenset(
    """
    CRASHED INTERNAL WRONG_ITEM WRONG_BIN WRONG_KIND UNKNOWN_CODE BAD_READ OVER_QTY NOT_IN_ORDER
    OTHER_ORDER LINE_COMPLETE OTHER_LABEL VOID_LABEL CANCELLED ON_HOLD PIN_WRONG PIN_WAIT
    BADGE_UNKNOWN SIGN_IN_FIRST NO_TASK ACK_FIRST
    """.split()
)


def problem_of(case: Case) -> str:
    """A tag that the same problem has everywhere (`EXPP-1A2B3C4D`), or empty.

    It is made of the code and the evidence of its cause: which system, and in what way.
    """
    if not case.code or case.code in _OWN:
        return ""
    parts = "\n".join((case.code, case.detail, case.system))
    return f"EXPP-{hashlib.sha256(parts.encode()).hexdigest()[:8].upper()}"
