from __future__ import annotations

from typing import Any

from app.domain import entries as e
from app.domain import putback
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.scan import BinScan, Command, CommandScan, ProductScan, Scan

PLAN = {
    "order_id": 7,
    "number": "1042",
    "units": [
        {"sku": "A", "name": "Sabonete", "bin": "A-01", "lot": "", "quantity": 2},
        {"sku": "A", "name": "Sabonete", "bin": "A-02", "lot": "", "quantity": 1},
        {"sku": "B", "name": "Toalha", "bin": "B-01", "lot": "L1", "quantity": 1},
    ],
}


class Hand:
    """A person who puts back: keeps the units in hand as a station does."""

    def __init__(self) -> None:
        self.task = putback.start(PLAN)
        self.held: tuple[str, int] = ("", 0)

    def scan(self, scan: Scan) -> Decision:
        ctx = putback.PutBackContext(lambda sku: None, self.held)
        decision = putback.decide(self.task, scan, ctx)
        if isinstance(decision, Accepted):
            for entry in decision.entries:
                self.task = putback.evolve(self.task, entry)
            params: Any = decision.params
            self.held = (
                (params["sku"], params["done"]) if decision.code == "UNIT_IN_HAND" else ("", 0)
            )
        return decision


def item(sku: str, quantity: int = 1) -> ProductScan:
    return ProductScan(sku, sku, quantity)


def bin_(code: str) -> BinScan:
    return BinScan(code, code)


def test_every_unit_goes_back_to_the_bin_it_came_from_and_the_last_one_ends_the_task() -> None:
    hand = Hand()
    hand.scan(item("A"))
    hand.scan(item("A"))
    assert hand.scan(bin_("A-01")).code == "PUT_BACK"
    hand.scan(item("A"))
    hand.scan(bin_("A-02"))
    assert hand.task.outstanding == 1
    hand.scan(item("B"))
    last = hand.scan(bin_("B-01"))
    assert isinstance(last, Accepted)
    assert last.entries == (e.UnitsPutBack(7, "B", "B-01", 1, "L1"), e.PutBackDone(7))
    assert last.outcome is Outcome.DONE
    assert putback.is_done(hand.task)
    assert hand.scan(item("A")).code == "STALE"


def test_another_bin_is_refused_and_the_right_ones_are_named() -> None:
    hand = Hand()
    hand.scan(item("A"))
    refused = hand.scan(bin_("B-01"))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.outcome) == ("WRONG_BIN", Outcome.BLOCK)
    assert refused.params["expected"] == "A-01, A-02"
    assert hand.task.outstanding == 4


def test_an_item_that_is_not_owed_is_refused() -> None:
    assert Hand().scan(item("Z")).code == "NOT_OWED"


def test_more_units_than_owed_are_not_taken() -> None:
    assert Hand().scan(item("A", 12)).code == "OVER_QTY"


def test_units_of_one_item_are_put_in_their_bin_before_another_item_is_taken() -> None:
    hand = Hand()
    hand.scan(item("A"))
    assert hand.scan(item("B")).code == "BIN_FIRST"
    assert hand.held == ("A", 1)


def test_no_more_units_are_taken_than_one_bin_takes_back() -> None:
    hand = Hand()
    hand.scan(item("A", 2))
    assert hand.scan(item("A")).code == "BIN_FIRST"
    assert hand.scan(bin_("A-02")).code == "BIN_FULL"
    assert hand.scan(bin_("A-01")).code == "PUT_BACK"


def test_a_bin_before_any_item_is_of_the_wrong_kind() -> None:
    assert Hand().scan(bin_("A-01")).code == "WRONG_KIND"


def test_the_last_put_back_can_be_undone() -> None:
    hand = Hand()
    before = hand.task
    hand.scan(item("A"))
    hand.scan(bin_("A-02"))
    assert hand.scan(CommandScan("", Command.CANCEL)).code == "UNDONE"
    assert hand.task == before
    assert hand.scan(CommandScan("", Command.CANCEL)).code == "NOTHING_TO_UNDO"


def test_entries_of_other_work_change_nothing() -> None:
    task = putback.start(PLAN)
    assert putback.evolve(task, e.UnitsPutBack(8, "A", "A-01", 1)) is task
    assert putback.evolve(task, e.BinReached("A-01")) is task
