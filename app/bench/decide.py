"""How many decisions a second the rules make: no store, no screen, no clock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from app.bench.report import Report, median
from app.bench.shift import Asked, Recorder
from app.engine import Engine
from app.rehearsal import Clock


def run(home: Path, waves: int = 10, repeats: int = 25) -> Report:
    """Record a shift of so many waves in `home`, an empty folder, then put it to the rules anew.

    The figure is the median of `repeats` times through the whole shift, by the processor's time.
    Each task remembers what prompt and screen had asked of it when its scan came, and no more.
    """
    engine = Engine.open(home, demo=True, clock=Clock())
    try:
        asked = Recorder(engine).record(waves)
    finally:
        engine.close()
    _again(asked)
    kinds: dict[str, list[Asked]] = {}
    for one in asked:
        kinds.setdefault(one.kind, []).append(one)
    of_kind = {f"{kind}_per_s": _rate(some, repeats) for kind, some in kinds.items()}
    return Report("decide", _rate(asked, repeats), "decisions/s", len(asked), more=of_kind)


def _rate(asked: Sequence[Asked], repeats: int) -> float:
    return len(asked) / median([_processor_s(asked) for _ in range(repeats)])


def _processor_s(asked: Sequence[Asked]) -> float:
    """Of this thread alone: what others do on the machine meanwhile is not the rules' time."""
    asked = [one.anew() for one in asked]
    began = time.thread_time()
    _again(asked)
    return time.thread_time() - began


def _again(asked: Sequence[Asked]) -> None:
    for one in asked:
        one.rules.decide(one.task, one.scan, one.context)
