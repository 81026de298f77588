"""The window: rail of pages, bar with who and how, the page, and the answer over all of it."""

from __future__ import annotations

import logging
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.domain.codes import parse_own_code
from app.domain.decision import Outcome
from app.domain.scan import Command, code_text
from app.domain.texts import message
from app.health.traffic import SCANNER, lost
from app.station.views import Feedback, SessionView, StationView
from app.update.quiet import RESTART
from ui.bar import Bar
from ui.console import Console
from ui.feedback import FeedbackOverlay
from ui.frame import LEAST, SIZE
from ui.help.helper import Helper
from ui.kept import Kept
from ui.language import use_language
from ui.pages.badge import Badge
from ui.pages.book import Book
from ui.pages.idle import page_of_task
from ui.pages.page import Page
from ui.pages.signin import SignInPage
from ui.receiver import ScanReceiver, typing_of
from ui.sounds import Sounds
from ui.theme import stylesheet, unit_px
from ui.updates import UpdateWatch
from ui.widgets.lights import Lights
from ui.widgets.parts import button, label, room, rows

if TYPE_CHECKING:  # a station without a serial scanner needs none of it
    from app.devices.serial_scanner import SerialScanner

_log = logging.getLogger(__name__)

_WITHIN = {
    "operators": "settings",
    "audit": "settings",
    "second_factor": "settings",
    "printers": "printing",
}
_KEYS = {"status": "Ctrl+S", "printing": "Ctrl+I"}  # the others have F keys, in their order
_OPEN_TO_ALL = frozenset(("help",))  # who can't sign in needs it most
FINGER_MS = 20  # how often is looked whether it is still down
REFRESH_S = 5  # how often the view is read again without a call
# Answers without an overlay: the page that comes with them says it, and must not wait under one.
_QUIET = frozenset({"SETTING_SAVED", "SIGNED_IN", "SIGNED_OUT", "ACKNOWLEDGED"})


