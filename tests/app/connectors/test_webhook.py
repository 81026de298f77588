"""Notices as signed calls, to a receiver that checks them as the docs tell it to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.connectors import errors, kinds
from app.connectors.kinds import Config
from app.connectors.roles import Receipt
from app.connectors.webhook import KIND, WebhookNotices
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.notice import NOTICE, NoticesContract
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy

SECRET = "only-here"


class Receiver:
    """A CRM's end: refuses a wrong signature with 401, answers a repeat with 409."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, object]] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver.take(dict(self.headers), body))
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, headers: dict[str, str], body: bytes) -> int:
        parts = dict(part.split("=") for part in headers["X-Expedita-Signature"].split(","))
        signed = hmac.new(SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256)
        if not hmac.compare_digest(signed.hexdigest(), parts["v1"]):
            return 401
        event = json.loads(body)
        if event["event"] == "check":
            return 204
        key = headers["Idempotency-Key"]
        if key in self.events:
            return 409
        self.events[key] = event
        return 200

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.stop()


def notify(url: str, key: str = "key-1", secret: str = SECRET) -> Receipt:
    async def inside() -> Receipt:
        secrets = KeptSecrets(signing_secret=secret)
        hook = kinds.make(KIND, Config("crm", KIND.name, url, {}, secrets))
        assert isinstance(hook, WebhookNotices)
        try:
            await hook.check()
            return await hook.notify(NOTICE, key)
        finally:
            await hook.close()

    return asyncio.run(inside())


def test_the_receiver_gets_what_it_needs_and_no_more(receiver: Receiver) -> None:
    assert notify(receiver.url).reference == "key-1"
    (event,) = receiver.events.values()
    assert event["event"] == "order.shipped"
    assert event["order"] == {
        "source": "loja",
        "external_id": "1",
        "number": "1001",
        "channel": "site",
    }
    assert event["tracking"] == ["PB123456785BR"]
    assert NOTICE.recipient.document not in json.dumps(event)


def test_a_repeat_is_known_by_its_key_and_counts_as_told(receiver: Receiver) -> None:
    notify(receiver.url)
    assert notify(receiver.url).note == "repeat"
    assert len(receiver.events) == 1


def test_a_wrong_secret_is_said_to_be_one(receiver: Receiver) -> None:
    with pytest.raises(errors.Unauthorised):
        notify(receiver.url, secret="other")
    with pytest.raises(errors.Unauthorised):
        notify(receiver.url, secret="")
    assert receiver.events == {}


def test_a_lost_answer_is_unknown_and_the_same_key_tells_no_one_twice(receiver: Receiver) -> None:
    with FaultyProxy(receiver.url) as proxy:
        proxy.next(None, faults.LOSE_ANSWER)
        with pytest.raises(errors.UnknownOutcome):
            notify(proxy.url)
        assert notify(proxy.url).note == "repeat"
    assert len(receiver.events) == 1


def test_too_many_and_out_of_order_are_told_apart(receiver: Receiver) -> None:
    with FaultyProxy(receiver.url) as proxy:
        proxy.next(None, faults.TOO_MANY)
        with pytest.raises(errors.RateLimited) as caught:
            notify(proxy.url)
        assert caught.value.retry_after_s == 7
        proxy.next(None, faults.BUSY)
        with pytest.raises(errors.Down):
            notify(proxy.url)
    assert receiver.events == {}


class WebhookBed:
    kind = KIND

    def __init__(self, receiver: Receiver, proxy: FaultyProxy) -> None:
        self.receiver, self.proxy = receiver, proxy

    def config(self, url: str = "", secret: str = SECRET) -> Config:
        secrets = KeptSecrets(signing_secret=secret)
        return Config("crm", KIND.name, url or self.receiver.url, {}, secrets)

    def wrong(self) -> Config:
        return self.config(secret="wrong")

    def gone(self) -> Config:
        self.proxy.next(faults.BUSY)
        return self.config(self.proxy.url)

    def losing(self) -> Config:
        self.proxy.next(faults.LOSE_ANSWER)
        return self.config(self.proxy.url)

    def received(self) -> set[str]:
        return set(self.receiver.events)


@pytest.fixture
def bed(receiver: Receiver) -> Iterator[WebhookBed]:
    with FaultyProxy(receiver.url) as proxy:
        yield WebhookBed(receiver, proxy)


class TestNotices(NoticesContract):
    pass
