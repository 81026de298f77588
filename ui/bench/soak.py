"""A shift of scans in one console, to see that its memory doesn't grow."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app.bench import warehouse
from app.bench.report import rounded
from ui.bench.stage import Hands, Stage, settle, stage

SAMPLES = 20
WARM = 0.2  # of the shift: caches fill, and what is loaded late is loaded
PAGES = ("orders", "exceptions", "status", "dispatch", "pick")
ORDERS_PER_SCAN = 0.3  # more than are picked


class ScansReport(Struct, frozen=True):
    """Megabytes held; `per_10000_mb` is the slope of a line through all after the warm-up."""

    scans: int
    seconds: float
    warm_mb: float
    end_mb: float
    most_mb: float
    per_10000_mb: float
    samples_mb: tuple[float, ...]


def run(home: Path, scans: int, tell: Callable[[int], None]) -> ScansReport:
    """Scan so often in `home`, an empty folder, with a look at other pages now and then."""
    import psutil

    warehouse.make(home, int(scans * ORDERS_PER_SCAN) * 5 + 100, 1_000)
    process = psutil.Process()
    began = time.perf_counter()
    at: list[int] = []
    held: list[float] = []
    with stage(home) as made:
        made.engine.health.start()  # as in every console: it takes what scans leave to be watched
        made.sign_in()
        hands = Hands(made)
        for n in range(1, scans + 1):
            hands.scan()
            if n % max(scans // SAMPLES, 1) == 0:
                _look_around(made)
                gc.collect()
                at.append(n)
                held.append(process.memory_info().rss / 1e6)
                tell(n)
    warm = next(k for k, n in enumerate(at) if n >= scans * WARM)
    slope = statistics.linear_regression(at[warm:], held[warm:]).slope if warm + 1 < len(at) else 0
    return ScansReport(
        scans,
        rounded(time.perf_counter() - began),
        rounded(held[warm]),
        rounded(held[-1]),
        rounded(max(held)),
        rounded(slope * 10_000),
        tuple(rounded(mb) for mb in held),
    )


def _look_around(made: Stage) -> None:
    for page in PAGES:
        made.window.open(page)
        settle(50)
