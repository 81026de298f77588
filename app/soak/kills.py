"""Kills a working console again and again, and looks each time whether every promise was kept."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.security.keys import store_key
from app.soak import goods, hands, promises
from app.soak.answer import Answer
from app.soak.paper import Paper
from app.soak.process import Console, Killed, Nursery
from app.store.database import HEAD, REVISIONS, Store, schema_version
from app.store.integrity import faults_of

ROUND = 120  # kills in one warehouse, before a fresh one
LIFE = 60  # moves after which a console that no fault met is killed anyway
ORDERS = 12  # orders in a file
PLACES = ("statement", "commit", "committed", "printing", "printed", "answer", "any moment")
_DEEPEST = {"statement": 250, "commit": 10, "committed": 10, "answer": 10}


@dataclass
class Report:
    """What was done and what was found. `broken` holds a sentence for each promise not kept."""

    kills: int = 0
    during: Counter[str] = field(default_factory=Counter)  # the work that a kill met
    at: Counter[str] = field(default_factory=Counter)  # the place where it stood
    scans: int = 0  # calls of the station that were answered
    shipped: int = 0
    labels: int = 0
    copies: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)


class Soak:
    """Works in `folder`, which is empty or not there. The same seed makes the same plan of kills;
    when the system lets a process die is never quite the same."""

    def __init__(
        self, folder: Path, seed: int, tell: Callable[[Report], None] = lambda report: None
    ) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._tell = tell
        self.report = Report()

    def run(self, kills: int) -> Report:
        """Kill so many times; stops at the first warehouse with a broken promise."""
        started = time.monotonic()
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with Nursery() as nursery:
                number = 0
                while self.report.kills < kills and not self.report.broken:
                    number += 1
                    home = self._folder / f"warehouse-{number}"
                    with Paper() as paper:
                        Warehouse(home, nursery, paper, self._chance, self.report).work(
                            min(kills, self.report.kills + ROUND), self._tell
                        )
                    if not self.report.broken:
                        shutil.rmtree(home)
        finally:  # it may be ended before, and what was reached counts
            self.report.seconds = time.monotonic() - started
        return self.report


class Warehouse:
    """One warehouse and the consoles that work in it, one after another."""

    def __init__(
        self, home: Path, nursery: Nursery, paper: Paper, chance: random.Random, report: Report
    ) -> None:
        self._home = home
        self._nursery = nursery
        self._paper = paper
        self._chance = chance
        self._report = report
        self._stock = goods.make(home, paper.port)
        self._key = store_key(home)[0]
        self._store = Store.open(home / "expedita.db", self._key)
        self._last = Answer(None)
        self._taken: list[str] = []  # numbers of orders whose file was taken in
        self._file: tuple[Path, list[str]] | None = None  # a file that is not yet known as taken
        self._files = 0
        self._met = ("nothing", "any moment")  # the work and the place of the last kill

    def work(self, until: int, tell: Callable[[Report], None]) -> None:
        """Work and be killed until the report has so many kills."""
        try:
            while self._report.kills < until and not self._report.broken:
                if self._chance.random() < 0.1:
                    self._kill_a_migration()
                else:
                    self._live_and_die()
                tell(self._report)
            if not self._report.broken:
                console = self._nursery.console(self._home)
                self._look(console.opened(), console)
                console.close()
            self._account()
        finally:
            self._store.close()

    # --- one life ---------------------------------------------------------------------------

    def _live_and_die(self) -> None:
        """A console starts, is held to what the ones before it promised, works, and is killed."""
        place = self._chance.choice(PLACES)
        fault = f"{place}:{self._chance.randint(1, _DEEPEST.get(place, 1))}:kill"
        in_peace = self._chance.random() < 0.8  # else the kill may meet the start itself
        phase = "start"
        try:
            console = self._nursery.console(self._home, "" if in_peace else fault)
            self._look(console.opened(), console)
            if in_peace and place != "any moment":
                console.call("arm", fault)
            if self._chance.random() < 0.15:  # orders come while there is work, too
                move = self._bring_orders()
                phase = move.phase
                self._heard(console.call(move.name, *move.words), move)
            for _ in range(self._chance.randint(0, 25) if place == "any moment" else LIFE):
                move = self._next(self._last)
                phase = move.phase
                self._heard(console.call(move.name, *move.words), move)
            place = "any moment"
            move = self._next(self._last)
            phase = move.phase
            patience_s = self._chance.uniform(0, 0.03)
            self._heard(console.call(move.name, *move.words, kill_after_s=patience_s), move)
            console.kill()
        except Killed:
            pass
        self._met = (phase, place)
        self._report.kills += 1
        self._report.during[phase] += 1
        self._report.at[place] += 1

    def _next(self, answer: Answer) -> hands.Move:
        assert answer.view is not None, answer.result
        with self._store.read() as c:
            move = hands.next_move(answer.view, c, self._paper, self._chance)
        return move or self._bring_orders()

    def _bring_orders(self) -> hands.Move:
        if self._file is None:
            path = self._home.parent / f"{self._home.name}-{self._files}.jsonl"
            numbers = goods.order_file(path, 10_000 + self._files * ORDERS, ORDERS)
            self._files += 1
            self._file = (path, numbers)
        return hands.Move("import", "import", (self._file[0],))

    def _heard(self, answer: Answer, move: hands.Move) -> Answer:
        """An answer is what the operator saw: from here on it is promised."""
        self._report.scans += 1
        self._last = answer
        if move.phase == "import" and self._file:
            path, numbers = self._file
            self._taken += numbers
            self._file = None
            path.unlink()
        return answer

    # --- looking ----------------------------------------------------------------------------

    def _look(self, opened: Answer, console: Console) -> None:
        """Hold a console that just started to what was promised before the last kill."""
        if opened.view is None:
            self._found([f"the console does not open: {opened.result}"])
            raise Killed
        now = console.call("sign_in", goods.BADGE, goods.PIN)
        with self._store.read() as c:
            self._found(promises.kept(self._last, opened, now, c, goods.STATION))
            self._found(promises.counted_once(c, goods.STATION, self._stock))
            self._found(promises.no_order_is_stuck(c))
            self._found(promises.labels_are_right(c, self._paper))
            self._found(promises.orders_came_once(c, self._taken))
        self._last = now

    def _found(self, broken: Iterable[str]) -> None:
        self._report.broken += [f"{what} (killed in {' at '.join(self._met)})" for what in broken]

    def _account(self) -> None:
        sheets = self._paper.sheets()
        self._report.labels += len(sheets)
        self._report.copies += sum(sheet.is_copy for sheet in sheets)
        with self._store.read() as c:
            shipped = c.exec_driver_sql("SELECT count(*) FROM orders WHERE state = 'SHIPPED'")
            self._report.shipped += int(shipped.scalar() or 0)
        self._report.broken += [
            f"the file is damaged: {fault}" for fault in faults_of(self._store.path, self._key)
        ]

    # --- migrations -------------------------------------------------------------------------

    def _kill_a_migration(self) -> None:
        """A store of the first schema, or none yet, is brought to the newest and killed in it."""
        path = self._home.parent / "migrated" / "expedita.db"
        path.parent.mkdir()
        try:
            if len(REVISIONS) > 1 and self._chance.random() < 0.7:
                _make_old(path, self._key)
            place = self._chance.choice(("statement", "statement", "commit", "committed"))
            nth = self._chance.randint(1, 160) if place == "statement" else 1
            console = self._nursery.upgrade(path, self._key, f"{place}:{nth}:kill")
            try:
                console.opened()
                console.kill()
            except Killed:
                pass
            self._met = ("migration", place)
            self._report.kills += 1
            self._report.during["migration"] += 1
            self._report.at[place] += 1
            store = Store.open(path, self._key)
            with store.read() as c:
                if schema_version(c) != HEAD:
                    self._found(["the schema is not the newest"])
            store.close()
            self._found(faults_of(path, self._key))
        finally:
            shutil.rmtree(path.parent)


def _make_old(path: Path, key: bytes) -> None:
    """A store as the first released schema has it."""
    from app.store.database import _engine
    from app.store.dialect import writes_next
    from app.store.migrate import upgrade

    engine = _engine(path, key)
    with writes_next(engine.connect()) as connection:
        upgrade(connection, REVISIONS[0])
    engine.dispose()
