"""Printers that announce themselves are found, with an address that opens."""

from __future__ import annotations

import socket
from pathlib import Path

from zeroconf import ServiceInfo, Zeroconf

from app.devices.printers.address import open_printer
from app.devices.printers.discovery import discover

LOOPBACK = ["127.0.0.1"]


def announced(kind: str, name: str, port: int, path: str = "") -> ServiceInfo:
    properties = {"rp": path} if path else {}
    address = socket.inet_aton("127.0.0.1")
    return ServiceInfo(
        kind, f"{name}.{kind}", port, properties=properties, addresses=[address], server="p.local."
    )


def test_network_printers_are_found_by_their_announcement(tmp_path: Path) -> None:
    zeroconf = Zeroconf(interfaces=LOOPBACK)
    try:
        zeroconf.register_service(announced("_ipp._tcp.local.", "Sala A6", 6310, "ipp/print"))
        zeroconf.register_service(announced("_pdl-datastream._tcp.local.", "Zebra ZD 1", 9100))
        found = {one.name: one.uri for one in discover(2.0, LOOPBACK)}
    finally:
        zeroconf.close()
    assert found["Sala A6"] == "ipp://127.0.0.1:6310/ipp/print"
    assert found["Zebra ZD 1"] == "socket://127.0.0.1:9100"
    for name, uri in found.items():
        assert open_printer(uri, name=name, dpi=203, home=tmp_path).name == name
