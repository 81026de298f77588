from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain import entries as e
from app.domain import picking, texts
from app.domain.decision import Accepted, Decision, Outcome, Refused
from app.domain.model import BinStock, Product, ShortReason, Tracking
from app.domain.pick_plan import Wanted, build
from app.domain.picking import (
    Short,
    Skip,
    Substitute,
    TypedQuantity,
    UseAlternative,
    ZeroCheck,
)
from app.domain.scan import (
    AmbiguousScan,
    BadRead,
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
PRODUCTS = {
    "A": Product("A", "Camiseta Azul M", substitutes=("C",)),
    "B": Product("B", "Camiseta Preta M"),
    "C": Product("C", "Camiseta Verde M"),
    "L": Product("L", "Creme", tracking=Tracking.LOT_EXPIRY),
    "Z": Product("Z", "Furadeira"),
}
STOCK = (
    BinStock("A-01", "A", 10, "A", 20),
    BinStock("A-02", "A", 20, "B", 5),
    BinStock("A-03", "A", 30, "A", 3),
    BinStock("A-04", "A", 40, "C", 9),
    BinStock("L-01", "L", 50, "L", 5, "OLD", date(2026, 11, 1)),
    BinStock("L-01", "L", 50, "L", 5, "NEW", date(2027, 6, 1)),
    BinStock("L-02", "L", 60, "L", 2, "SOON", date(2026, 12, 1)),
)


class Cart:
    """A picker with a cart: scans and buttons, and every accepted entry folded in."""

    def __init__(
        self, mode: str, *wanted: Wanted, stock: Sequence[BinStock] = STOCK, totes: bool = True
    ) -> None:
        self.plan = build(mode, wanted, stock, PRODUCTS, TODAY)
        self.task = picking.start(self.plan)
        self.entries: list[e.Entry] = []
        self.ctx = picking.PickContext(
            permissions=frozenset({"pick.work", "pick.typed_quantity"}),
            today=TODAY,
            tote_owner=lambda code: "900" if code == "T-90" else None,
            product=PRODUCTS.get,
            bins_of=lambda sku: tuple(s.bin for s in stock if s.sku == sku),
        )
        number = 1
        while totes and picking.step(self.task) == "load_totes":
            self.tote(f"T-{number}")
            number += 1

    def _take(self, decision: Decision) -> Decision:
        if isinstance(decision, Accepted):
            for entry in decision.entries:
                self.learn(entry)
        happened = texts.message(decision.code, "pt", decision.params)
        assert "Resposta" not in happened[0], f"{decision.code} has no text"
        assert "…" not in "".join(happened), f"{decision.code} lacks a parameter"
        return decision

    def learn(self, entry: e.Entry) -> None:
        self.entries.append(entry)
        self.task = picking.evolve(self.task, entry)

    def scan(self, scan: Scan) -> Decision:
        return self._take(picking.decide(self.task, scan, self.ctx))

    def act(self, action: Any) -> Decision:
        return self._take(picking.act(self.task, action, self.ctx))

    def tote(self, code: str) -> Decision:
        return self.scan(ToteScan(code, code))

    def bin(self, code: str) -> Decision:
        return self.scan(BinScan(code, code))

    def item(self, sku: str, quantity: int = 1, **more: Any) -> Decision:
        return self.scan(ProductScan(sku, sku, quantity, **more))

    def command(self, command: Command) -> Decision:
        return self.scan(CommandScan(command.value, command))

    @property
    def step(self) -> str:
        return picking.step(self.task)

    @property
    def prompt(self) -> str:
        shown = picking.prompt(self.task)
        sentence = texts.prompt(shown.code, "pt", shown.params)
        assert "…" not in sentence
        return sentence


def want(order: int, sku: str, quantity: int, **more: Any) -> Wanted:
    return Wanted(order, str(1000 + order), f"{order}-{sku}", sku, quantity, **more)


# --- the plan -------------------------------------------------------------------------------


def legs(plan: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(line["bin"], line["lot"], line["quantity"]) for line in plan["lines"]]


def test_the_walk_follows_the_pick_sequence_and_takes_the_bin_that_fills_the_line() -> None:
    plan = build("cluster", [want(1, "B", 1), want(2, "A", 2)], STOCK, PRODUCTS, TODAY)
    assert legs(plan) == [("A-01", "", 2), ("A-02", "", 1)]


def test_a_line_is_split_over_bins_and_what_nobody_has_has_no_bin() -> None:
    plan = build("single", [want(1, "A", 25)], iter(STOCK), PRODUCTS, TODAY)
    assert legs(plan) == [("A-01", "", 20), ("A-03", "", 3), ("", "", 2)]


def test_the_first_expiry_leaves_first_and_an_expired_lot_never() -> None:
    plan = build("single", [want(1, "L", 10)], STOCK, PRODUCTS, TODAY)
    assert legs(plan) == [("L-01", "NEW", 5), ("L-02", "SOON", 2), ("", "", 3)]
    first = build("single", [want(1, "L", 1)], STOCK, PRODUCTS, TODAY)
    assert legs(first) == [("L-02", "SOON", 1)]


def test_the_same_stock_is_promised_once_and_first_to_the_first_order() -> None:
    plan = build("cluster", [want(1, "B", 4), want(2, "B", 4)], STOCK, PRODUCTS, TODAY)
    assert [(x["order_id"], x["bin"], x["quantity"]) for x in plan["lines"]] == [
        (1, "A-02", 4),
        (2, "A-02", 1),
        (2, "", 3),
    ]


# --- one order ------------------------------------------------------------------------------


def test_an_order_goes_from_tote_to_bench_by_scans_alone() -> None:
    cart = Cart("single", want(1, "A", 2), totes=False)
    assert cart.prompt == "Bipe a caixa 1 de 1"
    assert cart.tote("T-1").code == "TOTE_LOADED"
    assert cart.prompt == "Vá para A-01 e bipe o endereço"
    assert cart.bin("A-01").code == "BIN_OK"
    assert cart.prompt == "Bipe o produto"
    assert cart.item("A").params["done"] == 1
    cart.item("A")
    assert cart.prompt == "Coloque na caixa T-1 e bipe"
    assert cart.tote("T-1").code == "LINE_DONE"
    assert cart.step == "drop"
    dropped = cart.scan(BenchScan("", "B1"))
    assert isinstance(dropped, Accepted)
    assert dropped.entries == (e.PickDropped("B1", (1,)),)
    assert picking.is_done(cart.task)
    assert cart.item("A").code == "STALE"


def test_a_packaging_barcode_counts_its_units() -> None:
    cart = Cart("single", want(1, "A", 14))
    cart.bin("A-01")
    assert cart.item("A", 12).code == "PACK_OK"
    assert cart.task.in_hand == 12
    over = cart.item("A", 12)
    assert (over.code, over.params["quantity"], over.params["scanned"]) == ("OVER_QTY", 14, 24)
    assert cart.task.in_hand == 12


def test_a_unit_beyond_the_full_hand_is_not_counted() -> None:
    cart = Cart("single", want(1, "A", 1))
    cart.bin("A-01")
    cart.item("A")
    again = cart.item("A")
    assert (again.code, again.outcome) == ("LINE_COMPLETE", Outcome.DONE)
    cart.tote("T-1")
    assert cart.item("A").code == "LINE_COMPLETE"


def test_a_typed_quantity_needs_its_permission_and_fits_the_line() -> None:
    cart = Cart("single", want(1, "A", 5))
    cart.bin("A-01")
    assert cart.act(TypedQuantity(6)).code == "OVER_QTY"
    assert cart.act(TypedQuantity(0)).code == "NOT_NOW"
    assert cart.act(TypedQuantity(5)).code == "PACK_OK"
    cart.ctx = replace(cart.ctx, permissions=frozenset({"pick.work"}))
    assert cart.act(TypedQuantity(1)).code == "NOT_PERMITTED"


def test_the_tote_may_take_fewer_than_asked_and_the_line_goes_on() -> None:
    cart = Cart("single", want(1, "A", 3))
    cart.bin("A-01")
    cart.item("A")
    assert cart.tote("T-1").code == "PLACED"
    assert cart.step == "item"
    assert cart.task.lines[0].remaining == 2


def test_nobody_without_the_permission_picks() -> None:
    cart = Cart("single", want(1, "A", 1))
    cart.ctx = replace(cart.ctx, permissions=frozenset())
    assert cart.bin("A-01").code == "NOT_PERMITTED"


# --- wrong scans ----------------------------------------------------------------------------


def at_bin_a() -> Cart:
    cart = Cart("cluster", want(1, "A", 2), want(2, "B", 1))
    cart.bin("A-01")
    return cart


@pytest.mark.parametrize(
    ("scan", "code", "outcome"),
    [
        (BinScan("A-01", "A-01"), "WRONG_KIND", Outcome.WARN),
        (ToteScan("T-1", "T-1"), "WRONG_KIND", Outcome.WARN),
        (ProductScan("B", "B"), "OTHER_ORDER", Outcome.BLOCK),
        (ProductScan("C", "C"), "WRONG_ITEM", Outcome.BLOCK),
        (ProductScan("Z", "Z"), "NOT_IN_ORDER", Outcome.BLOCK),
        (AmbiguousScan("1", ("A", "B")), "AMBIGUOUS", Outcome.WARN),
        (UnknownScan("1"), "UNKNOWN_CODE", Outcome.BLOCK),
        (BadRead("1", "check_digit"), "BAD_READ", Outcome.BLOCK),
        (CommandScan("", Command.REPRINT), "COMMAND_NOT_HERE", Outcome.WARN),
        (CommandScan("", Command.SHORT), "CHOOSE_REASON", Outcome.WARN),
    ],
)
def test_a_wrong_scan_at_the_item_has_its_answer_and_changes_nothing(
    scan: Scan, code: str, outcome: Outcome
) -> None:
    cart = at_bin_a()
    before = cart.task
    answer = cart.scan(scan)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.outcome) == (code, outcome)
    assert cart.task is before


