"""Taking files in, by the engine that the command and the screen use."""

from __future__ import annotations

import json
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.demo import PIN
from app.engine import Engine
from app.flow.intake import BATCH, FEW
from app.rehearsal import Clock
from app.store import imports, order_search, orders
from app.store.schema import JOURNAL, ORDERS
from app.store.turns import GaveWay, Turns
from tests.support import homes, warehouse
from tests.support.nfe import nfe_proc

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "orders"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = homes.empty(tmp_path / "home", Clock())
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return warehouse.write(tmp_path / "files", 20)


def numbers(engine: Engine, path: Path) -> tuple[int, int, int, int]:
    report = engine.import_unattended(path).params
    return report["new"], report["changed"], report["unchanged"], report["rejected"]


def journal_size(engine: Engine) -> int:
    with engine.store.read() as c:
        return c.scalar(select(func.count()).select_from(JOURNAL))


def rewrite(path: Path, number: str, **changes: object) -> None:
    records = [json.loads(line) for line in path.read_text().splitlines()]
    for record in records:
        if record["number"] == number:
            record.update(changes)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def test_a_second_import_of_the_same_files_changes_nothing(engine: Engine, folder: Path) -> None:
    assert numbers(engine, folder) == (36, 0, 0, 0)
    before = journal_size(engine)
    assert numbers(engine, folder) == (0, 0, 36, 0)
    assert journal_size(engine) == before


def test_a_changed_order_updates_and_the_others_stay(engine: Engine, folder: Path) -> None:
    numbers(engine, folder)
    rewrite(folder / "orders.jsonl", "5004", note="Chamar o porteiro")
    assert numbers(engine, folder) == (0, 1, 35, 0)
    with engine.store.read() as c:
        row = orders.by_number(c, "5004")
        assert row is not None
        assert row.note == "Chamar o porteiro"


def test_an_order_that_is_told_in_another_way_is_unchanged(engine: Engine, folder: Path) -> None:
    numbers(engine, folder)
    path = folder / "orders.jsonl"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    for record in records:
        record["lines"][0]["unit_price"] += "0"
    told = [dict(reversed(record.items())) | {"ours": "no field of an order"} for record in records]
    path.write_text("".join(f"{json.dumps(record)}\n" for record in told))
    assert numbers(engine, path) == (0, 0, 20, 0)


def test_a_change_is_found_by_its_new_words_and_goes_to_its_new_address(
    engine: Engine, folder: Path
) -> None:
    numbers(engine, folder)
    path = folder / "orders.jsonl"
    record = next(
        x for x in map(json.loads, path.read_text().splitlines()) if x["number"] == "5004"
    )
    record["lines"][0]["sku"] = "SKU-NEVER-SEEN"
    record["address"]["street"] = "Rua Outra"
    rewrite(path, "5004", lines=record["lines"], address=record["address"])
    assert numbers(engine, path) == (0, 1, 19, 0)
    with engine.store.read() as c:
        (found,), count = order_search.page(c, "never-seen", "", 0, 10, "10:00")
        assert (found.number, count) == ("5004", 1)
        assert orders.recipient(c, found.id)[1].street == "Rua Outra"
        assert orders.lines(c, found.id)[0].sku == "SKU-NEVER-SEEN"


def test_an_order_cancelled_by_its_shop_leaves_the_queue(engine: Engine, folder: Path) -> None:
    numbers(engine, folder)
    rewrite(folder / "orders.jsonl", "5004", status="cancelled")
    numbers(engine, folder)
    with engine.store.read() as c:
        assert orders.by_number(c, "5004").state == "CANCELLED"


def test_a_bad_record_is_kept_aside_once_and_stops_nothing(engine: Engine, folder: Path) -> None:
    path = folder / "orders.jsonl"
    path.write_text("{broken\n" + path.read_text())
    assert numbers(engine, folder) == (36, 0, 0, 1)
    numbers(engine, folder)
    with engine.store.read() as c:
        kept = imports.rejected(c)
    assert [(row.file, row.line_no, row.code) for row in kept] == [("orders.jsonl", 1, "JSON_BAD")]


