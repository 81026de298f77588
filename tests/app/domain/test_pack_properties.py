"""Whatever is scanned, in whatever order: what must stay true of an order on the bench."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain import entries as e
from app.domain import packing
from app.domain.decision import Accepted, Decision
from app.domain.entries import Entry
from app.domain.packing import CreateLabel, PackContext
from app.domain.scan import BoxScan, Command, CommandScan, LabelScan, ProductScan
from tests.support.paper import Paper

SIZE = {"weight_g": 500, "length_mm": 100, "width_mm": 100, "height_mm": 50}
SKUS = st.sampled_from(["A", "A", "B", "C"])
STATUSES = st.sampled_from(["none", "AUTHORIZED", "AUTHORIZED", "CANCELLED"])


def a_plan(quantities: list[int], *, note: str, weigh: bool, required: bool) -> dict[str, Any]:
    box = {"length_mm": 300, "width_mm": 300, "height_mm": 300, "max_weight_g": 9_000}
    return {
        "order_id": 7,
        "number": "1042",
        "note": note,
        "lines": [
            {"line_id": str(n), "sku": "AAB"[n], "name": "x", "quantity": quantity, **SIZE}
            for n, quantity in enumerate(quantities)
        ],
        "boxes": [{"code": "P", "tare_g": 100, **box}],
        "invoice_required": required,
        "weigh": weigh,
        "address_version": 1,
        "bench": "B1",
    }


class Packing(RuleBasedStateMachine):
    @initialize(
        quantities=st.lists(st.integers(1, 3), min_size=1, max_size=3),
        note=st.sampled_from(["", "presente"]),
        weigh=st.booleans(),
        required=st.booleans(),
    )
    def open(self, quantities: list[int], note: str, weigh: bool, required: bool) -> None:
        self.plan = a_plan(quantities, note=note, weigh=weigh, required=required)
        self.task = packing.start(self.plan)
        self.log: list[Entry] = []
        self.status = "none"
        self.version = 1
        self.made = 0
        self.paper = Paper()

    @property
    def ctx(self) -> PackContext:
        items: dict[str, int] = {}
        for line in self.task.lines:
            items[line.sku] = items.get(line.sku, 0) + line.quantity
        return PackContext(
            permissions=frozenset({"pack.work", "pack.override_weight", "pack.reprint"}),
            label_owner=lambda tracking: packing.LabelOwner(9, "1042", "B1", "VOIDED", False),
            invoice={"status": self.status, "items": items, "differences": []},
            address_version=self.version,
            hold="",
            product=lambda sku: None,
            print_jobs=self.paper.jobs_of,
        )

    def take(self, *entries: Entry) -> None:
        for entry in entries:
            self.log.append(entry)
            self.task = packing.evolve(self.task, entry)

    def settle(self, decision: Decision) -> None:
        before = self.task
        if not isinstance(decision, Accepted):
            return
        self.take(*decision.entries)
        self.paper.hear(*decision.entries)
        last = packing.undoable(self.task)
        if last and decision.entries == (last,):
            undone = e.Undone(type(last).__name__, last.payload())
            assert packing.evolve(self.task, undone) == before
        if any(isinstance(entry, e.OrderPacked) for entry in decision.entries):
            assert self.task.all_verified
            assert all(label.verified for label in self.task.labels)
            assert len(self.task.labels) == len(self.task.packages)
            assert all(label.address_version == self.version for label in self.task.labels)
            assert self.status == "AUTHORIZED" or not self.task.invoice_required

    def scan(self, scan: Any) -> None:
        self.task = packing.see(self.task, self.ctx)
        self.settle(packing.decide(self.task, scan, self.ctx))

    def press(self, action: Any) -> None:
        self.task = packing.see(self.task, self.ctx)
        self.settle(packing.act(self.task, action, self.ctx))

    @rule(steps=st.integers(1, 8))
    def do_as_asked(self, steps: int) -> None:
        """Chance alone would seldom get an order to its end."""
        for _ in range(steps):
            match packing.step(packing.see(self.task, self.ctx)):
                case "note":
                    self.scan_command(Command.OK)
                case "units":
                    line = next(line for line in self.task.lines if line.remaining)
                    self.scan_product(line.sku, 1)
                case "box":
                    self.choose_box()
                case "weight":
                    self.weigh(0)
                case "invoice":
                    self.invoice_comes("AUTHORIZED")
                case "label":
                    self.carry_out(ends=True)
                case "doubt":
                    self.it_is_not_there()
                case "verify":
                    label = packing.current(self.task).label
                    assert label
                    self.scan(LabelScan(label.tracking, label.tracking))

    @rule(sku=SKUS, quantity=st.sampled_from([1, 1, 1, 2, 12]))
    def scan_product(self, sku: str, quantity: int) -> None:
        self.scan(ProductScan(sku, sku, quantity))

    @rule(command=st.sampled_from([c for c in Command if c is not Command.PROBLEM]))
    def scan_command(self, command: Command) -> None:
        self.scan(CommandScan(command, command))

    @rule()
    def choose_box(self) -> None:
        self.scan(BoxScan("P", "P"))

    @rule(off=st.sampled_from([0, 10, 5_000]))
    def weigh(self, off: int) -> None:
        right = packing.expected_weight_g(self.task, packing.current(self.task)) or 1
        self.press(packing.Weigh(right + off))

    @rule(ends=st.booleans())
    def carry_out(self, ends: bool) -> None:
        self.task = packing.see(self.task, self.ctx)
        effect = packing.next_effect(self.task)
        if isinstance(effect, CreateLabel):
            self.made += 1
            name = str(self.made)
            self.take(e.LabelCreated(7, effect.package_no, f"L{name}", f"T{name}", self.version))
        elif effect:
            self.take(*self.paper.print(effect, ends=ends))

    @rule()
    def it_is_not_there(self) -> None:
        self.press(packing.NotPrinted())

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def scan_label(self, data: st.DataObject) -> None:
        tracking = f"T{data.draw(st.integers(1, self.made))}"
        self.scan(LabelScan(tracking, tracking))

    @rule(status=STATUSES)
    def invoice_comes(self, status: str) -> None:
        self.status = status

    @precondition(lambda self: self.version < 3 and not self.task.packed)
    @rule()
    def address_changes(self) -> None:
        self.version += 1

    @rule()
    def park_and_take_up_again(self) -> None:
        verified = self.task.units_done
        self.press(packing.Park("problem"))
        self.take(e.PackOpened(7, "B1"))
        assert self.task.units_done == verified

    @precondition(lambda self: self.made > 1)
    @rule()
    def order_is_cancelled(self) -> None:
        self.take(e.OrderCancelled(7, "cliente", self.task.units_total))

    @invariant()
    def no_more_units_are_verified_than_picked(self) -> None:
        for line in self.task.lines:
            held = sum(p.units.get(line.line_id, 0) for p in self.task.packages)
            assert 0 <= line.verified == held <= line.quantity

    @invariant()
    def a_closed_package_is_never_empty(self) -> None:
        assert all(any(p.units.values()) for p in self.task.packages if p.closed)

    @invariant()
    def no_tracking_code_is_used_twice(self) -> None:
        made = [entry for entry in self.log if isinstance(entry, e.LabelCreated)]
        assert len({entry.tracking for entry in made}) == len(made)
        printed = [entry for entry in self.log if isinstance(entry, e.PrintRequested)]
        assert len({(entry.subject, entry.copy) for entry in printed}) == len(printed)

    @invariant()
    def a_replay_of_the_journal_gives_the_same_task(self) -> None:
        again = packing.start(self.plan)
        for entry in self.log:
            again = packing.evolve(again, e.load(type(entry).__name__, entry.payload()))
        assert packing.see(again, self.ctx) == packing.see(self.task, self.ctx)

    @invariant()
    def a_prompt_is_always_there(self) -> None:
        assert packing.prompt(self.task).code


Packing.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestPacking = Packing.TestCase
