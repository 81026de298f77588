"""What became of an order, told to Tryton by the buttons that a person there would press.

Each step looks at the shipment's state before and after: a lost answer, a second try or a person
at Tryton's own screen may have done it already, and then it is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.connectors import errors
from app.connectors.bringing import bring
from app.connectors.roles import Fulfilment, Step
from app.connectors.tryton.shipments import SHIPMENT
from app.connectors.tryton.wire import Row, Wire

MOVE = "stock.move"
_AFTER = {
    Step.PICKED: ("picked", "packed", "shipped", "done"),
    Step.PACKED: ("packed", "shipped", "done"),
    Step.SHIPPED: ("done",),
}
_FIELDS = (
    "state", "number", "packages",
    "outgoing_moves.quantity", "outgoing_moves.internal_quantity", "outgoing_moves.state",
    "outgoing_moves.product.code", "outgoing_moves.origin",
    "inventory_moves.quantity", "inventory_moves.origin", "inventory_moves.state",
)  # fmt: skip


async def shipment(wire: Wire, external_id: str) -> Row | None:
    """The state of a shipment and of its moves."""
    if not external_id.isdigit():
        return None
    rows = await wire.search(SHIPMENT, [["id", "=", int(external_id)]], _FIELDS)
    return rows[0] if rows else None


def is_done(row: Row, step: Step) -> bool:
    return row["state"] in _AFTER[step]


async def tell(wire: Wire, done: Fulfilment, package_type: str) -> Row:
    """Bring the shipment to the step; gives it as it is then.

    Raises:
        ConnectorError: Refused where Tryton or its state won't have it.
    """

    async def act(row: Row) -> None:
        if done.step is Step.PICKED:
            await _pick(wire, row, done)
        elif done.step is Step.PACKED:
            await _pack(wire, row, done, package_type)
        else:
            await _ship(wire, row, done)

    return await bring(lambda: _open(wire, done), lambda row: is_done(row, done.step), act)


async def _open(wire: Wire, done: Fulfilment) -> Row:
    row = await shipment(wire, done.external_id)
    if row is None:
        raise errors.Refused("no such shipment", reason="GONE")
    if row["state"] == "cancelled":
        raise errors.Refused("the shipment is cancelled", reason="CANCELLED")
    return row


# --- picked ---------------------------------------------------------------------------------


async def _pick(wire: Wire, row: Row, done: Fulfilment) -> None:
    wanted = _quantities(row, done)
    if _reserved(row) != wanted:
        row = await _reserve(wire, row, done, wanted)
    if row["state"] == "waiting":
        await wire.press(SHIPMENT, row["id"], "assign_try")
        row = await _open(wire, done)
    if row["state"] == "waiting":
        raise errors.Refused("not enough stock there for what was picked", reason="STOCK")
    await wire.press(SHIPMENT, row["id"], "pick")


def _quantities(row: Row, done: Fulfilment) -> dict[int, Decimal]:
    """By outgoing move, in that move's own unit, what was picked.

    Raises:
        Refused: the lines there are not those that were picked.
    """
    moves = {str(m["id"]): m for m in _standing(row["outgoing_moves"])}
    if set(moves) != {line.line_id for line in done.lines}:
        raise errors.Refused("the lines of the shipment have changed", reason="LINES")
    wanted = {}
    for line in done.lines:
        move = moves[line.line_id]
        if line.quantity and line.sku != (move["product"] or {}).get("code"):
            raise errors.Refused("another product was packed", reason="SUBSTITUTED")
        base, own = _number(move["internal_quantity"]), _number(move["quantity"])
        if line.quantity > base:
            raise errors.Refused("more was picked than the shipment asks", reason="QUANTITY")
        wanted[int(line.line_id)] = own * line.quantity / base if base else Decimal(0)
    return wanted


async def _reserve(wire: Wire, row: Row, done: Fulfilment, wanted: Mapping[int, Decimal]) -> Row:
    """Ask for just what was picked: quantities can be changed only while a shipment waits, and
    Tryton itself makes a new shipment of the rest."""
    await wire.press(SHIPMENT, row["id"], "wait")
    row = await _open(wire, done)
    left = dict(wanted)
    for move in _standing(row["inventory_moves"]):
        origin = _origin(move)
        quantity = min(left.get(origin, Decimal(0)), _number(move["quantity"]))
        left[origin] = left.get(origin, Decimal(0)) - quantity
        if quantity != _number(move["quantity"]):
            await wire.write(MOVE, move["id"], {"quantity": float(quantity)})
    return await _open(wire, done)


def _reserved(row: Row) -> dict[int, Decimal]:
    """By outgoing move, what its inventory moves ask for."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for move in _standing(row["inventory_moves"]):
        sums[_origin(move)] += _number(move["quantity"])
    return dict(sums)


def _origin(move: Row) -> int:
    """The outgoing move that an inventory move is for; 0 for none."""
    origin = move.get("origin")
    if isinstance(origin, Mapping):
        return int(origin.get("id") or 0)
    model, _, number = str(origin or "").partition(",")
    return int(number) if model == MOVE and number.isdigit() else 0


# --- packed ---------------------------------------------------------------------------------


