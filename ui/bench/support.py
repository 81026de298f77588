"""Measures a call for help in a real window: when the hands are free again, when it is ready."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from pathlib import Path

LOG_BYTES = 50_000_000
_LINE = "2026-11-25T05:00:00.000Z WARNING app.station PRINTER_DOWN unreachable, order 10001\n"
FRAME_MS = 1000 / 60


def run(home: Path, rounds: int = 10) -> dict[str, float | int]:
    """Ask for help `rounds` times over a demo warehouse with 50 MB of logs.

    Returns:
        Milliseconds from the click until Qt has the thread again; the longest that the window was
        away while the ticket was made, and in the same window with nothing to do, for as long and
        just before (the machine's own floor), and how the two stand to each other; how many
        frames were missed in a second of each; seconds to the finished bundle, and its bytes.
    """
    from app.engine import Engine
    from app.rehearsal import Clock
    from ui.bench.bare import application
    from ui.console import Console
    from ui.receiver import ScanReceiver
    from ui.screenshots import SIZE, settle
    from ui.window import Window

    app = application()
    engine = Engine.open(home, demo=True, clock=Clock())
    try:
        _fill_logs(home)
        window = Window(Console(engine), ScanReceiver(app), None)
        window.resize(*SIZE)
        window.show()
        settle(500)
        clicks, ready, size = [], [], 0
        idle, making = Beats(), Beats()
        for _ in range(rounds):
            idle.take(lambda: settle(int(1000 * ready[-1]) if ready else 1000))
            began = time.perf_counter()
            window.helper.ask()
            clicks.append((time.perf_counter() - began) * 1000)
            making.take(lambda: _until_made(window.helper, settle))
            ready.append(time.perf_counter() - began)
            tag = engine.support.tickets.listed()[0].id
            size = sum(len(item) for item in engine.support.tickets.items(tag).values())
            window.helper.drop(tag)
            settle(100)
        window.close()
    finally:
        engine.close()
    return {
        "rounds": rounds,
        "log_bytes": LOG_BYTES,
        "frame_ms": round(FRAME_MS, 1),
        "click_ms_median": round(statistics.median(clicks), 1),
        "click_ms_worst": round(max(clicks), 1),
        "away_ms_idle_median": round(idle.median_ms, 1),
        "away_ms_idle_worst": round(max(idle.longest_ms), 1),
        "away_ms_median": round(making.median_ms, 1),
        "away_ms_worst": round(max(making.longest_ms), 1),
        "away_ratio": round(making.median_ms / idle.median_ms, 2),
        "missed_a_second_idle": round(idle.missed_a_second, 2),
        "missed_a_second": round(making.missed_a_second, 2),
        "bundle_s_median": round(statistics.median(ready), 2),
        "bundle_s_worst": round(max(ready), 2),
        "bundle_bytes": size,
    }


def _until_made(helper: object, settle: Callable[[int], None]) -> None:
    while getattr(helper, "is_making", False):
        settle(5)


class Beats:
    """How long Qt's thread was away at the longest, of several stretches, and the frames of a
    60 Hz screen that it missed."""

    def __init__(self) -> None:
        self.longest_ms: list[float] = []
        self._missed = 0
        self._seconds = 0.0

    @property
    def median_ms(self) -> float:
        return statistics.median(self.longest_ms)

    @property
    def missed_a_second(self) -> float:
        return self._missed / self._seconds

    def take(self, work: Callable[[], object]) -> None:
        """Watch the thread's heart while `work` runs its event loop."""
        from PySide6.QtCore import QTimer

        beats = [time.perf_counter()]
        timer = QTimer()
        timer.timeout.connect(lambda: beats.append(time.perf_counter()))
        timer.start(0)
        work()
        timer.stop()
        beats.append(time.perf_counter())
        gaps_ms = [(b - a) * 1000 for a, b in itertools.pairwise(beats)]
        self.longest_ms.append(max(gaps_ms))
        self._missed += sum(int(gap_ms // FRAME_MS) for gap_ms in gaps_ms)
        self._seconds += beats[-1] - beats[0]


def _fill_logs(home: Path) -> None:
    from app.support import log

    log.folder(home).mkdir(parents=True, exist_ok=True)
    part = _LINE * (LOG_BYTES // log.FILES // len(_LINE))
    for n in range(log.FILES):
        name = "expedita.log" if n == 0 else f"expedita.log.{n}"
        (log.folder(home) / name).write_text(part, encoding="utf-8")
