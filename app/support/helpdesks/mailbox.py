"""Answers to tickets that went by e-mail, from the mailbox that they come to (IMAP, RFC 3501).

Nothing is changed there: the folder is opened to be read only, and no message counts as read.
"""

from __future__ import annotations

import contextlib
import email
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email.message import EmailMessage
from email.policy import default as policy
from email.utils import parseaddr, parsedate_to_datetime

from app.connectors import errors
from app.support.helpdesks.helpdesk import Answer, words

TIMEOUT_S = 20.0
MOST = 20  # messages to one ticket, the newest
MAX_MESSAGE = 65_536  # bytes; what comes after is an attachment or a quoted past
MAX_TEXT = 4000  # characters of an answer
_TAG = re.compile(r"[A-Z0-9-]{4,40}")
# Where the mail that is answered begins again, as mail programs write it.
_QUOTED = re.compile(
    r"^(?:>|-{3,} ?(?:Original Message|Mensagem original)|_{10,}|(?:De|From): .*@"
    r"|(?:Em|On) .{4,120}(?:escreveu|wrote):?\s*$)",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where answers come. Over TLS but where the mail server is spoken to without any."""

    host: str
    port: int
    account: str
    password: str = field(repr=False)
    plain: bool = False

    def answers(self, tag: str, support: str) -> tuple[Answer, ...]:
        """What `support`'s house wrote with the ticket's tag in the subject, oldest first.

        Raises:
            ConnectorError: Down or Unauthorised.
        """
        if not _TAG.fullmatch(tag):
            return ()
        with self._signed_in() as imap:
            _, found = imap.uid("SEARCH", "SUBJECT", f'"{tag}"')
            uids = (found[0] or b"").split()[-MOST:]
            read = [_message(imap, uid) for uid in uids]
        mails = [mail for mail in read if mail is not None and _is_answer(mail, support)]
        return tuple(answer for mail in mails if (answer := _answer(mail)))

    @contextlib.contextmanager
    def _signed_in(self) -> Iterator[imaplib.IMAP4]:
        try:
            with self._connected() as imap:
                try:
                    imap.login(self.account, self.password)
                except imaplib.IMAP4.error:
                    raise errors.Unauthorised("IMAP") from None
                imap.select("INBOX", readonly=True)
                yield imap
        except (imaplib.IMAP4.error, OSError) as error:
            raise errors.Down(type(error).__name__) from None

    def _connected(self) -> imaplib.IMAP4:
        if self.plain:
            return imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_S)
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=TIMEOUT_S)


def _message(imap: imaplib.IMAP4, uid: bytes) -> EmailMessage | None:
    _, found = imap.uid("FETCH", uid.decode("ascii"), f"(BODY.PEEK[]<0.{MAX_MESSAGE}>)")
    data = next((part[1] for part in found if isinstance(part, tuple)), None)
    if not isinstance(data, bytes):
        return None
    read = email.message_from_bytes(data, policy=policy)
    return read if isinstance(read, EmailMessage) else None


def _is_answer(mail: EmailMessage, support: str) -> bool:
    """From support's own house, by a person, and no copy of what we sent."""
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    by_machine = str(mail.get("Auto-Submitted", "no")).lower() != "no"
    ours = mail.get("X-Expedita-Ticket") is not None
    return not ours and not by_machine and _house(sender) == _house(support.lower()) != ""


def _house(address: str) -> str:
    return address.rpartition("@")[2]


def _answer(mail: EmailMessage) -> Answer | None:
    """None for a message without a word of its own."""
    try:
        text = _own_words(mail)
        at = parsedate_to_datetime(str(mail["Date"]))
    except Exception:  # mail may hold anything; what can't be read is no answer
        return None
    name, address = parseaddr(str(mail["From"]))
    known = str(mail.get("Message-ID") or f"{address} {at.isoformat()}").strip()
    when = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Answer(known[:200], when.astimezone(UTC), (name or address)[:80], text) if text else None


def _own_words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_subtype() == "html":
        text = words(text)
    quoted = _QUOTED.search(text)
    return text[: quoted.start() if quoted else None].strip()[:MAX_TEXT]
