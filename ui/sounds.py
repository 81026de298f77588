"""A tone for each outcome, told apart by pitch and rhythm, played without blocking."""

from __future__ import annotations

import shutil
import subprocess
import sys

from PySide6.QtWidgets import QApplication

from app.resources import resource


class Sounds:
    """Plays outcomes. With no player on the machine it beeps as Qt can."""

    def __init__(self) -> None:
        self._player = next((p for p in ("paplay", "aplay", "afplay") if shutil.which(p)), "")

    def play(self, outcome: str) -> None:
        path = resource("sounds", f"{outcome}.wav")
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player:
            subprocess.Popen(
                [self._player, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        else:
            QApplication.beep()
