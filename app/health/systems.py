"""What this station depends on, by its settings: the probes that a watch asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from app.config import Settings
from app.devices.printers import known
from app.health import traffic
from app.health.endpoint import Endpoint
from app.health.model import STORE, System
from app.health.probe import Probe, Reading
from app.health.probes import local, network, printer
from app.store import journal
from app.store.database import Store

_DAY_S = 86_400.0

# The bench's own timings: what a person waits for, by the work itself.
ANSWER, LABEL, PROOF = (
    System(traffic.ANSWER, "answer"),
    System("bench:label", "label"),
    System("bench:proof", "proof"),
)
_SWINGS_S = 3.0  # a scale may answer only once it is at rest
SCANNER = System(traffic.SCANNER, "scanner")


class Surroundings(Struct, frozen=True):
    """Where the probes look."""

    store: Store
    settings: Settings
    home: Path
    clock: Callable[[], datetime]


def probes(around: Surroundings, more: Iterable[Probe] = ()) -> list[Probe]:
    """Every system that work here depends on; `more` are those of other rooms.

    The network is watched as far as something is configured that needs it.
    """
    settings = around.settings
    found = [
        # Its own writes tell how the store stands, at least one a minute.
        Probe(System(STORE, "store"), every_s=60.0),
        Probe(System("disk", "disk"), partial(_disk, around), every_s=60.0),
        Probe(System("clock", "clock"), partial(_clock, around), every_s=300.0),
        *_printers(around),
        _scanner(settings),
        *_scale(settings),
        *(Probe(system, silent_s=_DAY_S, noise_s=noise_s) for system, noise_s in _BENCH),
        *more,
        *(_door(endpoint) for endpoint in endpoints(settings)),
    ]
    return found + _network([probe.endpoint for probe in found if probe.endpoint])


# What nobody feels, of each: a tenth of a second at the screen, some seconds of walking.
_BENCH = ((ANSWER, 0.1), (LABEL, 5.0), (PROOF, 5.0))


def endpoints(settings: Settings) -> list[Endpoint]:
    """The doors that somebody named in `health.hosts`, and the mail server's."""
    found = [endpoint(item) for item in settings.items_of("health.hosts")]
    if settings["mail.host"]:
        secure = settings["mail.security"] == "tls"  # with starttls TLS comes after a talk
        found.append(Endpoint(settings["mail.host"], settings.number("mail.port"), secure))
    return list(dict.fromkeys(found))


def endpoint(text: str) -> Endpoint:
    """HOST:PORT or HOST (then 443); port 443 is a door with TLS."""
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "443")
    return Endpoint(host.strip("[]"), int(port), tls=port == "443")


def _door(endpoint: Endpoint) -> Probe:
    where = f"{endpoint.host}:{endpoint.port}"
    system = System(f"door:{where}", "door", where, shared=True)
    return Probe(system, partial(network.door, endpoint), every_s=60.0, endpoint=endpoint)


def _network(doors: list[Endpoint]) -> list[Probe]:
    """The way out, and the name server, as far as something lies beyond them."""
    outside = [door for door in doors if not door.is_local]
    ask = network.gateway if network.knows_gateway() else None  # without: unknown, never down
    found = [Probe(System("gateway", "gateway"), ask)] if outside else []
    name = next((door.host for door in outside if door.is_name), "")
    if name:
        found.append(Probe(System("names", "names"), partial(network.names, name)))
    return found


def _printers(around: Surroundings) -> list[Probe]:
    """Those that this station prints on. Many label printers take one connection at a time: a
    probe must be rare."""
    with around.store.read() as c:
        found = known.in_use(c, around.settings["station.name"])
    return [
        Probe(
            System(f"printer:{one.name}", "printer", one.name),
            partial(printer.state, one, around.home),
            every_s=60.0,
        )
        for one in found
    ]


def _scanner(settings: Settings) -> Probe:
    """A serial scanner has a port to look at; one that types like a keyboard is known by its
    scans only."""
    port = settings["scanner.serial_port"]
    ask = partial(local.device, Path(port)) if port.startswith("/") else None
    return Probe(SCANNER, ask, silent_s=0.0 if ask else _DAY_S)


def _scale(settings: Settings) -> list[Probe]:
    if not settings["scale.port"]:
        return []
    system = System(traffic.SCALE, "scale")
    return [Probe(system, partial(local.weighs, settings), every_s=60.0, noise_s=_SWINGS_S)]


def _disk(around: Surroundings) -> Reading:
    return local.disk(around.home, around.settings.number("health.disk_warn_mb"))


def _clock(around: Surroundings) -> Reading:
    server = around.settings["health.time_server"]
    with around.store.read() as c:
        newest = journal.newest_at(c, around.settings["station.name"])
    offset_s = partial(local.ntp_offset_s, server) if server else None
    return local.clock(around.clock(), newest, offset_s)
