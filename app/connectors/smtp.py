"""Notices to the customer by e-mail, through the shop's own mail server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from app.connectors import errors, mail
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Notice, Receipt, Role


class SmtpNotices:
    """One e-mail a notice. Its Message-ID is made of the notice's key: where an answer was lost
    and the same notice goes out again, mail systems know it as the one they have."""

    def __init__(self, config: Config) -> None:
        self._server = mail.MailServer(
            config.option("host"),
            int(config.option("port", "587")),
            config.option("security", "starttls"),
            config.option("account"),
            config.secrets.get("password"),
            config.option("sender"),
        )

    async def check(self) -> Checked:
        """Sign in and hang up."""
        await asyncio.to_thread(mail.reach, self._server)
        return Checked(f"SMTP {self._server.host}", self._server.sender)

    async def close(self) -> None:
        """Each message has a connection of its own."""

    async def notify(self, notice: Notice, key: str) -> Receipt:
        message = self._message(notice, key)
        await asyncio.to_thread(mail.send, self._server, message)
        return Receipt(str(message["Message-ID"]))

    async def find_notice(self, notice: Notice, key: str) -> Receipt | None:
        """Mail can't be asked for; see the class."""
        return None

    def _message(self, notice: Notice, key: str) -> EmailMessage:
        if "@" not in notice.recipient.email:
            raise errors.Refused("the customer has no e-mail address", reason="NO_ADDRESS")
        domain = self._server.sender.rpartition("@")[2] or "expedita.invalid"
        message = EmailMessage()
        try:
            message["Subject"] = notice.subject
            message["From"] = self._server.sender
            message["To"] = notice.recipient.email
        except ValueError:  # a line break in an address: somebody tries to add headers
            raise errors.Refused("the e-mail address does not fit", reason="NO_ADDRESS") from None
        message["Date"] = format_datetime(notice.at or datetime.now(UTC))
        message["Message-ID"] = f"<{key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = notice.language
        message.set_content(notice.text)
        return message


KIND = Kind(
    name="smtp",
    title="E-mail",
    roles=frozenset({Role.NOTICE}),
    make=SmtpNotices,
    fields=(
        Field("host", "smtp.example.com", needed=True),
        Field("port", "1-65535", default="587"),
        Field("security", "starttls, tls, none", default="starttls"),
        Field("account", "loja@example.com"),
        Field("password", secret=True),
        Field("sender", "loja@example.com", needed=True),
    ),
    url_hint="",
)
