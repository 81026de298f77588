"""What changes in an order's source reaches the station that holds its goods, at its next scan."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from app.engine import Engine
from tests.support import floor, warehouse


class Folder:
    """A hot folder whose shop speaks through files."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path
        made = warehouse.write(path / "made", 4)
        text = (made / "orders.jsonl").read_text(encoding="utf-8")
        self.orders: dict[str, dict[str, Any]] = {
            record["number"]: record for record in map(json.loads, text.splitlines())
        }
        engine.import_unattended(made / "catalogue.jsonl")
        engine.import_unattended(made / "bins.csv")
        engine.add_tracking_range("correios", "03220", "ZZ", "BR", 1, 900)
        options = {"folder": str(path), "settle_s": "0"}
        engine.setup.add("loja", "hot-folder", "", options, {})
        self._drops = 0
        self.says(*self.orders)

    def says(self, *numbers: str) -> None:
        """The shop gives these orders as they are now, and the flow has its round."""
        self._drops += 1
        text = "".join(json.dumps(self.orders[number]) + "\n" for number in numbers)
        (self._path / f"drop{self._drops}.jsonl").write_text(text, encoding="utf-8")
        asyncio.run(self._engine.flow().once())

    def told(self, number: str) -> list[dict[str, Any]]:
        asyncio.run(self._engine.flow().once())
        files = sorted((self._path / "out").glob(f"{number}-*.json"))
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Folder:
    return Folder(engine, tmp_path / "pasta")


def _at_the_bench(engine: Engine, shop: Folder, step: str) -> str:
    """One of the shop's orders, picked and on the bench."""
    for number in shop.orders:
        engine.station.supervise(number, "pin", "")
    numbers = floor.pick(engine.station)
    number = next(n for n in numbers if n in shop.orders)
    engine.station.open_pack(number)
    floor.check_units(engine.station, step)
    return number


def test_an_order_goes_in_and_what_became_of_it_goes_out(engine: Engine, shop: Folder) -> None:
    number = _at_the_bench(engine, shop, "box")
    while (view := engine.station.view().pack) is not None:
        engine.station.scan(floor.pack_scan(view))
    assert floor.state_of(engine, number) == "PACKED"
    (told,) = shop.told(number)
    assert (told["step"], told["external_id"]) == ("packed", shop.orders[number]["external_id"])
    wanted = {line["line_id"]: line["quantity"] for line in shop.orders[number]["lines"]}
    assert {line["line_id"]: line["quantity"] for line in told["lines"]} == wanted
    (package,) = told["packages"]
    assert package["tracking"] == floor.tracking_of(engine, number)
    assert dict(package["lines"]) == wanted
    assert shop.told(number) == [told], "told once"


def test_a_cancellation_stops_the_hand_at_its_next_scan_and_becomes_a_put_back(
    engine: Engine, shop: Folder
) -> None:
    number = _at_the_bench(engine, shop, "units")
    before = engine.station.view().pack
    assert before
    shop.orders[number]["status"] = "cancelled"
    shop.says(number)
    shown = engine.station.view().pack
    assert shown
    assert shown.step == "cancelled", "at once on the screen"
    assert engine.station.scan(floor.pack_scan(before)).code == "CANCELLED"
    assert floor.state_of(engine, number) == "PUTBACK_PENDING"


def test_another_address_voids_the_label_and_asks_for_a_new_one(
    engine: Engine, shop: Folder
) -> None:
    number = _at_the_bench(engine, shop, "box")
    while (view := engine.station.view().pack) is not None and view.step != "verify":
        engine.station.scan(floor.pack_scan(view))
    old = floor.tracking_of(engine, number)
    shop.orders[number]["address"]["number"] = "999"
    shop.says(number)
    assert engine.station.scan(old).code == "VOID_LABEL"
