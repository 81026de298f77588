"""A print job's life, from the request to the scan that proves it, through every cut between."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.demo import PIN
from app.domain import entries as e
from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.domain.dispatch import Close
from app.domain.pack_actions import Reprint
from app.domain.printing import JobState
from app.engine import Engine
from app.station.spooler import DirectSpooler
from app.store import journal, manifests
from app.store.schema import JOURNAL, PRINT_JOBS
from tests.support import floor, homes
from tests.support.press import at_label, beside, jobs, printed, zebra
from tests.support.raster import codes, pdf_text, zpl_pages
from tests.support.shift import Clock
from tests.support.socket_printer import SocketPrinter


def kinds(engine: Engine) -> list[str]:
    with engine.store.read() as c:
        query = select(JOURNAL.c.kind).order_by(JOURNAL.c.station_seq)
        return [kind for kind in c.scalars(query) if kind.startswith("Print")]


def test_a_job_goes_from_pending_to_sent_to_printed_and_its_scan_verifies_it(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    number, _ = at_label(engine)
    assert kinds(engine) == ["PrintRequested", "PrintSent", "PrintDone"]
    assert jobs(engine, number) == [(JobState.PRINTED, 1)]
    (label,) = printer.wait_for(1)
    (page,) = zpl_pages(label)
    assert floor.tracking_of(engine, number) in codes(page)
    assert engine.station.scan(floor.tracking_of(engine, number)).code == "ORDER_PACKED"
    assert jobs(engine, number) == [(JobState.VERIFIED, 1)]


def test_without_paper_no_byte_goes_out_the_job_waits_and_comes_out_once(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    printer.paper_out = True
    number, answer = at_label(engine)
    assert (answer.code, answer.outcome) == ("PRINTER_PAPER", Outcome.WARN)
    assert jobs(engine, number) == [(JobState.PENDING, 1)]
    (waiting,) = engine.station.view().printing
    assert (waiting.code, waiting.about, waiting.printer) == ("PRINTER_PAPER", number, "Zebra Z1")
    printer.paper_out = False
    assert engine.station.scan(own_code("C", "OK")).code == "LABEL_RETRY"
    assert jobs(engine, number) == [(JobState.PRINTED, 1)]
    assert engine.station.view().printing == ()
    assert len(printer.wait_for(1)) == 1


def test_a_waiting_label_moves_to_another_printer_by_its_barcode_and_prints_once(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    printer.head_open = True
    number, _ = at_label(engine)
    with SocketPrinter() as other:
        uri = f"socket://{other.host}:{other.port}?zebra=1"
        engine.station.printing.put_printer("Z2", "Zebra 2", uri, 203)
        assert engine.station.scan(own_code("P", "Z2")).code == "PRINTER_CHOSEN"
        assert len(other.wait_for(1)) == 1
    assert printer.jobs == []
    assert jobs(engine, number) == [(JobState.PRINTED, 1)]
    assert engine.station.view().pack.step == "verify"


def test_a_printer_that_dies_in_mid_label_leaves_a_doubt_that_a_person_settles(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    printer.dies_after = 200
    number, answer = at_label(engine)
    assert answer.code == "PRINT_DOUBT"
    assert engine.station.view().pack.step == "doubt"
    assert jobs(engine, number) == [(JobState.FAILED, 1)]
    printer.dies_after = None
    engine.station.act(Reprint("não saiu"))  # it is nowhere to be seen
    assert jobs(engine, number)[-1] == (
        JobState.PENDING,
        2,
    )  # it has just failed: it is asked first
    engine.station.printing.retry()
    assert jobs(engine, number)[-1] == (JobState.PRINTED, 2)
    (label,) = printer.wait_for(1)
    assert b"_C2_AA VIA" in label


def test_a_label_in_doubt_is_proved_by_its_scan_and_never_printed_again(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    printer.dies_after = 200
    number, _ = at_label(engine)
    assert engine.station.scan(floor.tracking_of(engine, number)).code == "ORDER_PACKED"
    assert [copy for _, copy in jobs(engine, number)] == [1]


class Cut(BaseException):
    """The power goes."""


@pytest.mark.parametrize(
    ("at", "state", "step"),
    [
        ("LabelCreated", JobState.PENDING, "label"),
        ("PrintRequested", JobState.PENDING, "label"),
        ("PrintSent", JobState.SENT, "doubt"),
        ("PrintDone", JobState.PRINTED, "verify"),
    ],
)
def test_cut_off_at_any_point_the_console_goes_on_or_asks_but_never_guesses(
    at: str,
    state: JobState | None,
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    engine = homes.demo(home, Clock())
    engine.station.sign_in("DEMO", PIN)
    append = journal.append

    def cut(c: object, stamp: object, entries: tuple[e.Entry, ...]) -> int:
        seq = append(c, stamp, entries)  # type: ignore[arg-type]
        if any(type(entry).__name__ == at for entry in entries):
            cutting.append(at)
        return seq

    cutting: list[str] = []
    write = type(engine.store).write

    @contextlib.contextmanager
    def durable(store: object) -> Iterator[object]:
        if cutting:
            raise Cut
        with write(store) as c:  # type: ignore[arg-type]
            yield c
        if cutting:
            raise Cut

    monkeypatch.setattr("app.store.journal.append", cut)
    monkeypatch.setattr(type(engine.store), "write", durable)
    with pytest.raises(Cut):
        at_label(engine)
    monkeypatch.undo()
    engine.close()

    again = Engine.open(home, demo=True, clock=Clock())
    again.station.sign_in("DEMO", PIN)
    view = again.station.view().pack
    assert view
    number = view.order_number
    assert view.step == step
    found = jobs(again, number)
    assert found == ([] if state is None else [(state, 1)])
    again.station.begin()
    again.station.sign_in("DEMO", PIN)
    printed = [path for path in (home / "printed").glob("*") if "etiqueta" in path.name]
    if step != "doubt":
        assert len(printed) == 1
        assert jobs(again, number) == [(JobState.PRINTED, 1)]
    else:
        assert again.station.scan(own_code("C", "REIMPRIMIR")).code == "LABEL_AGAIN"
        assert jobs(again, number)[-1] == (JobState.PRINTED, 2)
        last = sorted((home / "printed").iterdir(), key=lambda path: path.stat().st_mtime)[-1]
        assert "2ª VIA" in pdf_text(last.read_bytes())
    assert again.station.scan(floor.tracking_of(again, number)).code == "ORDER_PACKED"
    again.close()


def test_a_further_copy_needs_a_reason_says_that_it_is_one_and_is_counted(engine: Engine) -> None:
    desk = engine.station.printing
    (number,) = floor.pick(engine.station, "single", 1)
    floor.pack(engine.station, number)
    assert desk.document("packing-slip", number).code == "PRINT_REQUESTED"
    assert desk.document("packing-slip", number).code == "PRINT_AGAIN_REASON"
    assert desk.document("packing-slip", number, "rasgou").code == "PRINT_REQUESTED"
    assert desk.document("shipping-label", number).code == "PRINT_AGAIN_REASON"
    assert desk.document("shipping-label", number, "rasgou").code == "PRINT_REQUESTED"
    assert jobs(engine, number)[-1][1] == 2
    with engine.store.read() as c:
        reasons = c.scalars(select(PRINT_JOBS.c.reason).where(PRINT_JOBS.c.copy == 2)).all()
    assert reasons == ["rasgou", "rasgou"]
    texts = [pdf_text(path.read_bytes()) for path in printed(engine, "conteudo-")]
    assert ["2ª VIA" in text for text in texts] == [False, True]
    assert desk.document("danfe", number).code == "NFE_MISSING"
    assert desk.document("gift-slip", "99999").code == "ORDER_UNKNOWN"


def test_a_romaneio_is_printed_again_only_for_a_reason_and_says_so(engine: Engine) -> None:
    desk = engine.station.printing
    (number,) = floor.pick(engine.station, "single", 1)
    floor.pack(engine.station, number)
    assert engine.station.open_manifest(*floor.service_of(engine, number)).code == "MANIFEST_OPENED"
    engine.station.scan(floor.tracking_of(engine, number))
    assert engine.station.act(Close("")).code == "MANIFEST_READY"
    manifest = engine.station.view().dispatch.manifest_id
    (paper,) = printed(engine, "romaneio-")
    with engine.store.read() as c:
        assert paper.read_bytes() == manifests.document(c, manifest), "it isn't what was kept"
    assert desk.romaneio(manifest).code == "PRINT_AGAIN_REASON"
    assert desk.romaneio(manifest, "molhou").code == "PRINT_REQUESTED"
    first, second = (pdf_text(path.read_bytes()) for path in printed(engine, "romaneio-"))
    assert second.count("2ª VIA") > first.count("2ª VIA")


def test_beside_the_station_a_label_waits_for_paper_and_comes_out_by_itself(
    engine: Engine, printer: SocketPrinter
) -> None:
    zebra(engine, printer)
    heard, told = beside(engine)
    press = engine._press
    printer.paper_out = True
    number = engine.submit(lambda: at_label(engine)[0]).result(60)
    assert told.wait(10)
    assert heard == ["PRINTER_PAPER"]
    assert engine.submit(lambda: jobs(engine, number)).result() == [(JobState.PENDING, 1)]
    printer.paper_out = False
    press.spooler.retry()
    assert len(printer.wait_for(1, 20)) == 1
    press.spooler.stop()
    assert engine.submit(lambda: jobs(engine, number)).result() == [(JobState.PRINTED, 1)]
    press.spooler = DirectSpooler(press)
