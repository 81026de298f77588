"""What a Zebra says of itself: the answers to ~HS and ~HQES (ZPL II Programming Guide)."""

from __future__ import annotations

import re

from app.devices.printers.base import PrinterState

STATUS_REQUEST = b"~HS"
ERRORS_REQUEST = b"~HQES"
ETX = b"\x03"
# The bits of ~HQES's second group of hex digits, errors first; what stops printing comes first.
_ERRORS = (
    (0x00000001, "PRINTER_PAPER", "paper_out"),
    (0x00000002, "PRINTER_DOWN", "ribbon_out"),
    (0x00000004, "PRINTER_DOWN", "head_open"),
    (0x00000008, "PRINTER_DOWN", "cutter"),
    (0x00000010, "PRINTER_DOWN", "head_hot"),
    (0x00010000, "PRINTER_DOWN", "paused"),
)
_NO_ANSWER = PrinterState(False, "PRINTER_DOWN", "no_answer")


def host_status(answer: bytes) -> PrinterState:
    """Read the three lines of ~HS."""
    lines = [line.strip(b"\r\n\x02").split(b",") for line in answer.split(ETX)]
    if len(lines) < 2 or len(lines[0]) < 3 or len(lines[1]) < 3:
        return _NO_ANSWER
    first, second = lines[0], lines[1]
    if second[2] == b"1":
        return PrinterState(False, "PRINTER_DOWN", "head_open")
    if first[1] == b"1":
        return PrinterState(False, "PRINTER_PAPER", "paper_out")
    if len(second) > 3 and second[3] == b"1":
        return PrinterState(False, "PRINTER_DOWN", "ribbon_out")
    if first[2] == b"1":
        return PrinterState(False, "PRINTER_DOWN", "paused")
    return PrinterState()


def error_status(answer: bytes) -> PrinterState:
    """Read the ERRORS line of ~HQES: a flag, then two groups of eight hex digits."""
    found = re.search(rb"ERRORS:\s+([01])\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})", answer)
    if not found:
        return _NO_ANSWER
    if found[1] == b"0":
        return PrinterState()
    bits = int(found[3], 16)
    for bit, code, detail in _ERRORS:
        if bits & bit:
            return PrinterState(False, code, detail)
    return PrinterState(False, "PRINTER_DOWN", "error")
