"""Pictures of every page and state, in both languages and three themes, from a made-up shift."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.config import CATALOGUE
from app.demo import PIN
from app.domain.codes import own_code
from app.domain.pack_actions import NewPackage
from app.domain.pick_actions import ConfirmBin
from app.engine import Engine
from app.health.model import State
from app.rehearsal import Clock, health_day, pack_scan, pick_scan, troubled_flow
from app.security.second_factor import Enrolment
from app.station.views import LineView, StationView
from app.store import catalogue
from ui.console import Console
from ui.pages.exceptions import ExceptionsPage
from ui.pages.second_factor import SecondFactorPage
from ui.receiver import ScanReceiver
from ui.theme import THEMES
from ui.window import Window

SIZE = (1366, 768)
TOTES = [f"T-{n:02d}" for n in range(1, 30)]


def make(directory: Path) -> int:
    """Write `NN-state-lang-theme.png` files; returns 0."""
    directory.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="expedita-pictures-") as home:
        engine = Engine.open(Path(home), demo=True, clock=Clock())
        try:
            console = Console(engine)
            window = Window(console, ScanReceiver(app), None)
            window.resize(*SIZE)
            window.show()
            tour = Tour(console, window)
            for n, state in enumerate(tour.states(), 1):
                for lang in CATALOGUE["language"].choices:
                    for theme in THEMES:
                        tour.look(lang, theme)
                        name = f"{n:02d}-{state}-{lang}-{theme}.png"
                        window.grab().save(str(directory / name))
                tour.look("pt", "light")
            window.close()
        finally:
            engine.close()
    print(directory)
    return 0


class Tour:
    """Takes a window through a shift, one state after another."""

    def __init__(self, console: Console, window: Window) -> None:
        self._console = console
        self._window = window
        self._station = console.station
        self._after_look: Callable[[], None] = lambda: None  # opens a question in the new pages

    def look(self, lang: str, theme: str) -> None:
        """Change language and theme, and keep whatever answer is on the screen."""
        self._console.engine.set_setting("language", lang)
        self._console.engine.set_setting("theme", theme)
        self._window.rebuild()
        self._console.refresh()
        self._station_idle()
        self._after_look()

    def states(self) -> Iterator[str]:
        """Bring the window to each state in turn and name it."""
        settle(300)
        yield "sign-in"
        self._do(self._station.scan, own_code("U", "DEMO"))
        yield "sign-in-pin"
        self._do(self._station.sign_in, "", PIN)
        self._calm()
        self._window.open("pick")
        yield "pick-idle"
        yield from self._pick()
        yield from self._pack()
        yield from self._dispatch()
        troubled_flow(self._console.engine.store, self._console.engine.clock())
        self._window.open("orders")
        self._console.show_story("10001")
        settle(300)
        yield "orders"
        self._do(self._station.supervise, "10002", "hold", "endereço a confirmar")
        self._calm()
        self._window.open("exceptions")
        yield "exceptions"
        settle(300)
        self._after_look = lambda: self._exceptions_page().choose("INVOICE_REJECTED")
        self._after_look()
        yield "exceptions-call"
        self._after_look = lambda: None
        self._window.open("settings")
        yield "settings"
        self._do(self._station.printing.start_batch, "packing-slip", "", "to_pick", 6)
        self._calm()
        self._window.open("printing")
        settle(300)
        yield "printing"
        self._window.open("printers")
        settle(300)
        yield "printers"
        self._watch()
        self._window.open("status")
        settle(300)
        yield "status"
        yield from self._access()
        self._window.open("help")
        settle(200)
        yield "help"
        self._after_look = lambda: self._console.show_guide("label")
        yield "help-guide"
        self._after_look = lambda: None
        self._do(self._station.lock)
        yield "locked"

    def _watch(self) -> None:
        """Watch the systems of a made-up day; one of them is not there."""
        engine = self._console.engine
        health_day(engine.store, engine.settings["station.name"], engine.clock())
        engine.set_setting("health.hosts", "127.0.0.1:9")
        engine.health.start()
        for _ in range(100):
            settle(100)
            if any(state.state is State.DOWN for state in engine.health.states()):
                return

    def _access(self) -> Iterator[str]:
        """The second factor, a reveal, operators and the audit."""
        engine, people = self._console.engine, self._console.engine.people
        self._window.open("second_factor")
        settle(100)
        yield "second-factor"
        made = engine.submit(people.begin_second_factor, PIN).result()
        assert isinstance(made, Enrolment)
        self._after_look = lambda: self._second_factor_page().show_step(made)
        yield "second-factor-qr"
        app = pyotp.TOTP(made.secret)
        # Leaving the QR code's page forgets what was begun, as it must: the codes come before.
        codes = engine.submit(people.finish_second_factor, app.at(engine.clock())).result()
        self._after_look = lambda: self._second_factor_page().show_step(codes)
        yield "second-factor-codes"
        self._after_look = lambda: None
        self._do(people.confirm, app.at(engine.clock(), counter_offset=1))
        self._do(self._station.reveal, "10001", "O cliente ligou")
        self._calm()
        self._console.show_story("10001")
        settle(300)
        yield "orders-revealed"
        for page in ("operators", "audit"):
            self._window.open(page)
            settle(300)
            yield page

    def _exceptions_page(self) -> ExceptionsPage:
        page = self._window.page("exceptions")
        assert isinstance(page, ExceptionsPage)
        return page

    def _second_factor_page(self) -> SecondFactorPage:
        page = self._window.page("second_factor")
        assert isinstance(page, SecondFactorPage)
        return page

    def _pick(self) -> Iterator[str]:
        self._do(self._station.claim_pick, "cluster", 4)
        yield "answer-done"
        self._calm()
        yield "pick-load-totes"
        while (pick := self._view().pick) and pick.step == "load_totes":
            self._scan(pick_scan(pick, TOTES))
        yield "pick-bin"
        self._do(self._station.scan, own_code("B", "Z-99-99"))
        yield "answer-block"
        self._do(self._station.acknowledge)
        self._do(self._station.scan, own_code("B", self._another_bin()))
        self._do(self._station.acknowledge)
        self._calm()
        yield "pick-wrong-bin"
        self._do(self._station.act, ConfirmBin())
        self._calm()
        seen = {"load_totes", "bin"}
        while (pick := self._view().pick) is not None:
            if pick.step not in seen:
                seen.add(pick.step)
                yield f"pick-{pick.step.replace('_', '-')}"
            if pick.step == "item" and "short" not in seen:
                seen.add("short")
                self._after_look = lambda: self._scan(own_code("C", "FALTA"))
                yield "pick-short"
                self._after_look = lambda: None
                self._do(self._station.scan, self._look_alike())
                yield "answer-compare"
                self._do(self._station.acknowledge)
            else:
                self._scan(pick_scan(pick, TOTES))

    def _another_bin(self) -> str:
        here = self._here()
        with self._console.engine.store.read() as c:
            return next(code for code in catalogue.bins_of(c, here.sku) if code != here.bin)

    def _look_alike(self) -> str:
        with self._console.engine.store.read() as c:
            product = catalogue.product(c, self._here().sku)
            assert product
            return product.substitutes[0]

    def _here(self) -> LineView:
        pick = self._view().pick
        assert pick
        assert pick.current
        return pick.current

    def _pack(self) -> Iterator[str]:
        self._window.open("pack")
        yield "pack-idle"
        rows, _ = self._station.queue("", "picked", 0, 4)
        for at, row in enumerate(rows):
            self._do(self._station.open_pack, row.number)
            self._calm()
            seen: set[str] = set()
            while (pack := self._view().pack) is not None:
                if at == 0 and pack.step not in seen:
                    seen.add(pack.step)
                    yield f"pack-{pack.step}"
                if at == 1 and pack.step == "units" and pack.units_done == 1 and not seen:
                    seen.add("split")
                    self._do(self._console.station.act, NewPackage())
                    self._calm()
                    yield "pack-second-package"
                else:
                    before = self._view()
                    self._scan(pack_scan(pack))
                    if self._view() == before:
                        break

    def _dispatch(self) -> Iterator[str]:
        self._window.open("dispatch")
        yield "dispatch-idle"
        view = self._view().dispatch
        if view is None or not view.choices:
            return
        first = view.choices[0]
        self._do(self._station.open_manifest, first.carrier, first.service_code)
        self._calm()
        yield "dispatch-load"
        self._do(self._station.scan, "lixo' OR 1=1 --")
        yield "answer-unknown"
        self._do(self._station.acknowledge)
        self._do(self._station.release_task)
        self._calm()

    def _scan(self, code: str) -> None:
        self._do(self._station.scan, code)
        self._calm()

    def _calm(self) -> None:
        """Take the passing answer away, to show what is under it."""
        self._window.dismiss_answer()
        settle()

    def _do(self, work: Callable[..., object], *args: object) -> None:
        self._console.do(work, *args)
        self._station_idle()

    def _station_idle(self) -> None:
        """Wait until the station has answered everything and Qt has drawn it."""
        for _ in range(2):
            settle(20)
            self._console.engine.submit(lambda: None).result()
            settle(20)

    def _view(self) -> StationView:
        return self._console.engine.submit(self._station.view).result()


def settle(ms: int = 30) -> None:
    """Let Qt draw what waits."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
