"""Makes the tones of the outcomes, told apart by pitch and rhythm: resources/sounds/*.wav.

python3 packaging/sounds.py    after a change of the tones below
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE = 22_050
LOUDEST = 22_000  # of 32,767
FADE = 200  # samples, at both ends of a tone, so that none clicks
# (frequency Hz, length s) after one another; 0 Hz is a rest.
TONES = {
    "OK": ((1320, 0.07),),
    "DONE": ((990, 0.08), (0, 0.03), (1320, 0.12)),
    "WARN": ((620, 0.16), (0, 0.06), (620, 0.16)),
    "BLOCK": ((240, 0.30), (0, 0.06), (200, 0.45)),
}


def write_wave(path: Path, tones: tuple[tuple[int, float], ...]) -> None:
    """Write tones as 16-bit mono."""
    frames = bytearray()
    for frequency, seconds in tones:
        count = int(RATE * seconds)
        for at in range(count):
            edge = min(1.0, at / FADE, (count - at) / FADE)
            value = math.sin(2 * math.pi * frequency * at / RATE) * edge if frequency else 0
            frames += struct.pack("<h", int(value * LOUDEST))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(frames))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, tones in TONES.items():
        write_wave(FOLDER / f"{name}.wav", tones)
