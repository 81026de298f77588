"""What a product's code means at the bin: taken in hand, or why not."""

from __future__ import annotations

from datetime import date

from app.domain import entries as e
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.pick_actions import PickContext
from app.domain.pick_task import PickLine, PickTask, asked, current, group, tote_of
from app.domain.scan import ProductScan


def take(task: PickTask, scan: ProductScan, ctx: PickContext) -> Decision:
    """Take the scanned units in hand, where they are what is asked at this bin."""
    here = current(task)
    if here is None or scan.sku != here.sku:
        return _other_item(task, scan, ctx)
    expired = _expired(here, ctx, scan)
    return expired or _wrong_lot(here, scan.lot) or _into_hand(task, here, scan.quantity)


def type_in(task: PickTask, quantity: int, ctx: PickContext) -> Decision:
    """Take units counted by eye in hand."""
    here = current(task)
    if here is None or quantity < 1:
        return Refused("NOT_NOW", {}, Outcome.WARN)
    return _expired(here, ctx) or _wrong_lot(here, "") or _into_hand(task, here, quantity)


def completed(task: PickTask, sku: str) -> Refused | None:
    """LINE_COMPLETE where the whole wave has all it needs of a product."""
    lines = [line for line in task.lines if line.sku == sku and not line.cancelled]
    if not lines or any(line.remaining for line in lines):
        return None
    params = {
        "name": lines[0].name,
        "done": sum(line.placed for line in lines),
        "quantity": sum(line.quantity for line in lines),
    }
    return Refused("LINE_COMPLETE", params, Outcome.DONE)


def _into_hand(task: PickTask, here: PickLine, quantity: int) -> Decision:
    total = asked(task)
    held = task.in_hand + quantity
    params: dict[str, object] = {"name": here.name, "quantity": total, "sku": here.sku}
    if task.in_hand >= total:
        return Refused("LINE_COMPLETE", {**params, "done": task.in_hand}, Outcome.DONE)
    if held > total:
        return Refused("OVER_QTY", {**params, "scanned": held})
    params["done"], params["units"] = held, quantity
    entry = e.UnitsTaken(here.order_id, here.line_id, here.sku, quantity, here.lot)
    return Accepted((entry,), "UNIT_OK" if quantity == 1 else "PACK_OK", params)


def _expired(here: PickLine, ctx: PickContext, scan: ProductScan | None = None) -> Refused | None:
    """No rule and no supervisor lets an expired unit go."""
    first = here.expiry
    if scan and scan.expiry:
        read = scan.expiry.isoformat()
        first = min(first, read) if first else read
    if first and first < ctx.today.isoformat():
        day = f"{date.fromisoformat(first):%d/%m/%Y}"
        return Refused("EXPIRED", {"name": here.name, "expiry": day})
    return None


def _wrong_lot(here: PickLine, lot: str) -> Refused | None:
    """A lot that nobody read is believed only where the bin holds no other."""
    if here.tracking == "none" or not here.lot:
        return None
    params = {"name": here.name, "expected": here.lot, "read": lot}
    if lot and lot != here.lot:
        return Refused("WRONG_LOT", params)
    if not lot and here.lots_in_bin > 1:
        return Refused("LOT_NEEDED", params, Outcome.WARN)
    return None


# --- another item ---------------------------------------------------------------------------


def _other_item(task: PickTask, scan: ProductScan, ctx: PickContext) -> Decision:
    """Say what was scanned instead of the asked item: whose it is, or where it belongs."""
    here = current(task)
    if here is None:
        return completed(task, scan.sku) or Refused("NOT_IN_ORDER", {"name": scan.sku})
    wave = [line for line in task.lines if line.sku == scan.sku and not line.cancelled]
    mine = {line.order_id for line in group(task)}
    own = [line for line in wave if line.order_id in mine]
    if own and not any(line.remaining for line in own):
        done = sum(line.placed for line in own)
        quantity = sum(line.quantity for line in own)
        params = {"name": own[0].name, "done": done, "quantity": quantity}
        return Refused("LINE_COMPLETE", params, Outcome.DONE)
    if wave and not own:
        other = next((line for line in wave if line.remaining), wave[0])
        params_ = {"order": other.number, "tote": tote_of(task, other.order_id)}
        return Refused("OTHER_ORDER", {**params_, "name": other.name})
    product = ctx.product(scan.sku)
    name = product.name if product else scan.sku
    bins = ctx.bins_of(scan.sku)
    if own and here.bin not in bins:
        away = next(line.bin for line in own if line.remaining)
        return Refused("WRONG_BIN", {"expected": here.bin, "read": away or "-", "name": name})
    if own or here.bin in bins or _shared_words(here.name, name):
        return Refused("WRONG_ITEM", _compared(here, scan.sku, name))
    return Refused("NOT_IN_ORDER", {"name": name, "order": here.number})


def _compared(here: PickLine, sku: str, name: str) -> dict[str, object]:
    return {
        "expected": here.name,
        "expected_sku": here.sku,
        "read": name,
        "read_sku": sku,
        "difference": difference(here.name, name) or f"{here.sku} ≠ {sku}",
    }


def _shared_words(one: str, other: str) -> set[str]:
    return {word for word in one.casefold().split() if len(word) > 2} & set(
        other.casefold().split()
    )


def difference(expected: str, read: str) -> str:
    """The words that only one of two names has ("Azul ≠ Preto"); empty for unlike names."""
    only_wanted, only_got = words_apart(expected, read)
    if not _shared_words(expected, read) or not (only_wanted or only_got):
        return ""
    return f"{only_wanted or '—'} ≠ {only_got or '—'}"


def words_apart(one: str, other: str) -> tuple[str, str]:
    """The words that each name has and the other has not."""
    first, second = one.split(), other.split()
    return _words_not_in(first, second), _words_not_in(second, first)


def _words_not_in(words: list[str], others: list[str]) -> str:
    known = {other.casefold() for other in others}
    return " ".join(word for word in words if word.casefold() not in known)
