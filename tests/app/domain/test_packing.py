from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain import entries as e
from app.domain import texts
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.entries import Entry
from app.domain.model import Product
from app.domain.packing import (
    ChooseBox,
    ClosePackage,
    ConfirmNote,
    CreateLabel,
    LabelOwner,
    NewPackage,
    OverrideWeight,
    PackContext,
    PackTask,
    Park,
    PrintLabel,
    Reprint,
    Undo,
    Weigh,
    act,
    decide,
    evolve,
    is_done,
    next_effect,
    package_state,
    prompt,
    reprint,
    see,
    start,
    step,
    undoable,
)
from app.domain.scan import (
    AmbiguousScan,
    BadRead,
    BinScan,
    BoxScan,
    Command,
    CommandScan,
    LabelScan,
    ProductScan,
    Scan,
    UnknownScan,
)
from tests.support.paper import Paper

ALL = frozenset({"pack.work", "pack.override_weight", "pack.reprint"})
BOX = {
    "length_mm": 300,
    "width_mm": 200,
    "height_mm": 200,
    "max_weight_g": 5_000,
    "tare_g": 100,
}
SIZE = {"weight_g": 500, "length_mm": 100, "width_mm": 100, "height_mm": 50}
PLAN: dict[str, Any] = {
    "order_id": 7,
    "number": "1042",
    "channel": "loja",
    "note": "",
    "gift_text": "",
    "lines": [
        {"line_id": "1", "sku": "A", "name": "Sabonete", "quantity": 3, **SIZE},
        {"line_id": "2", "sku": "B", "name": "Toalha", "quantity": 1, **SIZE},
    ],
    "boxes": [
        {"code": "P", **BOX},
        {"code": "FRACA", **BOX, "max_weight_g": 300},
    ],
    "invoice_required": False,
    "invoice": {"status": "none", "items": {}, "differences": []},
    "address_version": 1,
    "weigh": True,
    "bench": "B1",
}
FISCAL = PLAN | {"invoice_required": True}
AUTHORISED = {"status": "AUTHORIZED", "items": {"A": 3, "B": 1}, "differences": []}


class Bench:
    """A station in small: takes what is accepted, and makes and prints labels when asked."""

    def __init__(self, plan: dict[str, Any] = PLAN, **ctx: Any) -> None:
        self.task = start(plan)
        self.log: list[Entry] = []
        self.ctx = PackContext(
            permissions=ALL,
            label_owner=lambda tracking: None,
            invoice=plan["invoice"],
            address_version=1,
            hold="",
            product=lambda sku: Product(sku, f"Produto {sku}") if sku < "M" else None,
        )
        self.paper = Paper()
        self.world(**{"print_jobs": self.paper.jobs_of} | ctx)

    def world(self, **changes: Any) -> None:
        self.ctx = replace(self.ctx, **changes)
        self.task = see(self.task, self.ctx)

    def take(self, *entries: Entry) -> None:
        for entry in entries:
            self.log.append(entry)
            self.task = evolve(self.task, entry)

    def _settle(self, decision: Decision) -> Decision:
        if isinstance(decision, Accepted):
            self.take(*decision.entries)
            self.paper.hear(*decision.entries)
            self.world()
        return decision

    def scan(self, scan: Scan) -> Decision:
        return self._settle(decide(self.task, scan, self.ctx))

    def press(self, action: Any) -> Decision:
        return self._settle(act(self.task, action, self.ctx))

    def unit(self, sku: str, quantity: int = 1) -> Decision:
        return self.scan(ProductScan(sku, sku, quantity))

    def command(self, command: Command) -> Decision:
        return self.scan(CommandScan(command, command))

    def label(self, tracking: str) -> Decision:
        return self.scan(LabelScan(tracking, tracking))

    def carry_out(self) -> None:
        while effect := next_effect(self.task):
            version = self.ctx.address_version
            if isinstance(effect, CreateLabel):
                no = effect.package_no
                self.take(e.LabelCreated(7, no, f"L{no}v{version}", f"T{no}v{version}", version))
            else:
                self.take(*self.paper.print(effect))
            self.world()

    def packed_up_to_label(self) -> Bench:
        self.unit("A", 3)
        self.unit("B")
        self.scan(BoxScan("P", "P"))
        self.press(Weigh(2_100))
        self.carry_out()
        return self

    def packed_up_to_unprinted_label(self, *, ends: bool) -> None:
        """One label made and sent; `ends` says whether its end was heard of."""
        self.unit("A", 3)
        self.unit("B")
        self.scan(BoxScan("P", "P"))
        self.press(Weigh(2_100))
        self.take(e.LabelCreated(7, 1, "L1v1", "T1v1", 1))
        self.take(*self.paper.print(PrintLabel("L1v1", 1), ends=ends))
        self.world()


