from __future__ import annotations

from pathlib import Path

from app.store import codes
from tests.support import homes


def test_a_text_names_all_that_bears_it(tmp_path: Path) -> None:
    engine = homes.demo(tmp_path / "home")
    with engine.store.write() as c:
        (number,) = c.exec_driver_sql("SELECT number FROM orders LIMIT 1").one()
        (other,) = c.exec_driver_sql("SELECT sku FROM products ORDER BY sku DESC LIMIT 1").one()
        (sku,) = c.exec_driver_sql("SELECT sku FROM products ORDER BY sku LIMIT 1").one()
        c.exec_driver_sql(
            "INSERT INTO bins (warehouse_id, code, zone, pick_sequence) VALUES (1, ?, 'Z', 9)",
            (number,),
        )
        for known, units in ((other, 6), (sku, 1)):
            c.exec_driver_sql(
                "INSERT INTO barcodes (warehouse_id, code, sku, quantity, linked)"
                " VALUES (1, ?, ?, ?, 0)",
                (number, known, units),
            )
    with engine.store.read() as c:
        found = codes.named(c, number)
        nothing = codes.named(c, number + "x")
        lower = codes.named(c, f" {number}")
    engine.close()
    assert found.products == ((sku, 1), (other, 6))
    assert (found.is_bin, found.is_order) == (True, True)
    assert (found.is_tote, found.is_tracking) == (False, False)
    assert nothing == lower == codes.Named((), False, False, False, False)
