"""Which facts make the warehouse owe a call, and what each call says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.connectors.roles import (
    InvoiceAnswer,
    InvoiceStatus,
    Payment,
    Role,
    TrackingEvent,
    TrackingStatus,
)
from app.domain import entries as e
from app.domain.model import BoxType
from app.store import carrier_labels, catalogue, causes, orders, outbox, packages
from tests.support.flow_floor import FlowFloor
from tests.support.nfe import nfe_proc


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[FlowFloor]:
    made = FlowFloor(tmp_path)
    yield made
    made.store.close()


def _packed(floor: FlowFloor, order_id: int) -> None:
    """The order as the floor packs it, in one box with a label of the warehouse's own."""
    with floor.store.read() as c:
        lines = orders.lines(c, order_id)
    floor.write(
        e.PackOpened(order_id, "B-01"),
        *(e.UnitsVerified(order_id, n.line_id, n.sku, 1, n.quantity) for n in lines),
        e.BoxChosen(order_id, 1, "P"),
        e.PackageWeighed(order_id, 1, 640),
        task="T1",
    )
    with floor.store.write() as c:
        packages.store_label(
            c, label_id=f"L{order_id}", order_id=order_id, package_no=1,
            tracking=f"PB{order_id:09d}BR",
            address_version=1, zpl=b"^XA^XZ", pdf=b"%PDF", dpi=203, at=floor.now,
        )  # fmt: skip
    floor.write(
        e.LabelCreated(order_id, 1, f"L{order_id}", f"PB{order_id:09d}BR", 1),
        e.LabelVerified(order_id, 1, f"L{order_id}", f"PB{order_id:09d}BR"),
        e.OrderPacked(order_id),
    )


def _shipped(floor: FlowFloor, order_id: int) -> None:
    _packed(floor, order_id)
    floor.write(
        e.ManifestOpened("M1", "correios", "03220", "D1"),
        e.PackageLoaded("M1", order_id, 1, f"PB{order_id:09d}BR"),
        e.ManifestClosed("M1", (order_id,)),
        e.ManifestHandedOver("M1", "ABC1D23"),
    )


def test_every_step_of_an_order_is_told_with_what_the_floor_did(floor: FlowFloor) -> None:
    floor.connect("loja", Role.ORDERS, Role.NOTICE)
    order_id = floor.take(floor.order())
    _shipped(floor, order_id)
    seen = []
    real = floor.system.tell

    async def tell(done, key):  # type: ignore[no-untyped-def]
        seen.append(done)
        return await real(done, key)

    floor.system.tell = tell  # type: ignore[method-assign]
    floor.round()
    packed, shipped = seen
    assert (packed.step, shipped.step) == ("packed", "shipped")
    (package,) = shipped.packages
    assert (package.weight_g, package.tracking) == (640, f"PB{order_id:09d}BR")
    with floor.store.read() as c:
        wanted = {line.line_id: line.quantity for line in orders.lines(c, order_id)}
    assert dict(package.lines) == wanted
    assert {line.line_id: line.quantity for line in shipped.lines} == wanted
    assert all(line.short == 0 for line in shipped.lines)
    assert [n.occasion for n in floor.system.notices.values()] == ["shipped"]
    notice = next(iter(floor.system.notices.values()))
    assert package.tracking in notice.text


def test_an_order_that_is_paid_later_is_released_when_the_gateway_says_so(
    floor: FlowFloor,
) -> None:
    floor.connect("gateway", Role.PAYMENTS)
    order = floor.order(payment_status="pending", paid_at=None)
    order_id = floor.take(order)
    assert floor.row(order_id).state == "RECEIVED"
    floor.round()
    assert floor.row(order_id).state == "RECEIVED"
    floor.system.payments[order.external_id] = Payment("paid", floor.now)
    assert floor.round().paid == 1
    row = floor.row(order_id)
    assert (row.state, row.payment_status, row.paid_at) == ("RELEASED", "paid", floor.now)
    assert floor.round().paid == 0


def test_a_refund_cancels(floor: FlowFloor) -> None:
    floor.connect("gateway", Role.PAYMENTS)
    order = floor.order(payment_status="pending", paid_at=None)
    order_id = floor.take(order)
    floor.system.payments[order.external_id] = Payment("refunded")
    floor.round()
    assert floor.row(order_id).state == "CANCELLED"


def _xml_for(floor: FlowFloor, request) -> InvoiceAnswer:  # type: ignore[no-untyped-def]
    order = request.order
    items = [(n.sku, n.quantity, str(n.unit_price * n.quantity)) for n in order.lines]
    xml = nfe_proc(
        order.number, items, cep=order.address.cep, document=order.recipient.document,
        total=str(order.total),
    )  # fmt: skip
    return InvoiceAnswer(InvoiceStatus.AUTHORISED, "nf-1", xml=xml)


