"""A million hands: whatever is scanned or pressed, no unit is lost, doubled or forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain import entries as e
from app.domain import picking
from app.domain.decision import Accepted, Decision, Outcome
from app.domain.model import BinStock, Product, ShortReason, Tracking
from app.domain.pick_plan import MODES, Wanted, build
from app.domain.scan import (
    AmbiguousScan,
    BenchScan,
    BinScan,
    Command,
    CommandScan,
    ProductScan,
    Scan,
    ToteScan,
    UnknownScan,
)

TODAY = date(2026, 11, 24)
SKUS = ("A", "B", "C")
BINS = ("X-1", "X-2", "X-3")
LOTS = ("", "OLD", "NEW")
PRODUCTS = {
    "A": Product("A", "Copo azul", substitutes=("B",)),
    "B": Product("B", "Copo preto", substitutes=("C",)),
    "C": Product("C", "Creme", tracking=Tracking.LOT_EXPIRY),
}
EXPIRY = {"": None, "OLD": date(2026, 11, 1), "NEW": date(2027, 1, 1)}

wanted_lists = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(SKUS), st.integers(1, 6), st.booleans()),
    min_size=1,
    max_size=5,
).map(
    lambda rows: [
        Wanted(order, str(1000 + order), str(at), sku, quantity, substitute)
        for at, (order, sku, quantity, substitute) in enumerate(rows)
    ]
)
stocks = st.dictionaries(
    st.tuples(st.sampled_from(BINS), st.sampled_from(SKUS), st.sampled_from(LOTS)),
    st.integers(1, 12),
    min_size=2,
    max_size=12,
).map(
    lambda rows: [
        BinStock(bin_, "X", BINS.index(bin_) % 2, sku, quantity, lot, EXPIRY[lot])
        for (bin_, sku, lot), quantity in rows.items()
    ]
)
totes = st.sampled_from(["T-1", "T-2", "T-3", "T-9"]).map(lambda code: ToteScan(code, code))
bins = st.sampled_from(BINS).map(lambda code: BinScan(code, code))
items = st.builds(
    lambda sku, quantity, lot: ProductScan(sku, sku, quantity, lot),
    st.sampled_from(SKUS),
    st.sampled_from([1, 1, 1, 2, 4]),
    st.sampled_from(LOTS),
)
commands = st.sampled_from(Command).map(lambda command: CommandScan(command.value, command))
others: st.SearchStrategy[Scan] = st.sampled_from(
    [BenchScan("N", "N"), UnknownScan("?"), AmbiguousScan("1", ("A", "B"))]
)
scans = st.one_of(totes, bins, items, commands, others)
actions = st.one_of(
    st.builds(picking.TypedQuantity, st.integers(-1, 9)),
    st.builds(picking.Short, st.sampled_from(ShortReason)),
    st.just(picking.Skip()),
    st.builds(picking.ZeroCheck, st.booleans()),
    st.builds(picking.UseAlternative, st.sampled_from(BINS)),
    st.builds(picking.Substitute, st.sampled_from(SKUS)),
    st.just(picking.SetAside()),
    st.just(picking.Undo()),
)


@given(st.sampled_from(MODES), wanted_lists, stocks)
def test_a_plan_asks_for_each_unit_once_and_never_for_more_than_a_bin_has(
    mode: str, wanted: list[Wanted], stock: list[BinStock]
) -> None:
    plan = build(mode, wanted, stock, PRODUCTS, TODAY)
    planned: Counter[tuple[int, str]] = Counter()
    taken: Counter[tuple[str, str, str]] = Counter()
    for line in plan["lines"]:
        assert line["quantity"] > 0
        planned[line["order_id"], line["line_id"]] += line["quantity"]
        if line["bin"]:
            taken[line["bin"], line["sku"], line["lot"]] += line["quantity"]
            assert line["expiry"] == "" or line["expiry"] >= TODAY.isoformat()
    assert planned == Counter({(w.order_id, w.line_id): w.quantity for w in wanted})
    there = {(s.bin, s.sku, s.lot): s.quantity for s in stock}
    assert all(units <= there[place] for place, units in taken.items())


class PickMachine(RuleBasedStateMachine):
    """A wave in the hands of a person who may scan and press anything."""

    @initialize(mode=st.sampled_from(MODES), wanted=wanted_lists, stock=stocks)
    def claim(self, mode: str, wanted: list[Wanted], stock: list[BinStock]) -> None:
        self.plan = build(mode, wanted, stock, PRODUCTS, TODAY)
        self.ordered = Counter({(w.order_id, w.line_id): w.quantity for w in wanted})
        self.task = picking.start(self.plan)
        self.journal: list[e.Entry] = []
        self.ctx = picking.PickContext(
            permissions=frozenset({"pick.work", "pick.typed_quantity"}),
            today=TODAY,
            tote_owner=lambda code: "900" if code == "T-9" else None,
            product=PRODUCTS.get,
            bins_of=lambda sku: tuple({s.bin for s in stock if s.sku == sku}),
        )

    def take(self, decision: Decision) -> None:
        if not isinstance(decision, Accepted):
            assert decision.outcome is not Outcome.OK
            return
        before = self.task
        for entry in decision.entries:
            if isinstance(entry, e.PickDropped):
                self.check_dropped(entry)
            self.journal.append(entry)
            self.task = picking.evolve(self.task, entry)
        assert self.task is not before, "an accepted scan changes the task"

    def check_dropped(self, entry: e.PickDropped) -> None:
        assert not self.task.in_hand
        active = [line for line in self.task.lines if not line.cancelled]
        assert all(line.remaining == 0 for line in active)
        short = {line.order_id for line in active if line.short}
        assert (set(entry.orders), set(entry.short_orders)) == (set(self.task.active_orders), short)

    @precondition(lambda self: not picking.is_done(self.task))
    @rule(scan=scans)
    def scan(self, scan: Scan) -> None:
        self.take(picking.decide(self.task, scan, self.ctx))

    @precondition(lambda self: not picking.is_done(self.task))
    @rule(action=actions)
    def press(self, action: Any) -> None:
        self.take(picking.act(self.task, action, self.ctx))

    @rule(more=st.integers(1, 6))
    def follow_the_prompt(self, more: int) -> None:
        """Do what is asked, so that waves also come to their end."""
        for _ in range(more):
            if picking.step(self.task) != "drop":
                answer = self.right_scan()
                decision = picking.decide(self.task, answer, self.ctx)
                assert isinstance(decision, Accepted), decision
                self.take(decision)

    def right_scan(self) -> Scan:
        here = picking.current(self.task)
        match picking.step(self.task):
            case "load_totes":
                used = set(self.task.totes.values())
                free = next(t for t in ("T-1", "T-2", "T-3", "T-4") if t not in used)
                return ToteScan(free, free)
            case "bin" if here:
                return BinScan(here.bin, here.bin)
            case "item" if here:
                return ProductScan(here.sku, here.sku, 1, here.lot)
            case "tote" if here:
                code = picking.tote_of(self.task, here.order_id)
                return ToteScan(code, code)
            case _:
                return CommandScan("OK", Command.OK)

    @precondition(lambda self: self.task.in_hand)
    @rule()
    def put_what_is_in_hand_in_its_tote(self) -> None:
        here = picking.current(self.task)
        assert here is not None
        code = picking.tote_of(self.task, here.order_id)
        self.scan(ToteScan(code, code))

    @precondition(lambda self: picking.current(self.task) is not None)
    @rule()
    def take_another_bin_or_item(self) -> None:
        here = picking.current(self.task)
        assert here is not None
        for place in here.alternatives[:1]:
            self.press(picking.UseAlternative(place["bin"]))
        for other in here.substitutes[:1]:
            self.press(picking.Substitute(other["sku"]))

    @precondition(lambda self: not picking.is_done(self.task) and len(self.journal) > 8)
    @rule(order=st.integers(1, 3))
    def cancel(self, order: int) -> None:
        self.journal.append(e.OrderCancelled(order, "refund", 0))
        self.task = picking.evolve(self.task, self.journal[-1])

    @precondition(lambda self: picking.undoable(self.task) is not None)
    @rule()
    def undo_restores(self) -> None:
        last = picking.undoable(self.task)
        assert last is not None
        undone = picking.evolve(self.task, e.Undone(type(last).__name__, last.payload()))
        assert picking.evolve(undone, last) == self.task

    @invariant()
    def every_ordered_unit_is_placed_short_or_still_to_pick(self) -> None:
        counted: Counter[tuple[int, str]] = Counter()
        for line in self.task.lines:
            assert min(line.placed, line.short) >= 0
            if not line.cancelled:
                assert line.remaining >= 0
                counted[line.order_id, line.line_id] += line.placed + line.short + line.remaining
            else:
                assert line.placed + line.short <= line.quantity
                counted[line.order_id, line.line_id] += line.quantity
        assert counted == self.ordered

    @invariant()
    def the_hand_holds_no_more_than_is_asked(self) -> None:
        assert 0 <= self.task.in_hand <= max(0, picking.asked(self.task))

    @invariant()
    def the_placed_units_are_those_of_the_journal(self) -> None:
        placed: Counter[tuple[int, str]] = Counter()
        for entry in self.journal:
            sign = 1
            if isinstance(entry, e.Undone):
                sign, entry = -1, e.load(entry.entry_kind, entry.fields)
            if isinstance(entry, e.UnitsPlaced):
                placed[entry.order_id, entry.line_id] += sign * entry.quantity
        of_lines: Counter[tuple[int, str]] = Counter()
        for line in self.task.lines:
            of_lines[line.order_id, line.line_id] += line.placed
        assert +placed == +of_lines

    @invariant()
    def a_replay_of_the_journal_gives_the_same_task(self) -> None:
        again = picking.start(self.plan)
        for entry in self.journal:
            again = picking.evolve(again, e.load(type(entry).__name__, entry.payload()))
        assert again == self.task

    @invariant()
    def there_is_always_a_prompt(self) -> None:
        assert picking.prompt(self.task).code


PickMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyHand = PickMachine.TestCase
