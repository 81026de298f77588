"""Named places where a rehearsal of trouble ends the process, makes it wait, or fails a write.

Nothing happens at any of them unless `arm` was called or EXPEDITA_FAULT is set, as in
`EXPEDITA_FAULT=commit:3:kill`: the third time that a transaction is about to be made durable.

| place | where it stands |
| --- | --- |
| statement | before each statement of SQL |
| commit, committed | before and after a transaction is made durable |
| printing, printed | before and after a document goes to a printer |
| answer | after all of it, before the screen hears |
"""

from __future__ import annotations

import errno
import os
import signal
import time

from msgspec import Struct


class Fault(Struct):
    """What happens at a place from the `nth` time on; killing needs only the first.

    `action` is kill, wait (for `seconds`), or what a disk says: full, readonly or failing.
    """

    place: str
    nth: int = 1
    action: str = "kill"
    seconds: float = 0.0
    passed: int = 0


_DISK = {"full": errno.ENOSPC, "readonly": errno.EROFS, "failing": errno.EIO}
NOWHERE = "nowhere"  # armed with this, a store is opened ready for any later fault

_armed: Fault | None = None


def arm(fault: Fault | None) -> None:
    """Set what shall go wrong, in place of what was set before."""
    global _armed
    _armed = fault


def watches_statements() -> bool:
    """Whether a store that is opened now shall stand at each of its statements."""
    return _armed is not None and _armed.place in ("statement", NOWHERE)


def reach(place: str) -> None:
    """Stand at a place of the table above."""
    fault = _armed
    if fault is None or fault.place != place:
        return
    fault.passed += 1
    if fault.passed < fault.nth:
        return
    if fault.action == "kill":
        # As a power cut: nothing is written out, no handler runs.
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    elif fault.action == "wait":
        time.sleep(fault.seconds)
    else:
        number = _DISK[fault.action]
        raise OSError(number, os.strerror(number))


def parse(text: str) -> Fault | None:
    """The fault that EXPEDITA_FAULT names: place:nth:action, as commit:3:kill, commit:1:wait=2."""
    if not text:
        return None
    place, _, rest = text.partition(":")
    nth, _, action = rest.partition(":")
    action, _, seconds = action.partition("=")
    return Fault(place, int(nth or 1), action or "kill", float(seconds or 0))


arm(parse(os.environ.get("EXPEDITA_FAULT", "")))
