"""A simulated outside system: every role of a connector, in memory, that fails as it is told.

It is no server and stands for none: real ones are in tests/upstreams. It counts what it was made
to do, so that a test can say that nothing was done twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from app.connectors import errors
from app.connectors.kinds import Config, Kind
from app.connectors.roles import (
    CarrierLabel,
    Checked,
    Fulfilment,
    InvoiceAnswer,
    InvoiceRequest,
    InvoiceStatus,
    LabelPending,
    LabelRequest,
    Level,
    Notice,
    OrderRef,
    Page,
    Payment,
    Pulled,
    Receipt,
    Role,
    Step,
    TrackingEvent,
)
from app.domain.model import Order

NONE, BEFORE, AFTER, KILL_BEFORE, KILL_AFTER = (
    "none",
    "before",
    "after",
    "kill_before",
    "kill_after",
)
REFUSE, LIMIT, DENY, GARBLE = "refuse", "limit", "deny", "garble"
FAULTS = (BEFORE, AFTER, KILL_BEFORE, KILL_AFTER, LIMIT, GARBLE)


class Killed(BaseException):
    """The process ends here: nothing after this line happens."""


class SimulatedSystem:
    """`fault` is asked before each call that a test may break; it gives one of the names above."""

    steps = frozenset(Step)
    sweeps = True
    most = 50
    taken_at: Step | None = Step.PICKED

    def __init__(self, page: int = 50) -> None:
        self.page = page
        self.orders: dict[str, Pulled] = {}
        self.feed: list[str] = []  # external ids in the order of their changes
        self.fault: Callable[[str], str] = lambda call: NONE
        self.told: dict[str, Receipt] = {}
        self.effects: Counter[tuple[str, str]] = Counter()
        self.heard: dict[str, list[str]] = {}  # steps of each order as they came
        self.documents: list[bytes] = []
        self.invoices: dict[str, InvoiceAnswer] = {}
        self.issue_as: Callable[[InvoiceRequest], InvoiceAnswer] | None = None
        self.labels: dict[str, CarrierLabel] = {}
        self.pending_labels = 0  # how often a label is still being made when it is asked for
        self.cancelled_labels: list[str] = []
        self.payments: dict[str, Payment] = {}
        self.events_of: dict[str, tuple[TrackingEvent, ...]] = {}
        self.notices: dict[str, Notice] = {}
        self.stock: list[Level] = []
        self.calls: Counter[str] = Counter()

    # --- breaking ---------------------------------------------------------------------------

    def _enter(self, call: str) -> str:
        self.calls[call] += 1
        fault = self.fault(call)
        if fault == BEFORE:
            raise errors.Down("simulated")
        if fault == KILL_BEFORE:
            raise Killed
        if fault == LIMIT:
            raise errors.RateLimited(20.0, "simulated")
        if fault == DENY:
            raise errors.Unauthorised("simulated")
        if fault == REFUSE:
            raise errors.Refused("saldo insuficiente", reason="42")
        return fault

    def _leave(self, fault: str) -> None:
        if fault == AFTER:
            raise errors.UnknownOutcome("simulated")
        if fault == KILL_AFTER:
            raise Killed
        if fault == GARBLE:
            raise errors.Unreadable("simulated")

    # --- orders -----------------------------------------------------------------------------

    def put(self, order: Order, digest: str = "", changed_at: datetime | None = None) -> None:
        """An order as it is there now."""
        at = changed_at or datetime.now(UTC)
        made = digest or str(hash((order, at)))
        self.orders[order.external_id] = Pulled(order.external_id, "{}", made, at, order)
        self.feed.append(order.external_id)

    def change(self, external_id: str, **facts: Any) -> None:
        before = self.orders[external_id].order
        assert before is not None
        self.put(replace(before, **facts))

    async def check(self) -> Checked:
        self._leave(self._enter("check"))
        return Checked("simulated 1.0", "test", datetime.now(UTC))

    async def close(self) -> None:
        pass

    async def pull(self, mark: str) -> AsyncIterator[Page]:
        """The mark counts changes; one of the overlap comes again."""
        start = max(int(mark or 0) - 2, 0)
        names = self.feed[start:]
        documents, self.documents = tuple(self.documents), []
        for at in range(0, max(len(names), 1), self.page):
            self._leave(self._enter("pull"))
            part = names[at : at + self.page]
            records = tuple(self.orders[name] for name in part if name in self.orders)
            yield Page(records, str(start + at + len(part)), documents)
            documents = ()

    async def confirm(self, page: Page) -> None:
        self.calls["confirm"] += 1

    async def sweep(self) -> AsyncIterator[Page]:
        self._leave(self._enter("sweep"))
        names = [n for n, r in self.orders.items() if r.order and r.order.status == "open"]
        for at in range(0, len(names), self.page):
            yield Page(tuple(self.orders[n] for n in names[at : at + self.page]), "")

    async def order(self, external_id: str) -> Pulled | None:
        self._leave(self._enter("order"))
        return self.orders.get(external_id)

    def mended(self, external_id: str, raw: str) -> Pulled:
        raise NotImplementedError

    async def tell(self, done: Fulfilment, key: str) -> Receipt:
        fault = self._enter("tell")
        self.effects[done.external_id, done.step.value] += 1
        self.heard.setdefault(done.external_id, []).append(done.step.value)
        self.told[key] = Receipt(f"told-{key}")
        self._leave(fault)
        return self.told[key]

    async def find_told(self, done: Fulfilment, key: str) -> Receipt | None:
        self._leave(self._enter("find_told"))
        return self.told.get(key)

    # --- stock ------------------------------------------------------------------------------

    async def levels(self) -> AsyncIterator[tuple[Level, ...]]:
        self._leave(self._enter("levels"))
        for at in range(0, len(self.stock), self.page):
            yield tuple(self.stock[at : at + self.page])

    # --- payments, invoices -----------------------------------------------------------------

    async def payment(self, ref: OrderRef) -> Payment | None:
        self._leave(self._enter("payment"))
        return self.payments.get(ref.external_id)

    async def issue(self, request: InvoiceRequest, key: str) -> InvoiceAnswer:
        fault = self._enter("issue")
        self.effects[request.ref.external_id, "issue"] += 1
        make = self.issue_as or (lambda r: InvoiceAnswer(InvoiceStatus.PROCESSING, key))
        self.invoices[key] = make(request)
        self._leave(fault)
        return self.invoices[key]

    async def find_invoice(self, ref: OrderRef, key: str) -> InvoiceAnswer | None:
        self._leave(self._enter("find_invoice"))
        return self.invoices.get(key)

    # --- carrier ----------------------------------------------------------------------------

    async def label(self, request: LabelRequest, key: str) -> CarrierLabel | LabelPending:
        fault = self._enter("label")
        self.effects[request.ref.external_id, f"label {request.package_no}"] += 1
        number = len(self.labels) + 1
        zpl = f"^XA^FD{request.address.cep}^FS^FD{request.ref.number}^FS^XZ".encode()
        self.labels[key] = CarrierLabel(
            f"post-{number}", f"SIM{number:010d}", "zpl", zpl,
            request.service_code, request.address.cep,
        )  # fmt: skip
        self._leave(fault)
        return self._made(key)

    async def find_label(
        self, request: LabelRequest, key: str, reference: str
    ) -> CarrierLabel | LabelPending | None:
        self._leave(self._enter("find_label"))
        return self._made(key) if key in self.labels else None

    def _made(self, key: str) -> CarrierLabel | LabelPending:
        if self.pending_labels > 0:
            self.pending_labels -= 1
            return LabelPending(self.labels[key].reference)
        return self.labels[key]

    async def cancel_label(self, reference: str, tracking: str, key: str) -> Receipt:
        fault = self._enter("cancel_label")
        if reference not in self.cancelled_labels:
            self.cancelled_labels.append(reference)
        self._leave(fault)
        return Receipt(reference)

    async def events(self, codes: Sequence[str]) -> Mapping[str, tuple[TrackingEvent, ...]]:
        self._leave(self._enter("events"))
        assert len(codes) <= self.most
        return {code: self.events_of[code] for code in codes if code in self.events_of}

    # --- notices ----------------------------------------------------------------------------

    async def notify(self, notice: Notice, key: str) -> Receipt:
        fault = self._enter("notify")
        self.effects[notice.ref.external_id, f"notify {notice.occasion}"] += 1
        self.notices[key] = notice
        self._leave(fault)
        return Receipt(key)

    async def find_notice(self, notice: Notice, key: str) -> Receipt | None:
        self._leave(self._enter("find_notice"))
        return Receipt(key) if key in self.notices else None

    # --- as a kind --------------------------------------------------------------------------

    def kind(self, roles: Iterable[Role] = tuple(Role)) -> Kind:
        def make(config: Config) -> Any:
            return self

        return Kind("simulated", "Simulated", frozenset(roles), make)
