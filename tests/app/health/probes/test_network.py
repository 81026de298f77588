"""Probes of doors, names and the way out, against real sockets."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.health.endpoint import Endpoint
from app.health.model import WELL, Cause
from app.health.probes.network import (
    default_gateway,
    door,
    has_other_way,
    knows_gateway,
    names,
)
from tests.support.doors import Door, certificate


def test_an_open_door_is_well_and_its_time_is_told() -> None:
    with Door() as server:
        reading = door(Endpoint(server.host, server.port))
    assert (reading.failed, reading.warned) == (WELL, WELL)
    assert reading.seconds
    assert reading.seconds < 1


def test_a_closed_door_refuses() -> None:
    with Door() as server:
        server.close()
        where = f"{server.host}:{server.port}"
        assert door(Endpoint(server.host, server.port)).failed == Cause("REFUSED", where)


def test_a_door_that_never_answers_is_given_up(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, days=90)
    with Door(tls=tls) as server:
        server.mood = "hang"
        endpoint = Endpoint("localhost", server.port, tls=True)
        assert door(endpoint, 0.2, str(trust)).failed.code == "TIMEOUT"


def test_a_door_that_cuts_the_line_is_said_to_do_so(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, days=90)
    with Door(tls=tls) as server:
        server.mood = "reset"
        reading = door(Endpoint("localhost", server.port, tls=True), 2, str(trust))
    assert reading.failed.code in ("RESET", "TLS_FAILED")


def test_a_slow_handshake_shows_in_the_time(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, days=90)
    with Door(tls=tls) as server:
        server.mood, server.delay_s = "slow", 0.3
        reading = door(Endpoint("localhost", server.port, tls=True), 5, str(trust))
    assert reading.failed == WELL
    assert reading.seconds
    assert reading.seconds >= 0.3


@pytest.mark.parametrize(
    ("days", "warned", "failed"),
    [(90, "", ""), (5.5, "CERT_EXPIRES", ""), (-1, "", "TLS_EXPIRED")],
)
def test_a_certificate_warns_before_its_end_and_fails_after_it(
    tmp_path: Path, days: float, warned: str, failed: str
) -> None:
    tls, trust = certificate(tmp_path, days=days)
    with Door(tls=tls) as server:
        reading = door(Endpoint("localhost", server.port, tls=True), 5, str(trust))
    assert (reading.warned.code, reading.failed.code) == (warned, failed)
    if warned:
        assert reading.warned.detail == "localhost, 5"


def test_a_certificate_of_another_or_of_nobody_is_not_trusted(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, days=90, name="loja.example")
    with Door(tls=tls) as server:
        endpoint = Endpoint("localhost", server.port, tls=True)
        assert door(endpoint, 5, str(trust)).failed.code == "TLS_NAME"
        assert door(endpoint, 5).failed.code == "TLS_UNTRUSTED"


def test_a_name_that_is_known_nowhere_is_said_to_be_unknown() -> None:
    assert names("localhost").failed == WELL
    assert names("nenhum.invalid").failed == Cause("NAME_UNKNOWN", "nenhum.invalid")


def test_the_router_is_that_of_the_default_route_with_the_lowest_metric(tmp_path: Path) -> None:
    def word(address: str) -> str:
        return socket.inet_aton(address)[::-1].hex().upper()

    table = tmp_path / "route"
    table.write_text(
        "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
        f"wlan0\t00000000\t{word('10.0.0.1')}\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
        f"eth0\t00000000\t{word('192.168.7.1')}\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
        f"eth0\t{word('192.168.7.0')}\t00000000\t0001\t0\t0\t100\t{word('255.255.255.0')}\t0\t0\t0\n"
    )
    assert default_gateway(table) == "192.168.7.1"
    assert default_gateway(tmp_path / "none") == ""
    assert knows_gateway(table)
    assert not knows_gateway(tmp_path / "none"), "elsewhere nobody knows, and nothing is said"


def test_a_way_out_without_an_ipv4_router_is_a_way_out(tmp_path: Path) -> None:
    head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
    none, nobody, zero = tmp_path / "none", tmp_path / "nobody", "0" * 32
    none.write_text(head)
    refusal = f"{zero} 00 {zero} 00 {zero} ffffffff 00000001 00000000 00200200       lo\n"
    nobody.write_text(refusal)
    assert not has_other_way(none, nobody)
    tunnel, six = tmp_path / "tunnel", tmp_path / "six"
    tunnel.write_text(head + "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n")
    assert has_other_way(tunnel, nobody)
    router = "fe800000000000000000000000000001"
    six.write_text(f"{zero} 00 {zero} 00 {router} 00000400 00000001 00000000 00000003 eth0\n")
    assert has_other_way(none, six)


@pytest.mark.parametrize(
    ("host", "local", "name"),
    [
        ("localhost", True, False),
        ("127.0.0.5", True, False),
        ("::1", True, False),
        ("192.168.0.9", False, False),
        ("api.loja.example", False, True),
    ],
)
def test_an_endpoint_knows_whether_it_needs_a_network(host: str, local: bool, name: bool) -> None:
    assert (Endpoint(host, 443).is_local, Endpoint(host, 443).is_name) == (local, name)
