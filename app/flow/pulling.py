"""Pulls orders from their sources: what changed, and from time to time all that is open.

A page is applied in short transactions, so that no scan waits long for the store; the mark from
which the next pull goes on is kept together with the last of them. Broken off anywhere, the same
page comes again and changes nothing twice.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import Connection

from app.connectors import nfexml
from app.connectors.roles import OrderSource, Page, Pulled
from app.domain.entries import ProblemRaised
from app.flow import invoices
from app.flow.courtesy import Courtesy
from app.flow.pace import Pace
from app.flow.taking import OrderTaker, Told
from app.flow.threads import off_loop
from app.store import connectors, imports, journal, orders, tasks
from app.store.database import Store
from app.store.journal import Stamp
from app.store.search_pieces import Pieces

CHUNK, MOST = 50, 500  # orders in one transaction: while somebody may scan, and at most


@dataclass(slots=True)
class Pull:
    """What a pull came to."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    documents: int = 0
    pages: int = 0
    gone: int = 0
    orders_changed: bool = field(default=False)

    def count(self, found: Counter[str]) -> None:
        self.new += found["new"]
        self.changed += found["changed"]
        self.unchanged += found["unchanged"]
        self.orders_changed |= bool(found["new"] or found["changed"])


class Puller:
    """Applies what sources tell to one store."""

    def __init__(
        self,
        store: Store,
        taker: OrderTaker,
        *,
        station_id: str,
        policy: invoices.Policy,
        clock: Callable[[], datetime],
        guard: Callable[[Connection], None] = lambda c: None,
        courtesy: Courtesy | None = None,
    ) -> None:
        self._store = store
        self._taker = taker
        self._station_id = station_id
        self._policy = policy
        self._clock = clock
        self._guard = guard  # raises when the lease was lost
        self._courtesy = courtesy or Courtesy()
        self._pace = Pace(CHUNK, MOST)
        self._pieces = Pieces(store, lambda: self._courtesy.is_near)

    async def changed(self, name: str, source: OrderSource) -> Pull:
        """Everything that changed in the source since the last pull."""
        pull = Pull()
        mark = await off_loop(self._mark, name)
        async for page in source.pull(mark):
            await self.apply(name, page, pull, keep_mark=True)
            await source.confirm(page)
        await off_loop(self._keep, name, {"pulled_at": self._clock()})
        return pull

    async def swept(self, name: str, source: OrderSource) -> Pull:
        """Every open order of the source; those open only here are asked for one by one."""
        pull = Pull()
        open_here = await off_loop(self._open_here, name)
        seen: set[str] = set()
        async for page in source.sweep():
            seen |= {record.external_id for record in page.records}
            await self.apply(name, page, pull, keep_mark=False)
        for external_id in sorted(set(open_here) - seen):
            record = await source.order(external_id)
            if record is None:
                pull.gone += await off_loop(self._gone, open_here[external_id])
            else:
                await self.apply(name, Page((record,), ""), pull, keep_mark=False)
        await off_loop(self._keep, name, {"swept_at": self._clock()})
        return pull

    async def apply(self, name: str, page: Page, pull: Pull, *, keep_mark: bool) -> None:
        """Make a page durable, in as many transactions as keep each of them short."""
        records = list(page.records)
        while True:
            size = min(self._pace.size, CHUNK if self._courtesy.is_near else MOST)
            part, records = records[:size], records[size:]
            mark = page.mark if keep_mark and not records else None
            documents = page.documents if not records else ()
            began = time.perf_counter()
            await off_loop(self._apply, name, part, documents, mark, pull)
            self._pace.took(time.perf_counter() - began)
            if not records:
                break
            await asyncio.sleep(0)
        pull.pages += 1

    # --- in the store -----------------------------------------------------------------------

    def _apply(
        self,
        name: str,
        records: Sequence[Pulled],
        documents: Sequence[bytes],
        mark: str | None,
        pull: Pull,
    ) -> None:
        good = [record for record in records if record.order is not None]
        bad = [record for record in records if record.order is None]
        now = self._clock()
        told = [self._told(name, record) for record in good]
        for turn in self._store.long_write(self._courtesy.give_way):
            with turn as c:
                self._guard(c)
                found = self._taker.take(c, told)
                imports.settle(c, name, [record.external_id for record in good])
                for record in bad:
                    imports.reject_from(
                        c, name, record.external_id, record.code, record.detail, record.raw, now
                    )
                taken = sum([self._take_document(c, name, xml, now) for xml in documents])
                if mark is not None:
                    connectors.change(c, name, mark=mark)
        self._courtesy.give_way()
        self._pieces.came(found["new"] + found["changed"])
        self._store.ease()
        pull.count(found)
        pull.documents += taken
        pull.rejected += len(bad)

    def _told(self, name: str, record: Pulled) -> Told:
        assert record.order is not None
        order = structs.replace(
            record.order, source=name, external_id=record.external_id or record.order.external_id
        )
        return self._taker.told(order, record.digest, record.changed_at)

    def _take_document(self, c: Connection, name: str, xml: bytes, now: datetime) -> bool:
        try:
            return invoices.take(c, xml, self._policy, now) != "unchanged"
        except nfexml.NfeError as error:
            imports.reject_from(c, name, f"NF-e {now.isoformat()}", error.code, "", "", now)
            return False

    def _mark(self, name: str) -> str:
        with self._store.read() as c:
            row = connectors.named(c, name)
        return str(row.mark) if row else ""

    def _keep(self, name: str, facts: dict[str, Any]) -> None:
        with self._store.write() as c:
            self._guard(c)
            connectors.change(c, name, **facts)

    def _open_here(self, name: str) -> dict[str, int]:
        with self._store.read() as c:
            return orders.open_of_source(c, name)

    def _gone(self, order_id: int) -> int:
        """The source has it no more: a person must say what becomes of the goods."""
        now = self._clock()
        with self._store.write() as c:
            self._guard(c)
            row = orders.by_id(c, order_id)
            if row is None or row.problem:
                return 0
            stamp = Stamp(self._station_id, 0, now, tasks.task_of_order(c, order_id))
            journal.append(c, stamp, [ProblemRaised(order_id, "gone_at_source")])
        return 1
