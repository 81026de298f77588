"""What must hold whenever a console comes back, whatever it was killed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, select

from app.soak.answer import Answer
from app.soak.paper import Paper
from app.station.views import StationView
from app.store import journal
from app.store.database import WAREHOUSE
from app.store.schema import (
    JOURNAL,
    LABELS,
    ORDER_LINES,
    ORDERS,
    STOCK,
    TASKS,
    TRACKING_RANGES,
)

Stock = Mapping[tuple[str, str, str], int]


def kept(
    before: Answer, opened: Answer, after: Answer, c: Connection, station: str
) -> Iterator[str]:
    """No accepted scan is lost, and the task resumes where it was.

    `before` is the last answer before the kill, `opened` the first after it, `after` the one to
    the sign-in.
    """
    seq, end = before.tail
    found = c.scalar(
        select(JOURNAL.c.hash).where(
            JOURNAL.c.warehouse_id == WAREHOUSE,
            JOURNAL.c.station_id == station,
            JOURNAL.c.station_seq == seq,
        )
    )
    if seq and found != end:
        yield f"entry {seq} was answered for and is lost"
    unchanged = opened.tail[0] == seq
    was, now = before.view, after.view
    if unchanged and was and now and _task(was) != _task(now):
        yield f"the task came back otherwise: {_step(was)}, then {_step(now)}"


def counted_once(c: Connection, station: str, begun_with: Stock) -> Iterator[str]:
    """The tables say what the journal says, and nothing of it twice."""
    for seq in journal.broken_links(c, station):
        yield f"the journal is broken at {seq}"
    placed: Counter[tuple[int, str]] = Counter()
    taken: Counter[tuple[str, str, str]] = Counter()
    for entry, sign in _counting(c, "UnitsPlaced"):
        placed[entry["order_id"], entry["line_id"]] += sign * entry["quantity"]
        taken[entry["bin"], entry["sku"], entry["lot"]] += sign * entry["quantity"]
    for line in c.execute(select(ORDER_LINES).where(ORDER_LINES.c.warehouse_id == WAREHOUSE)):
        where = f"order {line.order_id} line {line.line_id}"
        units = placed[line.order_id, line.line_id]
        if line.picked != units:
            yield f"{where}: {line.picked} picked, the journal has {units}"
        if line.picked > line.quantity or line.verified > line.quantity:
            yield f"{where}: more than the {line.quantity} that were ordered"
    for row in c.execute(select(STOCK).where(STOCK.c.warehouse_id == WAREHOUSE)):
        place = (row.bin, row.sku, row.lot)
        expected = begun_with[place] - taken[place]
        if row.quantity != expected:
            yield f"bin {row.bin}: {row.quantity} units, {expected} expected"


def no_order_is_stuck(c: Connection) -> Iterator[str]:
    """An order in somebody's hand is in an open task."""
    tasks = select(TASKS.c.id).where(TASKS.c.warehouse_id == WAREHOUSE, TASKS.c.open.is_(True))
    claims = select(JOURNAL.c.payload).where(
        JOURNAL.c.warehouse_id == WAREHOUSE,
        JOURNAL.c.kind == "TaskClaimed",
        JOURNAL.c.task_id.in_(tasks),
    )
    held = {order_id for payload in c.scalars(claims) for order_id in payload["orders"]}
    query = select(ORDERS.c.id, ORDERS.c.state).where(
        ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.state.in_(["PICKING", "PACKING"])
    )
    for row in c.execute(query):
        if row.id not in held:
            yield f"order {row.id} is {row.state} in no task"


def labels_are_right(c: Connection, paper: Paper) -> Iterator[str]:
    """No label came out twice without saying so; no tracking code was given out twice."""
    for tracking in paper.twice():
        yield f"label {tracking} came out twice without saying so"
    owners: Counter[str] = Counter(
        c.scalars(select(LABELS.c.tracking).where(LABELS.c.warehouse_id == WAREHOUSE))
    )
    for sheet in paper.sheets():
        if sheet.tracking not in owners:
            yield f"label {sheet.tracking} came out and no order has it"
    created = Counter(
        payload["tracking"]
        for payload in c.scalars(select(JOURNAL.c.payload).where(JOURNAL.c.kind == "LabelCreated"))
    )
    for tracking, times in created.items():
        if times > 1:
            yield f"tracking code {tracking} was given out {times} times"
    ranges = c.execute(
        select(TRACKING_RANGES).where(TRACKING_RANGES.c.warehouse_id == WAREHOUSE)
    ).all()
    for tracking in created:
        ahead = [r for r in ranges if tracking.startswith(r.prefix)]
        if any(int(tracking[2:10]) >= r.next_serial for r in ahead):
            yield f"tracking code {tracking} would be given out again"


def orders_came_once(c: Connection, numbers: list[str]) -> Iterator[str]:
    """Each order of the files that were taken in is there once, with its lines."""
    found = Counter(c.scalars(select(ORDERS.c.number).where(ORDERS.c.warehouse_id == WAREHOUSE)))
    for number in numbers:
        if found[number] != 1:
            yield f"order {number} is there {found[number]} times"
    lines = Counter(
        c.scalars(select(ORDER_LINES.c.order_id).where(ORDER_LINES.c.warehouse_id == WAREHOUSE))
    )
    query = select(ORDERS.c.id, ORDERS.c.line_count).where(ORDERS.c.warehouse_id == WAREHOUSE)
    for row in c.execute(query):
        if lines[row.id] != row.line_count:
            yield f"order {row.id} has {lines[row.id]} of {row.line_count} lines"


def _counting(c: Connection, kind: str) -> Iterator[tuple[dict[str, Any], int]]:
    """What the journal adds, and takes back, of a kind."""
    query = select(JOURNAL.c.kind, JOURNAL.c.payload).where(
        JOURNAL.c.warehouse_id == WAREHOUSE, JOURNAL.c.kind.in_([kind, "Undone"])
    )
    for row in c.execute(query):
        if row.kind == kind:
            yield row.payload, 1
        elif row.payload["entry_kind"] == kind:
            yield row.payload["fields"], -1


def _task(view: StationView) -> tuple[object, ...]:
    manifest = view.dispatch if view.dispatch and view.dispatch.manifest_id else None
    pack = view.pack
    if pack and pack.step in ("label", "doubt", "verify"):
        # The printer works beside the console: its job may be further, or in doubt.
        packages = tuple(replace(package, copies=0) for package in pack.packages)
        pack = replace(pack, step="label", packages=packages)
    return (view.pick, pack, view.putback, manifest)


def _step(view: StationView) -> str:
    held = view.pick or view.pack
    return f"{type(held).__name__} at {held.step}" if held else "no pick or pack"