def test_an_invoice_that_an_erp_issues_is_waited_for_and_its_fiscal_data_goes_with_the_question(
    floor: FlowFloor,
) -> None:
    floor.connect("fiscal", Role.INVOICES)
    asked = []

    def awaited(request):  # type: ignore[no-untyped-def]
        asked.append(request)
        return InvoiceAnswer(InvoiceStatus.AWAITED)

    floor.system.issue_as = awaited
    order_id = floor.take(floor.order(fiscal='{"cfop": "5102"}'))
    floor.round()
    (call,) = floor.calls(kind="issue")
    assert (call.state, call.code, call.maybe_done) == ("waiting", "INVOICE_AWAITED", False)
    assert asked[0].order.fiscal == '{"cfop": "5102"}'
    assert set(asked[0].names) == {line.sku for line in asked[0].order.lines}
    floor.later(hours=2)
    floor.round()
    (call,) = floor.calls(kind="issue")
    waits = call.next_try_at - floor.now
    assert timedelta(minutes=5) < waits <= timedelta(minutes=10), "asked less often as it lasts"
    floor.write(e.OrderCancelled(order_id, "cancelled", 0))
    assert floor.calls(kind="issue")[0].state == "discarded", "nothing was ever sent"


def test_invoice_then_label_are_fetched_as_early_as_possible(floor: FlowFloor) -> None:
    floor.connect("fiscal", Role.INVOICES)
    floor.connect("correios", Role.CARRIER)
    with floor.store.write() as c:
        catalogue.put_box(c, BoxType("G", 900, 900, 900, 60_000, 300))
    made = floor.order()
    order = floor.order(address=structs.replace(made.address, number="1", state="SP"))
    order_id = floor.take(order)
    assert [call.kind for call in floor.calls()] == ["issue"], "the label waits for the key"
    floor.round()
    assert floor.calls(kind="issue")[0].code == "CALL_PENDING"
    key = floor.calls(kind="issue")[0].key
    request = InvoiceAnswer(InvoiceStatus.PROCESSING)
    assert floor.system.invoices[key].status is request.status
    with floor.store.read() as c:
        whole = orders.full(c, orders.by_id(c, order_id))  # type: ignore[arg-type]

    class Asked:
        order = whole

    floor.system.invoices[key] = _xml_for(floor, Asked)
    floor.later(minutes=1)
    floor.system.pending_labels = 1
    floor.round()
    assert floor.calls(kind="issue")[0].state == "done"
    assert floor.calls(kind="label")[0].code == "CALL_PENDING"
    floor.later(minutes=1)
    floor.round()
    with floor.store.read() as c:
        label = carrier_labels.living(c, order_id, 1, 1, 1)
    assert label is not None
    assert (label.state, label.form, label.cep) == ("ready", "zpl", order.address.cep)
    assert floor.system.effects[order.external_id, "issue"] == 1
    assert floor.system.effects[order.external_id, "label 1"] == 1


def test_a_rejected_invoice_waits_for_a_person_with_sefazs_words(floor: FlowFloor) -> None:
    floor.connect("fiscal", Role.INVOICES)
    floor.system.issue_as = lambda request: InvoiceAnswer(
        InvoiceStatus.REJECTED, reason="232", detail="IE do destinatário não informada"
    )
    floor.take(floor.order())
    floor.round()
    (call,) = floor.calls()
    assert (call.state, call.code) == ("dead", "INVOICE_REJECTED")
    assert call.detail == "232 IE do destinatário não informada"


def _with_label(floor: FlowFloor) -> tuple[int, str]:
    floor.connect("correios", Role.CARRIER)
    with floor.store.write() as c:
        catalogue.put_box(c, BoxType("G", 900, 900, 900, 60_000, 300))
    order = floor.order()
    order_id = floor.take(order)
    floor.round()
    return order_id, order.external_id


def test_a_cancelled_order_gives_its_label_back(floor: FlowFloor) -> None:
    order_id, _ = _with_label(floor)
    floor.write(e.OrderCancelled(order_id, "cliente", 0))
    floor.round()
    assert floor.system.cancelled_labels == ["post-1"]
    floor.round()
    assert floor.system.calls["cancel_label"] == 1


def test_another_address_gives_the_label_back_and_asks_for_a_new_one(floor: FlowFloor) -> None:
    from app.flow.taking import Told

    order_id, external_id = _with_label(floor)
    with floor.store.write() as c:
        before = orders.full(c, orders.by_id(c, order_id))  # type: ignore[arg-type]
        moved = structs.replace(before.address, number="999")
        floor.taker.take(c, [Told(structs.replace(before, address=moved), "moved")])
    floor.round()
    assert floor.system.cancelled_labels == ["post-1"]
    with floor.store.read() as c:
        label = carrier_labels.living(c, order_id, 1, 1, 2)
    assert label is not None
    assert label.reference == "post-2"
    assert floor.system.effects[external_id, "label 1"] == 2


