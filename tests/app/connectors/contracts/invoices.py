"""What every connector of `Role.INVOICES` must pass.

A bed has, besides `running.Bed`: `order_for_invoice()`, an order that an NF-e can be issued for;
`request(ref)`; `becomes(status)`, what SEFAZ will say; `settle(ref, status)`, what it says later;
`issued(ref)`, how many NF-e the service made of the order.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.connectors import errors
from app.connectors.roles import InvoiceAnswer, InvoiceStatus, OrderRef
from tests.app.connectors.contracts.network import NetworkContract
from tests.app.connectors.contracts.requests import names_nobody
from tests.app.connectors.contracts.running import CHANGES, persist
from tests.app.connectors.hands import run
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy

KEY = "8f2c1b1e-6a53-4c2f-9c1d-000000000001"


class InvoicesContract(NetworkContract):
    def test_an_authorised_one_comes_with_key_and_xml(self, bed: Any) -> None:
        bed.becomes(InvoiceStatus.AUTHORISED)
        ref = bed.order_for_invoice()
        answer = _issued(bed, ref)
        assert answer.status is InvoiceStatus.AUTHORISED
        assert len(answer.key) == 44
        assert answer.key.encode() in answer.xml
        assert b"<nfeProc" in answer.xml

    def test_what_was_never_issued_is_not_found(self, bed: Any) -> None:
        ref = bed.order_for_invoice()
        assert run(bed, lambda c: c.find_invoice(ref, KEY)) is None

    def test_issuing_again_makes_no_second_one(self, bed: Any) -> None:
        bed.becomes(InvoiceStatus.AUTHORISED)
        ref = bed.order_for_invoice()
        _issued(bed, ref)
        run(bed, lambda c: c.issue(bed.request(ref), KEY))
        assert bed.issued(ref) == 1

    def test_one_in_work_is_found_so_and_later_as_it_became(self, bed: Any) -> None:
        bed.becomes(InvoiceStatus.PROCESSING)
        ref = bed.order_for_invoice()
        first = run(bed, lambda c: c.issue(bed.request(ref), KEY))
        assert first.status is InvoiceStatus.PROCESSING
        bed.settle(ref, InvoiceStatus.AUTHORISED)
        found = run(bed, lambda c: c.find_invoice(ref, KEY))
        assert found.status is InvoiceStatus.AUTHORISED
        assert bed.issued(ref) == 1

    def test_a_rejection_has_a_reason(self, bed: Any) -> None:
        bed.becomes(InvoiceStatus.REJECTED)
        ref = bed.order_for_invoice()
        answer = _issued(bed, ref)
        assert answer.status is InvoiceStatus.REJECTED
        assert answer.reason

    def test_one_that_is_cancelled_later_says_so(self, bed: Any) -> None:
        bed.becomes(InvoiceStatus.AUTHORISED)
        ref = bed.order_for_invoice()
        _issued(bed, ref)
        bed.settle(ref, InvoiceStatus.CANCELLED)
        found = run(bed, lambda c: c.find_invoice(ref, KEY))
        assert found.status is InvoiceStatus.CANCELLED
        assert len(found.key) == 44

    def test_what_is_kept_of_a_lost_call_names_nobody(self, bed: Any, proxy: FaultyProxy) -> None:
        bed.becomes(InvoiceStatus.AUTHORISED)
        ref = bed.order_for_invoice()
        proxy.next(faults.LOSE_ANSWER, where=lambda m, path: m == "POST" and "token" not in path)
        with pytest.raises(errors.UnknownOutcome) as caught:
            run(bed, lambda c: c.issue(bed.request(ref), KEY), url=proxy.url)
        names_nobody(caught.value)

    @pytest.mark.parametrize("fault", [faults.LOSE_ANSWER, faults.HTML_AFTER, faults.BROKEN])
    def test_answers_that_are_lost_make_no_second_one(
        self, bed: Any, proxy: FaultyProxy, fault: faults.Fault
    ) -> None:
        bed.becomes(InvoiceStatus.AUTHORISED)
        ref = bed.order_for_invoice()
        proxy.next(*[fault, None] * 20, where=lambda method, _: method in CHANGES)
        assert _issued(bed, ref, proxy.url).status is InvoiceStatus.AUTHORISED
        assert bed.issued(ref) == 1


def _issued(bed: Any, ref: OrderRef, url: str = "") -> InvoiceAnswer:
    async def against_the_odds(connector: Any) -> InvoiceAnswer:
        return await persist(
            lambda: connector.find_invoice(ref, KEY),
            lambda: connector.issue(bed.request(ref), KEY),
            lambda answer: answer.status is not InvoiceStatus.PROCESSING,
        )

    return run(bed, against_the_odds, url=url)