async def _pack(wire: Wire, row: Row, done: Fulfilment, package_type: str) -> None:
    if not row["packages"] and done.packages:
        kind = await _package_type(wire, package_type)
        contents = await _contents(wire, row, done)
        # All in one call: either every package is there or none.
        made = [
            {
                "type": kind,
                "shipping_reference": package.tracking or None,
                "moves": [["add", contents[package.package_no]]],
            }
            for package in done.packages
        ]
        await wire.write(SHIPMENT, row["id"], {"packages": [["create", made]]})
    await wire.press(SHIPMENT, row["id"], "pack")


async def _package_type(wire: Wire, name: str) -> int:
    domain = [["name", "=", name]] if name else []
    found = await wire.search("stock.package.type", domain, ["name"], 1)
    if not found:
        raise errors.Refused("no such package type", reason="PACKAGE_TYPE")
    return int(found[0]["id"])


async def _contents(wire: Wire, row: Row, done: Fulfilment) -> dict[int, list[int]]:
    """By package number, the outgoing moves in it. Tryton packs whole moves: a line that went
    into several packages is parted there first, all of it in one call."""
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for package in done.packages:
        for line_id, count in package.lines:
            if count:
                parts[line_id].append((package.package_no, count))
    changes = [
        change
        for line_id, where in parts.items()
        if len(where) > 1 and len(_group(row, line_id, parts)) == 1
        for change in _parting(_group(row, line_id, parts)[0], where)
    ]
    if changes:
        await wire.write(SHIPMENT, row["id"], {"outgoing_moves": changes})
        row = await _open(wire, done)
    contents: dict[int, list[int]] = {package.package_no: [] for package in done.packages}
    for line_id, where in parts.items():
        moves = sorted(_group(row, line_id, parts), key=_units)
        if [_units(move) for move in moves] != sorted(Decimal(count) for _, count in where):
            raise errors.Refused("the lines of the shipment have changed", reason="LINES")
        for move, (package_no, _) in zip(moves, sorted(where, key=lambda p: p[1]), strict=True):
            contents[package_no].append(move["id"])
    return contents


def _group(row: Row, line_id: str, lines: Mapping[str, Any]) -> list[Row]:
    """The outgoing move of a line, and those that were parted from it."""
    moves = [move for move in _standing(row["outgoing_moves"]) if _number(move["quantity"])]
    own = next((move for move in moves if str(move["id"]) == line_id), None)
    if own is None:
        raise errors.Refused("the lines of the shipment have changed", reason="LINES")
    alike = [
        move
        for move in moves
        if str(move["id"]) not in lines
        and (move["product"], move["origin"]) == (own["product"], own["origin"])
    ]
    return [own, *alike]


def _parting(move: Row, where: list[tuple[int, int]]) -> list[list[Any]]:
    """What to write so that a move becomes one for each package."""
    ratio = _number(move["quantity"]) / _units(move)
    (_, first), *others = where
    copies = [["copy", [move["id"]], {"quantity": float(count * ratio)}] for _, count in others]
    return [*copies, ["write", [move["id"]], {"quantity": float(first * ratio)}]]


def _units(move: Row) -> Decimal:
    """A move's quantity in the product's own unit, as packages count."""
    return _number(move["internal_quantity"])


# --- shipped --------------------------------------------------------------------------------


async def _ship(wire: Wire, row: Row, done: Fulfilment) -> None:
    await _references(wire, row, done)
    await _note(wire, row, done)
    parted = await _has_ship(wire)
    if parted and row["state"] == "packed":
        await wire.press(SHIPMENT, row["id"], "ship")
    await wire.press(SHIPMENT, row["id"], "do" if parted else "done")


async def _has_ship(wire: Wire) -> bool:
    """8.0 parted `done` into `ship` and `do`."""
    return int((await wire.version()).partition(".")[0] or 0) >= 8


async def _references(wire: Wire, row: Row, done: Fulfilment) -> None:
    """Tracking codes, on each package and on the shipment."""
    codes = [package.tracking for package in done.packages]
    if not any(codes):
        return
    values: dict[str, Any] = {"shipping_reference": ", ".join(code for code in codes if code)}
    packages = sorted(row["packages"])
    if len(packages) == len(codes):
        values["packages"] = [
            ["write", [package], {"shipping_reference": code}]
            for package, code in zip(packages, codes, strict=True)
            if code
        ]
    await wire.write(SHIPMENT, row["id"], values)


async def _note(wire: Wire, row: Row, done: Fulfilment) -> None:
    """The NF-e's key, for which Tryton has no field, as a note of the shipment; once."""
    if not done.invoice_key:
        return
    resource, text = f"{SHIPMENT},{row['id']}", f"NF-e {done.invoice_key}"
    if not await wire.search(
        "ir.note", [["resource", "=", resource], ["message", "=", text]], ["message"], 1
    ):
        await wire.create("ir.note", {"resource": resource, "message": text})


def _standing(moves: list[Row]) -> list[Row]:
    return [move for move in moves if move["state"] != "cancelled"]


def _number(value: Any) -> Decimal:
    return Decimal(str(value or 0))
