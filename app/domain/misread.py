"""The answers to scans that fit no step of a task: unreadable, unknown, or of the wrong kind."""

from __future__ import annotations

from app.domain.decision import Outcome, Refused
from app.domain.scan import AmbiguousScan, BadRead, CommandScan, Scan, UnknownScan


def refuse(scan: Scan, asked: str) -> Refused:
    """Say why `scan` is no answer where `asked` (a prompt's kind: product, box, label...) is."""
    match scan:
        case BadRead(reason=reason):
            return Refused("BAD_READ", {"reason": reason})
        case UnknownScan(raw=raw):
            return Refused("UNKNOWN_CODE", {"code": raw[-6:]})
        case AmbiguousScan(skus=skus):
            return Refused(
                "AMBIGUOUS", {"count": len(skus), "skus": ", ".join(skus)}, Outcome.WARN
            )
        case CommandScan(command=command):
            return Refused("COMMAND_NOT_HERE", {"command": command.value}, Outcome.WARN)
        case _:
            return Refused("WRONG_KIND", {"read": kind_of(scan), "asked": asked}, Outcome.WARN)


def kind_of(scan: Scan) -> str:
    """The scan's kind in one lower-case word: product, bin, tote, label..."""
    return type(scan).__name__.removesuffix("Scan").lower()
