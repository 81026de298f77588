"""What every connector of `Role.PAYMENTS` must pass.

A bed has, besides `running.Bed`: `ordered(status)`, an order that is "pending" or "paid", and
`refund(ref)`.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.app.connectors.hands import run


class PaymentsContract:
    @pytest.mark.parametrize("status", ["pending", "paid"])
    def test_a_payment_stands_as_the_gateway_has_it(self, bed: Any, status: str) -> None:
        ref = bed.ordered(status)
        assert run(bed, lambda c: c.payment(ref)).status == status

    def test_a_refund_says_so(self, bed: Any) -> None:
        ref = bed.ordered("paid")
        bed.refund(ref)
        assert run(bed, lambda c: c.payment(ref)).status == "refunded"

    def test_an_order_that_it_does_not_know_is_nobodys(self, bed: Any) -> None:
        ref = bed.ordered("paid")
        for other in (replace(ref, external_id="999999999"), replace(ref, source="outra")):
            assert run(bed, lambda c, other=other: c.payment(other)) is None
