"""Tickets by e-mail, for a support that has nothing else; answers come to a mailbox."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from email.utils import formatdate

from app.connectors.mail import MailServer, send
from app.support.helpdesks.helpdesk import Found, Outgoing, Progress
from app.support.helpdesks.mailbox import Mailbox


class Mail:
    """One message a ticket. Sent twice it has the same Message-ID, which mail readers show once."""

    name = "email"

    def __init__(
        self, server: MailServer, to: str, limit: int, mailbox: Mailbox | None = None
    ) -> None:
        self.limit = limit
        self._mailbox = mailbox
        self.hears = mailbox is not None
        self._server = server
        self._to = to

    async def find(self, tag: str) -> Found | None:
        """A sent message can't be looked for."""
        return None

    async def create(self, ticket: Outgoing) -> Found:
        await asyncio.to_thread(send, self._server, self._message(ticket, ""))
        return Found(ticket.tag)

    async def has(self, number: str, tag: str) -> bool:
        return False

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """It went with the message."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        await asyncio.to_thread(send, self._server, self._message(ticket, number))

    async def progress(self, number: str) -> Progress:
        """A message is never closed. Without a mailbox to look into nothing is heard of it."""
        if self._mailbox is None:
            return Progress(False, ())
        found = await asyncio.to_thread(self._mailbox.answers, number, self._to)
        return Progress(False, found)

    async def close(self) -> None:
        """Each message has its own connection."""

    def _message(self, ticket: Outgoing, first: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._server.sender or self._server.account
        message["To"] = self._to
        message["Subject"] = ticket.title
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{ticket.tag}@expedita>"
        message["X-Expedita-Ticket"] = ticket.tag
        if first:
            message["In-Reply-To"] = message["References"] = f"<{first}@expedita>"
        message.set_content(ticket.body)
        message.add_attachment(
            ticket.bundle, maintype="application", subtype="zip", filename=ticket.file_name
        )
        return message