def code(decision: Decision) -> str:
    return decision.code


def test_an_order_is_packed_unit_by_unit_boxed_weighed_and_proved_by_its_label() -> None:
    bench = Bench()
    assert [code(bench.unit("A")) for _ in range(3)] == ["UNIT_VERIFIED"] * 2 + ["LINE_VERIFIED"]
    assert code(bench.unit("B")) == "ALL_VERIFIED"
    assert prompt(bench.task).code == "PACK_BOX_SUGGESTED"
    assert code(bench.scan(BoxScan("P", "P"))) == "BOX_OK"
    assert step(bench.task) == "weight"
    assert code(bench.press(Weigh(2_120))) == "WEIGHT_OK"
    assert next_effect(bench.task) == CreateLabel(1)
    bench.carry_out()
    assert step(bench.task) == "verify"
    assert code(bench.label("T1v1")) == "ORDER_PACKED"
    assert is_done(bench.task)
    assert bench.log[-1] == e.OrderPacked(7)
    assert package_state(bench.task, bench.task.packages[0]) == "VERIFIED"


def test_a_note_must_be_confirmed_before_the_first_unit() -> None:
    bench = Bench(PLAN | {"gift_text": "Parabéns!"})
    assert code(bench.unit("A")) == "NOTE_FIRST"
    assert code(bench.command(Command.OK)) == "NOTE_CONFIRMED"
    assert code(bench.unit("A")) == "UNIT_VERIFIED"
    assert code(Bench(PLAN | {"note": "x"}).press(ConfirmNote())) == "NOTE_CONFIRMED"


def test_a_unit_too_many_is_told_and_not_counted() -> None:
    bench = Bench()
    over = bench.unit("A", 12)
    assert (over.code, over.outcome) == ("OVER_QTY", Outcome.BLOCK)
    assert over.params["quantity"] == 3
    assert over.params["scanned"] == 12
    bench.unit("A", 3)
    again = bench.unit("A")
    assert (again.code, again.outcome) == ("LINE_COMPLETE", Outcome.DONE)
    bench.unit("B")
    assert code(bench.unit("A")) == "LINE_COMPLETE"
    assert bench.task.units_done == 4


@pytest.mark.parametrize(
    ("scan", "expected", "outcome"),
    [
        (ProductScan("C", "C"), "NOT_IN_ORDER", Outcome.BLOCK),
        (BinScan("X", "A-01"), "WRONG_KIND", Outcome.WARN),
        (BoxScan("P", "P"), "WRONG_KIND", Outcome.WARN),
        (AmbiguousScan("1", ("A", "B")), "AMBIGUOUS", Outcome.WARN),
        (BadRead("1", "check_digit"), "BAD_READ", Outcome.BLOCK),
        (UnknownScan("zzz"), "UNKNOWN_CODE", Outcome.BLOCK),
        (LabelScan("T9", "T9"), "UNKNOWN_CODE", Outcome.BLOCK),
        (CommandScan("x", Command.SHORT), "COMMAND_NOT_HERE", Outcome.WARN),
        (CommandScan("x", Command.CANCEL), "NOTHING_TO_UNDO", Outcome.WARN),
        (CommandScan("x", Command.NEW_PACKAGE), "PACKAGE_EMPTY", Outcome.WARN),
    ],
)
def test_a_scan_that_fits_no_unit_changes_nothing(
    scan: Scan, expected: str, outcome: Outcome
) -> None:
    bench = Bench()
    said = bench.scan(scan)
    assert isinstance(said, Refused)
    assert (said.code, said.outcome) == (expected, outcome)
    assert bench.log == []


def test_units_of_one_product_on_two_lines_fill_the_lines_in_order() -> None:
    lines = [{**PLAN["lines"][0], "quantity": 2}, {**PLAN["lines"][0], "line_id": "9"}]
    bench = Bench(PLAN | {"lines": lines})
    bench.unit("A", 4)
    assert [line.verified for line in bench.task.lines] == [2, 2]


def test_a_new_package_takes_the_units_that_follow_once_the_full_one_is_boxed() -> None:
    bench = Bench()
    bench.unit("A", 2)
    assert code(bench.command(Command.NEW_PACKAGE)) == "PACKAGE_CLOSED"
    assert code(bench.unit("A")) == "WRONG_KIND"  # the box of package 1 comes first
    bench.press(ChooseBox("P"))
    bench.press(Weigh(1_100))
    bench.unit("A")
    bench.unit("B")
    assert [dict(p.units) for p in bench.task.packages] == [{"1": 2}, {"1": 1, "2": 1}]
    assert code(bench.press(ClosePackage())) == "BOX_FIRST"


