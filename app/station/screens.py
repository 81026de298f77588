"""What a task looks like to a screen: its view, worked out from the task alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from app.domain import dispatch_task, packing, pick_task, putback
from app.domain.pack_task import PackTask, expected_weight_g, package_state, suggested_box
from app.domain.pick_actions import PickContext
from app.domain.pick_task import PickLine, PickTask
from app.security.masks import mask_recipient
from app.station.desk import Desk
from app.station.pictures import Pictures
from app.station.views import (
    DispatchView,
    LineView,
    ManifestChoice,
    PackageView,
    PackView,
    PickView,
    PictureView,
    PutBackView,
)
from app.store import catalogue, manifests, orders


def task_view(c: Connection, desk: Desk, ctx: Any, pictures: Pictures) -> dict[str, Any]:
    """The one field of `StationView` that the desk's kind of work fills."""
    match desk.kind:
        case "pick":
            return {"pick": _pick(c, desk.task, ctx, pictures)}
        case "pack":
            return {"pack": _pack(c, desk.task, ctx.permissions, pictures)}
        case "dispatch":
            return {"dispatch": _dispatch(desk.task, ctx)}
        case _:
            return {"putback": _putback(c, desk.task, ctx.in_hand, pictures)}


def compared(
    c: Connection, params: Mapping[str, object], pictures: Pictures
) -> tuple[PictureView, ...]:
    """The asked product and the scanned one, where an answer names both."""
    skus = [str(params[name]) for name in ("expected_sku", "read_sku") if name in params]
    products = [(sku, catalogue.product(c, sku)) for sku in skus]
    return tuple(
        PictureView(
            sku,
            product.name if product else sku,
            product.category if product else "",
            pictures.path(sku),
        )
        for sku, product in products
    )


def choices(c: Connection, dock: str) -> DispatchView:
    """No manifest in hand: those that are open or wait to be handed over, and those that could be
    opened. `dock` is the one where somebody stands, where it is known."""
    ready = {(row[0], row[1]): ManifestChoice(*row) for row in orders.ready_by_service(c)}
    found: list[ManifestChoice] = []
    for row in manifests.unfinished(c):
        service = row.service_name or row.service_code
        made = ManifestChoice(
            row.carrier, row.service_code, service, 0, row.id, row.state, row.dock
        )
        if row.state != "CLOSED" and (waiting := ready.pop((row.carrier, row.service_code), None)):
            made = replace(made, waiting=waiting.waiting)
        found.append(made)
    found += ready.values()
    found.sort(key=lambda one: (one.carrier, one.service_code, one.manifest_id or "~"))
    return DispatchView("", "", "", dock, None, False, 0, 0, (), "", tuple(found))


def _pick(c: Connection, task: PickTask, ctx: PickContext, pictures: Pictures) -> PickView:
    step = pick_task.step(task)
    aside = next(iter(task.to_set_aside), None)
    here = pick_task.bin_to_check(task) if step == "zero_check" else pick_task.current(task)
    in_group = () if step == "zero_check" else pick_task.group(task)
    whose = aside if aside is not None else here.order_id if here else None
    category = catalogue.categories(c, {line.sku for line in task.lines})
    lines = tuple(_pick_line(line, category, pictures) for line in task.lines)
    current = _pick_line(here, category, pictures) if here else None
    if current and len(in_group) > 1:
        current = replace(
            current,
            order_number=", ".join(line.number for line in in_group),
            quantity=sum(line.remaining for line in in_group),
            done=0,
            short=0,
        )
    totes = tuple((number, pick_task.tote_of(task, o)) for o, number in task.orders.items())
    return PickView(
        mode=task.mode,
        step=step,
        current=current,
        in_hand=task.in_hand,
        tote=pick_task.tote_of(task, whose) if whose is not None else "",
        totes=totes,
        lines=lines,
        units_done=task.units_done,
        units_total=task.units_total,
        typed_quantity_allowed="pick.typed_quantity" in ctx.permissions,
        alternatives=tuple((place["bin"], place["quantity"]) for place in here.alternatives)
        if here
        else (),
        substitutes=tuple((one["sku"], one["name"], one["bin"]) for one in here.substitutes)
        if here
        else (),
        wrong_bin=ctx.wrong_bin,
    )