def test_a_wrong_kind_names_what_was_read_and_what_is_asked() -> None:
    params = at_bin_a().bin("A-01").params
    assert params == {"read": "bin", "asked": "product"}


def test_another_orders_item_names_the_order_and_its_tote() -> None:
    params = at_bin_a().item("B").params
    assert (params["order"], params["tote"]) == ("1002", "T-2")


def test_a_look_alike_is_named_by_the_word_that_differs() -> None:
    params = at_bin_a().item("C").params
    assert (params["expected_sku"], params["read_sku"]) == ("A", "C")
    assert params["difference"] == "Azul ≠ Verde"


def test_an_item_of_this_order_that_lives_in_another_bin_is_from_the_wrong_bin() -> None:
    cart = Cart("single", want(1, "A", 1), want(1, "Z", 1), stock=[
        BinStock("A-01", "A", 10, "A", 20), BinStock("Z-01", "Z", 20, "Z", 3)
    ])  # fmt: skip
    cart.bin("A-01")
    answer = cart.item("Z")
    assert (answer.code, answer.params["expected"], answer.params["read"]) == (
        "WRONG_BIN",
        "A-01",
        "Z-01",
    )


def test_a_wrong_bin_names_the_right_one() -> None:
    cart = Cart("single", want(1, "A", 1))
    answer = cart.bin("A-02")
    assert (answer.code, answer.params["expected"], answer.params["read"]) == (
        "WRONG_BIN",
        "A-01",
        "A-02",
    )


