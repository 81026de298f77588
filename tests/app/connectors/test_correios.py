"""Tracking events of Correios, against a simulator made from its documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from app.connectors import errors, kinds
from app.connectors.correios import KIND, Correios
from app.connectors.kinds import Config
from app.connectors.roles import TrackingStatus
from tests.app.connectors.contract import KeptSecrets
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy
from tests.support.simulated_correios import ACCESS_CODE, CARD, KEY, USER, SimulatedCorreios

T = TypeVar("T")
CODE, OTHER = "PB123456785BR", "SO000641962BR"


@pytest.fixture
def service() -> Iterator[SimulatedCorreios]:
    made = SimulatedCorreios()
    yield made
    made.stop()


def config(url: str, secrets: KeptSecrets | None = None) -> Config:
    options = {"card": CARD, "user": USER}
    return Config("correios", KIND.name, url, options, secrets or KeptSecrets(api_key=KEY))


def run(settings: Config, work: Callable[[Correios], Coroutine[Any, Any, T]]) -> T:
    async def inside() -> T:
        made = kinds.make(KIND, settings)
        assert isinstance(made, Correios)
        try:
            return await work(made)
        finally:
            await made.close()

    return asyncio.run(inside())


def test_events_come_oldest_first_in_utc_with_the_carriers_own_words(
    service: SimulatedCorreios,
) -> None:
    service.happened(
        CODE,
        ("BDE", "01", "2026-11-25T15:04:05", "Objeto entregue ao destinatário"),
        ("PO", "01", "2026-11-23T18:30:00", "Objeto postado"),
    )
    events = run(config(service.url), lambda c: c.events([CODE]))[CODE]
    assert [(event.code, event.status) for event in events] == [
        ("PO-01", TrackingStatus.POSTED),
        ("BDE-01", TrackingStatus.DELIVERED),
    ]
    assert events[1].at == datetime(2026, 11, 25, 18, 4, 5, tzinfo=UTC)
    assert (events[0].text, events[0].place) == ("Objeto postado", "RECIFE/PE")


@pytest.mark.parametrize(
    ("code", "kind", "status"),
    [
        ("RO", "01", TrackingStatus.IN_TRANSIT),
        ("OEC", "01", TrackingStatus.OUT_FOR_DELIVERY),
        ("LDI", "01", TrackingStatus.AWAITING_PICKUP),
        ("BDE", "20", TrackingStatus.FAILED_ATTEMPT),
        ("BDI", "23", TrackingStatus.RETURNED),
        ("BDR", "09", TrackingStatus.LOST),
        ("BDE", "99", TrackingStatus.OTHER),
        ("XYZ", "01", TrackingStatus.OTHER),
    ],
)
def test_a_return_to_the_sender_is_no_delivery(
    service: SimulatedCorreios, code: str, kind: str, status: TrackingStatus
) -> None:
    service.happened(CODE, (code, kind, "2026-11-25T15:04:05", "?"))
    (event,) = run(config(service.url), lambda c: c.events([CODE]))[CODE]
    assert event.status is status


def test_a_code_that_is_not_known_yet_is_left_out_and_hides_no_other(
    service: SimulatedCorreios,
) -> None:
    service.happened(OTHER, ("PO", "01", "2026-11-23T18:30:00", "Objeto postado"))
    assert set(run(config(service.url), lambda c: c.events([CODE, OTHER]))) == {OTHER}


def test_fifty_codes_are_one_call(service: SimulatedCorreios) -> None:
    codes = [f"PB{n:09d}BR" for n in range(Correios.most)]
    assert run(config(service.url), lambda c: c.events(codes)) == {}
    assert service.calls == 1


def test_one_token_serves_all_that_ask_at_once(service: SimulatedCorreios) -> None:
    secrets = KeptSecrets(access_code=ACCESS_CODE)

    async def eight(first: Correios) -> None:
        others = [Correios(config(service.url, secrets)) for _ in range(7)]
        await asyncio.gather(*(each.events([CODE]) for each in (first, *others)))
        for each in others:
            await each.close()

    run(config(service.url, secrets), eight)
    assert len(service.tokens) == 1
    assert secrets.get("access_token") == "jwt-1"


def test_a_token_that_ended_early_is_renewed_once(service: SimulatedCorreios) -> None:
    secrets = KeptSecrets(access_code=ACCESS_CODE, access_token="old")
    run(config(service.url, secrets), lambda c: c.events([CODE]))
    assert service.tokens == ["jwt-1"]


@pytest.mark.parametrize(
    "secrets", [KeptSecrets(api_key="cws-wrong"), KeptSecrets(access_code="wrong")]
)
def test_a_wrong_key_is_said_to_be_one(service: SimulatedCorreios, secrets: KeptSecrets) -> None:
    with pytest.raises(errors.Unauthorised):
        run(config(service.url, secrets), lambda c: c.check())


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.REFUSE, errors.Down),
        (faults.CUT_HALF, errors.Down),
        (faults.BUSY, errors.Down),
        (faults.HTML, errors.Unreadable),
        (faults.TRUNCATED, errors.Unreadable),
        (faults.TOO_MANY, errors.RateLimited),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_broken_answer_has_its_name(
    service: SimulatedCorreios, fault: faults.Fault, error: type[errors.ConnectorError]
) -> None:
    service.happened(CODE, ("PO", "01", "2026-11-23T18:30:00", "Objeto postado"))
    with FaultyProxy(service.url) as proxy:
        proxy.always = fault
        with pytest.raises(errors.ConnectorError) as caught:
            run(config(proxy.url), lambda c: c.events([CODE]))
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "event", [{}, {"codigo": "PO", "tipo": "01", "dtHrCriado": "yesterday"}, "text"]
)
def test_an_event_of_another_shape_is_unreadable_and_nothing_is_guessed(
    service: SimulatedCorreios, event: Any
) -> None:
    service.objects[CODE] = [event]
    with pytest.raises(errors.Unreadable):
        run(config(service.url), lambda c: c.events([CODE]))


def test_check_tells_the_services_clock(service: SimulatedCorreios) -> None:
    checked = run(config(service.url), lambda c: c.check())
    assert (checked.account, checked.clock is not None) == (CARD, True)
