"""What became of an order, told to Odoo.

Odoo answers 200 and does nothing where it would have shown a wizard, ships everything where
nothing is marked as picked, and takes more than was ordered. So each step is judged by what the
delivery shows afterwards, never by the answer.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.connectors import errors
from app.connectors.bringing import bring
from app.connectors.odoo.deliveries import PICKING
from app.connectors.odoo.wire import Row, Wire
from app.connectors.roles import Fulfilment, Step
from app.connectors.translate import units

LINE = "stock.move.line"
MOVE = "stock.move"
# No wizard for a text message to the customer, and none that asks about the rest: that becomes a
# delivery of its own.
_NO_QUESTIONS = {"skip_sms": True, "skip_backorder": True}
_LINE_FIELDS = ["move_id", "quantity", "picked", "result_package_id", "product_id", "location_id",
                "location_dest_id", "lot_id", "product_uom_id", "picking_id"]  # fmt: skip


async def picking(wire: Wire, external_id: str) -> Row | None:
    """A delivery with its moves and move lines."""
    if not external_id.isdigit():
        return None
    fields = ["name", "state", "move_ids", "move_line_ids", "carrier_tracking_ref"]
    # Not `read`, which has no error for a number that does not exist.
    domain = [["id", "=", int(external_id)]]
    rows = await wire.call(PICKING, "search_read", domain=domain, fields=fields)
    if not rows:
        return None
    row: Row = rows[0]
    wanted = ["product_qty", "quantity", "state", "product_id"]
    row["moves"] = await wire.call(MOVE, "read", row["move_ids"], fields=wanted)
    row["lines"] = await wire.call(LINE, "read", row["move_line_ids"], fields=_LINE_FIELDS)
    return row


def is_done(row: Row, done: Fulfilment) -> bool:
    if row["state"] == "done":
        return True
    if done.step is Step.SHIPPED or row["state"] == "cancel":
        return False
    if done.step is Step.PICKED:
        return _picked(row) == _wanted(done)
    return bool(done.packages) and _packed(row) == _packages(row, done)


async def tell(wire: Wire, done: Fulfilment) -> Row:
    """Bring the delivery to the step; gives it as it is then.

    Raises:
        ConnectorError: Refused where Odoo or the delivery's state won't have it.
    """

    async def act(row: Row) -> None:
        if done.step is Step.PICKED:
            await _pick(wire, row, done)
        elif done.step is Step.PACKED:
            await _pack(wire, row, done)
        else:
            await _ship(wire, row, done)

    return await bring(lambda: _open(wire, done), lambda row: is_done(row, done), act)


async def _open(wire: Wire, done: Fulfilment) -> Row:
    row = await picking(wire, done.external_id)
    if row is None:
        raise errors.Refused("no such delivery", reason="GONE")
    if row["state"] == "cancel":
        raise errors.Refused("the delivery is cancelled", reason="CANCELLED")
    return row


# --- picked ---------------------------------------------------------------------------------


async def _pick(wire: Wire, row: Row, done: Fulfilment) -> None:
    ordered = {str(m["id"]): m for m in row["moves"] if m["state"] != "cancel" and m["product_qty"]}
    if set(ordered) != {line.line_id for line in done.lines}:
        raise errors.Refused("the lines of the delivery have changed", reason="LINES")
    if any(n.quantity > units(ordered[n.line_id]["product_qty"]) for n in done.lines):
        raise errors.Refused("more was picked than the delivery asks", reason="QUANTITY")
    await _same_goods(wire, ordered, done)
    if row["state"] != "assigned":
        await wire.call(PICKING, "action_assign", [row["id"]], changes=True)
        row = await _open(wire, done)
    held = {str(move["id"]): units(move["quantity"]) for move in row["moves"]}
    if any(line.quantity > held[line.line_id] for line in done.lines):
        raise errors.Refused("not enough stock there for what was picked", reason="STOCK")
    # In one call, so that no half of it is ever there.
    moves = [
        [1, int(line.line_id), {"quantity": line.quantity, "picked": line.quantity > 0}]
        for line in done.lines
    ]
    await wire.call(PICKING, "write", [row["id"]], vals={"move_ids": moves}, changes=True)


async def _same_goods(wire: Wire, ordered: dict[str, Row], done: Fulfilment) -> None:
    ids = sorted({move["product_id"][0] for move in ordered.values()})
    rows = await wire.call("product.product", "read", ids, fields=["default_code"])
    codes = {row["id"]: row["default_code"] for row in rows}
    if any(
        line.quantity and line.sku != codes.get(ordered[line.line_id]["product_id"][0])
        for line in done.lines
    ):
        raise errors.Refused("another product was packed", reason="SUBSTITUTED")


def _wanted(done: Fulfilment) -> Counter[int]:
    return Counter({int(line.line_id): line.quantity for line in done.lines if line.quantity})


def _picked(row: Row) -> Counter[int]:
    sums: Counter[int] = Counter()
    for line in row["lines"]:
        if line["picked"] and line["quantity"]:
            sums[line["move_id"][0]] += units(line["quantity"])
    return sums


# --- packed ---------------------------------------------------------------------------------


async def _pack(wire: Wire, row: Row, done: Fulfilment) -> None:
    """Every move line into its package, parted where its units went into several; in one call."""
    if _picked(row) != _wanted(done):
        raise errors.Refused("what is marked as picked there is something else", reason="LINES")
    names = [_name(row, package.package_no) for package in done.packages]
    made = await _package_ids(wire, names)
    loose = [dict(line) for line in row["lines"] if line["picked"] and line["quantity"]]
    changes: list[list[Any]] = []
    for package, name in zip(done.packages, names, strict=True):
        for line_id, count in package.lines:
            left = count
            for line in (n for n in loose if n["move_id"][0] == int(line_id)):
                share = min(left, units(line["quantity"]))
                if not share:
                    continue
                left -= share
                line["quantity"] -= share
                line.setdefault("shares", []).append((share, made[name]))
            if left:
                raise errors.Refused("more was packed than picked", reason="QUANTITY")
    for line in loose:
        (first, package_id), *others = line["shares"]
        changes.append([1, line["id"], {"quantity": first, "result_package_id": package_id}])
        changes += [[0, 0, _copy(line, share, into)] for share, into in others]
    vals = {"move_line_ids": changes}
    await wire.call(PICKING, "write", [row["id"]], vals=vals, changes=True)


def _copy(line: Row, share: int, package_id: int) -> Row:
    same = ("move_id", "product_id", "location_id", "location_dest_id", "lot_id", "product_uom_id")
    values = {name: line[name][0] if line[name] else False for name in (*same, "picking_id")}
    return {**values, "quantity": share, "picked": True, "result_package_id": package_id}


async def _package_ids(wire: Wire, names: list[str]) -> dict[str, int]:
    """Packages by name; made where they aren't yet. The names are the delivery's, so that a
    second try finds those of the first."""
    model = await _package_model(wire)
    domain = [["name", "in", names]]
    found = await wire.call(model, "search_read", domain=domain, fields=["name"])
    ids = {row["name"]: row["id"] for row in found}
    if missing := [name for name in names if name not in ids]:
        values = [{"name": name} for name in missing]
        made = await wire.call(model, "create", vals_list=values, changes=True)
        ids |= dict(zip(missing, made, strict=True))
    return ids


async def _package_model(wire: Wire) -> str:
    """19 renamed it."""
    major = (await wire.version()).partition(".")[0]
    return "stock.package" if major.isdigit() and int(major) >= 19 else "stock.quant.package"


def _name(row: Row, package_no: int) -> str:
    return f"{row['name']}/{package_no}"


def _packages(row: Row, done: Fulfilment) -> Counter[tuple[int, str]]:
    sums: Counter[tuple[int, str]] = Counter()
    for package in done.packages:
        for line_id, count in package.lines:
            sums[int(line_id), _name(row, package.package_no)] += count
    return +sums


def _packed(row: Row) -> Counter[tuple[int, str]]:
    sums: Counter[tuple[int, str]] = Counter()
    for line in row["lines"]:
        if line["picked"] and line["result_package_id"]:
            sums[line["move_id"][0], line["result_package_id"][1]] += units(line["quantity"])
    return +sums


# --- shipped --------------------------------------------------------------------------------


async def _ship(wire: Wire, row: Row, done: Fulfilment) -> None:
    if _picked(row) != _wanted(done):  # with nothing marked Odoo would ship all that was ordered
        raise errors.Refused("what is marked as picked there is something else", reason="LINES")
    codes = ", ".join(package.tracking for package in done.packages if package.tracking)
    if codes and row["carrier_tracking_ref"] != codes:
        vals = {"carrier_tracking_ref": codes}
        await wire.call(PICKING, "write", [row["id"]], vals=vals, changes=True)
    await _note(wire, row, done)
    answer = await wire.call(
        PICKING, "button_validate", [row["id"]], context=_NO_QUESTIONS, changes=True
    )
    if isinstance(answer, dict):
        raise errors.Refused(f"Odoo asks {answer.get('res_model')}", reason="QUESTION")


async def _note(wire: Wire, row: Row, done: Fulfilment) -> None:
    """The NF-e's key, for which Odoo has no field, in the delivery's log; once."""
    if not done.invoice_key:
        return
    domain = [["model", "=", PICKING], ["res_id", "=", row["id"]],
              ["body", "ilike", done.invoice_key]]  # fmt: skip
    if not await wire.call("mail.message", "search_count", domain=domain):
        body = f"NF-e {done.invoice_key}"
        await wire.call(PICKING, "message_post", [row["id"]], body=body, changes=True)
