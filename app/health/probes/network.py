"""Probes of the network: the way out, names, and doors with or without TLS."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.health.causes import cause_of
from app.health.endpoint import Endpoint
from app.health.model import Cause
from app.health.probe import Reading

ROUTES, ROUTES6 = Path("/proc/net/route"), Path("/proc/net/ipv6_route")
NEIGHBOURS = Path("/proc/net/arp")
CERT_WARN_DAYS = 14
_UP, _GATEWAY, _COMPLETE = 0x1, 0x2, 0x2  # flags of Linux: of a route, and of a neighbour


def door(endpoint: Endpoint, timeout_s: float = 5.0, trust: str = "") -> Reading:
    """Open a connection, and TLS on it where it has TLS. Nothing is sent.

    Args:
        trust: a file of certificates to trust besides the system's.
    """
    where = f"{endpoint.host}:{endpoint.port}"
    try:
        # The name is not part of what is measured: `names` watches it.
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
        began = time.perf_counter()
        with _connected([str(one[4][0]) for one in found], endpoint.port, timeout_s) as line:
            if not endpoint.tls:
                return Reading(seconds=time.perf_counter() - began)
            with _context(trust).wrap_socket(line, server_hostname=endpoint.host) as tls:
                seconds = time.perf_counter() - began
                return _by_certificate(tls.getpeercert() or {}, seconds, endpoint.host)
    except OSError as error:
        return Reading(failed=cause_of(error, where))


def _connected(addresses: list[str], port: int, timeout_s: float) -> socket.socket:
    """A connection to the first address that takes one, as clients do."""
    trouble: OSError = ConnectionError()
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), timeout_s)
        except OSError as error:
            trouble = error
    raise trouble


def names(host: str) -> Reading:
    """Have a name turned into an address, as every connection to it does."""
    began = time.perf_counter()
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        return Reading(failed=cause_of(error, host))
    return Reading(seconds=time.perf_counter() - began)


def gateway(timeout_s: float = 2.0) -> Reading:
    """Whether the router answers on which this machine's way out lies. See `knows_gateway`.

    Any answer counts, a refusal too. Most routers don't answer to a port of their own at all;
    then the kernel's table of neighbours tells whether it was heard.
    """
    address = default_gateway()
    if not address:
        if has_other_way():
            return Reading(timed=False)
        return Reading(failed=Cause("NO_GATEWAY"), timed=False)
    began = time.perf_counter()
    try:
        with socket.create_connection((address, 53), timeout_s):
            pass
    except ConnectionRefusedError:
        pass
    except OSError as error:
        if _is_neighbour(address):
            return Reading(timed=False)
        return Reading(failed=cause_of(error, address))
    return Reading(seconds=time.perf_counter() - began)


def knows_gateway(routes: Path = ROUTES) -> bool:
    """Whether this system tells of its router at all: the tables that are read are Linux's.
    Elsewhere nobody knows, and nothing may be said."""
    return routes.exists()


def default_gateway(routes: Path = ROUTES) -> str:
    """The default route's IPv4 router, by the lowest metric; empty where there is none."""
    found: list[tuple[int, str]] = []
    for line in _lines(routes)[1:]:
        _, target, router, flags, _, _, metric, mask, *_ = line.split()
        wanted = _UP | _GATEWAY
        if target == mask == "00000000" and int(flags, 16) & wanted == wanted:
            # The kernel prints the address in the machine's own byte order.
            found.append((int(metric), socket.inet_ntoa(bytes.fromhex(router)[::-1])))
    return min(found)[1] if found else ""


def has_other_way(routes: Path = ROUTES, routes6: Path = ROUTES6) -> bool:
    """Whether there is a way out without an IPv4 router: a line straight to the other end, as a
    modem or a tunnel has it, or IPv6. No router can be asked there."""
    for line in _lines(routes)[1:]:
        _, target, _, flags, _, _, _, mask, *_ = line.split()
        if target == mask == "00000000" and int(flags, 16) & _UP:
            return True
    for line in _lines(routes6):
        target, length, *_, flags, device = line.split()
        is_default = int(length, 16) == 0 and not target.strip("0")
        if is_default and int(flags, 16) & _UP and device != "lo":  # the kernel's own refusal
            return True
    return False


def _lines(table: Path) -> list[str]:
    try:
        return table.read_text().splitlines()
    except OSError:
        return []


def _is_neighbour(address: str, table: Path = NEIGHBOURS) -> bool:
    fields = [line.split() for line in _lines(table)[1:]]
    return any(f[0] == address and int(f[2], 16) & _COMPLETE for f in fields if len(f) > 2)


def _context(trust: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if trust:
        context.load_verify_locations(trust)
    return context


def _by_certificate(peer: Mapping[str, object], seconds: float, host: str) -> Reading:
    """A certificate that will end soon is a warning while there is time to renew it."""
    ends = ssl.cert_time_to_seconds(str(peer["notAfter"]))
    days = int((ends - datetime.now(UTC).timestamp()) // 86_400)
    if days < CERT_WARN_DAYS:
        return Reading(warned=Cause("CERT_EXPIRES", f"{host}, {days}"), seconds=seconds)
    return Reading(seconds=seconds)
