from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from app.domain import dispatch, manifest_orders, texts
from app.domain import entries as e
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.dispatch import (
    Close,
    DispatchContext,
    DispatchTask,
    ExpectedPackage,
    Handover,
    PackageInfo,
    Undo,
    Unload,
)
from app.domain.entries import Entry
from app.domain.scan import Command, CommandScan, LabelScan, ProductScan, Scan

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
DRIVER = ("Motorista Inventado", "00000000191")
ALL = frozenset({"dispatch.work", "dispatch.close_incomplete"})


def expected(*volumes: tuple[int, int, int]) -> dict[str, ExpectedPackage]:
    """Packages that wait: (order, volume, volumes) each."""
    made = (ExpectedPackage(o, str(1000 + o), no, of, f"T{o}-{no}") for o, no, of in volumes)
    return {package.tracking: package for package in made}


def info(order_id: int, no: int, packages: int, **changes: Any) -> PackageInfo:
    known = PackageInfo(
        order_id=order_id,
        number=str(1000 + order_id),
        package_no=no,
        packages=packages,
        carrier="Correios",
        service_code="03298",
        state="VERIFIED",
        manifest_id="",
        cancelled=False,
        hold={},
        label_void=False,
    )
    return replace(known, **changes)


PLAN: dict[str, Any] = {
    "manifest_id": "R1",
    "carrier": "correios",
    "service_code": "03298",
    "service_name": "PAC",
    "dock": "D1",
    "cutoff_at": (NOW + timedelta(hours=1)).isoformat(),
    "late": False,
}


class Dock:
    """A station in small, with a warehouse of packages."""

    def __init__(
        self,
        plan: dict[str, Any] = PLAN,
        waiting: Mapping[str, ExpectedPackage] = expected((1, 1, 1), (2, 1, 2), (2, 2, 2)),
    ) -> None:
        self.plan, self.waiting = plan, waiting
        self.task = self.start()
        self.log: list[Entry] = []
        self.packages = {
            "T1-1": info(1, 1, 1),
            "T2-1": info(2, 1, 2),
            "T2-2": info(2, 2, 2),
        }
        self.ctx = DispatchContext(ALL, NOW, self.packages_of)

    def start(self) -> DispatchTask:
        return dispatch.expect(dispatch.start(self.plan), self.waiting)

    def packages_of(self, trackings: tuple[str, ...]) -> dict[str, PackageInfo]:
        return {t: self.packages[t] for t in trackings if t in self.packages}

    def world(self, **changes: Any) -> None:
        self.ctx = replace(self.ctx, **changes)

    def settle(self, decision: Decision) -> Decision:
        if isinstance(decision, Accepted):
            for entry in decision.entries:
                self.log.append(entry)
                self.task = dispatch.evolve(self.task, entry)
        return decision

    def scan(self, scan: Scan) -> Decision:
        return self.settle(dispatch.decide(self.task, scan, self.ctx))

    def load(self, *trackings: str) -> Decision:
        said: Decision = Accepted(())
        for tracking in trackings:
            said = self.scan(LabelScan(tracking, tracking))
        return said

    def press(self, action: Any) -> Decision:
        return self.settle(dispatch.act(self.task, action, self.ctx))


def test_an_only_package_of_another_number_is_said_to_be_a_part() -> None:
    dock = Dock()
    dock.packages["T3-2"] = info(3, 2, 1)
    part = dock.load("T3-2")
    assert (part.code, part.params["missing"]) == ("PACKAGE_LOADED_PART", 1)


def test_a_manifest_is_loaded_closed_and_handed_over() -> None:
    dock = Dock()
    assert dock.load("T1-1").code == "PACKAGE_LOADED"
    part = dock.load("T2-1")
    assert (part.code, part.params["missing"]) == ("PACKAGE_LOADED_PART", 2)
    assert dock.load("T2-2").code == "PACKAGE_LOADED"
    assert dispatch.prompt(dock.task).code == "DISPATCH_CLOSE"
    assert dock.press(Handover("ABC1D23", *DRIVER)).code == "CLOSE_FIRST"
    assert dock.press(Close()).code == "MANIFEST_READY"
    assert dock.log[-1] == e.ManifestClosed("R1", (1, 2))
    assert dock.load("T1-1").code == "MANIFEST_CLOSED"
    assert dock.press(Handover(" ", *DRIVER)).code == "PLATE_NEEDED"
    assert dock.press(Handover("ABC1D23", "", DRIVER[1])).code == "DRIVER_NEEDED"
    assert dock.press(Handover("ABC1D23", DRIVER[0], "12")).code == "DRIVER_NEEDED"
    assert dock.press(Handover("abc-1d23", *DRIVER)).code == "HANDED_OVER"
    assert dock.log[-1] == e.ManifestHandedOver("R1", "ABC1D23")
    assert dispatch.is_done(dock.task)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"carrier": "jadlog"}, "WRONG_MANIFEST"),
        ({"service_code": "03220"}, "WRONG_MANIFEST"),
        ({"manifest_id": "R9"}, "WRONG_MANIFEST"),
        ({"label_void": True}, "VOID_LABEL"),
        ({"state": "LABELLED"}, "NOT_PACKED"),
        ({"order_packed": False}, "NOT_PACKED"),
        ({"cancelled": True}, "CANCELLED"),
        ({"hold": {"reason": "fraude"}}, "ON_HOLD"),
        ({"gate": ("gate.invoice", "NF-e")}, "GATE_HOLDS"),
    ],
)
def test_a_package_that_may_not_go_is_refused_and_not_loaded(
    change: dict[str, Any], expected: str
) -> None:
    dock = Dock()
    dock.packages["T1-1"] = info(1, 1, 1, **change)
    said = dock.load("T1-1")
    assert (said.code, said.outcome) == (expected, Outcome.BLOCK)
    assert dock.log == []


