"""Tickets by e-mail, for a support that has nothing else; answers come by e-mail too."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate

from app.connectors import errors
from app.support.helpdesks.helpdesk import Found, Outgoing, Progress

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """`security` is starttls, tls or none."""

    host: str
    port: int
    security: str
    account: str
    password: str = field(repr=False)
    sender: str = ""


class Mail:
    """One message a ticket. Sent twice it has the same Message-ID, which mail readers show once."""

    name = "email"

    def __init__(self, server: MailServer, to: str, limit: int) -> None:
        self.limit = limit
        self._server = server
        self._to = to

    async def find(self, tag: str) -> Found | None:
        """A sent message can't be looked for."""
        return None

    async def create(self, ticket: Outgoing) -> Found:
        await asyncio.to_thread(self._send, self._message(ticket, ""))
        return Found(ticket.tag)

    async def has(self, number: str, tag: str) -> bool:
        return False

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """It went with the message."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        await asyncio.to_thread(self._send, self._message(ticket, number))

    async def progress(self, number: str) -> Progress:
        return Progress(False, ())

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

    def _send(self, message: EmailMessage) -> None:
        server = self._server
        try:
            with self._connect() as smtp:
                if server.security == "starttls":
                    smtp.starttls(context=ssl.create_default_context())
                if server.account and server.password:
                    smtp.login(server.account, server.password)
                smtp.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            raise errors.Unauthorised(f"SMTP {error.smtp_code}") from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            later = 400 <= error.smtp_code < 500
            kind = errors.Down if later else errors.Refused
            raise kind(f"SMTP {error.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused:
            raise errors.Refused("SMTP recipient") from None
        except (smtplib.SMTPException, OSError) as error:
            raise errors.Down(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
