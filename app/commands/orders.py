"""`expedita order` and `expedita orders`: one order's whole story, and the queue."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from app.commands import shell
from app.security.roles import ALL_PERMISSIONS
from app.station import queue, story


def add(commands: Any) -> None:
    order = commands.add_parser("order", help="all that is known of one order")
    order.add_argument("number")
    order.add_argument("--json", action="store_true")
    order.set_defaults(run=_order)

    listing = commands.add_parser("orders", help="the queue, best rank first")
    listing.add_argument("--filter", default="", help="words in number, channel, carrier or SKU")
    listing.add_argument("--queue", default="", help="to_pick, picked, packed, exceptions, ...")
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_orders)


def _order(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        with engine.store.read() as c:
            # Whoever may read the data folder and its key sees what it holds.
            found = story.story(
                c, options.number, ALL_PERMISSIONS, engine.settings.zone(), engine.clock()
            )
        if found is None:
            lang = engine.settings["language"]
            return shell.fail("ORDER_UNKNOWN", {"number": options.number}, lang)
        if options.json:
            shell.print_json(dataclasses.asdict(found))
        else:
            _print_story(found)
        return shell.DONE


def _orders(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        zone = engine.settings.zone()
        with engine.store.read() as c:
            rows, total = queue.page(
                c, options.filter, options.queue, 0, options.limit, zone, engine.clock()
            )
        if options.json:
            orders = [dataclasses.asdict(row) for row in rows]
            shell.print_json({"total": total, "orders": orders})
            return shell.DONE
        for row in rows:
            print(
                f"{row.number:>12}  {row.state:<12} {row.sla:<8} "
                f"{row.carrier:<12} {row.service:<14} {row.units:>4} un  {row.channel}"
            )
        print(f"{len(rows)} / {total}")
        return shell.DONE


def _print_story(found: Any) -> None:
    row = found.row
    print(f"{row.number}  {row.state}  {row.channel}  {row.carrier} {row.service}  {row.sla}")
    print(f"{found.recipient}\n{found.address}")
    if found.note:
        print(f"* {found.note}")
    for gate in found.gates:
        print(f"  [{gate.status}] {gate.gate} {gate.reason}")
    for line in found.lines:
        print(f"  {line.sku}  {line.done}/{line.quantity}  {line.state}  {line.name}")
    for package in found.packages:
        print(f"  # {package.package_no}  {package.box}  {package.state}  {package.tracking}")
    for _, tracking, state, copies in found.labels:
        print(f"  = {tracking}  {state}  {copies}")
    for entry in found.journal:
        print(f"  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind}  {entry.operator}  {entry.text}")