def test_the_wrong_tote_names_the_right_one_and_anothers_tote_its_owner() -> None:
    cart = at_bin_a()
    cart.item("A")
    wrong = cart.tote("T-2")
    assert (wrong.code, wrong.params["expected"]) == ("WRONG_TOTE", "T-1")
    assert cart.tote("T-77").code == "WRONG_TOTE"
    used = cart.tote("T-90")
    assert (used.code, used.params["order"]) == ("TOTE_IN_USE", "900")


def test_a_tote_in_use_is_not_loaded() -> None:
    cart = Cart("cluster", want(1, "A", 1), want(2, "A", 1), totes=False)
    assert cart.tote("T-90").params["order"] == "900"
    cart.tote("T-1")
    again = cart.tote("T-1")
    assert (again.code, again.params["order"]) == ("TOTE_IN_USE", "1001")


# --- lots -----------------------------------------------------------------------------------


def test_a_lot_is_needed_only_where_the_bin_holds_several() -> None:
    cart = Cart("single", want(1, "L", 1))
    cart.bin("L-02")
    assert cart.item("L").code == "UNIT_OK"
    assert cart.entries[-1] == e.UnitsTaken(1, "1-L", "L", 1, "SOON")
    mixed = Cart("single", want(1, "L", 4))
    mixed.bin("L-01")
    assert mixed.item("L").code == "LOT_NEEDED"
    assert mixed.act(TypedQuantity(1)).code == "LOT_NEEDED"
    assert mixed.item("L", lot="SOON").code == "WRONG_LOT"
    assert mixed.item("L", lot="NEW").code == "UNIT_OK"


