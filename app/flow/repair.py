"""What waits for a person, and what a person does about it: correct, try again, discard."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, structs
from sqlalchemy import Connection

from app.connectors import kinds, orderfile
from app.connectors.errors import Unfit
from app.connectors.kinds import KindUnknown
from app.connectors.records import Fault
from app.connectors.roles import Pulled
from app.domain.entries import CallDiscarded, CallsReplayed, Entry, RecipientCorrected
from app.domain.model import Address, Order, Recipient
from app.flow.runner import config_of
from app.flow.secrets import StoreSecrets
from app.flow.taking import OrderTaker, Told
from app.store import connectors, imports, journal, orders, outbox
from app.store.database import Store
from app.store.journal import Stamp


class RepairRefused(Exception):
    """It can't be done; `code` and `params` have the text."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class Matter(Struct, frozen=True):
    """One matter that waits for a person: a call that ended badly, or a record kept aside.

    `id` is "c12" for a call and "r7" for a record. `code` with `params` is its reason; `exchange`
    the request and the answer, masked. `can_discard` and `can_replay` say what may be done to it.
    """

    id: str
    order: str
    system: str
    kind: str  # tell, issue, label, cancel_label, notify, record
    topic: str
    code: str
    params: Mapping[str, object]
    since: datetime
    tries: int
    maybe_done: bool
    exchange: str


