"""Whether the station's printers, its scanner and its scale can be reached now."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.devices.printers import known
from app.devices.printers.known import Known
from app.store.database import Store


def devices(settings: Mapping[str, str], store: Store | None, home: Path) -> dict[str, Any]:
    """What is set up, and what answers. Without a store nobody knows of any printer."""
    found: tuple[Known, ...] = ()
    if store is not None:
        with store.read() as c:
            found = known.in_use(c, settings.get("station.name", ""))
    return {
        "printers": [_printer(one, home) for one in found],
        "scanner": _scanner(settings),
        "scale": _scale(settings),
    }


def _printer(one: Known, home: Path) -> dict[str, Any]:
    started = time.monotonic()
    try:
        state = one.open(home).state()
        answer = "ready" if state.ready else f"{state.code} {state.detail}"
    except ValueError:
        answer = "no such address"
    return {
        "code": one.code,
        "name": one.name,
        "address": one.uri,
        "dpi": one.dpi,
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


def _scale(settings: Mapping[str, str]) -> dict[str, Any]:
    port = settings.get("scale.port", "")
    if not port:
        return {"kind": "none"}
    there = Path(port).exists() if os.name == "posix" else None
    return {"kind": settings.get("scale.protocol", ""), "port": port, "there": there}
