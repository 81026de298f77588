"""Opens the console's window; the `expedita` command finds it by its entry point."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.engine import Engine
from app.security.keys import KeyError_
from app.store.database import StoreError
from app.support.crash import Guard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.backups.helping import Rescue
    from app.commands.console import Ask
    from ui.window import Window

STARTS_WITHIN_MS = 60_000
WATCH_AFTER_MS = 1500  # what isn't needed at once begins when the window can be worked with


def run(
    open_engine: Callable[[Ask], Engine],
    rescue: Callable[[Ask], Rescue],
    *,
    full_screen: bool = False,
) -> int:
    """Open the engine and the window, and stay until the window is closed.

    `rescue` gives the way back where the store is damaged.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.update.quiet import program_folder

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Expedita")
    in_terminal = sys.stdin is not None and sys.stdin.isatty()
    ask = None if in_terminal else ask_secret
    try:
        engine = _open(open_engine, rescue, ask)
    except (KeyError_, StoreError) as error:
        if not in_terminal:
            tell(error)
        raise
    guard = Guard(engine.home)
    # The desktop's session ends; also while the window is still being made, when quit does nothing.
    signal.signal(signal.SIGTERM, lambda number, frame: QTimer.singleShot(0, app.quit))
    try:
        window = make_window(engine, app)
        if folder := program_folder():
            window.watch_updates(folder)
        if full_screen:
            window.showFullScreen()
        else:
            window.showMaximized()
        QTimer.singleShot(WATCH_AFTER_MS, window.make_pages)
        QTimer.singleShot(WATCH_AFTER_MS, engine.health.start)
        QTimer.singleShot(WATCH_AFTER_MS, window.start_flow)
        QTimer.singleShot(WATCH_AFTER_MS, engine.backups.start)
        QTimer.singleShot(WATCH_AFTER_MS, engine.support.start)
        if guard.before:
            window.tell_of_crash()
        status = app.exec()
        guard.farewell()
        return status
    finally:
        engine.close()


def _open(
    open_engine: Callable[[Ask], Engine], rescue: Callable[[Ask], Rescue], ask: Ask
) -> Engine:
    """Open, and where the store can't be used, open it once a person has brought it back."""
    try:
        return open_engine(ask)
    except StoreError as error:
        from app.backups.helping import RESCUED

        if error.code not in RESCUED:
            raise
        from app.commands.language import spoken
        from ui.recovery import RecoveryWindow

        if not RecoveryWindow(error, rescue(ask), spoken()).run():
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

    from app.commands.language import spoken
    from app.domain.texts import message

    parts = message(error.code, spoken(), {"detail": error.detail})
    QMessageBox.critical(None, "Expedita", "\n\n".join((*parts, error.code)))


def make_window(engine: Engine, app: QApplication, *, sound: bool = True) -> Window:
    """The window over an engine, with the one scan receiver before everything."""
    from PySide6.QtCore import Qt

    from app.commands.loading import loading

    with loading():
        from ui import spooler_printer
        from ui.console import Console
        from ui.receiver import ScanReceiver
        from ui.sounds import Sounds
        from ui.window import Window

        spooler_printer.install()
        receiver = ScanReceiver(app)
        sounds = Sounds() if sound else None
        window = Window(Console(engine), receiver, sounds)
    receiver.install(app)
    window.seen.connect(window.make_first_pages, Qt.ConnectionType.SingleShotConnection)
    return window


def starts(open_engine: Callable[[], Engine]) -> int:
    """Open the console where nobody sees it, wait for its first view, and close it; 0 if it could.

    What an update asks of a new version before it is left to the operators.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    engine = open_engine()
    try:
        window = make_window(engine, app, sound=False)
        window.show()
        window.seen.connect(lambda: app.exit(0))
        QTimer.singleShot(STARTS_WITHIN_MS, lambda: app.exit(1))
        return app.exec()
    finally:
        engine.close()


def screenshots(directory: Path) -> int:
    """Make a picture of every page and state in `directory`."""
    from ui.screenshots import make

    return make(Path(directory))