class Repair:
    def __init__(
        self, store: Store, taker: OrderTaker, station_id: str, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._station_id = station_id
        self._taker = taker
        self._clock = clock

    def pending(self) -> list[Matter]:
        """Every matter, those of one reason together, oldest first."""
        with self._store.read() as c:
            found = [_call(row) for row in outbox.dead(c)]
            found += [_record(row) for row in imports.rejected(c)]
        return sorted(found, key=lambda matter: (matter.code, matter.since))

    def replay(self, ids: Iterable[str] | None, operator_id: int = 0) -> int:
        """Try dead calls again, and records as they stand; None means all. How many go again."""
        now = self._clock()
        calls = None if ids is None else [_number(i) for i in ids if i.startswith("c")]
        with self._store.write() as c:
            count = outbox.replay(c, now, ids=calls, operator_id=operator_id)
            if count:
                self._write(c, operator_id, CallsReplayed(count, tuple(calls or ())))
        wanted = None if ids is None else {_number(i) for i in ids if i.startswith("r")}
        with self._store.read() as c:
            records = [row for row in imports.rejected(c) if wanted is None or row.id in wanted]
        for row in records:
            try:
                self._retake(row, row.raw)
            except RepairRefused:
                continue  # it is as bad as it was
            count += 1
        return count

    def discard(self, matter_id: str, why: str, operator_id: int = 0) -> None:
        """A call shall not be made, a record not be taken.

        Raises:
            RepairRefused: DISCARD_NEEDS_REASON, NOTHING_TO_REPLAY (it is settled already).
        """
        if not why.strip():
            raise RepairRefused("DISCARD_NEEDS_REASON")
        with self._store.write() as c:
            if matter_id.startswith("r"):
                done = imports.forget(c, _number(matter_id))
            else:
                done = self._discard_call(c, _number(matter_id), why.strip(), operator_id)
        if not done:
            raise RepairRefused("NOTHING_TO_REPLAY")

    def record(self, matter_id: str) -> str:
        """A record as its source gave it, to be corrected; empty where it can't be."""
        with self._store.read() as c:
            row = imports.rejected_by_id(c, _number(matter_id))
        return str(row.raw) if row else ""

    def correct(self, matter_id: str, raw: str) -> str:
        """Take a record as a person corrected it; gives the order's number.

        Raises:
            RepairRefused: with the code of what is still wrong.
        """
        with self._store.read() as c:
            row = imports.rejected_by_id(c, _number(matter_id))
        if row is None:
            raise RepairRefused("NOTHING_TO_REPLAY")
        return self._retake(row, raw)

    def correct_recipient(
        self, number: str, changes: Mapping[str, str], operator_id: int = 0
    ) -> None:
        """Correct a customer's data here: `changes` by the field names of Recipient and Address.

        Raises:
            RepairRefused: ORDER_UNKNOWN, or the code of a value that doesn't fit.
        """
        with self._store.write() as c:
            row = orders.by_number(c, number)
            if row is None:
                raise RepairRefused("ORDER_UNKNOWN", number=number)
            order = _corrected(orders.full(c, row), changes)
            self._taker.correct(c, row, order)
            self._write(c, operator_id, RecipientCorrected(row.id, tuple(sorted(changes))))

    def _discard_call(self, c: Connection, call_id: int, why: str, operator_id: int) -> bool:
        call = outbox.by_id(c, call_id)
        now = self._clock()
        if call is None or not outbox.discard(c, call_id, now, operator_id=operator_id, why=why):
            return False
        what = f"{call.kind} {call.topic}".strip()
        self._write(c, operator_id, CallDiscarded(call.order_id, call.connector, what, why))
        return True

    def _write(self, c: Connection, operator_id: int, entry: Entry) -> None:
        journal.append(c, Stamp(self._station_id, operator_id, self._clock()), [entry])

    def _retake(self, row: Any, raw: str) -> str:
        pulled = self._translated(row, raw)
        if pulled.order is None:
            raise RepairRefused(pulled.code, detail=pulled.detail)
        order = pulled.order
        if row.connector:
            order = structs.replace(order, source=row.connector)
        with self._store.write() as c:
            self._taker.take(c, [Told(order, pulled.digest)])
            imports.forget(c, row.id)
        return order.number

    def _translated(self, row: Any, raw: str) -> Pulled:
        if not row.connector:
            return _from_file(raw)
        with self._store.read() as c:
            stored = connectors.named(c, row.connector)
        if stored is None:
            raise RepairRefused("CONNECTOR_UNKNOWN_NAME", name=row.connector)
        config = config_of(stored, StoreSecrets(self._store, stored.name, self._clock))
        try:
            source: Any = kinds.make(kinds.load(stored.kind), config)
        except KindUnknown as unknown:
            raise RepairRefused("CONNECTOR_KIND_UNKNOWN", detail=str(unknown)) from None
        except Unfit as unfit:
            raise RepairRefused(unfit.code, connector=stored.name, detail=unfit.detail) from None
        pulled: Pulled = source.mended(row.external_id, raw)
        return pulled


def _from_file(raw: str) -> Pulled:
    """A record of a file is JSON of the order format, whatever the file was."""
    try:
        record = json.loads(raw)
        if not isinstance(record, dict):
            raise Fault("JSON_BAD")
        order = orderfile.order_of(record)
        return Pulled("", raw, orderfile.digest_of(order), order=order)
    except Fault as fault:
        return Pulled("", raw, "", code=fault.code, detail=fault.detail)
    except (ValueError, RecursionError):
        return Pulled("", raw, "", code="JSON_BAD")


def _corrected(order: Order, changes: Mapping[str, str]) -> Order:
    person = set(Recipient.__struct_fields__)
    place = set(Address.__struct_fields__)
    clean = {name: value.strip() for name, value in changes.items()}
    if "cep" in clean:
        clean["cep"] = clean["cep"].replace("-", "")
        if len(clean["cep"]) != 8 or not clean["cep"].isdecimal():
            raise RepairRefused("ORDER_BAD_CEP", detail="cep")
    for name, value in clean.items():
        if name not in person | place or len(value) > 200 or not (value.isprintable() or not value):
            raise RepairRefused("FIELD_BAD", detail=name)
    return structs.replace(
        order,
        recipient=structs.replace(
            order.recipient, **{k: v for k, v in clean.items() if k in person}
        ),
        address=structs.replace(order.address, **{k: v for k, v in clean.items() if k in place}),
    )


def _call(row: Any) -> Matter:
    params = {"connector": row.connector, "detail": row.detail, "order": row.number or ""}
    return Matter(
        id=f"c{row.id}",
        order=row.number or "",
        system=row.connector,
        kind=row.kind,
        topic=row.topic,
        code=row.code,
        params=params,
        since=row.failing_since or row.created_at,
        tries=row.tries,
        maybe_done=row.maybe_done,
        exchange=row.exchange,
    )


def _record(row: Any) -> Matter:
    return Matter(
        id=f"r{row.id}",
        order="",
        system=row.connector or row.file,
        kind="record",
        topic=row.external_id or (f"{row.file}:{row.line_no}"),
        code=row.code,
        params={"file": row.file, "line": row.line_no, "detail": row.detail},
        since=row.rejected_at,
        tries=0,
        maybe_done=False,
        exchange="",
    )


def _number(matter_id: str) -> int:
    """The number of a matter's id; 0, which none has, where there is no such number."""
    try:
        number = int(matter_id[1:])
    except ValueError:
        return 0
    return number if number < 1 << 63 else 0  # as far as SQLite counts
