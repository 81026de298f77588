"""Opens the console's window; the `expedita` command finds it by its entry point."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from app.engine import Engine


def run(open_engine: Callable[[], Engine]) -> int:
    """Open the engine and the window, and stay until the window is closed."""
    from PySide6.QtWidgets import QApplication

    engine = open_engine()
    try:
        app = QApplication(sys.argv[:1])
        app.setApplicationName("Expedita")
        window = make_window(engine, app)
        window.resize(1366, 768)
        window.showMaximized()
        return app.exec()
    finally:
        engine.close()


def make_window(engine: Engine, app: object, *, sound: bool = True) -> object:
    """The window over an engine, with the one scan receiver before everything."""
    from ui.console import Console
    from ui.receiver import ScanReceiver
    from ui.sounds import Sounds
    from ui.window import Window

    receiver = ScanReceiver(app)
    sounds = Sounds() if sound else None
    window = Window(Console(engine), receiver, sounds)
    receiver.install(app)
    app.installEventFilter(window)
    if sounds:
        app.aboutToQuit.connect(sounds.close)
    return window


def screenshots(directory: Path) -> int:
    """Make a picture of every page and state in `directory`."""
    from ui.screenshots import make

    return make(Path(directory))
