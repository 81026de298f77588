"""What the picker must do next, as prompts."""

from __future__ import annotations

from app.domain.decision import Prompt
from app.domain.pick_task import (
    BATCH,
    PickTask,
    asked,
    bin_to_check,
    current,
    next_without_tote,
    step,
    tote_of,
)


def first_aside(task: PickTask) -> tuple[int, int]:
    """The cancelled order to deal with first, and the units of the hand to put back."""
    return next(iter(task.to_set_aside.items()))


def prompt(task: PickTask) -> Prompt:
    """What the picker must do next."""
    here = current(task)
    match step(task):
        case "set_aside":
            return _set_aside_prompt(task)
        case "load_totes":
            wave = (BATCH,) if task.mode == "batch" else task.active_orders
            loaded = sum(order in task.totes for order in wave)
            number = task.orders.get(next_without_tote(task) or BATCH, "")
            params = {"n": loaded + 1, "total": len(wave), "order": number}
            return Prompt("PICK_LOAD_TOTE", params)
        case "bin" if here:
            return Prompt("PICK_GO_TO_BIN", {"bin": here.bin, "name": here.name})
        case "item" if here:
            units = asked(task) - task.in_hand
            code = "PICK_SCAN_MORE" if task.in_hand else "PICK_SCAN_ITEM"
            return Prompt(code, {"name": here.name, "units": units, "lot": here.lot})
        case "tote" if here:
            params = {"tote": tote_of(task, here.order_id), "units": task.in_hand}
            return Prompt("PICK_PUT_IN_TOTE", params)
        case "short" if here:
            return Prompt("PICK_CONFIRM_SHORT", {"name": here.name, "units": here.remaining})
        case "zero_check":
            checked = bin_to_check(task)
            params = {"bin": checked.bin, "name": checked.name} if checked else {}
            return Prompt("PICK_ZERO_CHECK", params)
        case _:
            return Prompt("PICK_DONE" if task.dropped else "PICK_DROP")


def _set_aside_prompt(task: PickTask) -> Prompt:
    order, units = first_aside(task)
    params = {"order": task.orders[order], "tote": tote_of(task, order), "units": units}
    if task.mode == "batch" or not params["tote"]:
        return Prompt("PICK_CANCELLED", params)
    return Prompt("PICK_SET_ASIDE_UNITS" if units else "PICK_SET_ASIDE", params)