def test_an_expired_unit_is_never_taken() -> None:
    cart = Cart("single", want(1, "L", 1))
    cart.bin("L-02")
    answer = cart.item("L", lot="SOON", expiry=date(2026, 11, 23))
    assert (answer.code, answer.outcome) == ("EXPIRED", Outcome.BLOCK)
    cart.ctx = replace(cart.ctx, today=date(2026, 12, 2))
    assert cart.item("L").code == "EXPIRED"


# --- what is missing ------------------------------------------------------------------------


def test_a_short_reports_what_is_not_in_the_hand_and_the_order_as_short() -> None:
    cart = Cart("single", want(1, "A", 3))
    cart.bin("A-01")
    cart.item("A")
    cart.act(Short(ShortReason.DAMAGED))
    assert cart.entries[-1] == e.LineShorted(1, "1-A", "A", "A-01", 2, "damaged")
    assert cart.step == "tote"
    cart.tote("T-1")
    assert cart.task.lines[0].state == "SHORT"
    dropped = cart.scan(BenchScan("", "B1"))
    assert isinstance(dropped, Accepted)
    assert dropped.entries == (e.PickDropped("B1", (1,), (1,)),)


def test_units_that_no_bin_holds_are_confirmed_short_at_the_end() -> None:
    cart = Cart("single", want(1, "Z", 2))
    assert cart.step == "short"
    assert "FALTA" in cart.prompt
    cart.command(Command.SHORT)
    assert cart.entries[-1] == e.LineShorted(1, "1-Z", "Z", "", 2, "out_of_stock")
    assert cart.step == "drop"


def test_a_skipped_line_comes_again_at_the_end() -> None:
    cart = Cart("single", want(1, "A", 1), want(1, "B", 1))
    assert cart.command(Command.SKIP).code == "SKIPPED"
    assert cart.task.lines[0].state == "SKIPPED"
    cart.bin("A-02")
    cart.item("B")
    cart.tote("T-1")
    assert cart.prompt == "Vá para A-01 e bipe o endereço"


def test_the_hand_is_emptied_before_a_line_is_left() -> None:
    cart = Cart("single", want(1, "A", 2))
    cart.bin("A-01")
    cart.item("A")
    assert cart.act(Skip()).code == "PLACE_FIRST"
    assert cart.act(UseAlternative("A-03")).code == "PLACE_FIRST"


def test_the_rest_of_a_line_comes_from_another_bin() -> None:
    cart = Cart("single", want(1, "A", 3))
    cart.bin("A-01")
    cart.item("A")
    cart.tote("T-1")
    assert cart.act(UseAlternative("B-99")).code == "NO_ALTERNATIVE"
    assert cart.act(UseAlternative("A-03")).code == "REDIRECTED"
    cart.bin("A-03")
    cart.item("A", 2)
    cart.tote("T-1")
    assert cart.entries[-1] == e.UnitsPlaced(1, "1-A", "A", "A-03", "T-1", 2)
    assert cart.step == "drop"
    assert cart.task.units_total == cart.task.units_done == 3


def test_a_substitute_replaces_the_whole_line_where_the_order_allows_it() -> None:
    cart = Cart("single", want(1, "A", 2, allow_substitution=True))
    assert cart.act(Substitute("B")).code == "NO_SUBSTITUTE"
    assert cart.act(Substitute("C")).code == "SUBSTITUTED"
    assert cart.entries[-1] == e.LineSubstituted(1, "1-A", "A", "C", "A-04", 2)
    cart.bin("A-04")
    cart.item("C", 2)
    cart.tote("T-1")
    assert cart.task.lines[0].state == "SUBSTITUTED"
    strict = Cart("single", want(1, "A", 2))
    assert strict.act(Substitute("C")).code == "NO_SUBSTITUTE"


def test_a_line_that_is_partly_picked_is_not_mixed_with_a_substitute() -> None:
    cart = Cart("single", want(1, "A", 2, allow_substitution=True))
    cart.bin("A-01")
    cart.item("A")
    cart.tote("T-1")
    assert cart.act(Substitute("C")).code == "NO_SUBSTITUTE"