def _pick_line(line: PickLine, category: Mapping[str, str], pictures: Pictures) -> LineView:
    return LineView(
        order_number=line.number,
        line_id=line.line_id,
        sku=line.sku,
        name=line.name,
        bin=line.bin,
        lot=line.lot,
        quantity=line.quantity,
        done=line.placed,
        short=line.short,
        state=line.state,
        category=category.get(line.sku, ""),
        picture=pictures.path(line.sku),
        expiry=line.expiry,
    )


def _pack(
    c: Connection, task: PackTask, permissions: frozenset[str], pictures: Pictures
) -> PackView:
    row = orders.by_id(c, task.order_id)
    assert row is not None
    person, address = orders.recipient(c, task.order_id)
    held = packing.current(task)
    suggested = suggested_box(task, held)
    category = catalogue.categories(c, {line.sku for line in task.lines})
    lines = tuple(
        LineView(
            order_number=task.number,
            line_id=line.line_id,
            sku=line.sku,
            name=line.name,
            bin="",
            lot="",
            quantity=line.quantity,
            done=line.verified,
            short=0,
            state="VERIFIED" if not line.remaining else "PENDING",
            category=category.get(line.sku, ""),
            picture=pictures.path(line.sku),
        )
        for line in task.lines
    )
    last = next((x for x in reversed(task.history) if hasattr(x, "sku")), None)
    return PackView(
        order_number=task.number,
        channel=task.channel,
        step=packing.step(task),
        note=task.note,
        gift_text=task.gift_text,
        recipient=mask_recipient(person, address, permissions, row.state),
        lines=lines,
        last=next((x for x in lines if last and x.line_id == getattr(last, "line_id", "")), None),
        packages=tuple(
            PackageView(
                package_no=p.package_no,
                box=p.box,
                weight_g=p.weight_g,
                expected_weight_g=expected_weight_g(task, p),
                tracking=p.label.tracking if p.label else "",
                state=package_state(task, p),
                copies=p.label.copies if p.label else 0,
            )
            for p in task.packages
        ),
        package_no=held.package_no,
        suggested_box=suggested.code if suggested else "",
        boxes=tuple(box.code for box in task.boxes),
        units_done=task.units_done,
        units_total=task.units_total,
        invoice=str(task.invoice.get("status", "none")) if task.invoice_required else "",
        differences=packing.differences(task),
    )


def _dispatch(task: dispatch_task.DispatchTask, ctx: dispatch_task.DispatchContext) -> DispatchView:
    return DispatchView(
        manifest_id=task.manifest_id,
        carrier=task.carrier,
        service=task.service_name or task.service_code,
        dock=task.dock,
        cutoff_at=task.cutoff_at,
        late=dispatch_task.is_late(task, ctx.now),
        loaded=task.loaded_count,
        expected=task.expected_count,
        orders=task.orders,
        state=task.state,
    )


def _putback(
    c: Connection, task: putback.PutBackTask, in_hand: tuple[str, int], pictures: Pictures
) -> PutBackView:
    sku, units = in_hand
    here = putback.current(task, sku)
    product = catalogue.product(c, here.sku) if here else None
    return PutBackView(
        order_number=task.number,
        current_sku=here.sku if here else "",
        current_name=here.name if here else "",
        bin=here.bin if here else "",
        outstanding=task.outstanding,
        lines=tuple((o.sku, o.name, o.lot, o.quantity, o.done) for o in task.units),
        lot=here.lot if here else "",
        category=product.category if product else "",
        picture=pictures.path(here.sku) if here else "",
        in_hand=units,
    )
