"""Sends one message by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from app.config import Settings
from app.connectors import errors

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


def mail_server(settings: Settings, secret: Callable[[str], str]) -> MailServer:
    """The one that the settings name; its password is a secret of the store."""
    return MailServer(
        settings["mail.host"],
        settings.number("mail.port"),
        settings["mail.security"],
        settings["mail.account"],
        secret("mail.password"),
        settings["mail.sender"],
    )


def send(server: MailServer, message: EmailMessage) -> None:
    """Hand the message over to the server; it has taken it when this returns.

    Raises:
        ConnectorError: Down, Unauthorised or Refused.
    """
    with _signed_in(server) as smtp:
        smtp.send_message(message)


def reach(server: MailServer) -> None:
    """Sign in and hang up.

    Raises:
        ConnectorError: Down or Unauthorised.
    """
    with _signed_in(server) as smtp:
        smtp.noop()


@contextmanager
def _signed_in(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection that is ready for a message; every bad end gets its name."""
    try:
        with _connect(server) as smtp:
            if server.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.account and server.password:
                smtp.login(server.account, server.password)
            yield smtp
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


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
