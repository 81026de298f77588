"""A weighing scale on a serial port (or USB in its COM mode), asked when a weight is wanted.

Three ways of speaking cover what stands on packing benches in Brazil:

    enq         The scale is asked with ENQ and answers STX, five digits of grams, ETX; letters in
                place of the digits say why there is no weight. Toledo Prix and Filizola, and many
                that speak as they do.
    continuous  The scale talks all the time: STX, three status bytes, six digits of weight, six of
                tare, CR (Mettler Toledo's continuous output).
    lines       The scale talks all the time, a line of text a weight: ST,GS,+  1.234kg
"""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import serial
from msgspec import Struct

from app.config import Settings

STEADY_S = 3.0  # a box that was just put down swings for a second or two
_ENQ = b"\x05"
_ASK_AGAIN_S = 0.3
_POLL_S = 0.1
_MOST = 4096  # bytes without a weight among them are noise
_MAX_G = 10_000_000


class Weight(Struct, frozen=True):
    """What a scale said: grams, or why there are none. `fault` is "", "unstable", "negative" or
    "overload"."""

    grams: int = 0
    fault: str = ""


class ScaleSilent(TimeoutError):
    """The port is there, and no scale was heard on it."""


class ScaleBusy(OSError):
    """Another program has the port."""


class Scale:
    """One scale. The port is open only while it is asked, so that it may be unplugged at will."""

    def __init__(
        self, port: str, protocol: str = "enq", *, baud: int = 9600, framing: str = "8N1"
    ) -> None:
        self._port = port
        self._protocol = protocol
        self._baud = baud
        self._framing = framing

    def weigh(self, steady_s: float = STEADY_S) -> Weight:
        """The first steady weight; where none comes in time, what was said last.

        Raises:
            ScaleSilent, ScaleBusy, OSError: no weight can be had; the port is gone.
        """
        return self._hear(steady_s, lambda weight: weight.fault != "unstable")

    def answers(self, within_s: float = STEADY_S) -> None:
        """Hear anything that a scale says.

        Raises:
            ScaleSilent, ScaleBusy, OSError: as `weigh`.
        """
        self._hear(within_s, lambda weight: True)

    def _hear(self, within_s: float, is_enough: Callable[[Weight], bool]) -> Weight:
        end, last = time.monotonic() + within_s, None
        with self._opened(end) as port:
            port.reset_input_buffer()  # what was on the scale before is no answer
            for weight in self._said(port, end):
                last = weight
                if is_enough(weight):
                    return weight
        if last is None:
            raise ScaleSilent(self._port)
        return last

    def _opened(self, end: float) -> serial.Serial:
        """The port, once whoever asks the scale at this moment is done with it."""
        bits, parity, stop = tuple(self._framing)
        while True:
            try:
                return serial.Serial(
                    self._port,
                    self._baud,
                    bytesize=int(bits),
                    parity=parity,
                    stopbits=int(stop),
                    timeout=_POLL_S,
                    write_timeout=_POLL_S * 5,
                    exclusive=True,
                )
            except serial.SerialException as error:
                if error.errno not in (errno.EAGAIN, errno.EBUSY):
                    raise
                if time.monotonic() >= end:
                    raise ScaleBusy(errno.EBUSY, "the port is in use", self._port) from None
            time.sleep(_POLL_S)

    def _said(self, port: serial.Serial, end: float) -> Iterator[Weight]:
        frames, asks = FRAMES[self._protocol], self._protocol == "enq"
        heard, ask_at = b"", 0.0
        while (now := time.monotonic()) < end:
            if asks and now >= ask_at:
                port.write(_ENQ)
                ask_at = now + _ASK_AGAIN_S
            heard = (heard + port.read(port.in_waiting or 1))[-_MOST:]
            found, heard = frames(heard)
            yield from found


def scale_of(settings: Settings) -> Scale | None:
    """The scale of this station; None where there is none."""
    if not settings["scale.port"]:
        return None
    return Scale(
        settings["scale.port"],
        settings["scale.protocol"],
        baud=settings.number("scale.baud"),
        framing=settings["scale.framing"],
    )


def _answers(heard: bytes) -> tuple[list[Weight], bytes]:
    """STX, five or six characters, ETX."""
    found = []
    while (match := re.search(rb"\x02([0-9INS]{5,6})\x03", heard)) is not None:
        heard = heard[match.end() :]
        text = match[1].decode("ascii")
        letters = {"I": "unstable", "N": "negative", "S": "overload"}
        fault = next((letters[char] for char in text if char in letters), "")
        found.append(Weight(fault=fault) if fault else Weight(int(text)))
    return found, heard


def _continuous(heard: bytes) -> tuple[list[Weight], bytes]:
    """STX, status A, B and C, weight, tare, CR; a checksum after it is passed over.

    Status A, bits 0-2: where the point stands, 2 for none, one more for each decimal. Status B:
    bit 1 negative, 2 out of range, 3 in motion, 4 kilograms (else pounds).
    """
    found = []
    pattern = re.compile(rb"\x02([\x20-\xff])([\x20-\xff])[\x20-\xff]([ 0-9]{6})[ 0-9]{6}\r", re.S)
    while (match := pattern.search(heard)) is not None:
        heard = heard[match.end() :]
        a, b = match[1][0], match[2][0]
        digits = match[3].decode("ascii").strip()
        fault = "overload" if b & 4 else "unstable" if b & 8 else "negative" if b & 2 else ""
        value = Decimal(int(digits or "0")).scaleb(2 - (a & 7))
        found.append(Weight(fault=fault) if fault else _weight(value, "kg" if b & 16 else "lb"))
    return found, heard


_UNIT = re.compile(r"([+-]?)\s*(\d{1,7}(?:[.,]\d{1,6})?)\s*(kg|g|lb)\b", re.I)


def _lines(heard: bytes) -> tuple[list[Weight], bytes]:
    """A line a weight, with its unit; US or a question mark for one that still swings, OL for too
    much."""
    *lines, rest = re.split(rb"[\r\n]+", heard)
    found = []
    for line in lines:
        text = line.decode("ascii", "replace").strip("\x02\x03 ")
        word = text.upper()
        if word.startswith("OL") or ",OL," in word:
            found.append(Weight(fault="overload"))
        elif match := _UNIT.search(text):
            value = Decimal(match[2].replace(",", "."))
            if word.startswith("US") or "?" in text:
                found.append(Weight(fault="unstable"))
            elif match[1] == "-" and value:
                found.append(Weight(fault="negative"))
            else:
                found.append(_weight(value, match[3].lower()))
    return found, rest


_GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "lb": Decimal("453.59237")}


def _weight(value: Decimal, unit: str) -> Weight:
    grams = round(value * _GRAMS[unit])
    return Weight(grams) if grams <= _MAX_G else Weight(fault="overload")


# What was heard so far -> the weights in it, and what is left of it.
FRAMES: dict[str, Callable[[bytes], tuple[list[Weight], bytes]]] = {
    "enq": _answers,
    "continuous": _continuous,
    "lines": _lines,
}
