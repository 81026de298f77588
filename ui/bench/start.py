"""The console's own start, for the bench: until somebody's queue is painted and takes scans."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QTableView

from app.engine import Engine
from app.station.views import Feedback
from ui.bench.bare import Painted, application
from ui.main import make_window

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # when the orders of app.bench.warehouse came in


def run(home: Path, pin: str) -> int:
    """Open the warehouse of `home`, sign in, open the queue, say "painted", and end."""
    app = application()
    engine = Engine.open(home, exclusive=True, clock=lambda: NOW)
    painted = Painted()

    def sign_in() -> Feedback:
        began = time.perf_counter()
        feedback = engine.station.sign_in("DEMO", pin)
        painted.apart_s = time.perf_counter() - began
        return feedback

    def seen() -> None:
        console = window.console
        if console.view is None or console.view.session.state != "signed_in":
            console.do(sign_in)
            return
        window.seen.disconnect(seen)
        window.open("orders")
        table = window.page("orders").findChild(QTableView)
        table.model().found.connect(lambda *_: table.viewport().installEventFilter(painted))

    try:
        window = make_window(engine, app)
        window.seen.connect(seen)
        window.show()
        return app.exec()
    finally:
        engine.close()