def test_labels_of_several_packages_come_out_one_at_a_time() -> None:
    bench = Bench(PLAN | {"weigh": False})
    bench.unit("A", 3)
    bench.press(NewPackage())
    bench.press(ChooseBox("P"))
    bench.unit("B")
    assert next_effect(bench.task) is None
    bench.press(ChooseBox("P"))
    bench.carry_out()
    assert [bool(p.label) for p in bench.task.packages] == [True, False]
    assert code(bench.label("T1v1")) == "LABEL_VERIFIED"
    bench.carry_out()
    done = bench.label("T1v1")
    assert (done.code, done.outcome) == ("LABEL_DONE", Outcome.DONE)
    assert code(bench.label("T2v1")) == "ORDER_PACKED"


def test_a_box_is_known_and_strong_enough_and_may_be_changed_before_weighing() -> None:
    bench = Bench()
    bench.unit("A", 3)
    bench.unit("B")
    assert code(bench.scan(BoxScan("Z", "Z"))) == "UNKNOWN_BOX"
    weak = bench.scan(BoxScan("FRACA", "FRACA"))
    assert (weak.code, weak.params["better"]) == ("BOX_TOO_WEAK", "P")
    bench.scan(BoxScan("P", "P"))
    assert code(bench.scan(BoxScan("P", "P"))) == "BOX_OK"
    bench.press(Undo())
    assert step(bench.task) == "box"


def test_a_weight_off_needs_a_reason_and_the_permission() -> None:
    bench = Bench()
    bench.unit("A", 3)
    bench.unit("B")
    bench.press(ChooseBox("P"))
    off = bench.press(Weigh(1_600))
    assert (off.code, off.outcome, off.params["expected_g"]) == (
        "WEIGHT_OFF",
        Outcome.WARN,
        2_100,
    )
    assert code(bench.press(Weigh(0))) == "BAD_WEIGHT"
    assert code(bench.press(OverrideWeight(1_600, " "))) == "REASON_NEEDED"
    bench.world(permissions=frozenset({"pack.work"}))
    assert code(bench.press(OverrideWeight(1_600, "balança"))) == "NOT_PERMITTED"
    bench.world(permissions=ALL)
    bench.press(OverrideWeight(1_600, "balança"))
    assert bench.log[-1] == e.PackageWeighed(7, 1, 1_600, "balança")


def test_weighing_is_left_out_where_a_weight_is_unknown() -> None:
    lines = [{**PLAN["lines"][1], "weight_g": None}]
    bench = Bench(PLAN | {"lines": lines})
    bench.unit("B")
    bench.press(ChooseBox("P"))
    assert next_effect(bench.task) == CreateLabel(1)


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        ({"status": "none"}, "NFE_MISSING"),
        ({"status": "pending"}, "NFE_MISSING"),
        ({"status": "REJECTED"}, "NFE_REJECTED"),
        ({"status": "CANCELLED"}, "NFE_CANCELLED"),
        (
            {"status": "MISMATCH", "differences": [["TOTAL_DIFF", "vNF", "1", "2"]]},
            "NFE_MISMATCH",
        ),
        ({"status": "AUTHORIZED", "items": {"A": 2, "B": 1}}, "NFE_MISMATCH"),
    ],
)
def test_no_label_comes_out_before_the_invoice_is_right(
    invoice: dict[str, Any], expected: str
) -> None:
    bench = Bench(FISCAL, invoice=invoice).packed_up_to_label()
    assert step(bench.task) == "invoice"
    assert not any(isinstance(entry, e.LabelCreated) for entry in bench.log)
    said = bench.command(Command.OK)
    assert (said.code, said.outcome) == (expected, Outcome.BLOCK)
    assert code(bench.command(Command.PROBLEM)) == "PARKED_INVOICE"
    assert bench.log[-1] == e.PackParked(7, "invoice")
    assert is_done(bench.task)


def test_an_invoice_that_arrives_while_the_order_waits_lets_the_label_out() -> None:
    bench = Bench(FISCAL).packed_up_to_label()
    bench.world(invoice=AUTHORISED)
    assert next_effect(bench.task) == CreateLabel(1)


