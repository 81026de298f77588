from __future__ import annotations

from pathlib import Path

from app.bench import orders_server
from app.bench.sync import run
from app.connectors import orderfile


def test_the_servers_orders_are_good_and_always_the_same() -> None:
    first = orderfile.order_of(orders_server.order(7))
    assert first == orderfile.order_of(orders_server.order(7))
    assert len(first.lines) == orders_server.LINES
    assert first.address.cep != orderfile.order_of(orders_server.order(8)).address.cep


def test_a_small_run_takes_every_order_while_scans_go_on(tmp_path: Path) -> None:
    report = run(tmp_path, 600)
    assert report.orders == 600
    assert report.scans > 0
    assert report.orders_per_s > 0
    assert 0 < report.scan_p50_ms <= report.scan_p99_ms <= report.scan_max_ms
    assert report.of_floor > 0
