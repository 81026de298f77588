"""Pictures of every page and state, in both languages and three themes, from a made-up shift."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.config import CATALOGUE
from app.engine import Engine
from app.rehearsal import Clock
from app.security.keys import KeyChoice, KeySource
from ui.console import Console
from ui.receiver import ScanReceiver
from ui.theme import THEMES
from ui.tour import floor, office
from ui.tour.hands import Hands, settle
from ui.window import Window

SIZE = (1366, 768)


def make(directory: Path) -> int:
    """Write `NN-state-lang-theme.png` files; returns 0."""
    directory.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for first, (demo, states) in zip((0, 1), ((False, _first_start), (True, _shift)), strict=True):
        with tempfile.TemporaryDirectory(prefix="expedita-pictures-") as home:
            clock = Clock()
            engine = Engine.open(
                Path(home),
                demo=demo,
                clock=clock,
                choose=lambda: KeyChoice(KeySource.FILE),
            )
            try:
                _take(engine, clock, app, states, directory, first)
            finally:
                engine.close()
    print(directory)
    return 0


def _take(
    engine: Engine,
    clock: Clock,
    app: QApplication,
    states: Callable[[Hands], Iterator[str]],
    directory: Path,
    first: int,
) -> None:
    console = Console(engine)
    window = Window(console, ScanReceiver(app), None)
    window.resize(*SIZE)
    window.show()
    hands = Hands(console, window, clock)
    for n, state in enumerate(states(hands), first):
        for lang in CATALOGUE["language"].choices:
            for theme in THEMES:
                hands.look(lang, theme)
                name = f"{n:02d}-{state}-{lang}-{theme}.png"
                window.grab().save(str(directory / name))
        hands.look("pt", "light")
    window.close()


def _first_start(hands: Hands) -> Iterator[str]:
    """A new warehouse: nobody works there yet."""
    settle(300)
    yield "first-start"


def _shift(hands: Hands) -> Iterator[str]:
    yield from office.sign_in(hands)
    yield from floor.pick(hands)
    yield from floor.pack(hands)
    yield from floor.dispatch(hands)
    yield from floor.short(hands)
    yield from floor.putback(hands)
    yield from office.lists(hands)
    yield from office.systems(hands)
    yield from office.access(hands)
    yield from office.help_and_lock(hands)
