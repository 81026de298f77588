"""A whole shift through the real window: real keys, a raw socket printer, two power cuts."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.codes import own_code
from app.engine import Engine
from app.rehearsal import pack_scan, pick_scan
from app.security.keys import KeyChoice, KeySource
from app.security.roles import Role
from app.station.views import StationView
from app.store import catalogue, journal, packages, tasks
from tests.support import warehouse
from tests.support.desktop import EXPEDITA, ConsoleProcess, Desktop, until
from tests.support.raster import codes, zpl_pages
from tests.support.socket_printer import SocketPrinter

PIN = "739105"
ORDERS = 20
COOLDOWN_S = 0.75  # a little more than the scanner setting asks
TOTES = [f"T-{n:02d}" for n in range(1, 31)]
BLOCK_RED = (0xB3, 0x16, 0x1B)
HOSTILE = (
    "NAOEXISTE123",
    "7891000315508",  # a GTIN with a wrong check digit
    "x'; DROP TABLE orders; --",
    "^XA^FDpwned^FS^XZ",
    "9" * 600,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def printer() -> Iterator[SocketPrinter]:
    with SocketPrinter(answers_status=False) as made:
        yield made


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as made:
        yield made


class Shift:
    """The hands of an operator: looks at what the console kept, and scans what comes next."""

    def __init__(self, desktop: Desktop, home: Path) -> None:
        self.desktop = desktop
        self.home = home
        self._last = ""
        self.engine = Engine.open(home)
        self.station_name = self.engine.settings["station.name"]
        self.start()

    def start(self) -> None:
        self.console = ConsoleProcess(self.desktop, self.home)
        self.sign_in()

    def power_cut(self) -> None:
        self.console.kill()
        self.start()

    def sign_in(self) -> None:
        self.desktop.changes(lambda: self.desktop.scan(own_code("U", "SUP1")))
        self.desktop.changes(lambda: self.desktop.type(PIN + "\n"))

    def stop(self) -> None:
        self.console.close()
        self.engine.close()

    # --- what is kept -----------------------------------------------------------------------

    def entries(self) -> int:
        with self.engine.store.read() as c:
            return journal.head(c, self.station_name)[0]

    def task(self) -> str:
        with self.engine.store.read() as c:
            row = tasks.open_task(c, self.station_name)
            return f"{row.kind}:{row.id}" if row else ""

    def view(self) -> StationView:
        """The task in hand as the console has made it durable, by an engine of its own."""
        onlooker = Engine.open(self.home)
        try:
            onlooker.station.sign_in("SUP1", PIN)
            return onlooker.station.view()
        finally:
            onlooker.close()

    # --- what hands do ----------------------------------------------------------------------

    def scan(self, code: str) -> None:
        """Scan, and wait until it is in the journal. The same code twice comes as from a hand: not
        while the console still takes it for one reading that the scanner sent again."""
        before = self.entries()
        if code == self._last:
            time.sleep(COOLDOWN_S)
        self._last = code
        self.desktop.scan(code)
        until(lambda: self.entries() > before, f"an entry for {code[:20]}")
        time.sleep(0.05)

    def wrong(self, code: str, kept: int = 0) -> None:
        """Scan what must be refused in red: nothing of it counts, and OK goes on. `kept` entries
        tell of another order that it concerns."""
        before = self.entries() + kept
        self.desktop.scan(code)
        until(self.is_red, f"the refusal of {code[:20]}")
        assert self.entries() == before
        self.desktop.scan(code)  # while it is red nothing counts
        time.sleep(0.2)
        assert self.is_red()
        self.desktop.key("F12")
        until(lambda: not self.is_red(), "the acknowledgement")
        assert self.entries() == before

    def is_red(self) -> bool:
        return self.desktop.picture().getpixel((20, 740)) == BLOCK_RED


def command(home: Path, *words: str) -> str:
    done = subprocess.run(
        [EXPEDITA, "--home", home, *words], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_warehouse(home: Path, files: Path, printer: SocketPrinter, orders: int = ORDERS) -> None:
    engine = Engine.open(home, choose=lambda: KeyChoice(KeySource.FILE))
    engine.operators.add_first_supervisor("Ana Exemplo", "SUP1", PIN)
    engine.operators.add("Bia Exemplo", "PICK1", Role.PICKER, "846213")
    for key, value in {
        "scanner.max_gap_ms": "60",
        "scanner.cooldown_ms": "100",
        "company.name": "Armazém Inventado",
    }.items():
        assert engine.set_setting(key, value).code == "SETTING_SAVED"
    printing = engine.printing_unattended()
    uri = f"socket://{printer.host}:{printer.port}"
    assert printing.put_printer("Z-01", "Zebra", uri, 203).code == "PRINTER_SAVED"
    assert printing.use("Z-01").code == "PRINTER_CHOSEN"
    with engine.store.write() as c:
        packages.add_range(
            c, carrier="correios", service_code="03220", prefix="QC", country="BR",
            first=10_000_000, last=10_000_999,
        )  # fmt: skip
        for box in _boxes():
            catalogue.put_box(c, box)
    engine.close()
    warehouse.write(files, orders)
    for name in ("catalogue.jsonl", "bins.csv", *(["orders.jsonl"] if orders else [])):
        command(home, "import", str(files / name))


def _boxes() -> list[object]:
    from app.demo import boxes

    return list(boxes())


def test_twenty_orders_from_the_queue_to_the_carrier(
    tmp_path: Path, home: Path, printer: SocketPrinter, desktop: Desktop
) -> None:
    make_warehouse(home, tmp_path / "files", printer)
    shift = Shift(desktop, home)
    try:
        pick_all(shift)
        pack_all(shift)
        romaneio = dispatch_all(shift, printer)
    finally:
        desktop.picture().save(tmp_path / "last.png")
        shift.stop()
    check_orders(home)
    check_paper(home, printer, romaneio)


def pick_all(shift: Shift) -> None:
    """Four carts; wrong scans on the first, a power cut on the second."""
    for cart in range(4):
        shift.desktop.calm()
        shift.desktop.key("F1")
        shift.desktop.calm()
        before = shift.task()
        shift.desktop.key("F10")
        until(lambda was=before: shift.task() != was, "the claim")
        tried = False
        cut = False
        while (view := shift.view()).pick is not None:
            if cart == 0 and view.pick.step == "bin" and not tried:
                tried = True
                for code in (*HOSTILE, own_code("B", "Z-99-99")):
                    shift.wrong(code)
            if cart == 0 and view.pick.step == "item" and view.pick.current:
                other = next(s for s in warehouse.SKUS if s != view.pick.current.sku)
                if not cut:
                    cut = True
                    shift.wrong(other)
            if cart == 1 and view.pick.step == "tote" and not cut:
                cut = True
                shift.power_cut()
                assert shift.view().pick == view.pick
            shift.scan(pick_scan(view.pick, TOTES[6 * cart :]))


def pack_all(shift: Shift) -> None:
    """Each order from its own tote; a foreign label and a power cut among them."""
    listing = json.loads(command(shift.home, "orders", "--queue", "picked", "--json"))["orders"]
    assert len(listing) == ORDERS
    shift.desktop.key("F2")
    done: list[str] = []
    for at, row in enumerate(listing):
        shift.desktop.calm()
        shift.desktop.scan(own_code("O", row["number"]))
        until(shift.task, f"order {row['number']} on the bench")
        while (view := shift.view()).pack is not None:
            pack = view.pack
            if pack.step in ("label", "doubt"):  # its printer has it
                until(lambda: step_at_bench(shift) not in ("label", "doubt"), "the label")
                continue
            if pack.step == "units" and at == 1 and pack.units_done == 0:
                shift.wrong(next(s for s in warehouse.SKUS if s not in {x.sku for x in pack.lines}))
            if pack.step == "verify" and at == 2:
                shift.power_cut()
                assert shift.view().pack == pack
                shift.wrong(done[0], kept=1)
                at = -1
            code = pack_scan(pack)
            if pack.step == "verify":
                done.append(code)
            shift.scan(code)
    shift.desktop.calm()
    shift.scan(done[0])  # the label that was read on another box is on its own


def step_at_bench(shift: Shift) -> str:
    pack = shift.view().pack
    return pack.step if pack else ""


def dispatch_all(shift: Shift, printer: SocketPrinter) -> bytes:
    """One manifest: an unknown label, every package, close, handover to a driver."""
    shift.desktop.changes(lambda: shift.desktop.key("F3"))
    shift.desktop.key("alt+1")
    until(shift.task, "the manifest")
    with shift.engine.store.read() as c:
        tracking = [label.tracking for label in labels(c)]
    assert len(tracking) == ORDERS
    shift.wrong("QC999999990BR")
    for code in tracking:
        shift.scan(code)
        time.sleep(0.2)  # nobody takes up the next box faster
    jobs = len(printer.jobs)
    shift.desktop.calm()
    shift.desktop.key("F9")
    papers = printer.wait_for(jobs + 1, 20)
    shift.desktop.calm()
    shift.desktop.changes(lambda: shift.desktop.key("F9"))
    shift.desktop.type("ABC1D23\nMotorista Inventado\n00000000191\n")
    until(lambda: not shift.task(), "the handover")
    return papers[-1]


def labels(c: object) -> list[object]:
    from sqlalchemy import select

    from app.store.schema import LABELS

    return list(c.execute(select(LABELS).order_by(LABELS.c.tracking)))  # type: ignore[attr-defined]


def check_orders(home: Path) -> None:
    for n in range(1, ORDERS + 1):
        story = json.loads(command(home, "order", str(5000 + n), "--json"))
        assert story["row"]["state"] == "SHIPPED"
        assert [p["copies"] for p in story["packages"]] == [1]
        assert all(line["done"] == line["quantity"] for line in story["lines"])
    engine = Engine.open(home)
    with engine.store.read() as c:
        assert journal.broken_links(c, engine.settings["station.name"]) == []
    engine.close()


def check_paper(home: Path, printer: SocketPrinter, romaneio: bytes) -> None:
    """Every label came out once, each with its order's own tracking code; so the romaneio."""
    engine = Engine.open(home)
    with engine.store.read() as c:
        known = Counter(label.tracking for label in labels(c))
    engine.close()
    printed = [job for job in printer.jobs if job != romaneio]
    read = Counter(
        code for job in printed for page in zpl_pages(job) for code in codes(page) if code in known
    )
    assert read == known
    listed = {code for page in zpl_pages(romaneio) for code in codes(page)}
    text = romaneio.decode("ascii")
    assert all(code in text or code in listed for code in known)
