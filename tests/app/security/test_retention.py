"""Personal data is erased so many days after it has served, and what it was about stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import Connection, insert, select, update

from app.config import CATALOGUE
from app.domain.dispatch import Close, Handover
from app.domain.security_entries import PersonalDataErased
from app.engine import Engine
from app.flow.invoices import Policy
from app.flow.taking import OrderTaker, Told
from app.security.retention import KEEP_DAYS, NOTHING
from app.station import auditor
from app.store import orders as stored
from app.store import packages
from app.store.database import WAREHOUSE
from app.store.schema import LABELS, MANIFESTS, METADATA, ORDERS, OUTBOX, RECIPIENTS, REJECTED
from tests.support import homes
from tests.support.shift import Clock, pack_scan, pick_scan

DAYS = int(CATALOGUE[KEEP_DAYS].default)
DRIVER = ("Motorista Inventado", "00000000191")
# Marked as personal and not erased, with the reason.
KEPT = {
    "invoices.xml",  # a fiscal document, which the law keeps for years
    "ticket_answers.author", "ticket_answers.text",  # colleagues of IT about a fault: no customer's
}  # fmt: skip
ERASED = {
    *(f"recipients.{name}" for name in ("name", "document", "email", "phone", "cep", "street",
                                        "house_number", "complement", "district",
                                        "corrected_over")),
    "labels.zpl", "labels.pdf", "supplied_labels.data", "carrier_labels.data",
    "carrier_labels.cep", "outbox.exchange", "manifests.driver", "manifests.driver_document",
    "manifests.pdf", "rejected.raw",
}  # fmt: skip


@dataclass
class Warehouse:
    """A demo warehouse of which one order has left with a driver."""

    engine: Engine
    clock: Clock
    number: str
    order_id: int

    def read(self, c: Connection) -> tuple[object, ...]:
        """What tells who the customer and the driver are."""
        person = c.execute(select(RECIPIENTS).where(RECIPIENTS.c.order_id == self.order_id)).one()
        label = c.execute(select(LABELS).where(LABELS.c.order_id == self.order_id)).one()
        left = c.execute(
            select(MANIFESTS.c.driver, MANIFESTS.c.driver_document, MANIFESTS.c.pdf)
        ).one()
        note = c.scalar(select(ORDERS.c.note).where(ORDERS.c.id == self.order_id))
        return (person.name, person.document, person.email, person.street,
                person.house_number, bytes(label.zpl), bytes(label.pdf), *left, note)  # fmt: skip

    def personal(self) -> tuple[object, ...]:
        with self.engine.store.read() as c:
            return self.read(c)

    def after(self, days: float) -> PersonalDataErased:
        """What is erased when so many days have gone by since the last time."""
        self.clock.now += timedelta(days=days)
        return self.engine.retention.erase()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    clock = Clock()
    engine = homes.demo(tmp_path / "home", clock)
    station = engine.station
    station.sign_in("DEMO", "7391")
    station.claim_pick("single", 1)
    totes = [f"T-{n:02d}" for n in range(1, 31)]
    number = ""
    while view := station.view().pick:
        number = view.totes[0][0] if view.totes else number
        station.scan(pick_scan(view, totes))
    station.open_pack(number)
    while pack := station.view().pack:
        station.scan(pack_scan(pack))
    with engine.store.write() as c:
        row = stored.by_number(c, number)
        assert row
        c.execute(update(ORDERS).where(ORDERS.c.id == row.id).values(note="ligar para a Ana"))
        tracking = packages.labels_of(c, row.id)[0].tracking
    station.open_manifest(row.carrier, row.service_code)
    assert station.scan(tracking).code == "PACKAGE_LOADED"
    station.act(Close("só este vai hoje"))
    assert station.act(Handover("ABC1D23", *DRIVER)).code == "HANDED_OVER"
    yield Warehouse(engine, clock, number, row.id)
    engine.close()


def test_every_personal_column_of_the_schema_is_erased_or_kept_for_a_reason() -> None:
    marked = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.info.get("personal")
    }
    assert marked == ERASED | KEPT


def test_customer_label_note_and_driver_stay_until_the_day_and_are_gone_after_it(
    house: Warehouse,
) -> None:
    before = house.personal()
    assert all(before)
    assert house.after(DAYS - 1) == NOTHING
    assert house.personal() == before
    found = house.after(2)
    assert (found.orders > 0, found.manifests) == (True, 1)
    assert not any(house.personal())
    with house.engine.store.read() as c:
        person, address = stored.recipient(c, house.order_id)
        open_ones = c.scalars(
            select(RECIPIENTS.c.name)
            .join(ORDERS, ORDERS.c.id == RECIPIENTS.c.order_id)
            .where(ORDERS.c.queue == "to_pick")
        ).all()
    assert (person.name, address.cep[5:], len(address.cep)) == ("", "000", 8)
    assert address.city
    assert open_ones
    assert all(open_ones)  # orders that are still open keep theirs
    again = house.after(2)
    assert (again.orders, again.manifests) == (0, 0)


def test_the_audit_tells_how_much_was_erased_and_by_nobody(house: Warehouse) -> None:
    house.after(DAYS + 1)
    with house.engine.store.read() as c:
        newest = auditor.rows(c, "pt", "access")[0]
    assert (newest.kind, newest.who) == ("PersonalDataErased", "")


def test_nothing_is_made_from_the_blanks_and_the_order_says_why(house: Warehouse) -> None:
    house.after(DAYS + 1)
    desk = house.engine.printing_unattended()
    for document in ("shipping-label", "packing-slip", "gift-slip"):
        assert desk.document(document, house.number, "perdeu-se").code == "CUSTOMER_ERASED", (
            document
        )
    story = house.engine.station.story(house.number)
    assert story
    assert story.erased
    assert story.row.state == "SHIPPED"


def test_what_the_source_says_later_brings_nobody_back(house: Warehouse) -> None:
    with house.engine.store.read() as c:
        row = stored.by_id(c, house.order_id)
        assert row
        order = structs.replace(stored.full(c, row), total=Decimal("1.23"))
    house.after(DAYS + 1)
    taker = OrderTaker(
        station_id="E1", clock=house.clock, cutoff_of=lambda carrier: "16:30", policy=Policy()
    )
    with house.engine.store.write() as c:
        assert taker.take(c, [Told(order, "other")])["changed"] == 1
    assert not any(house.personal())
    with house.engine.store.read() as c:
        again = stored.by_id(c, house.order_id)
        assert again
        assert (again.total, again.address_version) == (order.total, row.address_version)


def test_a_customer_whom_another_system_is_still_owed_a_word_about_waits(house: Warehouse) -> None:
    owed = {
        "warehouse_id": WAREHOUSE, "id": 1, "key": "k", "connector": "loja", "kind": "tell",
        "lane": "l", "order_id": house.order_id, "package_no": 0, "topic": "shipped",
        "state": "dead", "created_at": house.clock(), "next_try_at": house.clock(),
    }  # fmt: skip
    with house.engine.store.write() as c:
        c.execute(insert(OUTBOX).values(**owed))
    house.after(DAYS + 1)
    assert house.personal()[0] != ""
    with house.engine.store.write() as c:
        c.execute(update(OUTBOX).values(state="discarded"))
    assert house.after(0).orders == 1
    assert house.personal()[0] == ""


def test_records_kept_aside_and_printed_files_go_too(house: Warehouse) -> None:
    record = {
        "warehouse_id": WAREHOUSE, "id": 1, "file": "a.jsonl", "line_no": 1, "code": "JSON_BAD",
        "detail": "", "raw": '{"name": "Ana', "rejected_at": house.clock(),
    }  # fmt: skip
    with house.engine.store.write() as c:
        c.execute(insert(REJECTED).values(**record))
    printed = sorted((house.engine.home / "printed").glob("*.pdf"))
    assert len(printed) > 1
    then = house.clock().timestamp()
    for path in printed:
        os.utime(path, (then, then))
    fresh = then + timedelta(days=DAYS).total_seconds()
    os.utime(printed[0], (fresh, fresh))
    found = house.after(DAYS + 1)
    assert (found.records, found.files) == (1, len(printed) - 1)
    assert [path for path in printed if path.exists()] == printed[:1]


def test_with_0_days_everything_stays(house: Warehouse) -> None:
    house.engine.set_setting(KEEP_DAYS, "0")
    assert house.after(5000) == NOTHING
    assert all(house.personal())


def test_it_is_done_once_a_day_by_whoever_keeps_the_backups(house: Warehouse) -> None:
    house.clock.now += timedelta(days=DAYS + 1)
    house.engine.backups.tick()
    assert not any(house.personal())
