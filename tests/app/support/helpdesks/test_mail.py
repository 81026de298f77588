"""Tickets by e-mail, to a real SMTP server."""

from __future__ import annotations

import email
import io
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.app.support.helpdesks.contract import stand, unique
from tests.support.upstreams.place import free_port


class Inbox:
    """The messages that came; what `refuse` says is answered instead, once."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuse: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse.pop()
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def right_password(
    server: Any, session: Any, envelope: Any, mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.password == b"correct horse", handled=False)


class Bed:
    def __init__(self) -> None:
        self.inbox = Inbox()
        port = free_port()
        self._server = Controller(
            self.inbox, hostname="127.0.0.1", port=port,
            authenticator=right_password, auth_require_tls=False,
        )  # fmt: skip
        self._server.start()
        self.url = ""
        self.settings = {
            "helpdesk.kind": "email", "helpdesk.account": "suporte@example.com",
            "mail.host": "127.0.0.1", "mail.port": str(port), "mail.security": "none",
            "mail.account": "bancada@example.com", "mail.sender": "bancada@example.com",
        }  # fmt: skip
        self.secrets = {"mail.password": "correct horse"}

    def stop(self) -> None:
        self._server.stop()


@pytest.fixture
def bed() -> Iterator[Bed]:
    made = Bed()
    yield made
    made.stop()


def test_a_ticket_is_one_message_with_its_tag_and_evidence(bed: Bed, tmp_path: Path) -> None:
    with stand(tmp_path, bed) as station:
        tag = station.ask("PRINTER_DOWN", unique("a"))
        assert station.support.delivery.send() == 1
    (message,) = bed.inbox.messages
    assert tag in str(message["Subject"])
    assert message["X-Expedita-Ticket"] == tag
    assert message["To"] == "suporte@example.com"
    (file,) = message.iter_attachments()
    assert file.get_filename() == f"{tag}.zip"
    assert "summary.json" in zipfile.ZipFile(io.BytesIO(file.get_content())).namelist()


def test_what_the_server_puts_off_goes_later_and_once(bed: Bed, tmp_path: Path) -> None:
    with stand(tmp_path, bed) as station:
        tag = station.ask("PRINTER_DOWN", unique("b"))
        bed.inbox.refuse = ["451 try later"]
        assert station.support.delivery.send() == 0
        station.later()
        assert station.support.delivery.send() == 1
        assert station.support.delivery.send() == 0
    assert [m["X-Expedita-Ticket"] for m in bed.inbox.messages] == [tag]


def test_a_wrong_password_is_said(bed: Bed, tmp_path: Path) -> None:
    bed.secrets = {"mail.password": "wrong"}
    with stand(tmp_path, bed) as station:
        tag = station.ask()
        assert station.support.delivery.send() == 0
        ticket = station.support.tickets.ticket(tag)
        assert ticket
        assert ticket.error == "CONNECTOR_UNAUTHORISED"
    assert not bed.inbox.messages


def test_the_same_problem_follows_the_first_message(bed: Bed, tmp_path: Path) -> None:
    with stand(tmp_path, bed) as station:
        detail = unique("c")
        first = station.ask("PRINTER_DOWN", detail)
        station.ask("PRINTER_DOWN", detail)
        assert station.support.delivery.send() == 2
    assert bed.inbox.messages[1]["In-Reply-To"] == f"<{first}@expedita>"
    assert bed.inbox.messages[0]["Message-ID"] == f"<{first}@expedita>"
