"""How fast orders of another system come in, and what a scan waits for meanwhile.

The floor is measured in the same run: the very same pages, parsed and written by plain statements
into plain tables of another file under the same encryption and durability.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.bench.orders_server import LINES
from app.connectors import orderfile
from app.connectors.http import Api
from app.connectors.records import digest
from app.connectors.roles import Page, Pulled
from app.domain.decision import Outcome
from app.engine import Engine
from app.flow.pulling import Pull, Puller
from app.rehearsal import pick_scan
from app.store import connectors

PAGE = 500
NAME = "bench"


class SyncReport(Struct, frozen=True):
    """Rates are orders a second; times are milliseconds."""

    orders: int
    page: int
    lines: int
    seconds: float
    orders_per_s: float
    floor_per_s: float
    of_floor: float  # our rate as a part of the floor's
    again_per_s: float  # the same orders again, unchanged
    scans: int
    scan_p50_ms: float
    scan_p99_ms: float
    scan_max_ms: float


class BenchSource:
    """The local server as an order source; its mark is the next order's number."""

    def __init__(self, url: str, count: int) -> None:
        self._api = Api(url)
        self._count = count

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        for first in range(int(mark or 0), self._count, PAGE):
            size = min(PAGE, self._count - first)
            answer = await self._api.get(f"orders/{first}/{size}")
            records = tuple(_pulled(record) for record in answer.json())
            yield Page(records, str(first + size))

    async def confirm(self, page: Page) -> None:
        """The server keeps no list."""

    async def close(self) -> None:
        await self._api.close()


def run(home: Path, count: int = 100_000) -> SyncReport:
    """Measure in `home`, an empty folder, with a demo warehouse whose operator goes on scanning."""
    engine = Engine.open(home, demo=True)
    try:
        with _server() as url:
            floor = _floor(home / "floor.db", url, count)
            scans = _Scans(engine)
            scans.start()
            pull, seconds = _pull(engine, url, count)
            times = scans.stop()
            with engine.store.write() as c:
                connectors.change(c, NAME, mark="")
            _, again = _pull(engine, url, count)
    finally:
        engine.close()
    assert pull.new == count, pull
    rate = count / seconds
    return SyncReport(
        orders=count,
        page=PAGE,
        lines=LINES,
        seconds=round(seconds, 2),
        orders_per_s=round(rate),
        floor_per_s=round(floor),
        of_floor=round(rate / floor, 3),
        again_per_s=round(count / again),
        scans=len(times),
        scan_p50_ms=_percentile(times, 50),
        scan_p99_ms=_percentile(times, 99),
        scan_max_ms=_percentile(times, 100),
    )


def _pull(engine: Engine, url: str, count: int) -> tuple[Pull, float]:
    with engine.store.write() as c:
        if connectors.named(c, NAME) is None:
            connectors.add(c, name=NAME, kind="bench", url=url, options={}, roles=[], steps=[])

    async def inside() -> Pull:
        source: Any = BenchSource(url, count)
        flow = engine.flow()
        flow._puller._guard = lambda c: None  # nobody else runs a flow here
        puller: Puller = flow._puller
        try:
            return await puller.changed(NAME, source)
        finally:
            await source.close()

    began = time.perf_counter()
    pull = asyncio.run(inside())
    return pull, time.perf_counter() - began


def _floor(path: Path, url: str, count: int) -> float:
    """Orders a second of the plainest way that could be right."""
    import urllib.request

    from sqlcipher3 import dbapi2

    db = dbapi2.connect(str(path))
    db.execute(f"PRAGMA key = \"x'{'00' * 32}'\"")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE o (id TEXT PRIMARY KEY, number TEXT, channel TEXT, placed TEXT, "
               "carrier TEXT, service TEXT, total TEXT)")  # fmt: skip
    db.execute("CREATE TABLE r (id TEXT PRIMARY KEY, name TEXT, document TEXT, cep TEXT, "
               "street TEXT, number TEXT, city TEXT, state TEXT)")  # fmt: skip
    db.execute("CREATE TABLE l (id TEXT, line TEXT, sku TEXT, quantity INT, price TEXT, "
               "PRIMARY KEY (id, line))")  # fmt: skip
    began = time.perf_counter()
    for first in range(0, count, PAGE):
        with urllib.request.urlopen(f"{url}/orders/{first}/{min(PAGE, count - first)}") as answer:
            records = json.loads(answer.read())
        db.executemany("INSERT INTO o VALUES (?,?,?,?,?,?,?)", [
            (r["external_id"], r["number"], r["channel"], r["placed_at"], r["carrier"],
             r["service_code"], r["total"]) for r in records
        ])  # fmt: skip
        db.executemany("INSERT INTO r VALUES (?,?,?,?,?,?,?,?)", [
            (r["external_id"], r["recipient"]["name"], r["recipient"]["document"],
             r["address"]["cep"], r["address"]["street"], r["address"]["number"],
             r["address"]["city"], r["address"]["state"]) for r in records
        ])  # fmt: skip
        db.executemany("INSERT INTO l VALUES (?,?,?,?,?)", [
            (r["external_id"], n["line_id"], n["sku"], n["quantity"], n["unit_price"])
            for r in records for n in r["lines"]
        ])  # fmt: skip
        db.commit()
    rate = count / (time.perf_counter() - began)
    db.close()
    return rate


class _Scans:
    """An operator who picks the demo's orders, a scan every so often, all the while."""

    EVERY_S = 0.05

    def __init__(self, engine: Engine) -> None:
        from app.demo import PIN
        from app.domain.codes import own_code

        self._engine = engine
        self._times: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        engine.submit(engine.station.scan, own_code("U", "DEMO")).result()
        engine.submit(engine.station.sign_in, "", PIN).result()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> list[float]:
        self._over.set()
        self._thread.join()
        return sorted(self._times)

    def _run(self) -> None:
        station = self._engine.station
        numbers = itertools.count(1)
        totes: list[str] = []
        while not self._over.is_set():
            view = self._engine.submit(station.view).result()
            if view.block:
                self._engine.submit(station.acknowledge).result()
            if view.pick is None:
                claimed = self._engine.submit(station.claim_pick, "cluster", 4).result()
                if claimed.outcome is not Outcome.DONE and claimed.outcome is not Outcome.OK:
                    raw = "7890000000000"  # nothing is left to pick: scans go on, and are refused
                else:
                    totes = [f"CX-{next(numbers):05d}" for _ in range(4)]
                    continue
            else:
                raw = pick_scan(view.pick, totes)
            began = time.perf_counter()
            self._engine.submit(station.scan, raw, urgent=True).result()
            self._times.append((time.perf_counter() - began) * 1000)
            self._engine.submit(station.view).result()
            self._engine.courtesy.over()  # as the window says once it shows what came of the scan
            self._over.wait(self.EVERY_S)


def _pulled(record: dict[str, Any]) -> Pulled:
    order = orderfile.order_of(record)
    return Pulled(order.external_id, "", digest(record), order.placed_at, order)


def _percentile(times: list[float], percent: int) -> float:
    if not times:
        return 0.0
    return round(times[min(len(times) - 1, len(times) * percent // 100)], 1)


@contextmanager
def _server() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "app.bench.orders_server"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()
