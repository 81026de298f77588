"""Keeps the store's key and people's data out of what a dying or watched process leaves behind."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def harden(describe: Callable[[BaseException], str]) -> None:
    """For the whole process, before the key is read.

    No core file and, on Linux, no dump by a crash handler and no look into the memory by other
    processes of the same user. What nobody caught is told by `describe`, kinds and places, since
    an error's own text may hold what was scanned or typed.
    """
    if os.name == "posix":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # A handler that the core pattern pipes to is not bound by the limit above.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

    def tell(error: BaseException | None) -> None:
        # A windowed build has no standard error.
        if error is not None and sys.stderr is not None:
            told = describe(error)
            print(f"expedita: erro interno / internal error: {told}", file=sys.stderr, flush=True)

    sys.excepthook = lambda kind, error, trace: tell(error)
    threading.excepthook = lambda args: tell(args.exc_value)
    sys.unraisablehook = lambda args: tell(args.exc_value)
