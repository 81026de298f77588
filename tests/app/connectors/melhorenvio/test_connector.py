"""Melhor Envio, against a simulator made from its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.connectors import errors
from app.connectors.kinds import Config
from app.connectors.melhorenvio.connector import KIND, MelhorEnvio
from app.connectors.roles import CarrierLabel, LabelPending, LabelRequest, TrackingStatus
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.carrier import CarrierContract
from tests.app.connectors.contracts.network import TokensContract
from tests.app.connectors.contracts.requests import label_request
from tests.app.connectors.contracts.tracking import TrackingContract
from tests.app.connectors.hands import run
from tests.support.brazil.melhorenvio import SimulatedMelhorEnvio

KEY = "8f2c1b1e-6a53-4c2f-9c1d-0000000000aa"


class MelhorEnvioBed:
    kind = KIND

    def __init__(self) -> None:
        self.system = SimulatedMelhorEnvio()
        self.url = self.system.url
        self.secrets = KeptSecrets(
            client_secret="kept-1", access_token="access-0", refresh_token="refresh-0"
        )

    def config(self, url: str) -> Config:
        options = {
            "client_id": "app-1", "contact": "loja@example.com", "services": "03220=2",
            "per_second": "0",
        }  # fmt: skip
        return Config("envio", KIND.name, url, options, self.secrets)

    async def read(self, connector: MelhorEnvio) -> None:
        await connector.check()

    def end_access(self) -> None:
        self.system.end_access()

    def grants(self) -> int:
        return self.system.grants

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    # --- carrier ----------------------------------------------------------------------------

    def request(self, **facts: Any) -> LabelRequest:
        return label_request(**facts)

    def bought(self, request: LabelRequest) -> int:
        rows = self.system.postings.values()
        mine = [row for row in rows if row["status"] != "canceled"]
        assert all(count == 1 for count in self.system.spent.values()), "paid twice"
        return len(mine)

    def cancelled(self) -> int:
        return self.system.cancels

    def have_no_balance(self) -> None:
        self.system.balance = 0

    # --- tracking ---------------------------------------------------------------------------

    def posted(self, code: str) -> None:
        self.system.postings[code] = {
            "id": code, "status": "delivered", "tracking": code,
            "posted_at": "2026-11-23 18:30:00", "delivered_at": "2026-11-25 15:04:05",
        }  # fmt: skip


@pytest.fixture
def bed() -> Iterator[MelhorEnvioBed]:
    made = MelhorEnvioBed()
    yield made
    made.system.stop()


class TestCarrier(CarrierContract):
    pass


class TestTracking(TrackingContract):
    pass


class TestTokens(TokensContract):
    pass


def test_nothing_is_spent_before_the_postings_number_is_known_here(bed: MelhorEnvioBed) -> None:
    request = bed.request()
    pending = run(bed, lambda c: c.label(request, KEY))
    assert isinstance(pending, LabelPending)
    assert bed.system.spent == {}
    run(bed, lambda c: c.find_label(request, KEY, pending.reference))
    assert bed.system.spent == {pending.reference: 1}


def test_a_posting_whose_answer_was_lost_is_found_among_many_by_its_tag(
    bed: MelhorEnvioBed,
) -> None:
    request = bed.request()
    for n in range(8):
        run(bed, lambda c, n=n: c.label(request, f"other-{n}"))
    mine = run(bed, lambda c: c.label(request, KEY))
    for n in range(4):
        run(bed, lambda c, n=n: c.label(request, f"later-{n}"))
    found = run(bed, lambda c: c.find_label(request, KEY, ""))
    assert found.reference == mine.reference


def test_the_labels_order_cep_and_service_are_those_that_the_carrier_says(
    bed: MelhorEnvioBed,
) -> None:
    request = bed.request()
    pending = run(bed, lambda c: c.label(request, KEY))
    label: Any = None
    for _ in range(6):
        label = run(bed, lambda c: c.find_label(request, KEY, pending.reference))
    assert isinstance(label, CarrierLabel)
    assert (label.order, label.cep, label.service_code) == ("1042", "01310200", "03220")


@pytest.mark.parametrize("status", ["canceled", "expired"])
@pytest.mark.parametrize("known", [True, False], ids=["by number", "by tag"])
def test_a_posting_that_ended_there_makes_way_for_another(
    bed: MelhorEnvioBed, status: str, known: bool
) -> None:
    request = bed.request()
    pending = run(bed, lambda c: c.label(request, KEY))
    bed.system.postings[pending.reference]["status"] = status
    reference = pending.reference if known else ""
    assert run(bed, lambda c: c.find_label(request, KEY, reference)) is None


def test_a_posting_that_is_suspended_there_waits_for_a_person(bed: MelhorEnvioBed) -> None:
    request = bed.request()
    pending = run(bed, lambda c: c.label(request, KEY))
    bed.system.postings[pending.reference]["status"] = "suspended"
    with pytest.raises(errors.Refused):
        run(bed, lambda c: c.find_label(request, KEY, pending.reference))


def test_one_that_lies_in_the_cart_is_taken_out_of_it(bed: MelhorEnvioBed) -> None:
    request = bed.request()
    pending = run(bed, lambda c: c.label(request, KEY))
    run(bed, lambda c: c.cancel_label(pending.reference, "", KEY))
    assert bed.system.postings == {}


def test_an_event_is_brasilias_time_in_utc(bed: MelhorEnvioBed) -> None:
    bed.posted("ME000000009BR")
    first, last = run(bed, lambda c: c.events(["ME000000009BR"]))["ME000000009BR"]
    assert (first.status, last.status) == (TrackingStatus.POSTED, TrackingStatus.DELIVERED)
    assert last.at == datetime(2026, 11, 25, 18, 4, 5, tzinfo=UTC)
