"""Scenes on a small disk of their own, each run by `python -m tests.faults.disk_scenes NAME DIR`.

`test_disk.py` runs them where they may mount (in a user namespace of their own).
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.codes import own_code
from app.domain.decision import Outcome
from app.domain.texts import message
from app.engine import Engine
from app.soak import goods
from app.station.views import Feedback
from app.store import journal
from app.store.database import StoreError

TOTES = (own_code("T", f"T-{n:03d}") for n in range(1, 400))


def mount(folder: Path, size: str) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "disk", folder], check=True)


def fill(disk: Path) -> Path:
    """Leave not one byte free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 9, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


class Bench:
    """A console without a screen, with a pick of many orders begun."""

    def __init__(self, home: Path) -> None:
        goods.make(home, 9)
        path = home.parent / "orders.jsonl"
        goods.order_file(path, 10_000, 40)
        self.engine = Engine.open(home, exclusive=True)
        self.station = self.engine.station
        assert self.engine.import_unattended(path).outcome is Outcome.DONE
        assert self.station.sign_in(goods.BADGE, goods.PIN).code == "SIGNED_IN"
        assert self.station.claim_pick("cluster", 40).code == "PICK_CLAIMED"

    def entries(self) -> int:
        with self.engine.store.read() as c:
            return journal.head(c, self.station.id)[0]

    def totes(self) -> int:
        view = self.station.view().pick
        assert view
        return sum(bool(tote) for _, tote in view.totes)

    def scan(self) -> Feedback:
        return self.station.scan(next(TOTES))


def refused(bench: Bench, code: str, until: int = 30) -> None:
    """Scans are refused in three parts and not counted; those before were kept whole."""
    for _ in range(until):
        before, totes = bench.entries(), bench.totes()
        feedback = bench.scan()
        if feedback.outcome is Outcome.BLOCK:
            break
        assert bench.entries() == before + 1
    assert feedback.code == code, feedback
    assert all(message(feedback.code, lang, feedback.params) for lang in ("pt", "en"))
    assert (bench.entries(), bench.totes()) == (before, totes), "the scan is not counted"
    view = bench.station.view()
    assert view.scans_read == view.scans_saved + 1
    assert view.block is not None
    bench.station.acknowledge()
    again = bench.scan()
    assert again.code == code, "and neither is the next, while it is so"
    bench.station.acknowledge()


def goes_on(bench: Bench) -> None:
    before, totes = bench.entries(), bench.totes()
    assert bench.scan().code == "TOTE_LOADED"
    assert (bench.entries(), bench.totes()) == (before + 1, totes + 1)


def full(disk: Path) -> None:
    mount(disk, "24m")
    bench = Bench(disk / "home")
    goes_on(bench)
    ballast = fill(disk)
    refused(bench, "STORE_FULL")
    failed = bench.engine.backups.make()
    assert (failed.code, failed.params["reason"]) == ("BACKUP_FAILED", "STORE_FULL"), failed
    assert not list(disk.rglob("*.part")), "nothing half-made stays behind"
    ballast.unlink()
    goes_on(bench)
    assert bench.engine.backups.make().code == "BACKUP_MADE"
    bench.engine.close()
    again = Engine.open(disk / "home")
    assert journal_is_whole(again)
    again.close()


def full_at_the_start(disk: Path) -> None:
    mount(disk, "24m")
    Bench(disk / "home").engine.close()
    ballast = fill(disk)
    assert opening(disk / "home") in ("STORE_FULL", "")
    ballast.unlink()
    assert opening(disk / "home") == ""


def full_at_the_import(disk: Path) -> None:
    mount(disk, "24m")
    bench = Bench(disk / "home")
    orders = disk.parent / "more.jsonl"
    numbers = goods.order_file(orders, 20_000, 3000)
    ballast = fill(disk)
    with pytest.raises(StoreError) as refusal:
        bench.engine.import_unattended(orders)
    assert refusal.value.code == "STORE_FULL"
    ballast.unlink()
    assert bench.engine.import_unattended(orders).outcome is Outcome.DONE
    with bench.engine.store.read() as c:
        found = c.exec_driver_sql("SELECT count(*) FROM orders WHERE source = 'soak'").scalar()
    assert found == len(numbers) + 40
    bench.engine.close()


def readonly(disk: Path) -> None:
    mount(disk, "24m")
    Bench(disk / "home").engine.close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for is_console in (True, False):
        assert opening(disk / "home", is_console) == "STORE_READ_ONLY"
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert opening(disk / "home") == ""


def broken_off(disk: Path) -> None:
    """Every write beyond a point fails in its middle, as on a disk that dies."""
    bench = Bench(disk / "home")
    goes_on(bench)
    log = disk / "home" / "expedita.db-wal"
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 5000, hard))
    refused(bench, "STORE_FAILED")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    goes_on(bench)
    assert journal_is_whole(bench.engine)
    bench.engine.close()


def opening(home: Path, is_console: bool = True) -> str:
    """The code that the opening says, empty where it opens."""
    try:
        Engine.open(home, exclusive=is_console).close()
    except StoreError as error:
        return error.code
    return ""


def journal_is_whole(engine: Engine) -> bool:
    with engine.store.read() as c:
        return journal.broken_links(c, engine.station.id) == []


SCENES: dict[str, Callable[[Path], None]] = {
    "full": full,
    "full-at-the-start": full_at_the_start,
    "full-at-the-import": full_at_the_import,
    "readonly": readonly,
    "broken-off": broken_off,
}

if __name__ == "__main__":
    SCENES[sys.argv[1]](Path(sys.argv[2]))
