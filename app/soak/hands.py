"""The hands of an operator: what a person would do next, read from the console's own view."""

from __future__ import annotations

import random

from msgspec import Struct
from sqlalchemy import Connection, select

from app.domain.codes import own_code
from app.domain.dispatch import Close, Handover
from app.domain.pack_actions import NotPrinted
from app.rehearsal import pack_scan, pick_scan
from app.soak import goods
from app.soak.paper import Paper
from app.station.views import DispatchView, PackView, StationView
from app.store.database import WAREHOUSE
from app.store.schema import LABELS, ORDERS, PACKAGES, TOTES

WRONG = "NAOEXISTE123"  # a code that nobody knows
ENOUGH_PACKED = 6  # orders that stand packed before the carrier's van comes


class Move(Struct, frozen=True):
    """A call of the station. `phase` names the work that it belongs to."""

    phase: str
    name: str
    words: tuple[object, ...] = ()


def next_move(view: StationView, c: Connection, paper: Paper, chance: random.Random) -> Move | None:
    """What to do now; None when there is no order left to work on.

    `paper` is what lies in the printer's tray.
    """
    if view.session.state != "signed_in":
        return Move("sign-in", "sign_in", (goods.BADGE, goods.PIN))
    if view.block:
        return Move("answer", "acknowledge")
    if chance.random() < 0.03:
        return Move("wrong scan", "scan", (WRONG,))
    if view.pick:
        return Move("pick", "scan", (pick_scan(view.pick, _free_totes(c)),))
    if view.pack:
        return _at_the_bench(view.pack, paper)
    if view.dispatch and view.dispatch.manifest_id:
        return _at_the_dock(view.dispatch, c)
    return _choose(c)


def _choose(c: Connection) -> Move | None:
    packed = _numbers(c, "packed") + _numbers(c, "to_ship")
    picked = _numbers(c, "picked")
    if len(packed) >= ENOUGH_PACKED or (packed and not picked and not _numbers(c, "to_pick")):
        return Move("dispatch", "open_manifest", (goods.CARRIER, goods.SERVICE))
    if picked:
        return Move("pack", "open_pack", (picked[0],))
    if _numbers(c, "to_pick"):
        return Move("pick", "claim_pick", ("cluster", 2))
    return None


def _at_the_bench(view: PackView, paper: Paper) -> Move:
    """A label in doubt is looked for in the tray: scanned where it lies, else asked for again."""
    if view.step == "label":  # it is on its way; OK looks at the printer again
        return Move("print", "scan", (own_code("C", "OK"),))
    scan = pack_scan(view)
    if view.step == "doubt" and not paper.has(scan):
        return Move("print", "act", (NotPrinted(),))
    # The scan of the box is what makes and prints the label.
    phase = "print" if view.step in ("box", "doubt", "verify") else "pack"
    return Move(phase, "scan", (scan,))


def _at_the_dock(view: DispatchView, c: Connection) -> Move:
    if view.state == "CLOSED":
        return Move("dispatch", "act", (Handover("ABC1D23", "Motorista Inventado", "00000000191"),))
    waiting = _unloaded(c, [row.number for row in view.orders])
    if waiting:
        return Move("dispatch", "scan", (waiting[0],))
    return Move("dispatch", "act", (Close(""),))


def _numbers(c: Connection, queue: str) -> list[str]:
    query = select(ORDERS.c.number).where(
        ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.queue == queue
    )
    return list(c.scalars(query.order_by(ORDERS.c.id).limit(20)))


def _free_totes(c: Connection) -> list[str]:
    used = set(c.scalars(select(TOTES.c.code).where(TOTES.c.warehouse_id == WAREHOUSE)))
    return [tote for tote in goods.totes() if tote not in used]


def _unloaded(c: Connection, numbers: list[str]) -> list[str]:
    query = (
        select(LABELS.c.tracking)
        .join(
            PACKAGES,
            (PACKAGES.c.warehouse_id == LABELS.c.warehouse_id)
            & (PACKAGES.c.label_id == LABELS.c.id),
        )
        .join(
            ORDERS,
            (ORDERS.c.warehouse_id == LABELS.c.warehouse_id) & (ORDERS.c.id == LABELS.c.order_id),
        )
        .where(
            LABELS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.number.in_(numbers),
            PACKAGES.c.state == "VERIFIED",
        )
        .order_by(LABELS.c.tracking)
    )
    return list(c.scalars(query))
