"""A tone for each outcome, told apart by pitch and rhythm, played without blocking."""

from __future__ import annotations

import math
import shutil
import struct
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from PySide6.QtWidgets import QApplication

_RATE = 22_050
# (frequency Hz, length s) after one another; 0 Hz is a rest.
_TONES = {
    "OK": ((1320, 0.07),),
    "DONE": ((990, 0.08), (0, 0.03), (1320, 0.12)),
    "WARN": ((620, 0.16), (0, 0.06), (620, 0.16)),
    "BLOCK": ((240, 0.30), (0, 0.06), (200, 0.45)),
}


class Sounds:
    """Plays outcomes. With no player on the machine it beeps as Qt can."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="expedita-sounds-"))
        self._player = next((p for p in ("paplay", "aplay", "afplay") if shutil.which(p)), "")
        for name, tones in _TONES.items():
            write_wave(self._folder / f"{name}.wav", tones)

    def play(self, outcome: str) -> None:
        path = self._folder / f"{outcome}.wav"
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player:
            subprocess.Popen(
                [self._player, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        else:
            QApplication.beep()

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def write_wave(path: Path, tones: tuple[tuple[int, float], ...]) -> None:
    """Write tones as 16-bit mono, each faded in and out so that none clicks."""
    frames = bytearray()
    for frequency, seconds in tones:
        count = int(_RATE * seconds)
        for at in range(count):
            edge = min(1.0, at / 200, (count - at) / 200)
            value = math.sin(2 * math.pi * frequency * at / _RATE) * edge if frequency else 0
            frames += struct.pack("<h", int(value * 22_000))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(bytes(frames))
