"""One message an incident, to a real SMTP server and a real web server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from app.config import Settings
from app.health.alerts import WEBHOOK, Alerts
from app.health.model import Cause, Sample, System
from app.health.monitor import Monitor
from app.store import health as kept
from app.store import settings as stored
from app.store.database import Store
from tests.support import homes
from tests.support.desktop import until

BEGIN = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # 08:00 in São Paulo
SHOP = System("door:loja", "door", "loja", shared=True)


class Postbox:
    """What an SMTP server took."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


class Hook(ThreadingHTTPServer):
    """A web server that keeps what is posted to it, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict]] = []
        self.failures = 0
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if hook.failures:
                    hook.failures -= 1
                    self.send_response(500)
                else:
                    hook.posts.append((self.headers["Idempotency-Key"], body))
                    self.send_response(204)
                self.end_headers()

            def log_message(self, *words: object) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = homes.store(tmp_path / "expedita.db")
    yield opened
    opened.close()


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.shutdown()
    made.server_close()


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


class House:
    """A monitor with its alerts, by mail at `port` and by the web at `url`."""

    def __init__(self, store: Store, port: int = 0, url: str = "", **more: str) -> None:
        values = {"station.name": "B1", "mail.security": "none", "mail.sender": "wms@example.com"}
        if port:
            values |= {"mail.host": "127.0.0.1", "mail.port": str(port)}
            values["alerts.mail_to"] = "ti@example.com,gestor@example.com"
        self.settings = Settings({**values, **more})
        if url:
            with store.write() as c:
                stored.put_secret(c, WEBHOOK, url)
        self._store = store
        self.monitor = Monitor(store, "B1/console", "B1")
        self.monitor.watch([(SHOP, 1e9)], BEGIN)
        self.alerts = Alerts(store, lambda: self.settings, "B1/console")

    def fail(self, seconds: float) -> None:
        cause = Cause("REFUSED", "loja:443")
        self.monitor.take(Sample(SHOP.id, at(seconds), failed=cause, real=True))
        self.monitor.keep(at(seconds))

    def recover(self, seconds: float) -> None:
        for one in (seconds, seconds + 1):
            self.monitor.take(Sample(SHOP.id, at(one), 0.1, real=True))
        self.monitor.keep(at(seconds + 1))

    def told(self) -> str:
        with self._store.read() as c:
            return str(kept.incidents(c, BEGIN)[0].told)


def test_an_incident_is_told_once_by_mail_and_by_web(
    store: Store, postbox: tuple[Postbox, int], hook: Hook
) -> None:
    box, port = postbox
    house = House(store, port, hook.url)
    house.fail(0)
    for seconds in (61, 120, 180, 600):
        house.alerts.send_due(at(seconds))
    house.recover(700)
    house.alerts.send_due(at(800))
    (mail,) = box.messages
    assert mail["Subject"] == "[Expedita] B1: Acesso loja, fora do ar"
    assert mail["To"] == "ti@example.com, gestor@example.com"
    body = mail.get_content()
    assert "02/03/2026 08:00 – …" in body
    assert "Recusou a conexão (loja:443)." in body
    assert "firewall" in body  # the mend
    assert "Todo o resto continua." in body  # what can still be done
    ((key, facts),) = hook.posts
    assert mail["Message-ID"] == f"<incident-{key}@expedita>"
    assert (facts["incident"], facts["state"], facts["cause"]) == (key, "down", "REFUSED")
    assert facts["ended_at"] is None
    assert house.told() == "sent"


def test_what_ends_soon_is_told_to_nobody(store: Store, postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    house = House(store, port)
    house.fail(0)
    house.alerts.send_due(at(20))
    house.recover(30)
    house.alerts.send_due(at(200))
    assert not box.messages
    assert house.told() == "short"


def test_an_incident_that_got_worse_is_still_one_message(
    store: Store, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    house = House(store, port)
    for n in range(-60, -30):
        house.monitor.take(Sample(SHOP.id, at(n), 0.1))
    for n in range(3):
        house.monitor.take(Sample(SHOP.id, at(n), 9.0))
    house.monitor.keep(at(3))
    house.alerts.send_due(at(100))
    house.fail(110)
    house.alerts.send_due(at(300))
    assert [mail["Subject"] for mail in box.messages] == ["[Expedita] B1: Acesso loja, lento"]


def test_a_message_waits_for_the_network_and_tells_the_end_by_then(
    store: Store, hook: Hook
) -> None:
    hook.failures = 2
    house = House(store, url=hook.url)
    house.fail(0)
    house.alerts.send_due(at(61))
    house.recover(100)
    house.alerts.send_due(at(120))
    assert (hook.posts, house.told()) == ([], "")
    house.alerts.send_due(at(180))
    ((_, facts),) = hook.posts
    assert facts["ended_at"] == at(101).isoformat()
    assert house.told() == "sent"


def test_the_way_that_worked_is_not_used_again_while_the_other_waits(
    store: Store, postbox: tuple[Postbox, int], hook: Hook
) -> None:
    box, port = postbox
    hook.failures = 3
    house = House(store, port, hook.url)
    house.fail(0)
    for seconds in (61, 120, 180):
        house.alerts.send_due(at(seconds))
        assert house.told() == "mail"
    house.alerts.send_due(at(240))
    assert (len(box.messages), len(hook.posts), house.told()) == (1, 1, "sent")


def test_a_restart_sends_what_waited(store: Store, hook: Hook) -> None:
    house = House(store, url=hook.url)
    house.fail(0)
    again = House(store, url=hook.url)
    again.alerts.send_due(at(90))
    assert len(hook.posts) == 1


def test_incidents_from_before_anyone_was_to_be_told_are_not_sent_later(
    store: Store, hook: Hook
) -> None:
    house = House(store)
    house.fail(0)
    house.alerts.send_due(at(90))
    assert house.told() == "off"
    later = House(store, url=hook.url)
    later.alerts.send_due(at(200))
    assert not hook.posts


def test_a_mail_server_that_is_gone_stops_nothing(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    house = House(store, port)
    house.fail(0)
    house.alerts.send_due(at(61))
    assert house.told() == ""


def test_a_round_does_not_hold_up_the_watch(store: Store, hook: Hook) -> None:
    house = House(store, url=hook.url)
    house.fail(0)
    house.alerts.round(at(61))
    house.alerts.round(at(61))  # while the first may still be on its way
    until(lambda: hook.posts, "the message")
    until(lambda: house.told() == "sent", "its note")
    assert len(hook.posts) == 1
