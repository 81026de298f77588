"""Every bad end of an HTTP call has its name: against a real server, through a faulty proxy."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.connectors import errors
from app.connectors.http import Answer, Api, HttpRefused, retry_after
from app.connectors.masks import HIDDEN, masked_body, masked_text
from app.connectors.tokens import Grant, Tokens
from tests.app.connectors.contract import KeptSecrets
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy


class Shop(BaseHTTPRequestHandler):
    """Counts what it was made to do; a bearer token other than `good` is refused."""

    protocol_version = "HTTP/1.1"
    made = 0
    good = ""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, body = 200, b'{"orders": [1, 2, 3]}'
        if self.good and self.headers.get("Authorization") != f"Bearer {self.good}":
            status, body = 401, b"{}"
        elif self.path.endswith("/refused"):
            status, body = 422, b'{"message": "saldo insuficiente"}'
        elif self.path.endswith("/moved"):
            status, body = 302, b""
        elif self.command == "POST":
            type(self).made += 1
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[str]:
    Shop.made, Shop.good = 0, ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api"
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(shop: str) -> Iterator[FaultyProxy]:
    with FaultyProxy(shop) as made:
        yield made


def _call(url: str, *, change: bool = False, path: str = "orders", **more: Any) -> Answer:
    async def inside() -> Answer:
        api = Api(url, timeout_s=2.0, **more)
        try:
            return await (api.change("POST", path, {"a": 1}) if change else api.get(path))
        finally:
            await api.close()

    return asyncio.run(inside())


def test_a_good_answer_brings_its_json_and_the_servers_clock(shop: str) -> None:
    answer = _call(shop)
    assert answer.json() == {"orders": [1, 2, 3]}
    assert answer.at is not None
    assert abs(answer.at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fault", "read", "change", "made"),
    [
        (faults.REFUSE, errors.Down, errors.UnknownOutcome, 0),
        (faults.LOSE_ANSWER, errors.Down, errors.UnknownOutcome, 1),
        (faults.CUT_HEAD, errors.Down, errors.UnknownOutcome, 1),
        (faults.CUT_HALF, errors.Down, errors.UnknownOutcome, 1),
        (faults.BROKEN, errors.Down, errors.UnknownOutcome, 1),
        (faults.BUSY, errors.Down, errors.Down, 0),
        (faults.slow(2.5), errors.Down, errors.UnknownOutcome, 1),
        (faults.TOO_MANY, errors.RateLimited, errors.RateLimited, 0),
        (faults.DENIED, errors.Unauthorised, errors.Unauthorised, 0),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_broken_call_has_its_name(
    proxy: FaultyProxy,
    fault: faults.Fault,
    read: type[errors.ConnectorError],
    change: type[errors.ConnectorError],
    made: int,
) -> None:
    proxy.always = fault
    with pytest.raises(read) as caught:
        _call(proxy.url)
    assert type(caught.value) is read
    with pytest.raises(change) as caught:
        _call(proxy.url, change=True)
    assert type(caught.value) is change
    assert caught.value.maybe_done or made == 0, "done there, and yet it would be sent again"
    assert Shop.made == made


def test_nobody_listening_is_down_even_for_a_change() -> None:
    with pytest.raises(errors.Down):
        _call("http://127.0.0.1:9/api", change=True)


@pytest.mark.parametrize("fault", [faults.HTML, faults.HTML_AFTER, faults.TRUNCATED])
def test_what_is_no_json_is_unreadable(proxy: FaultyProxy, fault: faults.Fault) -> None:
    proxy.always = fault
    with pytest.raises(errors.Unreadable) as caught:
        _call(proxy.url).json()
    assert caught.value.maybe_done


def test_a_redirect_to_a_login_page_is_no_answer(shop: str) -> None:
    with pytest.raises(errors.Unreadable):
        _call(shop, path="moved")


def test_a_refusal_keeps_the_servers_own_words(shop: str) -> None:
    with pytest.raises(HttpRefused) as caught:
        _call(shop, path="refused", change=True)
    assert caught.value.json() == {"message": "saldo insuficiente"}
    assert "saldo insuficiente" in caught.value.exchange
    assert not caught.value.maybe_done


def test_retry_after_is_read_as_seconds_or_by_the_servers_own_clock() -> None:
    wrong_clock = datetime(2001, 1, 1, tzinfo=UTC)
    date = format_datetime(wrong_clock + timedelta(seconds=90), usegmt=True)
    assert retry_after("7") == 7
    assert retry_after(date, wrong_clock) == 90
    assert retry_after("nan") is None
    assert retry_after("1e99") == 3600
    assert retry_after("soon") is None
    assert retry_after("") is None


def test_a_stale_token_is_renewed_once_whoever_asks(shop: str) -> None:
    Shop.good = "fresh"
    secrets = KeptSecrets(access_token="stale", refresh_token="r1")
    spent: list[str] = []

    async def renew(refresh: str) -> Grant:
        spent.append(refresh)
        await asyncio.sleep(0.01)
        return Grant("fresh", "r2", 3600)

    tokens = Tokens(secrets, renew)

    async def headers() -> Mapping[str, str]:
        return {"Authorization": f"Bearer {await tokens.access()}"}

    async def again(used: Mapping[str, str]) -> None:
        await tokens.renewed(used["Authorization"].removeprefix("Bearer "))

    async def eight() -> list[Answer]:
        api = Api(shop, headers=headers, renew=again)
        try:
            return await asyncio.gather(*(api.get("orders") for _ in range(8)))
        finally:
            await api.close()

    assert {answer.status for answer in asyncio.run(eight())} == {200}
    assert spent == ["r1"], "a refresh token that may be used once was used again"
    assert secrets.writes[0] == ("refresh_token", "r2"), "kept first: it can't be had again"


def test_a_token_that_is_about_to_end_is_renewed_before_it_is_used() -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
    secrets = KeptSecrets(access_token="old", expires_at=soon)

    async def renew(refresh: str) -> Grant:
        return Grant("new")

    assert asyncio.run(Tokens(secrets, renew).access()) == "new"
    assert secrets.get("expires_at") > soon


def test_the_calls_of_one_second_are_spread(shop: str) -> None:
    async def five() -> float:
        api = Api(shop, per_second=100)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(api.get("orders") for _ in range(5)))
        await api.close()
        return asyncio.get_running_loop().time() - start

    assert asyncio.run(five()) >= 0.04


def test_what_is_kept_of_a_call_has_no_secret_and_no_person_in_it() -> None:
    body = {
        "access_token": "s3cr3t-value",
        "cliente": {"nome": "Maria Inventada", "cpf": "52998224725", "email": "m@example.com"},
        "numero": "5001",
        "itens": [{"sku": "SKU-01", "obs": "ligar (11) 98765-4321"}],
        "endereco": {"logradouro": "Rua Inventada", "cep": "01310100", "uf": "SP"},
    }
    shown = masked_body(json.dumps(body).encode())
    for hidden in ("s3cr3t", "Maria", "52998224725", "example.com", "98765", "Rua", "01310100"):
        assert hidden not in shown
    assert "SKU-01" in shown
    assert "5001" in shown
    line = masked_text("GET /x?api_key=abcdef&page=2 Bearer abcdefghij 529.982.247-25")
    assert line == f"GET /x?api_key={HIDDEN}&page=2 Bearer {HIDDEN} {HIDDEN}"
    assert masked_text("42220575277525000178550030000292481295366801")[:4] == "4222", "a key stays"
