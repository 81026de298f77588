"""Tells people outside of an incident: one message each, by e-mail and webhook.

What can't be sent waits in the store and goes when the network is back, with the incident's end
where it has one by then. A message that was sent while its answer got lost goes again under the
same Message-ID and Idempotency-Key, by which its receiver knows it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from app.config import Settings
from app.connectors.errors import ConnectorError
from app.connectors.mail import mail_server, send
from app.health import wording
from app.health.model import Cause, State, System
from app.store import health as kept
from app.store import settings as stored
from app.store.database import Store
from app.store.errors import StoreError

WEBHOOK = "alerts.webhook"  # the secret that holds its address: whoever has it may post there
_TIMEOUT_S = 15.0
_GIVE_UP = timedelta(days=2)

_log = logging.getLogger(__name__)


class Alerts:
    """The messages of one watcher's incidents."""

    def __init__(self, store: Store, settings: Callable[[], Settings], watcher: str) -> None:
        self._store = store
        self._settings = settings
        self._watcher = watcher
        self._busy = threading.Lock()

    def round(self, now: datetime) -> None:
        """Send what is due, on a thread of its own; one round at a time."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._round, args=(now,), name="alerts", daemon=True).start()

    def _round(self, now: datetime) -> None:
        try:
            self.send_due(now)
        except StoreError as error:
            _log.warning("alerts wait: %s", error.code)
        finally:
            self._busy.release()

    def send_due(self, now: datetime) -> None:
        """Send what is due and wait for it.

        Raises:
            StoreError: what was sent could not be noted; it may be sent again.
        """
        with self._store.read() as c:
            rows = kept.untold(c, self._watcher)
            webhook = stored.secret(c, WEBHOOK)
        for row in reversed(rows):
            told = self._tell(row, webhook, now)
            if told != row.told:
                with self._store.write() as c:
                    kept.change_incident(c, row.id, {"told": told})

    def _tell(self, row: Any, webhook: str, now: datetime) -> str:
        """What becomes of one incident's message: see `IncidentRow.told`."""
        settings = self._settings()
        ways = {
            "mail": bool(settings["alerts.mail_to"] and settings["mail.host"]),
            "webhook": bool(webhook),
        }
        if not any(ways.values()) or now - row.began_at > _GIVE_UP:
            return "off"
        patience = timedelta(seconds=settings.number("alerts.after_s"))
        if (row.ended_at or now) - row.began_at < patience:
            return "short" if row.ended_at else ""
        done = set(filter(None, row.told.split(",")))
        if ways["mail"] and "mail" not in done and self._mail(row):
            done.add("mail")
        if ways["webhook"] and "webhook" not in done and self._post(row, webhook):
            done.add("webhook")
        wanted = {way for way, there in ways.items() if there}
        return "sent" if wanted <= done else ",".join(sorted(done))

    # --- e-mail -----------------------------------------------------------------------------

    def _mail(self, row: Any) -> bool:
        settings = self._settings()
        try:
            send(mail_server(settings, self._secret), self._message(row))
        except ConnectorError as error:
            _log.warning("alert by e-mail failed: %s %s", error.code, error.detail)
            return False
        return True

    def _message(self, row: Any) -> EmailMessage:
        settings = self._settings()
        message = EmailMessage()
        message["From"] = (
            settings["mail.sender"] or settings["mail.account"] or "expedita@localhost"
        )
        message["To"] = ", ".join(settings.items_of("alerts.mail_to"))
        message["Subject"] = self._subject(row)
        message["Date"] = formatdate()
        message["Message-ID"] = f"<incident-{row.id}@expedita>"
        message.set_content(self._body(row))
        return message

    def _subject(self, row: Any) -> str:
        lang = self._settings()["language"]
        name = wording.title(_system(row), lang)
        return f"[Expedita] {self._place()}: {name}, {wording.state_word(State(row.worst), lang)}"

    def _body(self, row: Any) -> str:
        settings = self._settings()
        lang, zone = settings["language"], settings.zone()
        begin = f"{row.began_at.astimezone(zone):%d/%m/%Y %H:%M}"
        end = f"{row.ended_at.astimezone(zone):%d/%m/%Y %H:%M}" if row.ended_at else "…"
        cause = Cause(row.cause, row.detail)
        parts = [f"{begin} – {end}", wording.why(cause, lang), wording.mend(cause, lang), ""]
        for texts in wording.still(_system(row), lang):
            parts += texts
        return "\n".join(parts)

    def _place(self) -> str:
        return self._settings()["station.name"]

    # --- webhook ----------------------------------------------------------------------------

    def _post(self, row: Any, address: str) -> bool:
        import httpx

        try:
            answer = httpx.post(
                address,
                json=self._facts(row),
                headers={"Idempotency-Key": row.id},
                timeout=_TIMEOUT_S,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            _log.warning("alert by webhook failed: %s", type(error).__name__)
            return False
        if not answer.is_success:
            _log.warning("alert by webhook failed: HTTP %d", answer.status_code)
        return answer.is_success

    def _facts(self, row: Any) -> dict[str, Any]:
        """`text` alone is what chat tools show."""
        lang = self._settings()["language"]
        cause = Cause(row.cause, row.detail)
        return {
            "text": f"{self._subject(row)}. {wording.why(cause, lang)}",
            "incident": row.id,
            "station": self._place(),
            "system": row.system,
            "kind": row.kind,
            "name": wording.title(_system(row), lang),
            "state": row.worst,
            "cause": row.cause,
            "detail": row.detail,
            "why": wording.why(cause, lang),
            "mend": wording.mend(cause, lang),
            "began_at": row.began_at.isoformat(),
            "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        }

    def _secret(self, name: str) -> str:
        with self._store.read() as c:
            return stored.secret(c, name)


def _system(row: Any) -> System:
    return System(row.system, row.kind, row.name, shared=not row.place)