@pytest.mark.parametrize(
    ("says", "code"),
    [({"cep": "00000000"}, "LABEL_OTHER_CEP"), ({"order": "999"}, "LABEL_OTHER_ORDER")],
)
def test_a_label_for_another_cep_or_order_never_counts_and_is_given_back_where_it_is_ours(
    floor: FlowFloor, says: dict[str, str], code: str
) -> None:
    floor.connect("correios", Role.CARRIER)
    with floor.store.write() as c:
        catalogue.put_box(c, BoxType("G", 900, 900, 900, 60_000, 300))
    real = floor.system.label

    async def wrong(request, key):  # type: ignore[no-untyped-def]
        return dataclasses.replace(await real(request, key), **says)

    floor.system.label = wrong  # type: ignore[method-assign]
    order_id = floor.take(floor.order())
    floor.round()
    label, *back = floor.calls()
    assert (label.code, label.state) == (code, "dead")
    assert [call.reference for call in back] == (["post-1"] if "cep" in says else [])
    with floor.store.read() as c:
        assert carrier_labels.living(c, order_id, 1, 1, 1) is None
    floor.system.label = real  # type: ignore[method-assign]
    with floor.store.write() as c:
        outbox.replay(c, floor.now, ids=None, operator_id=1)
    for _ in range(2):
        floor.round()
    assert floor.system.cancelled_labels == (["post-1"] if "cep" in says else [])
    with floor.store.read() as c:
        good = carrier_labels.living(c, order_id, 1, 1, 1)
    assert good is not None
    assert good.reference == "post-2"


def test_a_product_without_weight_lets_the_label_wait_until_the_box_is_weighed(
    floor: FlowFloor,
) -> None:
    floor.connect("correios", Role.CARRIER)
    order_id = floor.take(floor.order())  # no box is known
    floor.round()
    assert floor.calls()[0].code == "LABEL_NEEDS_PARCEL"
    assert floor.system.calls["label"] == 0
    with floor.store.write() as c:
        catalogue.put_box(c, BoxType("P", 200, 150, 100, 9_000, 90))
    floor.write(
        e.PackOpened(order_id, "B-01"), e.BoxChosen(order_id, 1, "P"),
        e.PackageWeighed(order_id, 1, 640),
    )  # fmt: skip
    floor.round()
    assert floor.calls()[0].state == "done"


def test_events_of_a_package_are_followed_to_its_delivery(floor: FlowFloor) -> None:
    floor.connect("correios", Role.TRACKING, Role.NOTICE)
    order_id = floor.take(floor.order())
    _shipped(floor, order_id)
    tracking = f"PB{order_id:09d}BR"
    out = TrackingEvent(floor.now, TrackingStatus.OUT_FOR_DELIVERY, "OEC", "saiu", "SP")
    floor.system.events_of[tracking] = (out,)
    assert floor.round().events == 1
    assert floor.round().events == 0
    gone = TrackingEvent(
        floor.now + timedelta(hours=2), TrackingStatus.DELIVERED, "BDE", "entregue"
    )
    floor.system.events_of[tracking] = (gone, out)
    floor.round()
    assert floor.row(order_id).state == "DELIVERED"
    occasions = sorted(n.occasion for n in floor.system.notices.values())
    assert occasions == ["delivered", "out_for_delivery", "shipped"]
    floor.round()
    assert len(floor.system.notices) == 3


def test_a_customer_is_told_of_an_occasion_once_unless_that_call_was_given_up(
    floor: FlowFloor,
) -> None:
    floor.connect("avisos", Role.NOTICE)
    first, second = floor.take(floor.order()), floor.take(floor.order())

    def told() -> list[int]:
        return sorted(call.order_id for call in floor.calls(kind="notify"))

    with floor.store.write() as c:
        causes.notify(c, (first,), "shipped", floor.now)
        causes.notify(c, (first, second), "shipped", floor.now)
    assert told() == [first, second]
    with floor.store.write() as c:
        (call,) = (m for m in outbox.of_order(c, first) if m.kind == "notify")
        outbox.set_state(c, call.id, state="discarded")
        causes.notify(c, (first, second), "shipped", floor.now)
    assert told() == [first, first, second]


def test_a_connector_serves_the_channels_and_carriers_it_was_told_to(floor: FlowFloor) -> None:
    floor.connect("todos", Role.NOTICE)
    floor.connect("so-loja", Role.NOTICE, channels="loja")
    floor.connect("outro", Role.CARRIER, carriers="Jadlog")
    order = floor.order(channel="loja", carrier="correios")
    order_id = floor.take(order)
    assert not floor.calls(kind="label")
    _shipped(floor, order_id)
    assert [call.connector for call in floor.calls(kind="notify")] == ["so-loja"]
