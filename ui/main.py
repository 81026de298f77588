"""Opens the console's window; the `expedita` command finds it by its entry point.

Where it can, the sign-in is painted first, and takes badges and PINs, before anything of the engine
is read: nothing that this module imports at its top may need the engine.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

import ui.plain_imports  # noqa: F401  before the modules that it is about
from app.commands import language
from app.commands.loading import loading
from app.look import Look, look_of
from app.security.key_errors import KeyError_
from app.store.errors import StoreError
from app.store.home_lock import is_held
from app.support.crash import Guard
from ui.entrance import Entrance
from ui.frame import Frame
from ui.kept import Kept
from ui.receiver import ScanReceiver

if TYPE_CHECKING:
    from app.backups.helping import Rescue
    from app.commands.console import Ask
    from app.engine import Engine
    from ui.window import Window

STARTS_WITHIN_MS = 60_000
WATCH_AFTER_MS = 1500  # what isn't needed at once begins when the window can be worked with
PAINTS_WITHIN_MS = 1000  # a window that nobody sees, as a minimized one, is never painted


class Front:
    """The window, and the sign-in that stands in it while the engine opens, if one can."""

    def __init__(self, app: QApplication, look: Look | None, *, full_screen: bool = False) -> None:
        self.app = app
        self.receiver = ScanReceiver(app)
        self.frame = Frame()
        self.kept = Kept()
        self.entrance: Entrance | None = None
        self._full_screen = full_screen
        if look:
            self.receiver.install(app)
            language.speak(look.settings["language"])  # also what fails is said in it
            self.entrance = Entrance(look, self.receiver, self.kept)
            self.frame.put(self.entrance)
            self.entrance.badge.take_keys()
            self.show()

    def show(self) -> None:
        self.frame.open(full_screen=self._full_screen)

    def open(self, open_engine: Callable[[Ask], Engine], ask: Ask) -> Engine:
        """Open the engine: behind the sign-in where it stands, else before there is a window."""
        if self.entrance is None:
            return open_engine(ask)
        self._paint()
        from ui.opening import Opening

        return Opening(open_engine, ask).run()

    def _paint(self) -> None:
        """Until the sign-in can be seen."""
        loop = QEventLoop()
        self.frame.painted.connect(loop.quit)
        QTimer.singleShot(PAINTS_WITHIN_MS, loop.quit)
        loop.exec()
        self.frame.painted.disconnect(loop.quit)

    def give_way(self) -> None:
        """Leave screen and keys to what has to be said or asked. What was kept is too old then."""
        self.frame.hide()
        self.entrance = None
        self.kept.clear()
        self.receiver.remove()
        self.receiver = ScanReceiver(self.app)

    def furnish(self, engine: Engine, *, sound: bool = True) -> Window:
        """Make the console, which takes its place as soon as it has done what was kept for it."""
        with loading():
            from ui import spooler_printer
            from ui.console import Console
            from ui.sounds import Sounds
            from ui.window import Window

            spooler_printer.install()
            window = Window(
                Console(engine),
                self.receiver,
                Sounds() if sound else None,
                frame=self.frame,
                kept=self.kept if self.entrance else None,
            )
        window.seen.connect(window.make_first_pages, Qt.ConnectionType.SingleShotConnection)
        self.frame.closed.connect(window.close)
        if self.entrance is None:
            self.receiver.install(self.app)
            self.frame.put(window)
            self.show()
        else:
            window.caught_up.connect(lambda: self._hand_over(window))
        return window

    def _hand_over(self, window: Window) -> None:
        """In one step, so that no key and no scan comes between."""
        assert self.entrance is not None
        self.entrance.leave_scans()
        badge = self.entrance.badge
        self.frame.put(window, lambda: window.go_on_from(badge))
        self.entrance = None


def run(
    home: Path,
    open_engine: Callable[[Ask], Engine],
    rescue: Callable[[Ask], Rescue],
    *,
    full_screen: bool = False,
) -> int:
    """Open the window and the engine, and stay until the window is closed.

    `rescue` gives the way back where the store is damaged.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Expedita")
    app.setQuitOnLastWindowClosed(False)  # one that fails to open has others to show
    in_terminal = sys.stdin is not None and sys.stdin.isatty()
    ask = None if in_terminal else ask_secret
    front = Front(app, look_for(home), full_screen=full_screen)
    if front.entrance:
        _end_with_the_desktop(front)
    try:
        engine = _open(front, open_engine, rescue, ask)
    except (KeyError_, StoreError) as error:
        if front.frame.is_closed:  # somebody left it: the next start will tell
            return 0
        front.give_way()
        if not in_terminal:
            tell(error)
        raise
    try:
        if front.frame.is_closed:
            return 0
        guard = Guard(engine.home)
        _end_with_the_desktop(front)
        window = front.furnish(engine)
        _begin(window, engine)
        if guard.before:
            window.tell_of_crash()
        app.setQuitOnLastWindowClosed(True)
        status = app.exec()
        guard.farewell()
        return status
    finally:
        engine.close()


