"""The orders of a manifest: worked out once, and then moved one at a time."""

from __future__ import annotations

from app.domain.dispatch_task import ExpectedPackage
from app.domain.entries import PackageLoaded
from app.domain.manifest_orders import every, moved

TWO_BOXES, ONE_BOX = 1, 2
EXPECTED = {
    "T1": ExpectedPackage(TWO_BOXES, "1001", 1, 2, "T1"),
    "T2": ExpectedPackage(TWO_BOXES, "1001", 2, 2, "T2"),
    "T3": ExpectedPackage(ONE_BOX, "1000", 1, 1, "T3"),
}


def loaded(*packages: tuple[int, int, str]) -> dict[str, PackageLoaded]:
    made = (PackageLoaded("R1", order, no, tracking) for order, no, tracking in packages)
    return {entry.tracking: entry for entry in made}


def test_a_begun_order_stands_first_and_a_complete_one_last() -> None:
    nothing = every(EXPECTED, {})
    assert [(row.number, row.loaded, row.packages) for row in nothing] == [
        ("1000", 0, 1), ("1001", 0, 2),
    ]  # fmt: skip
    begun = loaded((TWO_BOXES, 2, "T2"))
    first, _ = rows = moved(nothing, {TWO_BOXES}, begun) or ()
    assert (first.number, first.on) == ("1001", ((2, "T2"),))
    whole = begun | loaded((TWO_BOXES, 1, "T1"))
    again = moved(rows, {TWO_BOXES}, whole)
    assert again == every(EXPECTED, whole)
    assert again[-1].on == ((1, "T1"), (2, "T2"))


def test_an_order_that_the_manifest_did_not_wait_for_is_worked_out_anew() -> None:
    late = loaded((5, 1, "T5"))
    assert moved(every(EXPECTED, {}), {5}, late) is None
    rows = every(EXPECTED, late)
    assert (rows[-1].number, rows[-1].packages) == ("", 1)
    assert moved(rows, {5}, {}) is None, "it is on the list only while it is on the manifest"
