"""Notices as signed calls to an address of the shop's own: a CRM, an automation.

The receiver checks `X-Expedita-Signature: t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of
`SECONDS.BODY` with the shared secret, drops what is older than some minutes, and drops a repeat by
`Idempotency-Key`. It answers 2xx, or 409 for a repeat: both mean that it has the notice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable

from app.connectors import errors
from app.connectors.http import Api, HttpRefused
from app.connectors.kinds import Config, Field, Kind
from app.connectors.roles import Checked, Notice, Receipt, Role


class WebhookNotices:
    def __init__(self, config: Config, clock: Callable[[], float] = time.time) -> None:
        self._api = Api(config.url, timeout_s=config.timeout_s)
        self._url = config.url
        self._secret = config.secrets.get("signing_secret")
        self._clock = clock

    async def check(self) -> Checked:
        """Call it with `{"event": "check"}`, which a receiver answers and leaves at that."""
        await self._post({"event": "check"}, "check")
        return Checked("webhook")

    async def close(self) -> None:
        await self._api.close()

    async def notify(self, notice: Notice, key: str) -> Receipt:
        try:
            await self._post(_event(notice, key), key)
        except HttpRefused as refused:
            if refused.status != 409:
                raise
            return Receipt(key, "repeat")
        return Receipt(key)

    async def find_notice(self, notice: Notice, key: str) -> Receipt | None:
        """A repeat does no harm: the receiver knows it by its key."""
        return None

    async def _post(self, event: dict[str, object], key: str) -> None:
        if not self._secret:
            raise errors.Unauthorised("no signing secret")
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Expedita-Signature": signature(self._secret, body, int(self._clock())),
        }
        await self._api.change("POST", self._url, content=body, headers=headers)


def signature(secret: str, body: bytes, at: int) -> str:
    """The value of X-Expedita-Signature for a body sent at a moment (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def _event(notice: Notice, key: str) -> dict[str, object]:
    """What a receiver gets: whom to tell, what, and of which order. No document, no address."""
    person, ref = notice.recipient, notice.ref
    return {
        "event": f"order.{notice.occasion}",
        "key": key,
        "at": notice.at.isoformat() if notice.at else None,
        "order": {
            "source": ref.source,
            "external_id": ref.external_id,
            "number": ref.number,
            "channel": ref.channel,
        },
        "customer": {"name": person.name, "email": person.email, "phone": person.phone},
        "language": notice.language,
        "subject": notice.subject,
        "text": notice.text,
        "carrier": notice.carrier,
        "tracking": list(notice.tracking),
    }


KIND = Kind(
    name="webhook",
    title="Webhook",
    roles=frozenset({Role.NOTICE}),
    make=WebhookNotices,
    fields=(Field("signing_secret", secret=True, needed=True),),
    url_hint="https://crm.example.com/expedita",
)