def look_for(home: Path) -> Look | None:
    """How the sign-in looks before the store of `home` is open; None where it must wait for it, as
    behind another console, which keeps the keys."""
    look = look_of(home)
    return None if look and is_held(home) else look


def _end_with_the_desktop(front: Front) -> None:
    """The desktop's session ends; also while the window is still being made, when quit does
    nothing."""

    def end() -> None:
        QApplication.closeAllWindows()
        front.frame.close()
        front.app.quit()

    signal.signal(signal.SIGTERM, lambda number, frame: QTimer.singleShot(0, end))


def _begin(window: Window, engine: Engine) -> None:
    """What isn't needed at once."""
    from app.update.quiet import program_folder

    if folder := program_folder():
        window.watch_updates(folder)
    QTimer.singleShot(WATCH_AFTER_MS, window.make_pages)
    QTimer.singleShot(WATCH_AFTER_MS, engine.health.start)
    QTimer.singleShot(WATCH_AFTER_MS, window.start_flow)
    QTimer.singleShot(WATCH_AFTER_MS, engine.backups.start)
    QTimer.singleShot(WATCH_AFTER_MS, engine.support.start)


def _open(
    front: Front,
    open_engine: Callable[[Ask], Engine],
    rescue: Callable[[Ask], Rescue],
    ask: Ask,
) -> Engine:
    """Open, and where the store can't be used, open it once a person has brought it back."""
    try:
        return front.open(open_engine, ask)
    except StoreError as error:
        from app.backups.helping import RESCUED

        if error.code not in RESCUED or front.frame.is_closed:
            raise
        from ui.recovery import RecoveryWindow

        front.give_way()
        if not RecoveryWindow(error, rescue(ask), language.spoken()).run():
            raise
    return open_engine(ask)


def ask_secret(question: str) -> str:
    """Ask in a window of its own; before the console stands no scan can be lost."""
    from PySide6.QtWidgets import QInputDialog, QLineEdit

    text, _ = QInputDialog.getText(None, "Expedita", question, QLineEdit.EchoMode.Password)
    return text


def tell(error: KeyError_ | StoreError) -> None:
    """Say why the console can't start, to somebody who has no terminal to read."""
    from PySide6.QtWidgets import QMessageBox

    from app.domain.texts import message

    parts = message(error.code, language.spoken(), {"detail": error.detail})
    QMessageBox.critical(None, "Expedita", "\n\n".join((*parts, error.code)))


def starts(open_engine: Callable[[], Engine]) -> int:
    """Open the console where nobody sees it, wait for its first view, and close it; 0 if it could.

    What an update asks of a new version before it is left to the operators.
    """
    app = QApplication(sys.argv[:1])
    engine = open_engine()
    try:
        front = Front(app, None)
        window = front.furnish(engine, sound=False)
        window.seen.connect(lambda: app.exit(0))
        QTimer.singleShot(STARTS_WITHIN_MS, lambda: app.exit(1))
        return app.exec()
    finally:
        engine.close()


def screenshots(directory: Path) -> int:
    """Make a picture of every page and state in `directory`."""
    from ui.screenshots import make

    return make(Path(directory))
