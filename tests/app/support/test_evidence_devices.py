from __future__ import annotations

from pathlib import Path

from app.engine import Engine
from app.store import printers
from app.support.evidence_devices import devices


def test_each_printer_in_use_says_how_it_stands(engine: Engine) -> None:
    found = devices(engine.settings, engine.store, engine.home)
    assert [printer["code"] for printer in found["printers"]] == ["PDF"]
    assert found["printers"][0]["answer"] == "ready"
    assert found["scanner"] == {"kind": "keyboard"}


def test_a_printer_that_does_not_answer_is_named_with_why(engine: Engine) -> None:
    station = engine.settings["station.name"]
    with engine.store.write() as c:
        printers.put(c, "P-01", "Zebra", "socket://127.0.0.1:1", 203)
        printers.choose(c, station, "", "P-01")
    found = devices(engine.settings, engine.store, engine.home)
    down = next(printer for printer in found["printers"] if printer["code"] == "P-01")
    assert down["answer"].startswith("PRINTER_")


def test_without_a_store_the_scanner_is_still_told() -> None:
    settings = {"scanner.serial_port": "/dev/nowhere"}
    found = devices(settings, None, Path())
    assert found == {
        "printers": [],
        "scanner": {"kind": "serial", "port": "/dev/nowhere", "there": False},
        "scale": {"kind": "none"},
    }
