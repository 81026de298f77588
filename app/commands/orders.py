"""`expedita order` and `expedita orders`: one order's whole story, and the queue."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import data_folder, shell
from app.commands.parsing import add_json, count
from app.domain.security_entries import PersonalDataRevealed
from app.security.roles import ALL_PERMISSIONS, REVEALED
from app.station import queue, story
from app.store.orders import QUEUES


def add(commands: Any) -> None:
    order = commands.add_parser("order", help="all that is known of one order")
    order.add_argument("number", help="the order's number")
    add_json(order)
    order.add_argument(
        "--reveal", metavar="REASON", default="", help="with the customer's data; it is audited"
    )
    data_folder.add_badge(order)
    order.set_defaults(run=_order)

    listing = commands.add_parser("orders", help="the queue, best rank first")
    listing.add_argument("--filter", default="", help="words in number, channel, carrier or SKU")
    listing.add_argument(
        "--queue",
        default="",
        choices=QUEUES,
        metavar="NAME",
        help="one queue only: received, to_pick, picking, picked, packed, awaiting_invoice, "
        "awaiting_label, to_ship, exceptions, putback, shipped or closed",
    )
    listing.add_argument(
        "--limit",
        type=count(most=1_000_000),
        default=50,
        metavar="N",
        help="how many at most; %(default)s else",
    )
    add_json(listing)
    listing.set_defaults(run=_orders)


def _order(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        may = ALL_PERMISSIONS
        if options.reveal.strip():
            data_folder.second_factor(engine, options, "personal.reveal")
            may |= {REVEALED}
        with engine.store.write() as c:
            settings = engine.settings
            found = story.story(
                c, options.number, may, settings.zone(), engine.clock(), settings.gates
            )
            if found and REVEALED in may:
                reason = options.reveal.strip()[:200]
                engine.audit.write(c, PersonalDataRevealed(found.row.order_id, reason))
        if found is None:
            return shell.fail("ORDER_UNKNOWN", {"number": options.number})
        if options.json:
            shell.print_json(found)
        else:
            _print_story(found)
        return shell.DONE


def _orders(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        zone = engine.settings.zone()
        with engine.store.read() as c:
            rows, total = queue.page(
                c, options.filter, options.queue, 0, options.limit, zone, engine.clock()
            )
        most = queue.MOST_FOUND if options.filter.strip() else total
        if options.json:
            shell.print_json({"total": min(total, most), "more": total > most, "orders": rows})
            return shell.DONE
        for row in rows:
            print(
                f"{row.number:>12}  {row.state:<12} {row.sla:<8} "
                f"{row.carrier:<12} {row.service:<14} {row.units:>4} un  {row.channel}"
            )
        print(f"{len(rows)} / {most}+" if total > most else f"{len(rows)} / {total}")
        return shell.DONE


def _print_story(found: Any) -> None:
    row = found.row
    print(f"{row.number}  {row.state}  {row.channel}  {row.carrier} {row.service}  {row.sla}")
    print(f"{found.recipient}\n{found.address}")
    if found.note:
        print(f"* {found.note}")
    for gate in found.gates:
        facts = (gate.reason, gate.system, gate.since and f"{gate.since:%Y-%m-%d %H:%M}")
        then = f"→ {gate.next_try_at:%H:%M:%S}" if gate.next_try_at else ""
        print(f"  [{gate.status}] {gate.gate}  {'  '.join(filter(None, facts))} {then}".rstrip())
    for line in found.lines:
        print(f"  {line.sku}  {line.done}/{line.quantity}  {line.state}  {line.name}")
    for package in found.packages:
        print(f"  # {package.package_no}  {package.box}  {package.state}  {package.tracking}")
    for _, tracking, state, copies in found.labels:
        print(f"  = {tracking}  {state}  {copies}")
    for taken in found.handovers:
        print(f"  > {taken.manifest_id}  {taken.state}  {taken.plate}  {taken.driver}".rstrip())
    for entry in found.journal:
        print(f"  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind}  {entry.operator}  {entry.text}")
