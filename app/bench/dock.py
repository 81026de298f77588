"""How the dock's cost grows with a manifest: scans, the page's view, closing and handing over."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.bench import warehouse
from app.bench.report import Report, median
from app.bench.warehouse import expect, timed
from app.demo import PIN
from app.domain.decision import Outcome
from app.domain.dispatch import Close, Handover
from app.engine import Engine
from app.rehearsal import Clock

CARRIER, SERVICE = "correios", "03220"
FEW = 50  # packages of the floor's manifest
_OF_EACH = 9  # orders of the warehouse for each that is packed for this carrier's service


class _Times(Struct):
    """Seconds of each scan with its view, of the two ends, and from the close to the paper."""

    scans: list[float]
    others: list[float]  # after somebody else wrote: what waits for the manifest is read anew
    closed: float
    printed: float
    handed_over: float


def run(folder: Path, packages: int, scans: int) -> Report:
    """Load a manifest of so many packages, which are all scanned; the floor is one of a few.

    Of every two scans, the second comes after another process has written.
    """
    times = _load(folder / "many", packages, scans)
    floor = _load(folder / "few", FEW, scans)
    return Report(
        "dock",
        median(times.scans + times.others) * 1000,
        "ms",
        len(times.scans) + len(times.others),
        floor=median(floor.scans + floor.others) * 1000,
        more={
            "packages": packages,
            "alone_ms": median(times.scans) * 1000,
            "beside_others_ms": median(times.others) * 1000,
            "close_s": times.closed,
            "paper_s": times.printed,
            "hand_over_s": times.handed_over,
        },
    )


def _load(home: Path, packages: int, measured: int) -> _Times:
    warehouse.make(home, packages * _OF_EACH, skus=1_000)
    other = warehouse.raw(home)
    codes = _pack(other, packages)
    engine = Engine.open(home, demo=True, exclusive=True, clock=Clock())
    station = engine.station
    times = _Times([], [], 0.0, 0.0, 0.0)
    try:
        expect(station.sign_in("DEMO", PIN), Outcome.OK)
        expect(station.open_manifest(CARRIER, SERVICE), Outcome.OK)

        def scan(code: str) -> None:
            expect(station.scan(code), Outcome.OK)
            station.view()

        for at, code in enumerate(codes):
            kept = times.others if at % 2 else times.scans
            if at % 2:
                other.execute("UPDATE products SET name = name WHERE sku = 'BENCH-000000'")
            began = time.perf_counter()
            scan(code)
            spent = time.perf_counter() - began
            if at < measured:
                kept.append(spent)

        def act(action: Close | Handover) -> float:
            return timed(lambda: expect(station.act(action), Outcome.OK, Outcome.DONE))

        times.closed = act(Close())
        times.printed = timed(lambda: _await_paper(home))
        times.handed_over = act(Handover("ABC1D23", "Motorista Inventado", "00000000191"))
    finally:
        other.close()
        engine.close()
    return times


def _await_paper(home: Path) -> None:
    """Until the romaneio lies in the folder that takes the place of a printer."""
    while not any((home / "printed").glob("romaneio-*")):
        time.sleep(0.005)


def _pack(db: Any, packages: int) -> list[str]:
    """Have so many orders of the carrier stand packed, each in one box with a label of a usual
    size; their tracking codes."""
    found = db.execute(
        "SELECT id FROM orders WHERE source = 'history' AND carrier = ? AND service_code = ?"
        " AND state = 'DELIVERED' LIMIT ?",
        (CARRIER, SERVICE, packages),
    ).fetchall()
    db.execute("BEGIN")
    for (order_id,) in found:
        for statement in _BOX:
            values = {"order": order_id, "bytes": _LABEL_BYTES}
            db.execute(statement, {k: v for k, v in values.items() if f":{k}" in statement})
    db.execute("COMMIT")
    return [f"BENCH-{order_id}" for (order_id,) in found]


_LABEL_BYTES = 40_000
_BOX = (
    "UPDATE orders SET state = 'PACKED' WHERE warehouse_id = 1 AND id = :order",
    "INSERT INTO packages (warehouse_id, order_id, package_no, box, state, label_id, manifest_id)"
    " VALUES (1, :order, 1, '', 'VERIFIED', 'BENCH-' || :order, '')",
    "INSERT INTO labels (warehouse_id, id, order_id, package_no, tracking, address_version, state,"
    " copies, created_at, zpl, pdf)"
    " VALUES (1, 'BENCH-' || :order, :order, 1, 'BENCH-' || :order, 1, 'VERIFIED', 1,"
    " '2026-11-24 10:00:00.000000', x'', randomblob(:bytes))",
)
