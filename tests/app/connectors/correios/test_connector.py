"""Labels and tracking events of Correios, against a simulator made from its documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from app.connectors import errors, kinds
from app.connectors.correios.connector import KIND, Correios
from app.connectors.kinds import Config
from app.connectors.roles import CarrierLabel, LabelRequest, TrackingStatus
from app.domain.model import Address, Recipient
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.carrier import CarrierContract
from tests.app.connectors.contracts.requests import label_request
from tests.app.connectors.contracts.tracking import TrackingContract
from tests.support import faulty_proxy as faults
from tests.support.brazil.correios import ACCESS_CODE, CARD, KEY, USER, SimulatedCorreios
from tests.support.faulty_proxy import FaultyProxy

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


# --- labels and the contracts ---------------------------------------------------------------


class CorreiosBed:
    kind = KIND

    def __init__(self, service: SimulatedCorreios) -> None:
        self.system = service
        self.url = service.url
        self.secrets = KeptSecrets(access_code=ACCESS_CODE)

    def config(self, url: str) -> Config:
        options = {
            "card": CARD, "user": USER, "contract": "9912345678", "services": "SEDEX=03220",
        }  # fmt: skip
        return Config("correios", KIND.name, url, options, self.secrets)

    async def read(self, connector: Correios) -> None:
        await connector.check()

    def clock_off(self, by: timedelta) -> None:
        self.system.clock_off = by

    def request(self, **facts: Any) -> LabelRequest:
        return label_request(**facts)

    def bought(self, request: LabelRequest) -> int:
        return sum(row["statusAtual"] == 2 for row in self.system.postings.values())

    def cancelled(self) -> int:
        return self.system.cancels

    def have_no_balance(self) -> None:
        self.system.refuse = "Contrato suspenso"

    def posted(self, code: str) -> None:
        self.system.happened(
            code,
            ("BDE", "01", "2026-11-25T15:04:05", "Objeto entregue ao destinatário"),
            ("PO", "01", "2026-11-23T18:30:00", "Objeto postado"),
        )


@pytest.fixture
def bed(service: SimulatedCorreios) -> CorreiosBed:
    return CorreiosBed(service)


class TestCarrier(CarrierContract):
    pass


class TestTracking(TrackingContract):
    pass


def _label(bed: CorreiosBed, request: LabelRequest, key: str = "key-1") -> Any:
    """The posting, and its label once it is made."""

    async def buy(connector: Correios) -> Any:
        made = await connector.label(request, key)
        label: Any = made
        for _ in range(4):
            label = await connector.find_label(request, key, made.reference)
            if isinstance(label, CarrierLabel):
                break
        return label

    return run(bed.config(bed.url), buy)


def test_the_posting_bears_the_key_of_the_invoice_and_the_label_the_orders_number(
    bed: CorreiosBed,
) -> None:
    request = bed.request()
    label = _label(bed, request)
    (row,) = bed.system.postings.values()
    assert (row["chaveNFe"], row["emiteDCe"]) == (request.invoice_key, "N")
    assert (row["numeroCartaoPostagem"], row["numeroContrato"]) == (CARD, "9912345678")
    assert row["destinatario"]["dddCelular"] == "11"
    assert (label.order, label.cep) == ("1042", "01310200")
    assert label.tracking == row["codigoObjeto"]


def test_without_an_invoice_correios_issues_the_declaration_of_content(bed: CorreiosBed) -> None:
    _label(bed, bed.request(invoice_key="", invoice_number=""))
    (row,) = bed.system.postings.values()
    assert "chaveNFe" not in row
    assert row["emiteDCe"] == "S"
    assert row["itensDeclaracaoConteudo"] == [
        {"conteudo": "Caneca", "quantidade": "2", "valor": "19.90"}
    ]


def test_long_addresses_and_small_boxes_fit_the_service(bed: CorreiosBed) -> None:
    address = Address("01310200", "R" * 90, "1578-A fundos", "c" * 90, "b" * 90, "São Paulo", "SP")
    _label(bed, bed.request(address=address, height_mm=5, width_mm=60, length_mm=101))
    (row,) = bed.system.postings.values()
    assert [row[f"{n}Informad{g}"] for n, g in (("altura", "a"), ("largura", "a"))] == ["2", "11"]
    assert row["comprimentoInformado"] == "16"


def test_a_landline_goes_by_its_own_name(bed: CorreiosBed) -> None:
    person = Recipient("Pessoa Inventada", "", "", "+55 (81) 3333-4444")
    _label(bed, bed.request(recipient=person))
    (row,) = bed.system.postings.values()
    assert row["destinatario"]["telefone"] == "33334444"
    assert "celular" not in row["destinatario"]


def test_where_the_list_shows_no_marks_nobody_guesses_whether_it_was_posted(
    bed: CorreiosBed,
) -> None:
    request = bed.request()
    run(bed.config(bed.url), lambda c: c.label(request, "key-1"))
    bed.system.shows_marks = False
    with pytest.raises(errors.UnknownOutcome):
        run(bed.config(bed.url), lambda c: c.find_label(request, "key-1", ""))


def test_a_posting_that_ended_there_makes_way_for_another(bed: CorreiosBed) -> None:
    request = bed.request()
    made = run(bed.config(bed.url), lambda c: c.label(request, "key-1"))
    bed.system.postings[made.reference]["descStatusAtual"] = "Expirado"
    for reference in (made.reference, ""):
        found = run(bed.config(bed.url), lambda c, r=reference: c.find_label(request, "key-1", r))
        assert found is None


def test_a_key_without_this_service_is_refused_for_a_person_to_mend(bed: CorreiosBed) -> None:
    bed.system.refuse = "GTW-014"
    with pytest.raises(errors.Refused) as caught:
        run(bed.config(bed.url), lambda c: c.label(bed.request(), "key-1"))
    assert caught.value.detail == "GTW-014"


def test_a_service_goes_by_the_contracts_code_and_comes_back_by_the_orders_name(
    bed: CorreiosBed,
) -> None:
    request = bed.request(service_code="SEDEX")
    assert _label(bed, request).service_code == "SEDEX"
    assert _label(bed, bed.request(), "key-2").service_code == "03220"
    row, _ = bed.system.postings.values()
    assert row["codigoServico"] == "03220"


def test_a_posting_that_the_list_does_not_show_yet_is_never_made_again(bed: CorreiosBed) -> None:
    request = bed.request()
    run(bed.config(bed.url), lambda c: c.label(request, "key-1"))
    with pytest.raises(errors.UnknownOutcome):
        run(bed.config(bed.url), lambda c: c.find_label(request, "key-1", "PR999"))


def test_a_receipt_that_leads_nowhere_is_given_up_and_the_label_asked_for_anew(
    bed: CorreiosBed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.connectors.correios.connector.POLLS", 2)
    request = bed.request()

    async def buy(connector: Correios) -> Any:
        made = await connector.label(request, "key-1")
        await connector.find_label(request, "key-1", made.reference)
        bed.system.receipts["r1"] = (made.reference, 1_000)  # it is never ready
        for _ in range(6):
            label = await connector.find_label(request, "key-1", made.reference)
            if isinstance(label, CarrierLabel):
                return label
        return None

    assert isinstance(run(bed.config(bed.url), buy), CarrierLabel)
