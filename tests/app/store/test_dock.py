from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.dispatch_task import ExpectedPackage
from app.engine import Engine
from app.store import dock
from tests.support import homes

CARRIER, SERVICE = "correios", "03220"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = homes.demo(tmp_path / "home")
    with made.store.write() as c:
        c.exec_driver_sql("DELETE FROM packages")
        c.exec_driver_sql("DELETE FROM labels")
    yield made
    made.close()


def _pack(
    c: Connection, *volumes: str, service: str = SERVICE, state: str = "PACKED", manifest: str = ""
) -> int:
    """One of the demo's orders as packed, each volume under a tracking code."""
    lane = (
        "SELECT o.id FROM orders o JOIN lanes l"
        " ON l.warehouse_id = o.warehouse_id AND l.id = o.lane"
        " WHERE l.carrier = ? AND o.id NOT IN (SELECT order_id FROM packages)"
        " ORDER BY o.id LIMIT 1"
    )
    order_id: int = c.exec_driver_sql(lane, (CARRIER,)).scalar_one()
    c.exec_driver_sql(
        "UPDATE orders SET state = ?, carrier = ?, service_code = ?, hold = '', problem = '',"
        " parked = '' WHERE id = ?",
        (state, CARRIER, service, order_id),
    )
    for no, tracking in enumerate(volumes, 1):
        c.exec_driver_sql(
            "INSERT INTO packages (warehouse_id, order_id, package_no, state, label_id,"
            " manifest_id, box) VALUES (1, ?, ?, 'VERIFIED', ?, ?, '')",
            (order_id, no, f"L-{tracking}", manifest),
        )
        c.exec_driver_sql(
            "INSERT INTO labels (warehouse_id, id, order_id, package_no, tracking, address_version,"
            " state, copies, created_at, zpl, pdf)"
            " VALUES (1, ?, ?, ?, ?, 1, 'VERIFIED', 1, '2026-11-24 10:00:00.000000', x'00', x'00')",
            (f"L-{tracking}", order_id, no, tracking),
        )
    return order_id


def test_a_manifest_expects_what_is_on_it_and_what_is_packed_for_its_service(
    engine: Engine,
) -> None:
    with engine.store.write() as c:
        one = _pack(c, "T1")
        two = _pack(c, "T2-1", "T2-2")
        _pack(c, "T3", service="04162")
        _pack(c, "T4", state="PACKING")
        on_it = _pack(c, "T5", state="MANIFESTED", manifest="R-1")
        _pack(c, "T6", state="MANIFESTED", manifest="R-2")
        found = dock.for_manifest(c, "R-1", CARRIER, SERVICE)
        numbers = {row[0]: row[1] for row in c.exec_driver_sql("SELECT id, number FROM orders")}
    assert found == {
        "T1": ExpectedPackage(one, numbers[one], 1, 1, "T1"),
        "T2-1": ExpectedPackage(two, numbers[two], 1, 2, "T2-1"),
        "T2-2": ExpectedPackage(two, numbers[two], 2, 2, "T2-2"),
        "T5": ExpectedPackage(on_it, numbers[on_it], 1, 1, "T5"),
    }


def test_a_voided_label_is_expected_no_more(engine: Engine) -> None:
    """Its package bears another one, or none."""
    with engine.store.write() as c:
        order_id = _pack(c, "T1")
        c.exec_driver_sql("UPDATE packages SET label_id = '' WHERE order_id = ?", (order_id,))
        assert dock.for_manifest(c, "R-1", CARRIER, SERVICE) == {}


def test_of_a_package_all_is_seen_at_once(engine: Engine) -> None:
    with engine.store.write() as c:
        order_id = _pack(c, "T1", "T2")
        for key, status in (
            ("1" * 44, "CANCELLED"),
            ("2" * 44, "AUTHORIZED"),
            ("3" * 44, "MISMATCH"),
        ):
            c.exec_driver_sql(
                "INSERT INTO invoices (warehouse_id, key, order_id, order_ref, status,"
                " differences, xml, received_at) VALUES (1, ?, ?, '', ?, '[]', x'', ?)",
                (key, order_id, status, f"2026-11-24 1{key[0]}:00:00.000000"),
            )
        c.exec_driver_sql("DELETE FROM packages WHERE package_no = 2 AND order_id = ?", (order_id,))
        first, second = sorted(dock.seen(c, ("T1", "T2", "T9")), key=lambda one: one.tracking)
    assert (first.order_id, first.invoice, first.packages) == (order_id, "AUTHORIZED", 1)
    assert (first.state, second.state, second.label_state) == ("VERIFIED", "", "VERIFIED")
