"""What every connector of `Role.CARRIER` must pass.

A bed has, besides `running.Bed`: `request(**facts)`; `bought(request)`, how many postings the
carrier has of it that are not cancelled; `cancelled()`, how many were cancelled;
`have_no_balance()`, after which a purchase is refused.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.connectors import errors
from app.connectors.roles import CarrierLabel, LabelPending, LabelRequest
from tests.app.connectors.contracts.network import NetworkContract
from tests.app.connectors.contracts.requests import names_nobody
from tests.app.connectors.contracts.running import CHANGES, persist
from tests.app.connectors.hands import run
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy

KEY = "8f2c1b1e-6a53-4c2f-9c1d-000000000002"


class CarrierContract(NetworkContract):
    def test_a_label_is_bought_and_comes_as_the_carrier_made_it(self, bed: Any) -> None:
        request = bed.request()
        label = _bought(bed, request)
        assert label.tracking
        assert label.reference
        assert {"pdf": b"%PDF", "zpl": b"^XA"}[label.form] in label.data[:1024]
        assert label.cep in ("", request.address.cep)
        assert label.service_code in ("", request.service_code)
        assert label.order in ("", request.ref.number)
        assert bed.bought(request) == 1

    def test_what_was_never_bought_is_not_found(self, bed: Any) -> None:
        request = bed.request()
        assert run(bed, lambda c: c.find_label(request, KEY, "")) is None

    @pytest.mark.parametrize("fault", [faults.LOSE_ANSWER, faults.HTML_AFTER, faults.BROKEN])
    def test_answers_that_are_lost_buy_no_second_one(
        self, bed: Any, proxy: FaultyProxy, fault: faults.Fault
    ) -> None:
        request = bed.request()
        proxy.next(*[fault, None] * 20, where=lambda method, _: method in CHANGES)
        assert _bought(bed, request, url=proxy.url).tracking
        assert bed.bought(request) == 1

    def test_two_packages_of_an_order_are_two_postings(self, bed: Any) -> None:
        one = _bought(bed, bed.request(package_no=1, package_count=2))
        two = _bought(bed, bed.request(package_no=2, package_count=2), key=f"{KEY[:-1]}3")
        assert one.tracking != two.tracking

    def test_a_carrier_that_will_not_says_why(self, bed: Any) -> None:
        bed.have_no_balance()
        with pytest.raises(errors.Refused) as caught:
            _bought(bed, bed.request())
        assert caught.value.detail

    def test_what_is_kept_of_a_lost_call_names_nobody(self, bed: Any, proxy: FaultyProxy) -> None:
        proxy.next(faults.LOSE_ANSWER, where=lambda m, path: m == "POST" and "token" not in path)
        with pytest.raises(errors.UnknownOutcome) as caught:
            run(bed, lambda c: c.label(bed.request(), KEY), url=proxy.url)
        names_nobody(caught.value)

    def test_a_label_is_given_back_once_and_again_without_harm(self, bed: Any) -> None:
        label = _bought(bed, bed.request())
        for _ in range(2):
            run(bed, lambda c: c.cancel_label(label.reference, label.tracking, KEY))
        assert bed.cancelled() == 1


def _bought(bed: Any, request: LabelRequest, *, key: str = KEY, url: str = "") -> CarrierLabel:
    """As the flow buys it: the reference of a pending one is kept and handed on."""
    reference = ""

    async def against_the_odds(connector: Any) -> CarrierLabel | LabelPending:
        nonlocal reference

        async def noted(call: Any) -> Any:
            nonlocal reference
            answer = await call
            reference = answer.reference if answer else reference
            return answer

        return await persist(
            lambda: noted(connector.find_label(request, key, reference)),
            lambda: noted(connector.label(request, key)),
            lambda answer: isinstance(answer, CarrierLabel),
        )

    label = run(bed, against_the_odds, url=url)
    assert isinstance(label, CarrierLabel)
    return label