def test_an_invoice_cancelled_after_the_label_keeps_the_order_from_being_packed() -> None:
    bench = Bench(FISCAL, invoice=AUTHORISED).packed_up_to_label()
    bench.world(invoice=AUTHORISED | {"status": "CANCELLED"})
    assert code(bench.label("T1v1")) == "NFE_CANCELLED"
    bench.press(Park("invoice"))
    assert e.LabelVoided(7, "L1v1", "T1v1", "invoice") in bench.log


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (LabelOwner(43, "1043", "B3", "PRINTED_UNVERIFIED", False), "OTHER_LABEL"),
        (LabelOwner(43, "1043", "B3", "VOIDED", False), "VOID_LABEL"),
        (LabelOwner(42, "1042", "B1", "READY", False), "VOID_LABEL"),
        (None, "UNKNOWN_CODE"),
    ],
)
def test_a_label_that_is_not_the_boxs_own_is_named(owner: LabelOwner | None, expected: str) -> None:
    bench = Bench(label_owner=lambda tracking: owner).packed_up_to_label()
    said = bench.label("T9")
    assert (said.code, said.outcome) == (expected, Outcome.BLOCK)
    if expected == "OTHER_LABEL":
        assert (said.params["order"], said.params["bench"]) == ("1043", "B3")


def test_a_packed_box_whose_label_is_read_on_another_does_not_leave_before_a_look() -> None:
    owner = LabelOwner(43, "1043", "B3", "VERIFIED", True)
    said = Bench(label_owner=lambda tracking: owner).packed_up_to_label().label("T9")
    assert isinstance(said, Accepted)
    assert said.entries == (e.ProblemRaised(43, "label_elsewhere"),)
    assert (said.code, said.outcome) == ("OTHER_LABEL", Outcome.BLOCK)


def test_a_label_whose_printing_was_cut_off_is_asked_about_and_never_guessed() -> None:
    bench = Bench()
    bench.packed_up_to_unprinted_label(ends=False)
    assert step(bench.task) == "doubt"
    assert next_effect(bench.task) is None
    assert code(bench.command(Command.REPRINT)) == "LABEL_AGAIN"
    assert next_effect(bench.task) == PrintLabel("L1v1", 1, 2, "not_out")
    bench.carry_out()
    assert step(bench.task) == "verify"
    assert bench.task.labels[0].copies == 2


def test_a_label_whose_printing_was_cut_off_proves_itself_by_its_scan() -> None:
    bench = Bench()
    bench.packed_up_to_unprinted_label(ends=False)
    assert code(bench.label("T1v1")) == "ORDER_PACKED"


def test_while_a_printer_has_the_label_nothing_is_asked_and_nothing_printed_twice() -> None:
    bench = Bench()
    bench.packed_up_to_unprinted_label(ends=False)
    bench.world(under_way=frozenset({"J1"}))
    assert step(bench.task) == "label"
    assert next_effect(bench.task) is None


def test_a_label_is_printed_once_and_again_only_when_asked_with_a_reason() -> None:
    bench = Bench()
    bench.packed_up_to_label()
    assert next_effect(bench.task) is None
    assert code(bench.command(Command.REPRINT)) == "REPRINT_REASON"
    said = bench.press(Reprint("rasgou"))
    assert isinstance(said, Accepted)
    assert (said.code, said.entries) == ("REPRINTING", ())
    assert reprint(bench.task, "rasgou") == PrintLabel("L1v1", 1, 2, "rasgou")
    bench.world(permissions=frozenset({"pack.work"}))
    assert code(bench.press(Reprint("rasgou"))) == "NOT_PERMITTED"


def test_a_label_made_but_not_printed_before_a_kill_is_printed_on_return() -> None:
    bench = Bench(PLAN | {"boxes": []})
    bench.unit("A", 3)
    bench.unit("B")
    bench.take(e.LabelCreated(7, 1, "L1", "T1", 1))
    assert next_effect(bench.task) == PrintLabel("L1", 1)
    assert code(bench.unit("Z")) == "NOT_IN_ORDER"
    assert code(bench.command(Command.OK)) == "LABEL_RETRY"
    assert code(bench.label("T1")) == "ORDER_PACKED"  # the paper proves that it came out


def test_a_changed_address_voids_the_label_and_asks_for_a_new_one() -> None:
    bench = Bench().packed_up_to_label()
    bench.world(address_version=2)
    said = bench.label("T1v1")
    assert (said.code, said.outcome) == ("ADDRESS_CHANGED", Outcome.BLOCK)
    assert bench.log[-1] == e.LabelVoided(7, "L1v1", "T1v1", "address")
    bench.carry_out()
    assert code(bench.label("T1v1")) == "VOID_LABEL"
    assert code(bench.label("T1v2")) == "ORDER_PACKED"


