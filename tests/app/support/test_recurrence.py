from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from app.engine import Engine
from app.support.case import Case, new_tag
from app.support.recurrence import recurring


def test_what_recurs_is_counted_by_code_station_and_operator_with_its_guide(
    engine: Engine,
) -> None:
    now = engine.clock()
    tickets = engine.support.tickets
    base = Case("", now, "Bancada 1", "button", operator_id=1)
    kinds = [
        replace(base, code="PRINTER_DOWN", detail="unreachable"),
        replace(base, code="PRINTER_DOWN", detail="unreachable", station="Bancada 2"),
        replace(base, code="PRINTER_DOWN", detail="unreachable", station="Bancada 2"),
        replace(base, trouble="signin", operator_id=0),
        replace(base, code="CRASHED"),
    ]
    tags = [tickets.make(replace(case, tag=new_tag(now))) for case in kinds]
    tickets.solve(tags[1])
    for tag in (tags[0], tags[2]):
        tickets.send(tag)
    assert engine.support.delivery.send() == 2
    found = {one.code: one for one in recurring(engine.store, now, "pt")}
    down = found["PRINTER_DOWN"]
    assert (down.count, down.solved, down.sent) == (3, 1, 2)
    assert down.stations == (("Bancada 2", 2), ("Bancada 1", 1))
    assert down.operators[0][1] == 3
    assert down.guide == "A etiqueta não sai"
    assert found["signin"].guide == "Não consigo entrar"
    assert found["CRASHED"].guide == ""
    assert next(iter(found)) == "PRINTER_DOWN"
    assert recurring(engine.store, now + timedelta(days=31), "pt") == ()