def test_a_cancelled_import_goes_on_where_it_stopped(engine: Engine, tmp_path: Path) -> None:
    folder = warehouse.write(tmp_path / "many", 1300)
    numbers(engine, folder / "catalogue.jsonl")
    seen: list[int] = []
    stopped = engine.import_unattended(
        folder / "orders.jsonl", lambda done, total: seen.append(done), lambda: len(seen) >= 1
    )
    assert stopped.code == "IMPORT_CANCELLED"
    assert stopped.params["new"] == BATCH
    assert numbers(engine, folder / "orders.jsonl") == (1300 - BATCH, 0, 0, 0)
    with engine.store.read() as c:
        assert c.scalar(select(func.count()).select_from(ORDERS)) == 1300


def test_while_somebody_scans_transactions_are_short_and_nothing_is_missed(
    engine: Engine, tmp_path: Path
) -> None:
    folder = warehouse.write(tmp_path / "many", 3 * BATCH)
    reached: list[int] = []

    def step(done: int, total: int) -> None:
        reached.append(done)
        if len(reached) == 1:
            engine.courtesy.ask()
            engine.courtesy.over()

    report = engine.import_unattended(folder / "orders.jsonl", step)
    assert report.params["new"] == 3 * BATCH
    assert len(reached) > BATCH / FEW
    assert reached == sorted(reached)


def test_while_somebody_is_signed_in_the_first_transaction_is_short_already(
    tmp_path: Path,
) -> None:
    folder = warehouse.write(tmp_path / "many", 3 * FEW)
    engine = homes.demo(tmp_path / "demo", Clock())
    reached: list[int] = []

    def import_orders() -> int:
        reached.clear()
        engine.import_unattended(folder / "orders.jsonl", lambda done, total: reached.append(done))
        return len(set(reached))

    engine.station.sign_in("DEMO", PIN)
    assert import_orders() == 3
    engine.close()