def test_a_bin_that_should_be_empty_is_looked_at_once() -> None:
    cart = Cart("single", want(1, "B", 5))
    cart.bin("A-02")
    cart.item("B", 5)
    cart.tote("T-1")
    assert cart.step == "zero_check"
    assert "A-02" in cart.prompt
    assert cart.command(Command.CANCEL).code == "BIN_RECOUNT"
    assert cart.entries[-1] == e.BinChecked("A-02", "B", False)
    assert cart.step == "drop"
    assert cart.act(ZeroCheck(True)).code == "NOT_NOW"


# --- several orders -------------------------------------------------------------------------


def test_a_batch_takes_one_sum_and_deals_it_out_to_the_orders_in_turn() -> None:
    cart = Cart("batch", want(1, "A", 2), want(2, "A", 3))
    assert cart.task.totes == {0: "T-1"}
    cart.bin("A-01")
    assert cart.item("A", 4).params["quantity"] == 5
    cart.tote("T-1")
    placed = [x for x in cart.entries if isinstance(x, e.UnitsPlaced)]
    assert [(x.order_id, x.quantity) for x in placed] == [(1, 2), (2, 2)]
    cart.act(Short(ShortReason.OUT_OF_STOCK))
    assert cart.entries[-1] == e.LineShorted(2, "2-A", "A", "A-01", 1, "out_of_stock")


def test_a_cluster_picks_each_order_at_the_bin_into_its_own_tote() -> None:
    cart = Cart("cluster", want(1, "A", 1), want(2, "A", 1))
    cart.bin("A-01")
    cart.item("A")
    cart.tote("T-1")
    assert cart.step == "item"
    cart.item("A")
    assert cart.tote("T-1").code == "WRONG_TOTE"
    assert cart.tote("T-2").code == "LINE_DONE"


# --- cancelled while in hand ----------------------------------------------------------------


def test_a_cancelled_orders_tote_leaves_the_cart_and_the_wave_goes_on() -> None:
    cart = at_bin_a()
    cart.item("A")
    cart.learn(e.OrderCancelled(1, "refund", 0))
    stop = cart.item("A")
    assert (stop.code, stop.outcome, stop.params["order"]) == ("CANCELLED", Outcome.BLOCK, "1001")
    assert (stop.params["units"], stop.params["tote"]) == (1, "T-1")
    assert cart.prompt.startswith("Pedido 1001 cancelado")
    assert cart.tote("T-2").code == "CANCELLED"
    assert cart.tote("T-1").code == "SET_ASIDE_TOTE"
    assert [line.state for line in cart.task.lines] == ["CANCELLED", "PENDING"]
    assert cart.task.in_hand == 0
    cart.bin("A-02")
    cart.item("B")
    cart.tote("T-2")
    dropped = cart.scan(BenchScan("", "B1"))
    assert isinstance(dropped, Accepted)
    assert dropped.entries == (e.PickDropped("B1", (2,)),)


def test_in_a_batch_a_cancelled_order_gives_back_only_what_nobody_else_needs() -> None:
    cart = Cart("batch", want(1, "A", 2), want(2, "A", 3))
    cart.bin("A-01")
    cart.item("A", 4)
    cart.learn(e.OrderCancelled(1, "refund", 0))
    assert cart.task.in_hand == 3
    assert cart.command(Command.OK).code == "SET_ASIDE_TOTE"
    assert cart.tote("T-1").code == "LINE_DONE"


def test_an_order_cancelled_before_it_has_a_tote_just_falls_away() -> None:
    cart = Cart("cluster", want(1, "A", 1), want(2, "B", 1), totes=False)
    cart.learn(e.OrderCancelled(1, "refund", 0))
    assert cart.prompt == "Bipe a caixa 1 de 1"


# --- undo and replay ------------------------------------------------------------------------


def test_undo_takes_back_units_places_and_shorts_one_by_one() -> None:
    cart = Cart("single", want(1, "A", 3))
    cart.bin("A-01")
    states = [cart.task]
    cart.item("A")
    states.append(cart.task)
    cart.tote("T-1")
    states.append(cart.task)
    cart.act(Short(ShortReason.NOT_FOUND))
    for before in reversed(states):
        assert cart.command(Command.CANCEL).code == "UNDONE"
        assert cart.task == before
    assert cart.command(Command.CANCEL).code == "NOTHING_TO_UNDO"


def test_entries_of_other_work_change_nothing() -> None:
    task = picking.start(build("single", [want(1, "A", 1)], STOCK, PRODUCTS, TODAY))
    assert picking.evolve(task, e.OrderCancelled(99, "x", 0)) is task
    assert picking.evolve(task, e.PackOpened(1, "B1")) is task