def test_a_package_for_another_dock_is_sent_there() -> None:
    dock = Dock()
    dock.packages["T1-1"] = info(1, 1, 1, carrier="Jadlog", service_name="Package", dock="D3")
    said = dock.load("T1-1")
    assert (said.params["carrier"], said.params["service"], said.params["dock"]) == (
        "Jadlog",
        "Package",
        "D3",
    )


def test_a_package_is_loaded_once() -> None:
    dock = Dock()
    dock.load("T1-1")
    said = dock.load("T1-1")
    assert (said.code, said.outcome) == ("ALREADY_LOADED", Outcome.DONE)
    assert len(dock.log) == 1


def test_a_package_that_got_ready_after_opening_is_taken() -> None:
    dock = Dock()
    dock.packages["T5-1"] = info(5, 1, 1)
    said = dock.load("T5-1")
    assert (said.params["loaded"], said.params["expected"]) == (1, 4)
    assert dock.task.orders[-1].order_id == 5


def test_half_an_order_never_leaves_with_or_without_a_reason() -> None:
    dock = Dock()
    dock.load("T1-1", "T2-1")
    said = dock.press(Close("sem espaço"))
    assert (said.code, said.params["missing"], said.params["packages"]) == (
        "MISSING_VOLUMES",
        2,
        2,
    )
    assert dock.press(Unload("T2-1")).code == "PACKAGE_UNLOADED"
    assert dock.press(Close("sem espaço")).code == "MANIFEST_READY"
    assert dock.log[-1] == e.ManifestClosed("R1", (1,), (2,), "sem espaço")


def test_orders_left_behind_are_listed_and_need_a_reason_and_the_permission() -> None:
    dock = Dock()
    dock.load("T1-1")
    said = dock.press(Close())
    assert (said.code, said.outcome, said.params["orders"]) == (
        "LEFT_BEHIND",
        Outcome.WARN,
        "1002",
    )
    dock.world(permissions=frozenset({"dispatch.work"}))
    assert dock.press(Close("sem espaço")).code == "LEFT_BEHIND_DENIED"


def test_an_expected_order_that_was_cancelled_is_not_left_behind() -> None:
    dock = Dock()
    dock.load("T1-1")
    for no in (1, 2):
        dock.packages[f"T2-{no}"] = info(2, no, 2, cancelled=True)
    assert dock.press(Close()).code == "MANIFEST_READY"


def test_closing_asks_again_after_every_loaded_package() -> None:
    dock = Dock()
    dock.load("T1-1", "T2-1", "T2-2")
    dock.packages["T1-1"] = info(1, 1, 1, state="LOADED", manifest_id="R1", cancelled=True)
    assert dock.press(Close()).code == "CANCELLED"
    dock.press(Unload("T1-1"))
    assert dock.press(Close()).code == "MANIFEST_READY"


def test_a_cancellation_in_the_journal_reaches_the_dock() -> None:
    dock = Dock()
    dock.load("T1-1")
    dock.task = dispatch.evolve(dock.task, e.OrderCancelled(1, "cliente", 1))
    assert dock.press(Close("x")).code == "CANCELLED"


def test_a_cutoff_that_is_over_is_said_once_and_then_confirmed() -> None:
    dock = Dock()
    dock.world(now=NOW + timedelta(hours=2))
    said = dock.load("T1-1")
    assert (said.code, said.outcome) == ("AFTER_CUTOFF", Outcome.WARN)
    dock.world(cutoff_warned=True)
    assert dock.scan(CommandScan("OK", Command.OK)).code == "CUTOFF_CONFIRMED"
    assert dock.load("T1-1").code == "PACKAGE_LOADED"
    late = Dock(PLAN | {"late": True})
    late.world(now=NOW + timedelta(hours=2))
    assert late.load("T1-1").code == "PACKAGE_LOADED"


def test_undo_takes_back_the_last_package_loaded() -> None:
    dock = Dock()
    dock.load("T1-1")
    before = dock.task
    dock.load("T2-1")
    assert dock.scan(CommandScan("CANCELAR", Command.CANCEL)).code == "UNDONE"
    assert dock.task == before
    assert dock.press(Undo()).code == "UNDONE"
    assert dock.press(Undo()).code == "NOTHING_TO_UNDO"


