"""The real window, driven by real keys and killed while it works."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.codes import own_code
from app.engine import Engine
from app.soak import goods, hands, promises
from app.soak.paper import Paper
from app.station.views import StationView
from app.store import journal, tasks
from tests.support.desktop import ConsoleProcess, Desktop, until

KILLS = 24
ORDERS = 40


class Calm(random.Random):
    """An operator who never scans a wrong code."""

    def random(self) -> float:
        return 1.0


class Bench:
    """A warehouse, the hands before its window, and an onlooker's engine on the same store."""

    def __init__(self, desktop: Desktop, home: Path, paper: Paper) -> None:
        self.desktop = desktop
        self.home = home
        self.paper = paper
        self.stock = goods.make(home, paper.port)
        self.engine = Engine.open(home)
        self.engine.backups.key_was_kept()
        self.engine.set_setting("scanner.max_gap_ms", "60")
        path = home.parent / "orders.jsonl"
        self.numbers = goods.order_file(path, 10_000, ORDERS)
        self.engine.import_unattended(path)

    def entries(self) -> int:
        with self.engine.store.read() as c:
            return journal.head(c, goods.STATION)[0]

    def view(self) -> StationView:
        """The task in hand as the window made it durable."""
        while True:
            before, seen, after = self._task(), self._seen(), self._task()
            if before == after:  # else the window went on meanwhile
                return seen

    def _task(self) -> str:
        with self.engine.store.read() as c:
            row = tasks.open_task(c, goods.STATION)
            return row.id if row else ""

    def _seen(self) -> StationView:
        onlooker = Engine.open(self.home)
        try:
            onlooker.operators._hasher = goods.HASHER
            onlooker.station.sign_in(goods.BADGE, goods.PIN)
            return onlooker.station.view()
        finally:
            onlooker.close()

    def start(self) -> ConsoleProcess:
        console = ConsoleProcess(self.desktop, self.home)
        before = self.entries()
        self.desktop.changes(lambda: self.desktop.scan(own_code("U", goods.BADGE)))
        self.desktop.type(goods.PIN + "\n")
        until(lambda: self.entries() > before, "the sign-in", 60)
        time.sleep(0.3)
        return console

    def do(self, move: hands.Move) -> None:
        """Do with keys what `move` says, and wait for nothing."""
        match move.name:
            case "scan":
                self.desktop.scan(str(move.words[0]))
            case "open_pack":
                self.desktop.scan(own_code("O", str(move.words[0])))
            case "act":  # a label that is nowhere to be seen
                self.desktop.scan(own_code("C", "REIMPRIMIR"))
            case _:
                self.desktop.key("F1")
                time.sleep(0.2)
                self.desktop.key("F10")

    def next_move(self) -> hands.Move:
        with self.engine.store.read() as c:
            move = hands.next_move(self.view(), c, self.paper, Calm())
        assert move is not None, "the orders are used up"
        return move

    def check(self) -> None:
        with self.engine.store.read() as c:
            broken = [
                *promises.counted_once(c, goods.STATION, self.stock),
                *promises.no_order_is_stuck(c),
                *promises.labels_are_right(c, self.paper),
                *promises.orders_came_once(c, self.numbers),
            ]
        assert broken == []


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Desktop() as desktop, Paper() as paper:
        made = Bench(desktop, tmp_path / "home", paper)
        yield made
        made.engine.close()


def test_the_window_killed_at_any_moment_keeps_every_promise(bench: Bench) -> None:
    chance = random.Random(1125)
    for _ in range(KILLS):
        console = bench.start()
        for _ in range(chance.randint(0, 3)):
            count = bench.entries()
            bench.do(bench.next_move())
            until(lambda count=count: bench.entries() > count, "an entry", 60)
        bench.do(bench.next_move())
        time.sleep(chance.uniform(0, 0.2))
        seen = bench.entries()
        console.kill()
        bench.check()
        assert bench.entries() >= seen, "what was in the journal is still there"
        # The next life's moves are read from the journal: the window takes them only where it
        # resumed the very task.
