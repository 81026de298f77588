"""What a station prints: a printer that tells its state, an order up to its label, and its jobs."""

from __future__ import annotations

import threading
from pathlib import Path

from app.domain.decision import Outcome
from app.domain.printing import Document
from app.engine import Engine
from app.rehearsal import pack_scan
from app.station.spooler import BackgroundSpooler, OnThread
from app.station.views import Feedback
from app.store import orders, packages, print_jobs
from tests.support import floor
from tests.support.socket_printer import SocketPrinter


def zebra(engine: Engine, printer: SocketPrinter, code: str = "Z1") -> None:
    """Let the station print on a Zebra that tells its state."""
    desk = engine.station.printing
    uri = f"socket://{printer.host}:{printer.port}?zebra=1&timeout=3"
    assert desk.put_printer(code, f"Zebra {code}", uri, 203).code == "PRINTER_SAVED"
    assert desk.use(code).code == "PRINTER_CHOSEN"


def beside(engine: Engine) -> tuple[list[str], threading.Event]:
    """Let the printer work beside the station, as in the window: the codes of what is told then,
    and what is set with each."""
    heard: list[str] = []
    told = threading.Event()

    def hear(feedback: Feedback) -> None:
        heard.append(feedback.code)
        told.set()

    engine.listen(hear)
    press = engine._press
    press.spooler = BackgroundSpooler(lambda: OnThread(press, engine.submit))
    return heard, told


def at_label(engine: Engine) -> tuple[str, Feedback]:
    """An order up to where its label is asked for; its number and the last answer."""
    (number,) = floor.pick(engine.station, "single", 1)
    answer = engine.station.open_pack(number)
    for _ in range(80):
        view = engine.station.view().pack
        assert view
        if view.step in ("label", "verify", "doubt"):
            return number, answer
        answer = engine.station.scan(pack_scan(view))
        assert answer.outcome is not Outcome.BLOCK, answer
    raise AssertionError("the label was never asked for")


def jobs(engine: Engine, number: str) -> list[tuple[str, int]]:
    """State and copy of each job of the order's labels, oldest first."""
    with engine.store.read() as c:
        row = orders.by_number(c, number)
        assert row
        return [
            (job.state, job.copy)
            for label in packages.labels_of(c, row.id)
            for job in print_jobs.of(c, Document.SHIPPING_LABEL, label.id)
        ]


def printed(engine: Engine, name: str) -> list[Path]:
    """The folder's documents of that name, oldest first."""
    found = (engine.home / "printed").glob(f"{name}*")
    return sorted(found, key=lambda path: path.stat().st_mtime_ns)