class Window(QMainWindow):
    """One window for the whole shift. The page follows the task that is in hand."""

    seen = Signal()  # a view of the station is on the screen
    caught_up = Signal()  # what was kept for it is done: it can stand in the entrance's place
    _serial_read = Signal(str)
    _serial_connected = Signal(bool)

    def __init__(
        self,
        console: Console,
        receiver: ScanReceiver,
        sounds: Sounds | None,
        *,
        frame: QWidget | None = None,
        kept: Kept | None = None,
    ) -> None:
        """`frame` is the window that it will stand in, if not for itself. With `kept` it hears of
        no scan until it has done all that was kept, and has `caught_up`."""
        super().__init__()
        self.setWindowTitle("Expedita")
        self.setMinimumSize(*LEAST)
        self.resize(frame.size() if frame else QSize(*SIZE))
        self._kept = kept
        self._console = console
        self._receiver = receiver
        self._sounds = sounds
        self._serial: SerialScanner | None = None
        self._task = ""
        self._session: SessionView | None = None
        self._page = "pick"
        self._touched = time.monotonic()
        self._overlay = FeedbackOverlay(self)
        self._overlay.acknowledged.connect(self._acknowledge)
        self._overlay.help_asked.connect(lambda: self._helper.ask())
        self._helper = Helper(self, console, lambda: self._page)
        self._helper.strip.told.connect(self._overlay.tell)
        console.help_wanted.connect(lambda trouble: self._helper.ask("trouble", trouble))
        QShortcut("F12", self, self._acknowledge_or_help)
        QShortcut("Ctrl+F12", self, self._helper.ask)
        if kept is None:
            receiver.scanned.connect(self._scanned)
        else:
            self.seen.connect(
                lambda: QTimer.singleShot(0, self._take_kept),  # once all of it is shown
                Qt.ConnectionType.SingleShotConnection,
            )
        receiver.reading.connect(console.engine.courtesy.ask)
        receiver.touched.connect(self._put_off_lock)
        self._serial_read.connect(self._scanned)
        self._serial_connected.connect(self._serial_changed)
        console.viewed.connect(self._show)
        console.answered.connect(self._answer)
        console.relooked.connect(self.rebuild)
        console.configured.connect(self._connect_scanners)
        console.opened.connect(self.open)
        console.bridge.states_changed.connect(self._show_lights)
        self._updates: UpdateWatch | None = None
        self._replacing = False
        self._seconds = 0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        self.rebuild()
        self._connect_scanners()
        console.refresh()

    def start_flow(self) -> None:
        """Go on to what waits on other systems, once the window stands."""
        self._console.bridge.start_flow()

    # --- building ---------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make every page anew: at the start, and when language or theme change."""
        use_language(self._console.lang)
        self._lights = Lights(lambda: self.open("status"))
        self._bar = Bar(self._lights, guides=lambda: self.open("help"), ask=self._helper.ask)
        self._warnings = label("", "warning")
        self._warnings.hide()
        names = {
            "pick": self.tr("Separação"),
            "pack": self.tr("Conferência"),
            "dispatch": self.tr("Expedição"),
            "orders": self.tr("Pedidos"),
            "exceptions": self.tr("Pendências"),
            "settings": self.tr("Ajustes"),
            "status": self.tr("Situação"),
            "printing": self.tr("Impressão"),
        }
        self._rail_buttons: dict[str, QPushButton] = {}
        for n, (name, text) in enumerate(names.items(), 1):
            key = _KEYS.get(name, f"F{n}")
            made = button(text, lambda page=name: self.open(page), key=key)
            made.setObjectName("rail")
            made.setCheckable(True)
            self._rail_buttons[name] = made
        lock = button(self.tr("Bloquear"), lambda: self._console.do(self._lock), key="F7")
        leave = button(
            self.tr("Sair"), lambda: self._console.do(self._console.station.sign_out),
            key="Ctrl+L",
        )  # fmt: skip
        for one in (lock, leave):
            one.setObjectName("rail")
        self._rail = QFrame()
        self._rail.setObjectName("rail")
        self._rail.setLayout(rows(*self._rail_buttons.values(), 1, lock, leave))
        self._signin = SignInPage(self._console)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._signin)
        self._pages = Book(self._console, self._stack)
        above = (self._bar, self._helper.strip, self._warnings)
        self.setCentralWidget(room(above, self._stack, self._rail))
        self._helper.retell()
        self._restyle()
        self._show_lights()
        self._show_time()
        if self._console.view:
            self._show(self._console.view)
            self.open(self._page)
            self.make_pages()
        if self._overlay.shown:
            self._show_answer(self._overlay.shown)

    def _show_lights(self) -> None:
        console = self._console
        states = console.engine.health.states()
        self._lights.show_states(states, console.lang, console.theme, console.unit)

    def _restyle(self) -> None:
        self._console.unit = unit_px(self.width(), self.height())
        self.setStyleSheet(stylesheet(self._console.theme, self._console.unit))

    # --- scanners ---------------------------------------------------------------------------

    def _connect_scanners(self) -> None:
        values = self._console.engine.settings
        self._receiver.configure(typing_of(values))
        self._close_serial()
        if values["scanner.serial_port"]:
            from app.devices.serial_scanner import SerialScanner

            self._serial = SerialScanner(
                values["scanner.serial_port"],
                self._serial_read.emit,
                baud=values.number("scanner.serial_baud"),
                on_connected=self._serial_connected.emit,
            )
            self._serial.start()

    def _close_serial(self) -> None:
        if self._serial is not None:
            self._serial.stop()
            self._serial = None

    def _serial_changed(self, connected: bool) -> None:
        port = self._console.engine.settings["scanner.serial_port"]
        self._console.engine.health.observe(SCANNER, failed=None if connected else lost(port))
        if not connected:
            self._answer(Feedback(Outcome.WARN, "SCANNER_LOST", {"port": port}))

    def _put_off_lock(self) -> None:
        self._touched = time.monotonic()

    def _scanned(self, raw: str) -> None:
        self._put_off_lock()
        if self._replacing:
            self._answer(Feedback(Outcome.WARN, "UPDATE_RUNNING"))
            return
        if _asks_for_help(raw):
            self._helper.ask("command")
        self._console.scan(raw)

    # --- after an entrance ------------------------------------------------------------------

    def _take_kept(self) -> None:
        """Do what was kept, one after the other; scans come here from then on."""
        kept, station = self._kept, self._console.station
        assert kept is not None
        kept.forget_who_left()
        if kept:
            what, *words = kept.take()
            if what == "scan" and _asks_for_help(words[0]):
                kept.wish("command")
            work = station.scan if what == "scan" else station.sign_in
            self._console.do(work, *words, after=self._take_kept)
        elif QApplication.mouseButtons():  # the button under a finger must not be taken away
            QTimer.singleShot(FINGER_MS, self._take_kept)
        else:
            self._kept = None
            self._receiver.scanned.connect(self._scanned)
            self.caught_up.emit()
            for wish in kept.wishes:
                self.open("help") if wish == "guides" else self._helper.ask(wish)

    def go_on_from(self, badge: Badge) -> None:
        """Stand where a sign-in stood until now, with what is half typed there."""
        shown = self._stack.currentWidget()
        if shown is self._signin:
            self._signin.go_on_from(badge)
        else:
            shown.setFocus()
        if self._overlay.is_block:
            self._overlay.take_keys()

    # --- showing ----------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Show a page; only whoever is signed in sees more than the sign-in."""
        view = self._console.view
        signed_in = view is not None and view.session.state == "signed_in"
        self._page = name
        for other, made in self._rail_buttons.items():
            made.setChecked(other == _WITHIN.get(name, name))
        self._rail.setVisible(signed_in)
        if not signed_in and name not in _OPEN_TO_ALL:
            self._stack.setCurrentWidget(self._signin)
            return
        page = self._pages[name]
        if view is not None:
            page.show_view(view)
        self._stack.setCurrentWidget(page)
        page.setFocus()  # and no button, which a stray Space would press
        page.entered()
        if self._overlay.is_block:
            self._overlay.take_keys()

    def make_first_pages(self) -> None:
        """Make the pages that come next while somebody still signs in."""
        self._pages.make_first()

    def make_pages(self) -> None:
        """Make the pages that nobody has opened yet, one by one beside what is done here."""
        self._pages.make_rest()

    def page(self, name: str) -> Page:
        """A page by its name, as it was made last."""
        return self._pages[name]

    def _show(self, view: StationView) -> None:
        session = view.session
        signed_in = session.state == "signed_in"
        self._bar.show_who(session.station, session.operator if signed_in else "")
        self._bar.show_scans(view.scans_read, view.scans_saved)
        standing = [
            " ".join(message(w.code, self._console.lang, w.params)[:2]) for w in view.warnings
        ]
        if self._replacing:
            standing.insert(0, " ".join(message("UPDATE_RUNNING", self._console.lang, {})[::2]))
        self._warnings.setText("   ".join(standing))
        self._warnings.setVisible(bool(standing))
        if self._updates:
            self._updates.in_use(signed_in or bool(page_of_task(view)))
        self.seen.emit()
        self._signin.show_view(view)
        before, self._session = self._session, session
        if session != before:  # what a page shows may not be for whoever comes now
            for page in self._pages.made():
                page.show_view(view)
        if name := self._page_asked_by(view, before):
            self.open(name)
        elif session == before and isinstance(page := self._stack.currentWidget(), Page):
            page.show_view(view)  # the others see it when they are opened
        self._task = page_of_task(view)
        if view.block is None and self._overlay.is_block:
            self._overlay.dismiss()
        elif view.block and not self._overlay.is_block:
            self._show_answer(view.block)

    def _page_asked_by(self, view: StationView, before: SessionView | None) -> str:
        """The page that a view opens; none where it leaves the page that is open."""
        task = page_of_task(view)
        was_out = self._stack.currentWidget() is self._signin
        if view.session.state != "signed_in":
            # Whoever comes next is asked for the badge, whatever page the one before had open.
            was_in = before is not None and before.state == "signed_in"
            return "pick" if was_in and self._page in _OPEN_TO_ALL else self._page
        if task and (task != self._task or was_out):
            return task
        if was_out and self._console.recovery_is_due(view):
            return "recovery"
        if was_out:
            return "pick" if self._page == "recovery" else self._page
        return ""

    def _answer(self, feedback: Feedback) -> None:
        if feedback.code == "DOCK_READ":  # wherever the console was: there it goes on
            self.open("dispatch")
        _log.info("%s %s", feedback.outcome, feedback.code)
        if self._kept is not None and feedback.code == "BADGE_READ":
            return  # the entrance asks for the PIN already
        if self._sounds:  # a player takes time to start
            self._console.once_painted.do(partial(self._sounds.play, str(feedback.outcome)))
        if feedback.code == "ACK_FIRST" and self._overlay.is_block:
            self._overlay.insist()
            return
        covers_block = self._overlay.is_block and feedback.outcome is not Outcome.BLOCK
        if feedback.code in _QUIET or covers_block:
            return
        self._show_answer(feedback)

    def _show_answer(self, feedback: Feedback) -> None:
        self._overlay.answer(feedback, self._console.lang, self._console.theme, self._console.unit)

    @property
    def console(self) -> Console:
        return self._console

    @property
    def helper(self) -> Helper:
        return self._helper

    def tell_of_crash(self) -> None:
        """The last console ended badly: offer the ticket about it."""
        self._helper.crashed()

    def dismiss_answer(self) -> None:
        """Take a passing answer away; a BLOCK stays."""
        if not self._overlay.is_block:
            self._overlay.dismiss()

    def _acknowledge_or_help(self) -> None:
        """A BLOCK must be acknowledged first; the next F12 asks for help about it."""
        if self._overlay.is_block:
            self._acknowledge()
        else:
            self._helper.ask()

    def _acknowledge(self) -> None:
        if self._overlay.is_block:
            self._overlay.dismiss()
            self._console.do(self._console.station.acknowledge)

    def _lock(self) -> None:
        self._console.station.lock()

    # --- updates ----------------------------------------------------------------------------

    def watch_updates(self, folder: Path) -> None:
        """Stand aside while the program in `folder` is replaced, and ask to be opened anew."""
        self._updates = UpdateWatch(folder, self)
        self._updates.replacing.connect(self._stand_aside)
        self._updates.replaced.connect(lambda: QApplication.exit(RESTART))

    def _stand_aside(self, replacing: bool) -> None:
        self._replacing = replacing
        self.centralWidget().setEnabled(not replacing)
        if replacing:
            self._answer(Feedback(Outcome.WARN, "UPDATE_RUNNING"))

    # --- time and size ----------------------------------------------------------------------

    def _show_time(self) -> None:
        engine = self._console.engine
        self._bar.show_time(engine.clock().astimezone(engine.settings.zone()))

    def _second(self) -> None:
        self._show_time()
        self._seconds += 1
        if self._seconds % REFRESH_S == 0:
            self._console.refresh()
            self._helper.glance()
        minutes = self._console.engine.settings.number("lock.minutes")
        idle = time.monotonic() - self._touched
        if minutes and idle > minutes * 60 and self._console.view:
            if self._console.view.session.state == "signed_in":
                self._console.do(self._lock)
            self._touched = time.monotonic()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Its first touch comes before its focus.
        self._receiver.stand_before(self.window().windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if unit_px(self.width(), self.height()) != self._console.unit:
            self._restyle()
            self._show_lights()
        self._overlay.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tick.stop()
        self._close_serial()
        if self._updates:
            self._updates.close()
        self._console.bridge.close()
        super().closeEvent(event)


def _asks_for_help(raw: str) -> bool:
    return parse_own_code(code_text(raw).upper()) == ("C", Command.PROBLEM)
