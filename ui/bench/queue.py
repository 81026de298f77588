"""What the order list costs over a million orders: opened, scrolled, and filtered as one types.

Each size has processes of its own, in turns, so that their memory can be compared; the floor is the
same over a thousand orders.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QTableView

from app.bench import warehouse
from app.bench.report import Report, median, percentile, ratio
from ui.bench.stage import Stage, settle, stage

FEW = 1_000
ROWS_A_STEP = 4
JUMPS = 20
ROUNDS = 3
TYPED = ("sedex", "B00001", "BENCH-0001", "loja correios", "atacado bench-00")


def run(home: Path, orders: int = 1_000_000, steps: int = 200, skus: int = 100_000) -> Report:
    """Measure in `home`, an empty folder: medians over the rounds."""
    for name, count in (("few", FEW), ("many", orders)):
        warehouse.make(home / name, count, skus)
    found: dict[str, list[dict[str, float]]] = {"few": [], "many": []}
    for _ in range(ROUNDS):
        for name, rounds in found.items():
            rounds.append(_beside(home / name, steps))
    few, many = (
        {key: median([one[key] for one in rounds]) for key in rounds[0]}
        for rounds in (found["few"], found["many"])
    )
    more: dict[str, Any] = {}
    for key in few:
        more |= {key: many[key], f"few_{key}": few[key]}
        more[f"{key}_ratio"] = ratio(many[key], few[key])
    # The time of all that is done: opening, every step and every key.
    return Report("queue", many["whole_ms"], "ms", steps, few["whole_ms"], more)


def _beside(home: Path, steps: int) -> dict[str, float]:
    """Measure in a process of its own."""
    words = [sys.executable, "-c", _START, str(home), str(steps)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


_START = "import sys; from ui.bench.queue import main; main(sys.argv[1], int(sys.argv[2]))"


def main(home: str, steps: int) -> None:
    print(json.dumps(measure(Path(home), steps)))


def measure(home: Path, steps: int) -> dict[str, float]:
    """Milliseconds and megabytes, in this process."""
    import psutil

    with stage(home) as made:
        made.sign_in()
        looker = _Looker(made)
        opened = looker.open()
        frames = looker.scroll(steps)
        jumps = looker.jump(JUMPS)
        typed = looker.type()
        settle(200)
        memory = psutil.Process().memory_info()
        return {
            "whole_ms": opened + sum(frames) + sum(typed),
            "open_ms": opened,
            "frame_ms": median(frames),
            "frame_p99_ms": percentile(frames, 99),
            "jump_ms": median(jumps),
            "typed_ms": median(typed),
            "typed_p99_ms": percentile(typed, 99),
            "memory_mb": memory.rss / 1e6,
        }


class _Looker(QObject):
    """Looks through the order list, and waits each time until its rows are painted."""

    _flushed = Signal(int)

    def __init__(self, made: Stage) -> None:
        super().__init__()
        self._stage = made
        page = made.window.page("orders")
        table, words = page.findChild(QTableView), page.findChild(QLineEdit)
        assert table is not None
        assert words is not None
        self._table, self._words = table, words
        self._wait = QEventLoop()
        self._flushed.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        table.viewport().installEventFilter(self)
        self._is_new = False
        self._turn = 0
        table.model().modelReset.connect(self._came)

    def open(self) -> float:
        began = time.perf_counter()
        self._is_new = False
        self._stage.window.open("orders")
        return self._until_painted(began)

    def scroll(self, steps: int) -> list[float]:
        """Down from the top, as by a wheel."""
        return [self._move(step * ROWS_A_STEP) for step in range(1, steps + 1)]

    def jump(self, times: int) -> list[float]:
        """To places spread over the whole list, as by its bar."""
        end = self._table.verticalScrollBar().maximum()
        return [self._move(end * at // times) for at in range(1, times + 1)]

    def _move(self, row: int) -> float:
        began = time.perf_counter()
        self._table.verticalScrollBar().setValue(row)
        return self._until_painted(began)

    def type(self) -> list[float]:
        """Words a key at a time; each key's rows are waited for."""
        times = []
        for words in TYPED:
            for length in range(1, len(words) + 1):
                began = time.perf_counter()
                self._is_new = False
                self._words.setText(words[:length])
                times.append(self._until_painted(began))
        return times

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._is_new and self._has_rows():
            self._flushed.emit(self._turn)
        return False

    def _came(self) -> None:
        self._is_new = True

    def _has_rows(self) -> bool:
        """Whether the rows in sight are there; an empty list has none to wait for."""
        model = self._table.model()
        if not model.rowCount():
            return True
        first = self._table.indexAt(self._table.viewport().rect().topLeft()).row()
        return bool(model.index(first, 1).data())

    def _until_painted(self, began: float) -> float:
        self._ended = 0.0
        self._turn += 1
        self._table.viewport().update()
        self._wait.exec()
        return (self._ended - began) * 1000

    def _painted(self, turn: int) -> None:
        if turn == self._turn and not self._ended:
            self._ended = time.perf_counter()
            self._wait.quit()
