"""Notices by e-mail, to a real SMTP server."""

from __future__ import annotations

import asyncio
import dataclasses
import email
import socket
import threading
from collections.abc import Iterator
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from msgspec import structs

from app.connectors import errors, kinds
from app.connectors.kinds import Config
from app.connectors.roles import Notice, Receipt
from app.connectors.smtp import KIND, SmtpNotices
from tests.app.connectors.contract import KeptSecrets
from tests.app.connectors.contracts.notice import NOTICE, NoticesContract
from tests.support.upstreams.place import free_port


class Inbox:
    """The messages that came; what `refuse` says is answered instead, once."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuse = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            answer, self.refuse = self.refuse, ""
            return answer
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def _right(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.password == b"correct horse", handled=False)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    number = free_port()
    server = Controller(
        inbox, hostname="127.0.0.1", port=number, authenticator=_right, auth_require_tls=False
    )
    server.start()
    yield number
    server.stop()


def config(port: int, password: str = "correct horse") -> Config:
    options = {
        "host": "127.0.0.1",
        "port": str(port),
        "security": "none",
        "account": "loja@example.com",
        "sender": "loja@example.com",
    }
    return Config("correio", KIND.name, "", options, KeptSecrets(password=password))


def connector(port: int, password: str = "correct horse") -> SmtpNotices:
    made = kinds.make(KIND, config(port, password))
    assert isinstance(made, SmtpNotices)
    return made


def notify(smtp: SmtpNotices, notice: Notice = NOTICE, key: str = "key-1") -> Receipt:
    return asyncio.run(smtp.notify(notice, key))


def test_the_customer_gets_one_message_in_the_shops_name(inbox: Inbox, port: int) -> None:
    notify(connector(port))
    (message,) = inbox.messages
    assert (message["To"], message["From"]) == ("iris@example.com", "loja@example.com")
    assert message["Subject"] == "Seu pedido 1001 saiu"
    assert "Íris, seu pedido 1001" in message.get_payload(decode=True).decode()
    assert message["Auto-Submitted"] == "auto-generated"
    assert "52998224725" not in message.as_string()


def test_the_same_notice_again_bears_the_same_id_and_another_its_own(
    inbox: Inbox, port: int
) -> None:
    for key in ("key-1", "key-1", "key-2"):
        notify(connector(port), key=key)
    first, again, other = (message["Message-ID"] for message in inbox.messages)
    assert first == again == "<key-1@example.com>"
    assert other == "<key-2@example.com>"


@pytest.mark.parametrize("address", ["", "no-address", "a@example.com\nBcc: b@example.com"])
def test_an_address_that_does_not_fit_is_refused_and_nothing_is_sent(
    inbox: Inbox, port: int, address: str
) -> None:
    person = structs.replace(NOTICE.recipient, email=address)
    with pytest.raises(errors.Refused) as caught:
        notify(connector(port), dataclasses.replace(NOTICE, recipient=person))
    assert caught.value.reason == "NO_ADDRESS"
    assert inbox.messages == []
    assert "@" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "error"),
    [("451 try later", errors.Down), ("554 spam", errors.Refused)],
)
def test_what_the_server_says_decides_whether_to_try_again(
    inbox: Inbox, port: int, answer: str, error: type[errors.ConnectorError]
) -> None:
    inbox.refuse = answer
    with pytest.raises(errors.ConnectorError) as caught:
        notify(connector(port))
    assert type(caught.value) is error
    notify(connector(port))
    assert len(inbox.messages) == 1


def test_check_signs_in_and_sends_nothing(inbox: Inbox, port: int) -> None:
    assert asyncio.run(connector(port).check()).account == "loja@example.com"
    with pytest.raises(errors.Unauthorised):
        asyncio.run(connector(port, "wrong").check())
    with pytest.raises(errors.Down):
        asyncio.run(connector(free_port()).check())
    assert inbox.messages == []


class _Rude(threading.Thread):
    """A mail server that takes what it is told and hangs up where a test says: after the text
    (`text`), or after its good answer (`answer`)."""

    def __init__(self, hangs_up_after: str) -> None:
        super().__init__(daemon=True)
        self.after = hangs_up_after
        self.texts: list[bytes] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.start()

    def run(self) -> None:
        line, _ = self._door.accept()
        with line, line.makefile("rwb", buffering=0) as wire:
            wire.write(b"220 here\r\n")
            while command := wire.readline():
                if not command.upper().startswith(b"DATA"):
                    wire.write(b"250 OK\r\n")
                    continue
                wire.write(b"354 go on\r\n")
                lines = list(iter(wire.readline, b".\r\n"))
                self.texts.append(b"".join(lines))
                if self.after == "answer":
                    wire.write(b"250 taken\r\n")
                return


def test_an_answer_that_was_lost_after_the_text_is_unknown_and_may_have_gone() -> None:
    server = _Rude("text")
    with pytest.raises(errors.UnknownOutcome):
        notify(connector(server.port, password=""))
    assert len(server.texts) == 1


def test_a_server_that_hangs_up_after_it_took_the_message_has_it() -> None:
    server = _Rude("answer")
    assert notify(connector(server.port, password="")).reference == "<key-1@example.com>"


class SmtpBed:
    kind = KIND

    def __init__(self, port: int, inbox: Inbox) -> None:
        self.port, self.inbox = port, inbox
        self.rude: list[_Rude] = []

    def config(self) -> Config:
        return config(self.port)

    def wrong(self) -> Config:
        return config(self.port, "wrong")

    def gone(self) -> Config:
        return config(free_port())

    def losing(self) -> Config:
        self.rude.append(_Rude("text"))
        return config(self.rude[-1].port, password="")

    def received(self) -> set[str]:
        """By Message-ID: mail systems know a second one as the one that they have."""
        lost = (
            email.message_from_bytes(text, policy=default) for s in self.rude for text in s.texts
        )
        ids = (str(message["Message-ID"]) for message in (*self.inbox.messages, *lost))
        return {name.strip("<>").partition("@")[0] for name in ids}


@pytest.fixture
def bed(port: int, inbox: Inbox) -> SmtpBed:
    return SmtpBed(port, inbox)


class TestNotices(NoticesContract):
    pass
