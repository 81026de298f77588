"""A door that something here must reach over the network."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from msgspec import Struct


class Endpoint(Struct, frozen=True):
    """A host and a TCP port, with or without TLS from the first byte on."""

    host: str
    port: int
    tls: bool = False

    @property
    def is_local(self) -> bool:
        """On this very machine: no network is needed for it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_name(self) -> bool:
        """A name server is asked for it."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return self.host != "localhost"
        return False


def of_url(url: str) -> Endpoint | None:
    """The door of an http or https address; None for anything else, as a folder."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    tls = parts.scheme == "https"
    return Endpoint(parts.hostname, port or (443 if tls else 80), tls)
