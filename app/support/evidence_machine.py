"""What the machine says: versions, disk, memory, network. No name of a host or a person."""

from __future__ import annotations

import platform
import shutil
import socket
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from app import __version__

_PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "alembic", "reportlab", "httpx")
_ASKED = "example.com"  # RFC 2606: a name that every resolver can find


def versions() -> dict[str, Any]:
    found: dict[str, Any] = {
        "expedita": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "frozen": bool(getattr(sys, "frozen", False)),
    }
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "none"
    return found


def machine(home: Path) -> dict[str, Any]:
    """Disk and memory in bytes, load, the interfaces that are up, and whether names are found."""
    import psutil

    disk = shutil.disk_usage(home if home.exists() else home.anchor or ".")
    memory = psutil.virtual_memory()
    process = psutil.Process()
    return {
        "disk": {"total": disk.total, "free": disk.free},
        "memory": {"total": memory.total, "available": memory.available},
        "console": {
            "memory": process.memory_info().rss,
            "threads": process.num_threads(),
            "runs_s": round(time.time() - process.create_time()),
        },
        "load": [round(part, 2) for part in psutil.getloadavg()],
        "processors": psutil.cpu_count(),
        "up_s": round(time.time() - psutil.boot_time()),
        "clock_utc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "network": [
            {"interface": name, "up": stats.isup, "mbit": stats.speed}
            for name, stats in sorted(psutil.net_if_stats().items())
        ],
        "dns": _names_are_found(),
    }


def _names_are_found() -> dict[str, Any]:
    started = time.monotonic()
    try:
        socket.getaddrinfo(_ASKED, 443)
        found = True
    except OSError:
        found = False
    return {"works": found, "ms": round((time.monotonic() - started) * 1000)}