def test_a_cancelled_order_stops_every_scan_and_is_set_aside() -> None:
    bench = Bench().packed_up_to_label()
    bench.take(e.OrderCancelled(7, "cliente", 4))
    for said in (bench.unit("A"), bench.label("T1v1"), bench.press(Weigh(1))):
        assert (said.code, said.outcome) == ("CANCELLED", Outcome.BLOCK)
        assert said.params["units"] == 4
    assert next_effect(bench.task) is None
    assert code(bench.command(Command.OK)) == "SET_ASIDE"
    assert bench.log[-2:] == [
        e.LabelVoided(7, "L1v1", "T1v1", "cancelled"),
        e.PackParked(7, "cancelled"),
    ]


def test_an_order_on_hold_takes_no_scan_but_may_be_put_away() -> None:
    bench = Bench(hold="fraude")
    assert code(bench.unit("A")) == "ON_HOLD"
    assert code(bench.command(Command.PROBLEM)) == "PARKED"
    assert code(bench.unit("A")) == "STALE"


def test_nothing_is_done_without_the_permission() -> None:
    bench = Bench(permissions=frozenset())
    assert code(bench.unit("A")) == "NOT_PERMITTED"
    assert code(bench.press(Park("problem"))) == "NOT_PERMITTED"


def test_undo_takes_back_units_box_and_weight_until_the_label_exists() -> None:
    bench = Bench()
    seen: list[PackTask] = []
    for work in (
        lambda: bench.unit("A", 3),
        lambda: bench.unit("B"),
        lambda: bench.press(ChooseBox("P")),
        lambda: bench.press(Weigh(2_100)),
    ):
        seen.append(bench.task)
        work()
    while seen:
        assert code(bench.command(Command.CANCEL)) == "UNDONE"
        assert bench.task == seen.pop()
    assert undoable(bench.task) is None
    assert undoable(Bench().packed_up_to_label().task) is None


def test_entries_of_other_orders_and_unknown_undos_change_nothing() -> None:
    task = start(PLAN)
    for entry in (
        e.OrderCancelled(8, "x", 0),
        e.Undone("UnitsVerified", {"order_id": 7}),
        e.Undone("Nonsense", {}),
        e.BinReached("A-01"),
    ):
        assert evolve(task, entry) == task


def test_every_answer_and_prompt_has_its_text_in_both_languages() -> None:
    steps: list[Callable[[Bench], object]] = [
        lambda b: b.unit("A"),
        lambda b: b.unit("C"),
        lambda b: b.unit("A", 9),
        lambda b: b.unit("A", 2),
        lambda b: b.unit("A"),
        lambda b: b.unit("B"),
        lambda b: b.press(Weigh(5)),
        lambda b: b.scan(BoxScan("Z", "Z")),
        lambda b: b.scan(BoxScan("FRACA", "FRACA")),
        lambda b: b.scan(BoxScan("P", "P")),
        lambda b: b.unit("A"),
        lambda b: b.press(NewPackage()),
        lambda b: b.press(Weigh(-1)),
        lambda b: b.press(Weigh(5)),
        lambda b: b.press(Weigh(2_100)),
        lambda b: b.command(Command.OK),
        lambda b: b.world(invoice=AUTHORISED | {"items": {"A": 1}}),
        lambda b: b.command(Command.OK),
        lambda b: b.world(invoice=AUTHORISED),
        lambda b: b.command(Command.OK),
        lambda b: b.carry_out(),
        lambda b: b.press(NewPackage()),
        lambda b: b.press(Reprint("x")),
        lambda b: b.label("T1v1"),
        lambda b: b.unit("A"),
    ]
    bench = Bench(FISCAL)
    for one in steps:
        said = one(bench)
        asked = prompt(bench.task)
        for lang in ("pt", "en"):
            assert texts.prompt(asked.code, lang, asked.params) != asked.code
            assert "…" not in texts.prompt(asked.code, lang, asked.params)
            if isinstance(said, Accepted | Refused):
                assert said.code in texts.TEXTS, said.code
                assert "…" not in " ".join(texts.message(said.code, lang, said.params)), said


def test_a_serial_number_goes_out_once() -> None:
    bench = Bench(serial_owner=lambda sku, serial: ("1007", date(2026, 11, 20)))
    said = bench.scan(ProductScan("raw", "A", serial="S1"))
    assert (said.code, said.outcome) == ("SERIAL_USED", Outcome.BLOCK)
    assert (said.params["owner"], said.params["day"]) == ("1007", "20/11")
    bench.world(serial_owner=lambda sku, serial: None)
    said = bench.scan(ProductScan("raw", "A", serial="S1"))
    assert isinstance(said, Accepted)
    assert said.entries[0].payload()["serial"] == "S1"
