"""Batches of labels: by route, stopped and taken up at the exact label, reprinted in part."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.printing import Document, JobState
from app.engine import Engine
from app.station.views import PrintBatchView
from app.store import orders, packages, print_jobs
from app.store.schema import LABELS, PRINT_JOBS, RECIPIENTS
from tests.support import floor, press
from tests.support.raster import codes, pdf_text, zpl_pages
from tests.support.socket_printer import SocketPrinter


@pytest.fixture
def zebra(engine: Engine, printer: SocketPrinter) -> SocketPrinter:
    press.zebra(engine, printer)
    return printer


def batch(engine: Engine) -> PrintBatchView:
    return engine.station.printing.batch_views()[0]


def trackings(printed: list[bytes]) -> list[str]:
    return [codes(page)[0] for label in printed for page in zpl_pages(label)]


def test_a_waves_labels_come_out_by_route_and_the_bench_takes_them_over(
    engine: Engine, zebra: SocketPrinter
) -> None:
    engine.add_tracking_range("correios", "", "QZ", "BR", 1, 500)
    desk = engine.station.printing
    assert desk.start_batch("shipping-label", "correios", "to_pick", 8).code == "BATCH_STARTED"
    done = batch(engine)
    assert (done.state, done.printed, done.total) == ("DONE", 8, 8)
    with engine.store.read() as c:
        rows = c.execute(
            select(LABELS.c.tracking, RECIPIENTS.c.cep)
            .join(RECIPIENTS, RECIPIENTS.c.order_id == LABELS.c.order_id)
            .join(PRINT_JOBS, PRINT_JOBS.c.subject == LABELS.c.id)
            .order_by(PRINT_JOBS.c.position)
        ).all()
    assert trackings(zebra.wait_for(8)) == [row.tracking for row in rows]
    by_service: dict[str, list[str]] = {}
    for row in rows:
        with engine.store.read() as c:
            label = packages.label_by_tracking(c, row.tracking)
            order = orders.by_id(c, label.order_id)
        by_service.setdefault(order.service_code, []).append(row.cep)
    assert all(ceps == sorted(ceps) for ceps in by_service.values())
    # At the bench the label is there already: nothing is printed, its scan proves the box.
    with engine.store.read() as c:
        prepared = {label.order_id for label in c.execute(select(LABELS))}
    numbers = floor.pick(engine.station, "cluster", 6)
    with engine.store.read() as c:
        mine = next(n for n in numbers if orders.by_number(c, n).id in prepared)
    floor.pack(engine.station, mine)
    assert len(zebra.jobs) == 8
    with engine.store.read() as c:
        (label,) = packages.labels_of(c, orders.by_number(c, mine).id)
    assert (label.state, label.copies) == ("VERIFIED", 1)


def test_paper_that_runs_out_stops_the_batch_at_the_exact_label(
    engine: Engine, zebra: SocketPrinter
) -> None:
    desk = engine.station.printing
    zebra.paper_for = 3
    desk.start_batch("packing-slip", "", "to_pick", 6)
    # The third used the last of the paper: whether it is whole, only a person can see.
    stopped = batch(engine)
    assert (stopped.state, stopped.printed) == ("PAUSED", 2)
    (doubt,) = engine.station.view().printing
    assert (doubt.code, doubt.position) == ("PRINT_DOUBT", 3)
    assert desk.change_batch(stopped.batch_id, "RUNNING").code == "PRINT_DOUBT_FIRST"
    zebra.paper_for, zebra.paper_out = None, False
    assert desk.settle(doubt.job_id, True).code == "PRINT_CAME_OUT"
    desk.retry()
    assert desk.change_batch(stopped.batch_id, "RUNNING").code == "BATCH_RUNNING"
    assert (batch(engine).state, batch(engine).printed) == ("DONE", 6)
    with engine.store.read() as c:
        found = c.execute(select(PRINT_JOBS).order_by(PRINT_JOBS.c.position)).all()
    assert [(job.position, job.copy, job.state) for job in found] == [
        (n, 1, JobState.PRINTED) for n in range(1, 7)
    ]


def test_an_item_that_did_not_come_out_is_printed_as_a_further_copy(
    engine: Engine, zebra: SocketPrinter
) -> None:
    desk = engine.station.printing
    zebra.paper_for = 2
    desk.start_batch("packing-slip", "", "to_pick", 3)
    (doubt,) = engine.station.view().printing
    zebra.paper_for, zebra.paper_out = None, False
    assert desk.settle(doubt.job_id, False).code == "PRINT_AGAIN"
    desk.retry()
    assert desk.change_batch(batch(engine).batch_id, "RUNNING").code == "BATCH_RUNNING"
    assert batch(engine).state == "DONE"
    with engine.store.read() as c:
        found = c.execute(
            select(PRINT_JOBS).order_by(PRINT_JOBS.c.position, PRINT_JOBS.c.nth)
        ).all()
    assert [(job.position, job.copy) for job in found] == [(1, 1), (2, 1), (2, 2), (3, 1)]


def test_a_batch_is_paused_by_a_restart_and_goes_on_where_it_was(
    engine: Engine, zebra: SocketPrinter
) -> None:
    desk = engine.station.printing
    zebra.head_open = True
    desk.start_batch("packing-slip", "", "to_pick", 4)
    assert (batch(engine).state, batch(engine).printed) == ("RUNNING", 0)
    home = engine.home
    engine.close()
    zebra.head_open = False
    again = Engine.open(home, demo=True)
    again.station.begin()
    assert batch(again).state == "PAUSED"
    again.station.sign_in("DEMO", "7391")  # the item that waited comes out; no other does
    assert (batch(again).state, batch(again).printed) == ("PAUSED", 1)
    again.station.printing.change_batch(batch(again).batch_id, "RUNNING")
    assert (batch(again).state, batch(again).printed) == ("DONE", 4)
    assert len(zebra.wait_for(4)) == 4
    again.close()


def test_a_cancelled_batch_prints_nothing_more(engine: Engine, zebra: SocketPrinter) -> None:
    desk = engine.station.printing
    zebra.paused = True
    desk.start_batch("packing-slip", "", "to_pick", 4)
    assert desk.change_batch(batch(engine).batch_id, "CANCELLED").code == "BATCH_CANCELLED"
    zebra.paused = False
    desk.retry()
    assert zebra.jobs == []
    assert engine.station.view().printing == ()
    assert desk.change_batch(batch(engine).batch_id, "RUNNING").code == "BATCH_OVER"


def test_an_order_cancelled_meanwhile_is_left_out(engine: Engine, zebra: SocketPrinter) -> None:
    desk = engine.station.printing
    zebra.paused = True
    desk.start_batch("packing-slip", "", "to_pick", 3)
    with engine.store.read() as c:
        job = c.execute(select(PRINT_JOBS)).one()
    others = [row.number for row in engine.station.queue("", "to_pick", 0, 3)[0]]
    victim = next(number for number in others if number != job.subject)
    engine.station.supervise(victim, "cancel", "desistiu")
    zebra.paused = False
    desk.retry()
    assert batch(engine).state == "DONE"
    assert len(zebra.wait_for(2)) == 2


def test_after_a_jam_a_part_is_reprinted_with_its_copies_counted(engine: Engine) -> None:
    desk = engine.station.printing
    desk.start_batch("packing-slip", "", "to_pick", 5)
    first = batch(engine)
    assert desk.reprint_batch(first.batch_id, 2, 4, " ").code == "REASON_NEEDED"
    assert desk.reprint_batch(first.batch_id, 9, 12, "jam").code == "BATCH_EMPTY"
    assert desk.reprint_batch(first.batch_id, 2, 4, "jam").code == "BATCH_STARTED"
    with engine.store.read() as c:
        found = c.execute(select(PRINT_JOBS).where(PRINT_JOBS.c.copy == 2)).all()
        again = [print_jobs.of(c, Document.PACKING_SLIP, job.subject) for job in found]
    assert [job.reason for job in found] == ["jam"] * 3
    assert all([job.copy for job in jobs] == [1, 2] for jobs in again)


def test_hundreds_of_slips_come_out_one_after_the_other(engine: Engine) -> None:
    desk = engine.station.printing
    desk.start_batch("packing-slip", "", "", 400)
    done = batch(engine)
    printed = list((engine.home / "printed").glob("conteudo-*"))
    assert (done.state, done.printed) == ("DONE", len(printed))
    assert 100 < len(printed) < done.total  # cancelled orders are left out
    assert "CONTEÚDO DO PEDIDO" in pdf_text(printed[0].read_bytes())
