"""`expedita --kiosk`: the console full screen, opened again after a crash."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from app.commands.shell import DONE, REFUSED

_LONG_ENOUGH_S = 60  # a console that stood for so long did start
_PAUSES_S = (0, 1, 2, 5, 10, 30)


def keep_open(
    command: Sequence[str],
    *,
    tries: int = 20,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Run the console until a person closes it; the exit code.

    One that ends otherwise is started again, after a pause that grows while it doesn't stay up.
    When it has not stayed up for `tries` times there is no use in trying, as when the screen
    itself has gone: it gives up.
    """
    failed = 0
    while failed < tries:
        began = clock()
        code = _run(command)
        if code == DONE:
            return DONE
        failed = 1 if clock() - began > _LONG_ENOUGH_S else failed + 1
        print(f"expedita: the console ended ({code}); it is opened again", file=sys.stderr)
        sleep(_PAUSES_S[min(failed - 1, len(_PAUSES_S) - 1)])
    return REFUSED


def this_program(*arguments: str) -> list[str]:
    """The words that start this program once more, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    start = "import sys; from app.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, *arguments]


def _run(command: Sequence[str]) -> int:
    """Run the console; whoever ends this process means the console."""
    child = subprocess.Popen(command)
    ended = False

    def end(*_: object) -> None:
        nonlocal ended
        ended = True
        child.terminate()

    before = signal.signal(signal.SIGTERM, end)
    try:
        code = child.wait()
    except KeyboardInterrupt:  # the terminal has told the console too
        child.wait()
        return DONE
    finally:
        signal.signal(signal.SIGTERM, before)
    return DONE if ended else code
