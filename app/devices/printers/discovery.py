"""Printers that could be set up: on the network, at this computer's ports."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from msgspec import Struct

_KINDS = {
    "_ipp._tcp.local.": "ipp",
    "_ipps._tcp.local.": "ipps",
    "_pdl-datastream._tcp.local.": "socket",  # port 9100 (DNS-SD for printing, Bonjour 1.2.1)
}
_DEVICES = ("usb/lp*", "lp*", "usblp*")


class Found(Struct, frozen=True):
    """A printer by the name that it gives itself, and its address for `open_printer`."""

    name: str
    uri: str


def discover(seconds: float = 3.0, interfaces: list[str] | None = None) -> list[Found]:
    """Listen to the network for some seconds, and look at the ports; by name, each once."""
    found = {one.uri: one for one in (*_network(seconds, interfaces), *_ports())}
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.uri))


def _network(seconds: float, interfaces: list[str] | None) -> list[Found]:
    from zeroconf import ServiceBrowser, Zeroconf  # only who sets printers up needs it

    try:
        zeroconf = Zeroconf(interfaces=interfaces) if interfaces else Zeroconf()
    except OSError:
        return []
    seen: list[tuple[str, str]] = []

    def heard(*, service_type: str, name: str, state_change: Any, **_: Any) -> None:
        if state_change.name == "Added":
            seen.append((service_type, name))

    try:
        ServiceBrowser(zeroconf, list(_KINDS), handlers=[heard])
        threading.Event().wait(seconds)
        return [one for kind, name in seen if (one := _resolved(zeroconf, kind, name))]
    finally:
        zeroconf.close()


def _resolved(zeroconf: Any, kind: str, name: str) -> Found | None:
    info = zeroconf.get_service_info(kind, name, 1000)
    if info is None or not info.parsed_addresses():
        return None
    path = (info.properties.get(b"rp") or b"").decode("ascii", "ignore").strip("/")
    host = next((a for a in info.parsed_addresses() if ":" not in a), info.parsed_addresses()[0])
    host = f"[{host}]" if ":" in host else host
    scheme = _KINDS[kind]
    tail = f"/{path}" if scheme.startswith("ipp") and path else ""
    return Found(name.removesuffix(f".{kind}"), f"{scheme}://{host}:{info.port}{tail}")


def _ports() -> list[Found]:
    from serial.tools import list_ports

    devices = [path for pattern in _DEVICES for path in sorted(Path("/dev").glob(pattern))]
    found = [Found(path.name, f"device:{path}") for path in devices]
    return found + [
        Found(port.description, f"serial:{port.device}") for port in list_ports.comports()
    ]
