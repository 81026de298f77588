"""A quiet moment: no console of this computer is in use, and none comes into use meanwhile.

The program's own folder is what both sides lock. A console in use holds it together with others;
whoever replaces the program holds it alone. The system lets go when a process dies.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app import __version__

RESTART = 75  # the exit code of a console that has to be opened anew


def program_folder() -> Path | None:
    """The folder of the installed program; None where it runs from source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def installed_version(folder: Path) -> str:
    """The version whose files lie in the folder: another than this one once it was replaced."""
    try:
        return (folder / "version").read_text(encoding="ascii").strip()
    except OSError:
        return __version__


class ProgramLock:
    """One process's hold on the program's folder; takes nothing on systems without flock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    def use(self) -> bool:
        """Hold it together with others; False while somebody replaces the program."""
        return self._take(alone=False)

    def replace(self) -> bool:
        """Hold it alone; False while a console is in use."""
        return self._take(alone=True)

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _take(self, *, alone: bool) -> bool:
        if self._handle >= 0 or sys.platform == "win32":
            return True
        import fcntl

        handle = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True
