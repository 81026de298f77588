"""How long a scan takes from its last key to the painted answer, in a window over a big store.

The floor is measured in the same run, block by block and in the same rhythm: the very same writes
by plain statements to a copy of the store, and one painting of the same answer.
"""

from __future__ import annotations

import time
from pathlib import Path

from app.bench import importing, warehouse
from app.bench.raw import Copy, Writes
from app.bench.report import Report, percentile, ratio
from app.bench.warehouse import expect, timed
from app.domain.decision import Outcome
from ui.bench.stage import REST_MS, Hands, settle, stage

BLOCK = 100  # scans, then as many times the floor
PARTS = 5  # files of an import
PAUSE_MS = 100  # from a scan's page to the next scan: faster than anybody works
MOST_IDLE = 100  # scans between two parts


def run(home: Path, scans: int = 5_000, orders: int = 1_000_000, skus: int = 100_000) -> Report:
    """Measure in `home`, an empty folder."""
    warehouse.make(home / "store", orders, skus)
    with stage(home / "store") as made:
        made.sign_in()
        hands = Hands(made)
        for _ in range(min(BLOCK, scans)):
            hands.scan()  # warms up, and isn't counted
        copy = Copy(home / "store", home / "copy")
        times: list[float] = []
        floors: list[float] = []
        writes = Writes(made.engine.store)
        while len(times) < scans:
            with writes.watching():
                for _ in range(min(BLOCK, scans - len(times))):
                    times.append(hands.scan())
                    writes.end_scan()
            hands.keep_answer()
            for one in writes.take():
                settle(REST_MS)  # as before each scan: neither finds all it needs at hand
                floors.append(timed(lambda one=one: copy.write(one)) + timed(hands.overlay.repaint))
        copy.close()
    return report("scan", times, floors)


def busy(
    home: Path, imported: int = 100_000, orders: int = 1_000_000, skus: int = 100_000
) -> Report:
    """The same while orders are imported beside it; its floor are scans while nothing else runs.

    Idle scans and imports take turns, so that both meet the same machine. Scans come with a short
    pause between them, so that they meet the import at any of its moments.
    """
    warehouse.make(home / "store", orders, skus)
    idle: list[float] = []
    times: list[float] = []
    seconds = 0.0
    with stage(home / "store") as made:
        made.sign_in()
        hands = Hands(made)
        for part in range(PARTS):
            file = home / f"part{part}.jsonl"
            importing.write_file(file, imported * part // PARTS, imported * (part + 1) // PARTS)
            before = len(times)
            began = time.perf_counter()
            future = made.engine.submit_background(made.engine.import_unattended, file)
            while not future.done():
                settle(PAUSE_MS)
                times.append(hands.scan())
            seconds += time.perf_counter() - began
            expect(future.result(), Outcome.DONE)
            for _ in range(min(max(len(times) - before, 10), MOST_IDLE)):
                settle(PAUSE_MS)
                idle.append(hands.scan())
    made_report = report("scan-busy", times, idle)
    made_report.more["imported_per_s"] = imported / seconds
    return made_report


def report(name: str, times: list[float], floors: list[float]) -> Report:
    """The 99th of a hundred scans beside the floor's, in milliseconds."""
    ms, floor_ms = [t * 1000 for t in times], [t * 1000 for t in floors]
    p50, floor_p50 = percentile(ms, 50), percentile(floor_ms, 50)
    more = {
        "p50_ms": p50,
        "floor_p50_ms": floor_p50,
        "p50_ratio": ratio(p50, floor_p50),
        "max_ms": max(ms),
        "floor_max_ms": max(floor_ms),
    }
    return Report(name, percentile(ms, 99), "ms p99", len(ms), percentile(floor_ms, 99), more)
