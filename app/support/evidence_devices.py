"""Whether the station's printer and scanner can be reached now."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TIMEOUT_S = 2.0


def devices(settings: Mapping[str, str]) -> dict[str, Any]:
    """What is set up, and what answers."""
    return {"printer": _printer(settings), "scanner": _scanner(settings)}


def _printer(settings: Mapping[str, str]) -> dict[str, Any]:
    kind = settings.get("printer.kind", "")
    found: dict[str, Any] = {"kind": kind, "dpi": settings.get("printer.dpi", "")}
    if kind == "raw9100":
        found |= _reach(settings.get("printer.host", ""), int(settings.get("printer.port", "9100")))
    elif kind == "pdf" and settings.get("printer.folder"):
        folder = Path(settings["printer.folder"])
        found["folder_writable"] = folder.is_dir() and os.access(folder, os.W_OK)
    return found


def _reach(host: str, port: int) -> dict[str, Any]:
    started = time.monotonic()
    try:
        with socket.create_connection((host, port), TIMEOUT_S):
            answer = "connects"
    except OSError as error:
        answer = type(error).__name__
    return {
        "host": host,
        "port": port,
        "answer": answer,
        "ms": round((time.monotonic() - started) * 1000),
    }


def _scanner(settings: Mapping[str, str]) -> dict[str, Any]:
    port = settings.get("scanner.serial_port", "")
    if not port:
        return {"kind": "keyboard"}
    # A Windows port is no file; there only opening it would tell, and the console has it open.
    there = Path(port).exists() if os.name == "posix" else None
    return {"kind": "serial", "port": port, "there": there}