def test_an_import_that_makes_way_again_and_again_takes_everything_once(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = warehouse.write(tmp_path / "many", 2 * BATCH)
    chance = random.Random(1126)
    undone = 0

    def somebody_waits(turns: Turns, *_: object) -> None:
        nonlocal undone
        if chance.random() < 0.1:
            undone += 1
            raise GaveWay

    engine.courtesy.ask()
    engine.courtesy.over()
    monkeypatch.setattr(Turns, "_make_way", somebody_waits)
    first = numbers(engine, folder)
    assert undone > 10
    assert first == (*first[:1], 0, 0, 0)
    assert numbers(engine, folder) == (0, 0, first[0], 0)
    with engine.store.read() as c:
        assert c.scalar(select(func.count()).select_from(ORDERS)) == 2 * BATCH
        assert order_search.page(c, "SKU", "", 0, 1, "00:00")[1] > 0


def test_an_import_beside_somebody_who_writes_all_the_time_is_whole_and_so_is_the_search(
    engine: Engine, tmp_path: Path
) -> None:
    """Its statements are broken off in their midst, those that merge the search among them."""
    folder = warehouse.write(tmp_path / "many", 2 * BATCH)
    chance = random.Random(1126)
    wrote, is_over = [0], threading.Event()

    def write() -> None:
        while not is_over.wait(chance.random() * 0.008):
            with engine.store.write() as c:
                c.exec_driver_sql("UPDATE settings SET value = value")
            wrote[0] += 1

    somebody = threading.Thread(target=write)
    somebody.start()
    engine.courtesy.ask()
    engine.courtesy.over()
    try:
        first = numbers(engine, folder)
    finally:
        is_over.set()
        somebody.join()
    assert wrote[0] > 50
    assert first == (*first[:1], 0, 0, 0)
    assert numbers(engine, folder) == (0, 0, first[0], 0)
    with engine.store.write() as c:
        c.exec_driver_sql("INSERT INTO order_search(order_search) VALUES ('integrity-check')")
        assert c.scalar(select(func.count()).select_from(ORDERS)) == 2 * BATCH
        found = c.exec_driver_sql("SELECT count(*) FROM order_search_docsize").scalar()
        assert found == 2 * BATCH
    assert engine.store.faults() == []


def test_what_has_no_known_format_is_said(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "photo.bin").write_bytes(b"\x00\x01")
    assert engine.import_unattended(tmp_path / "photo.bin").code == "IMPORT_UNKNOWN_FORMAT"
    assert engine.import_unattended(tmp_path / "nowhere").code in (
        "IMPORT_UNREADABLE", "IMPORT_UNKNOWN_FORMAT",
    )  # fmt: skip


def test_in_a_folder_no_file_that_may_hold_orders_is_passed_over_in_silence(
    engine: Engine, tmp_path: Path
) -> None:
    whole = warehouse.write(tmp_path / "files", 2)
    (whole / "pedidos.csv").write_bytes("numero;situação\n1;aberto\n".encode("utf-16"))
    (whole / "leia-me.txt").write_text("olá")
    for _ in range(2):
        assert engine.import_unattended(whole).params["rejected"] == 1
    with engine.store.read() as c:
        (kept,) = imports.rejected(c)
    assert (kept.file, kept.code) == ("pedidos.csv", "IMPORT_UNKNOWN_FORMAT")
    (whole / "a.jsonl").symlink_to(whole / "a.jsonl")  # nobody can read it, whoever runs the tests
    (whole / "b.jsonl").mkdir()
    assert engine.import_unattended(whole).code == "IMPORT_DONE", "neither is a file of the folder"


@pytest.mark.skipif(os.name == "nt", reason="there a name is text")
def test_a_files_name_may_be_of_another_encoding(engine: Engine, tmp_path: Path) -> None:
    line = (warehouse.write(tmp_path / "files", 1) / "orders.jsonl").read_bytes()
    file = tmp_path / os.fsdecode(b"mar\xe7o.jsonl")
    file.write_bytes(line + b"{bad\n")
    params = engine.import_unattended(file).params
    assert (params["new"], params["rejected"]) == (1, 1)
    with engine.store.read() as c:
        (kept,) = imports.rejected(c)
    assert kept.file == r"mar\xe7o.jsonl"


@pytest.mark.parametrize("first", ["order", "invoice"])
def test_an_invoice_finds_its_order_whichever_comes_first(
    engine: Engine, folder: Path, tmp_path: Path, first: str
) -> None:
    record = json.loads((folder / "orders.jsonl").read_text().splitlines()[0])
    items = [(line["sku"], line["quantity"], "19.90") for line in record["lines"]]
    xml = tmp_path / "nota.xml"
    xml.write_bytes(nfe_proc(record["number"], items))
    for path in (folder, xml) if first == "order" else (xml, folder):
        engine.import_unattended(path)
    gate = invoice_gate(engine, record["number"])
    assert gate[0] in ("done", "failed")
    assert "ORDER" not in gate[1]


def test_an_invoice_with_other_goods_is_a_difference(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    engine.import_unattended(folder)
    xml = tmp_path / "nota.xml"
    xml.write_bytes(nfe_proc("5001", [("SKU-08", 9, "19.90")]))
    engine.import_unattended(xml)
    status, reason = invoice_gate(engine, "5001")
    assert status == "failed"
    assert reason


def invoice_gate(engine: Engine, number: str) -> tuple[str, str]:
    from app.security.roles import ALL_PERMISSIONS
    from app.station import story

    with engine.store.read() as c:
        found = story.story(c, number, ALL_PERMISSIONS, engine.settings.zone(), engine.clock())
    assert found is not None
    gate = next(gate for gate in found.gates if gate.gate == "invoice")
    return gate.status, gate.reason


@pytest.mark.skipif(not REAL.is_dir(), reason="the real orders are not beside this checkout")
def test_the_real_orders_are_taken(engine: Engine) -> None:
    new, changed, _, rejected = numbers(engine, REAL)
    assert (new, changed, rejected) == (14_240, 0, 516)
    with engine.store.read() as c:
        assert {row.code for row in imports.rejected(c)} == {"ORDER_NO_LINES"}
    assert numbers(engine, REAL) == (0, 0, 14_240, 516)
