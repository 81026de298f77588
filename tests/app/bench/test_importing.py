from __future__ import annotations

from pathlib import Path

from app.bench import importing
from app.bench.warehouse import raw


def test_the_import_is_measured_beside_plain_upserts_of_the_same(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(importing, "PARTS", 2)
    report = importing.run(tmp_path, 60).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("import", "µs an order", 60)
    assert report["figure"] > 0
    assert report["floor"] > 0
    assert report["bare_orders_per_s"] > 0
    rows = {}
    for home in ("console", "floor", "bare"):
        db = raw(tmp_path / home)
        rows[home] = db.execute(
            "SELECT o.number, r.name, count(*) FROM orders o"
            " JOIN recipients r USING (warehouse_id)"
            " JOIN order_lines l ON l.order_id = o.id"
            " WHERE r.order_id = o.id AND o.source = 'bench' GROUP BY o.id ORDER BY o.number"
        ).fetchall()
        db.close()
    assert len(rows["console"]) == 60
    assert rows["console"] == rows["floor"] == rows["bare"]
