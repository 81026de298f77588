"""Sends one message by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

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
        ConnectorError: Down, Unauthorised, Refused, or UnknownOutcome where the line went dead
            after the text was handed over: it may have gone.
    """
    with _signed_in(server) as smtp:
        smtp.send_message(message)
        smtp.taken = True


def reach(server: MailServer) -> None:
    """Sign in and hang up.

    Raises:
        ConnectorError: Down or Unauthorised.
    """
    with _signed_in(server) as smtp:
        smtp.noop()


class _Watched(smtplib.SMTP):
    """Tells how far a message came: `handing_over` its text, or `taken` by the server."""

    handing_over = False
    taken = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.handing_over = True
        return super().data(msg)


class _WatchedTls(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


@contextmanager
def _signed_in(server: MailServer) -> Iterator[_Watched]:
    """A connection that is ready for a message; every bad end gets its name."""
    smtp: _Watched | None = None
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
        if smtp is not None and smtp.taken:
            return  # it only hung up in a rude way
        if smtp is not None and smtp.handing_over:
            raise errors.UnknownOutcome(type(error).__name__) from None
        raise errors.Down(type(error).__name__) from None


def _connect(server: MailServer) -> _Watched:
    if server.security == "tls":
        context = ssl.create_default_context()
        return _WatchedTls(server.host, server.port, timeout=TIMEOUT_S, context=context)
    return _Watched(server.host, server.port, timeout=TIMEOUT_S)
