"""Measures a call for help in a real window: when the hands are free again, when it is ready."""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

LOG_BYTES = 50_000_000
_LINE = "2026-11-25T05:00:00.000Z WARNING app.station PRINTER_DOWN unreachable, order 10001\n"
FRAME_MS = 1000 / 60


def support(home: Path, rounds: int = 10) -> dict[str, float | int]:
    """Ask for help `rounds` times over a demo warehouse with 50 MB of logs.

    Returns:
        Milliseconds from the click until Qt has the thread again, the longest that the window
        was away while the ticket was made, the same while nothing happens (the machine's own
        floor), seconds to the finished bundle, and its bytes.
    """
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.engine import Engine
    from app.rehearsal import Clock
    from ui.console import Console
    from ui.receiver import ScanReceiver
    from ui.screenshots import SIZE, settle
    from ui.window import Window

    app = QApplication.instance() or QApplication([])
    engine = Engine.open(home, demo=True, clock=Clock())
    try:
        _fill_logs(home)
        window = Window(Console(engine), ScanReceiver(app), None)
        window.resize(*SIZE)
        window.show()
        settle(500)
        idle = _away(lambda: settle(500))
        clicks, away, ready, size = [], [], [], 0
        for _ in range(rounds):
            began = time.perf_counter()
            window.helper.ask()
            clicks.append((time.perf_counter() - began) * 1000)
            away.append(_away(lambda: _until_made(window.helper, settle)))
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
        "away_ms_idle": round(idle, 1),
        "away_ms_median": round(statistics.median(away), 1),
        "away_ms_worst": round(max(away), 1),
        "bundle_s_median": round(statistics.median(ready), 2),
        "bundle_s_worst": round(max(ready), 2),
        "bundle_bytes": size,
    }


def _until_made(helper: object, settle: Callable[[int], None]) -> None:
    while getattr(helper, "is_making", False):
        settle(5)


def _away(work: Callable[[], object]) -> float:
    """Milliseconds of the longest stretch in which Qt's thread could do nothing else."""
    from PySide6.QtCore import QTimer

    beats = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start(0)
    work()
    timer.stop()
    beats.append(time.perf_counter())
    return max(b - a for a, b in itertools.pairwise(beats)) * 1000


def _fill_logs(home: Path) -> None:
    from app.support import log

    log.folder(home).mkdir(parents=True, exist_ok=True)
    part = _LINE * (LOG_BYTES // log.FILES // len(_LINE))
    for n in range(log.FILES):
        name = "expedita.log" if n == 0 else f"expedita.log.{n}"
        (log.folder(home) / name).write_text(part, encoding="utf-8")
