"""Units of a cancelled order on their way back, lot by lot."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, insert, select, update

from app.domain.codes import own_code
from app.engine import Engine
from app.store import orders
from app.store.database import WAREHOUSE
from app.store.schema import ORDERS, PLACEMENTS, STOCK

BIN, SKU = "Z-01-01", "DEMO-0301"
LOTS = {"L1": date(2027, 1, 31), "L2": date(2027, 6, 30)}


def cancelled_with_two_lots(engine: Engine) -> str:
    """An order whose one line came from two lots of one bin: two units of L1, one of L2."""
    with engine.store.write() as c:
        for lot, expiry in LOTS.items():
            c.execute(
                insert(STOCK).values(
                    warehouse_id=WAREHOUSE, bin=BIN, sku=SKU, lot=lot, expiry=expiry, quantity=5,
                )
            )  # fmt: skip
        row = orders.by_number(c, "10001")
        assert row
        line = orders.lines(c, row.id)[0]
        for lot, quantity in (("L1", 2), ("L2", 1)):
            c.execute(
                insert(PLACEMENTS).values(
                    warehouse_id=WAREHOUSE, order_id=row.id, line_id=line.line_id, bin=BIN,
                    lot=lot, sku=SKU, tote="T-01", quantity=quantity,
                )
            )  # fmt: skip
        c.execute(update(ORDERS).where(ORDERS.c.number == "10001").values(state="PUTBACK_PENDING"))
    return "10001"


def records(engine: Engine) -> tuple[dict[str, int], dict[str, int]]:
    """By lot: the bin's stock, and what is still owed to it."""
    with engine.store.read() as c:
        row = orders.by_number(c, "10001")
        assert row
        owed = {placed.lot: placed.quantity for placed in orders.placements(c, row.id)}
        stock = c.execute(
            select(STOCK.c.lot, STOCK.c.quantity, STOCK.c.expiry).where(STOCK.c.bin == BIN)
        ).all()
    assert all(row.expiry == LOTS[row.lot] for row in stock)
    return {row.lot: row.quantity for row in stock}, owed


def test_each_lot_gets_its_own_units_back(engine: Engine) -> None:
    station = engine.station
    station.start_putback(cancelled_with_two_lots(engine))
    for _ in range(3):
        assert station.scan(SKU).code == "UNIT_IN_HAND"
    assert station.scan(own_code("B", BIN)).code == "PUTBACK_COMPLETE"
    assert records(engine) == ({"L1": 7, "L2": 6}, {})


def test_an_undo_gives_the_lot_back_to_the_order(engine: Engine) -> None:
    station = engine.station
    station.start_putback(cancelled_with_two_lots(engine))
    for _ in range(2):
        station.scan(SKU)
    assert station.scan(own_code("B", BIN)).code == "PUT_BACK"
    assert records(engine) == ({"L1": 7, "L2": 5}, {"L2": 1})
    assert station.undo().code == "UNDONE"
    assert records(engine) == ({"L1": 5, "L2": 5}, {"L1": 2, "L2": 1})


def test_an_undo_first_forgets_what_was_only_scanned(engine: Engine) -> None:
    station = engine.station
    station.start_putback(cancelled_with_two_lots(engine))
    for _ in range(2):
        station.scan(SKU)
    assert station.undo().code == "HAND_EMPTIED"
    assert station.view().putback.in_hand == 0
    station.scan(SKU)
    assert station.scan(own_code("C", "CANCELAR")).code == "HAND_EMPTIED"
    assert station.scan(own_code("B", BIN)).code == "WRONG_KIND"
    assert station.undo().code == "NOTHING_TO_UNDO"


def test_goods_whose_lot_the_bin_forgot_are_not_lost(engine: Engine) -> None:
    station = engine.station
    number = cancelled_with_two_lots(engine)
    with engine.store.write() as c:
        c.execute(
            insert(STOCK).values(
                warehouse_id=WAREHOUSE, bin="Z-02", sku=SKU, lot="L2", expiry=LOTS["L2"],
                quantity=1,
            )
        )  # fmt: skip
        c.execute(delete(STOCK).where(STOCK.c.bin == BIN, STOCK.c.lot == "L2"))
    station.start_putback(number)
    for _ in range(3):
        station.scan(SKU)
    assert station.scan(own_code("B", BIN)).code == "PUTBACK_COMPLETE"
    assert records(engine) == ({"L1": 7, "L2": 1}, {})
    assert BIN in {row.params["bin"] for row in station.exceptions() if row.kind == "count"}
