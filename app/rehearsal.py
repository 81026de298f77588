"""What an operator would scan next, read from the station's own view of the task in hand, and a
day of the systems behind it.

For demonstrations, pictures and rehearsals: nobody's scanner, no real system.
"""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from app.config import Settings
from app.domain.codes import own_code
from app.domain.entries import TaskClaimed
from app.health.model import Cause, Sample, System
from app.health.monitor import Monitor
from app.station import claim
from app.station.views import DispatchView, PackView, PickView
from app.store import connectors, imports, journal, orders, outbox
from app.store.database import Store


class Clock:
    """A clock that moves on with every look, so that no scan falls into the cool-down."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) -> None:
        self.now = start
        self.step = timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """While this lasts, no time goes by."""
        step, self.step = self.step, timedelta(0)
        try:
            yield
        finally:
            self.step = step


def pick_scan(view: PickView, totes: Sequence[str], bench: str = "B-01") -> str:
    """The scan that the picker's screen asks for."""
    match view.step:
        case "load_totes":
            used = {tote for _, tote in view.totes}
            return own_code("T", next(tote for tote in totes if tote not in used))
        case "bin":
            assert view.current
            return own_code("B", view.current.bin)
        case "item":
            assert view.current
            return view.current.sku
        case "tote":
            return own_code("T", view.tote)
        case "zero_check":
            return own_code("C", "OK")
        case "short":
            return own_code("C", "FALTA")
        case _:
            return own_code("N", bench)


def pack_scan(view: PackView) -> str:
    """The scan that the packer's screen asks for."""
    match view.step:
        case "note":
            return own_code("C", "OK")
        case "units":
            return next(line.sku for line in view.lines if line.done < line.quantity)
        case "box":
            return own_code("E", view.suggested_box or view.boxes[-1])
        case "verify" | "label" | "doubt":
            return next(p.tracking for p in view.packages if p.state == "LABELLED")
        case step:
            raise AssertionError(f"nothing to scan at {step}")


def dispatch_scans(view: DispatchView) -> tuple[str, str]:
    """Carrier and service code of the first manifest that could be opened."""
    first = view.choices[0]
    return first.carrier, first.service_code


def at_another_bench(store: Store, settings: Settings, now: datetime, number: str) -> None:
    """Put an order on the bench of a made-up second station."""
    with store.write() as c:
        made = claim.pack(c, settings, now, "Estação 2", number)
        assert isinstance(made, claim.Claim)
        stamp = journal.Stamp("Estação 2", 3, now, str(uuid.uuid4()))
        claimed = TaskClaimed(made.kind, made.plan, made.orders)
        journal.append(c, stamp, (claimed, *made.entries))


def health_day(store: Store, station: str, now: datetime) -> None:
    """A made-up day of the systems, up to `now`: a shop that was slow at noon and once gone."""
    chance = random.Random(3)
    shop = System("door:127.0.0.1:9", "door", "127.0.0.1:9", shared=True)
    usual = {System("store", "store"): 0.004, System("bench:answer", "answer"): 0.03, shop: 0.3}
    untimed = (System("disk", "disk"), System("clock", "clock"))
    monitor = Monitor(store, f"{station}/console", station)
    begin = now - timedelta(hours=24)
    monitor.watch([(system, 3600.0) for system in (*usual, *untimed)], begin)
    for minute in range(24 * 60):
        at = begin + timedelta(minutes=minute)
        for system in untimed:
            monitor.take(Sample(system.id, at))
        for system, usual_s in usual.items():
            seconds = usual_s * math.exp(chance.gauss(0, 0.3))
            if system == shop and 790 <= minute < 815:
                monitor.take(Sample(system.id, at, failed=Cause("NO_ROUTE", shop.name)))
            else:
                noon = 14 * max(0.0, 1 - abs(minute - 540) / 40) if system == shop else 0.0
                monitor.take(Sample(system.id, at, seconds * (1 + noon)))
        monitor.look(at)
    monitor.keep(now)


def troubled_flow(store: Store, now: datetime) -> None:
    """Calls of a made-up shop and carrier that ended badly, for pictures of Pendências."""
    with store.write() as c:
        for name, kind, roles in (
            ("loja", "hot-folder", ["orders"]),
            ("fiscal", "—", ["invoices"]),
        ):
            connectors.add(c, name=name, kind=kind, url="", options={}, roles=roles, steps=[])
        connectors.put_breaker(
            c, "loja", state="open", failures=4, opened_at=now - timedelta(minutes=12),
            next_try_at=now + timedelta(minutes=3), last_ok_at=now - timedelta(minutes=13),
            code="CONNECTOR_DOWN", detail="ConnectError",
        )  # fmt: skip
        for number, connector, kind, topic, state, code, detail in (
            ("10001", "loja", "tell", "packed", "waiting", "CONNECTOR_DOWN", "ConnectError"),
            ("10003", "fiscal", "issue", "", "dead", "INVOICE_REJECTED", "232 IE não informada"),
            ("10004", "loja", "tell", "shipped", "dead", "CONNECTOR_UNKNOWN", "ReadTimeout"),
        ):
            row = orders.by_number(c, number)
            assert row is not None
            call = outbox.add(
                c, connector=connector, kind=kind, order_id=row.id, topic=topic, at=now
            )
            outbox.set_state(
                c, call, state=state, code=code, detail=detail, tries=4,
                failing_since=now - timedelta(minutes=40),
                exchange='POST /pedidos\n{"cliente": {"nome": "•••"}}\nHTTP 422',
            )  # fmt: skip
        imports.reject_from(c, "loja", "8812", "ORDER_BAD_CEP", "address.cep", "{}", now)
