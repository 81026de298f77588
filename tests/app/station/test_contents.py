"""A romaneio is made where its printer is served, kept, and never lost on its way to the paper."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from app.demo import PIN
from app.domain.codes import own_code
from app.domain.dispatch import Close
from app.domain.printing import Document, JobState
from app.engine import Engine
from app.labels import romaneio
from app.station.spooler import BackgroundSpooler, OnThread
from app.store import manifests, print_jobs
from app.store.database import StoreError
from tests.support import floor, homes
from tests.support.press import beside, printed, zebra
from tests.support.raster import codes, zpl_pages
from tests.support.shift import Clock
from tests.support.socket_printer import SocketPrinter


class Cut(BaseException):
    """The power goes."""


def loaded(engine: Engine) -> str:
    """A manifest with one package on it, about to be closed."""
    (number,) = floor.pick(engine.station, "single", 1)
    floor.pack(engine.station, number)
    engine.station.open_manifest(*floor.service_of(engine, number))
    assert engine.station.scan(floor.tracking_of(engine, number)).code == "PACKAGE_LOADED"
    view = engine.station.view().dispatch
    assert view
    return view.manifest_id


def romaneio_jobs(engine: Engine, manifest: str) -> list[tuple[str, int]]:
    with engine.store.read() as c:
        return [(job.state, job.copy) for job in print_jobs.of(c, Document.ROMANEIO, manifest)]


def test_a_romaneio_is_made_beside_the_station_which_takes_scans_meanwhile(
    engine: Engine, printer: SocketPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    zebra(engine, printer)
    manifest = engine.submit(lambda: loaded(engine)).result(60)
    press = engine._press
    press.spooler = BackgroundSpooler(lambda: OnThread(press, engine.submit))
    begun, go_on = threading.Event(), threading.Event()
    pages = romaneio.pages

    def slow(*args: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return pages(*args)

    monkeypatch.setattr(romaneio, "pages", slow)
    before = len(printer.jobs)
    assert engine.submit(lambda: engine.station.act(Close(""))).result(20).code == "MANIFEST_READY"
    assert begun.wait(20)
    scan = engine.submit(lambda: engine.station.scan(own_code("C", "OK")), urgent=True)
    assert scan.result(20).code == "MANIFEST_CLOSED"
    assert romaneio_jobs(engine, manifest) == [(JobState.PENDING, 1)]
    go_on.set()
    *_, paper = printer.wait_for(before + 1, 20)
    press.spooler.stop()
    assert codes(zpl_pages(paper)[0]) == [manifest]
    assert romaneio_jobs(engine, manifest) == [(JobState.PRINTED, 1)]


@pytest.mark.parametrize(
    ("refusal", "code"),
    [(StoreError("STORE_FULL", "no room"), "STORE_FULL"), (ValueError(), "INTERNAL")],
)
def test_a_romaneio_that_can_not_be_kept_waits_is_told_of_and_comes_when_it_can(
    refusal: Exception,
    code: str,
    engine: Engine,
    printer: SocketPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zebra(engine, printer)
    manifest = engine.submit(lambda: loaded(engine)).result(60)
    heard, told = beside(engine)
    press = engine._press
    keep = manifests.keep_document
    refusals = iter([refusal])

    def full(*args: Any) -> None:
        for first in refusals:
            raise first
        keep(*args)

    monkeypatch.setattr(manifests, "keep_document", full)
    before = len(printer.jobs)
    assert engine.submit(lambda: engine.station.act(Close(""))).result(20).code == "MANIFEST_READY"
    assert told.wait(20)
    assert heard == [code]
    (waiting,) = engine.submit(engine.station.view).result(20).printing
    assert (waiting.code, waiting.about) == (code, manifest)
    press.spooler.retry()
    printer.wait_for(before + 1, 20)
    press.spooler.stop()
    assert romaneio_jobs(engine, manifest) == [(JobState.PRINTED, 1)]
    with engine.store.read() as c:
        assert manifests.document(c, manifest)


def test_cut_off_between_the_close_and_its_paper_the_romaneio_comes_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    engine = homes.demo(home, Clock())
    engine.station.sign_in("DEMO", PIN)
    manifest = loaded(engine)

    def cut(*_: object) -> None:
        raise Cut

    monkeypatch.setattr(romaneio, "pages", cut)
    with pytest.raises(Cut):
        engine.station.act(Close(""))
    monkeypatch.undo()
    engine.close()

    again = Engine.open(home, demo=True, clock=Clock())
    again.station.begin()
    again.station.sign_in("DEMO", PIN)
    (paper,) = printed(again, "romaneio-")
    with again.store.read() as c:
        assert paper.read_bytes() == manifests.document(c, manifest)
    assert romaneio_jobs(again, manifest) == [(JobState.PRINTED, 1)]
    again.close()
