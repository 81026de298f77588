"""The answers to scans that fit no step of a task: unreadable, unknown, or of the wrong kind."""

from __future__ import annotations

from app.domain.decision import Outcome, Refused
from app.domain.scan import (
    AmbiguousScan,
    BadRead,
    CommandScan,
    Scan,
    UnknownScan,
    excerpt,
    kind_of,
)


def refuse(scan: Scan, asked: str) -> Refused:
    """Say why `scan` is no answer where `asked` is: a kind of `app.domain.texts.WORDS`."""
    match scan:
        case UnknownScan(raw=raw):
            return Refused("UNKNOWN_CODE", {"code": excerpt(raw)})
        case BadRead(raw=raw, reason=reason):
            return Refused("BAD_READ", {"code": excerpt(raw), "reason": reason})
        case AmbiguousScan(skus=skus) if asked != "label":
            params = {"count": len(skus), "skus": ", ".join(skus)}
            return Refused("AMBIGUOUS", params, Outcome.WARN)
        case CommandScan(command=command):
            return Refused("COMMAND_NOT_HERE", {"command": command.value}, Outcome.WARN)
        case _:
            return Refused("WRONG_KIND", {"read": kind_of(scan), "asked": asked}, Outcome.WARN)
