"""What became of an order, told to Medusa: packed is a fulfilment for each package, shipped is a
shipment with its label.

Two clients at once make a fulfilment twice there. So what is there is looked at before each call,
and a fulfilment carries the number of the package that it was made for.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.connectors import errors, parcels
from app.connectors.bringing import bring
from app.connectors.medusa import orders
from app.connectors.medusa.wire import Row, Wire
from app.connectors.roles import Fulfilment, PackageDone, Step
from app.connectors.translate import Record, units

NFE = "nfe_key"
SHORTS = "expedita_missing"


async def order(wire: Wire, external_id: str) -> Row | None:
    return await wire.row(f"orders/{external_id}", "order", [("fields", orders.FIELDS)])


def is_done(row: Row, done: Fulfilment) -> bool:
    parcels.of(done)
    made = orders.fulfilments(row, ours=True)
    if done.step is Step.SHIPPED:
        made = [f for f in made if f.get("shipped_at")]
    return Counter(map(_of_package, _packages(done))) <= Counter(map(_of_fulfilment, made))


async def tell(wire: Wire, done: Fulfilment) -> Row:
    """Bring the order to the step; gives it as it is then.

    Raises:
        ConnectorError: Refused where Medusa or the order's state won't have it.
    """

    async def act(row: Row) -> None:
        await _pack(wire, row, done)
        if done.step is Step.SHIPPED:
            await _ship(wire, await _open(wire, done), done)

    return await bring(lambda: _open(wire, done), lambda row: is_done(row, done), act, "status")


async def _open(wire: Wire, done: Fulfilment) -> Row:
    row = await order(wire, done.external_id)
    if row is None:
        raise errors.Refused("the shop has no such order", reason="GONE")
    if row["status"] == orders.CANCELLED:
        raise errors.Refused("the order is cancelled", reason="CANCELLED")
    return row


# --- packed ---------------------------------------------------------------------------------


async def _pack(wire: Wire, row: Row, done: Fulfilment) -> None:
    if row["payment_status"] not in orders.PAID:
        raise errors.Refused("the order is not paid", reason="PAYMENT")
    parcels.hold_against(done, orders.wanted(row))
    await _note(wire, row, done)
    left = Counter(map(_of_package, _packages(done)))
    wanted = set(left)
    for fulfilment in orders.fulfilments(row, ours=True):
        key = _of_fulfilment(fulfilment)
        if key in wanted:
            # One made twice in a race stays: Medusa counted the units of both once, so that giving
            # one back would leave nothing to ship.
            left[key] -= bool(left[key])
        elif not fulfilment.get("shipped_at"):  # of an earlier pack
            await wire.change(f"{_path(row)}/{fulfilment['id']}/cancel", {"no_notification": True})
    for package in _packages(done):
        if left[_of_package(package)]:
            left[_of_package(package)] -= 1
            await wire.change(_path(row), _body(package))


def _path(row: Row) -> str:
    return f"orders/{row['id']}/fulfillments"


def _body(package: PackageDone) -> dict[str, Any]:
    return {
        "items": _items(package),
        "no_notification": True,
        "metadata": {orders.OURS: package.package_no},
    }


def _items(package: PackageDone) -> list[dict[str, Any]]:
    return [{"id": line, "quantity": count} for line, count in package.lines]


def _packages(done: Fulfilment) -> list[PackageDone]:
    return [package for package in done.packages if package.lines]


_Key = tuple[int, frozenset[tuple[str, int]]]


def _of_package(package: PackageDone) -> _Key:
    return package.package_no, frozenset(package.lines)


def _of_fulfilment(fulfilment: Record) -> _Key:
    lines = ((item["line_item_id"], units(item["quantity"])) for item in fulfilment["items"])
    return int(fulfilment["metadata"][orders.OURS]), frozenset(lines)


# --- shipped --------------------------------------------------------------------------------


async def _ship(wire: Wire, row: Row, done: Fulfilment) -> None:
    by_key = {_of_package(package): package for package in _packages(done)}
    made = orders.fulfilments(row, ours=True)
    for fulfilment in sorted(made, key=lambda f: not f.get("shipped_at")):
        package = by_key.pop(_of_fulfilment(fulfilment), None)  # a second one is not shipped too
        if package is None or fulfilment.get("shipped_at"):
            continue
        # A label needs all three; it takes "#" for an address that there is none of.
        label = {"tracking_number": package.tracking, "tracking_url": "#", "label_url": "#"}
        body = {"items": _items(package), "labels": [label] if package.tracking else []}
        await wire.change(f"{_path(row)}/{fulfilment['id']}/shipments", body)


async def _note(wire: Wire, row: Row, done: Fulfilment) -> None:
    """The NF-e's key and what was missing, in the order's metadata."""
    there = row.get("metadata") or {}
    new = {NFE: done.invoice_key, SHORTS: parcels.shorts_text(done)}
    changes = {name: text for name, text in new.items() if text and there.get(name) != text}
    if changes:
        await wire.change(f"orders/{row['id']}", {"metadata": {**there, **changes}})