def test_an_empty_manifest_is_not_closed() -> None:
    assert Dock().press(Close("x")).code == "MANIFEST_EMPTY"


def test_nothing_is_done_without_the_permission() -> None:
    dock = Dock()
    dock.world(permissions=frozenset())
    assert dock.load("T1-1").code == "NOT_PERMITTED"
    assert dock.press(Close()).code == "NOT_PERMITTED"


def test_other_scans_are_told_to_be_no_label() -> None:
    assert Dock().scan(ProductScan("A", "A")).code == "WRONG_KIND"
    assert Dock().load("T9-9").code == "UNKNOWN_CODE"
    assert Dock().press(Unload("T9-9")).code == "NOT_LOADED"


def test_every_answer_has_its_text_without_a_gap() -> None:
    dock = Dock()
    dock.packages["T3-1"] = info(3, 1, 1, carrier="jadlog")
    dock.packages["T4-1"] = info(4, 1, 1, state="OPEN")
    dock.packages["T6-1"] = info(6, 1, 1, cancelled=True)
    dock.packages["T7-1"] = info(7, 1, 1, hold={"reason": "x", "person": "Ana", "since": "ontem"})
    said: list[Decision] = [dock.press(Close()), dock.press(Unload("T1-1"))]
    said += [dock.load(t) for t in ("T3-1", "T4-1", "T6-1", "T7-1", "T1-1", "T1-1", "T2-1")]
    said += [dock.press(Close("x")), dock.press(Unload("T2-1")), dock.press(Close())]
    said += [dock.press(Handover("x", *DRIVER)), dock.press(Close("x")), dock.load("T1-1")]
    said += [dock.press(Handover("x", *DRIVER)), dock.press(Handover("ABC1D23", "", ""))]
    said += [dock.press(Handover("ABC1D23", *DRIVER))]
    for decision in said:
        assert decision.code in texts.TEXTS, decision.code
        for lang in ("pt", "en"):
            shown = " ".join(texts.message(decision.code, lang, decision.params))
            assert "…" not in shown, decision


class Loading(RuleBasedStateMachine):
    """Whatever is scanned: no half order leaves, and the journal gives the same manifest back."""

    @initialize(sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4))
    def open(self, sizes: list[int]) -> None:
        every = [(order, no, size) for order, size in enumerate(sizes) for no in range(1, size + 1)]
        self.dock = Dock(waiting=expected(*every[::2]))
        self.dock.packages = {f"T{one[0]}-{one[1]}": info(*one) for one in every}
        self.trackings = list(self.dock.packages)

    @rule(data=st.data())
    def load(self, data: st.DataObject) -> None:
        before = self.dock.task
        said = self.dock.load(data.draw(st.sampled_from(self.trackings)))
        if isinstance(said, Accepted):
            last = dispatch.undoable(self.dock.task)
            assert last is not None
            undone = e.Undone(type(last).__name__, last.payload())
            assert dispatch.evolve(self.dock.task, undone) == before

    @rule(missing=st.integers(0, 2))
    def load_nearly_all(self, missing: int) -> None:
        self.dock.load(*self.trackings[missing:])

    @rule(data=st.data())
    def unload(self, data: st.DataObject) -> None:
        self.dock.press(Unload(data.draw(st.sampled_from(self.trackings))))

    @rule()
    def undo(self) -> None:
        self.dock.press(Undo())

    @rule(data=st.data())
    def cancel_order(self, data: st.DataObject) -> None:
        tracking = data.draw(st.sampled_from(self.trackings))
        if not self.dock.task.closed and data.draw(st.integers(0, 5)) == 0:
            package = self.dock.packages[tracking]
            self.dock.packages[tracking] = replace(package, cancelled=True)

    @rule(reason=st.sampled_from(["", "sem espaço"]))
    def close(self, reason: str) -> None:
        said = self.dock.press(Close(reason))
        if isinstance(said, Refused):
            return
        packages = [self.dock.packages[t] for t in self.dock.task.loaded]
        assert packages
        assert not any(p.cancelled for p in packages)
        for package in packages:
            on = [p for p in packages if p.order_id == package.order_id]
            assert len(on) == package.packages

    @rule(plate=st.sampled_from(["", "ABC1D23"]))
    def hand_over(self, plate: str) -> None:
        self.dock.press(Handover(plate, *DRIVER))

    @invariant()
    def only_a_closed_manifest_is_handed_over(self) -> None:
        assert self.dock.task.closed or not self.dock.task.handed_over

    @invariant()
    def a_replay_of_the_journal_gives_the_same_manifest(self) -> None:
        again = self.dock.start()
        for entry in self.dock.log:
            again = dispatch.evolve(again, e.load(type(entry).__name__, entry.payload()))
        assert again == self.dock.task

    @rule()
    def look_at_its_orders(self) -> None:
        task = self.dock.task
        assert task.orders == manifest_orders.every(task.expected, task.loaded)


Loading.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLoading = Loading.TestCase
