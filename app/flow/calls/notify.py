"""Tells a customer what became of the order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.connectors.roles import Notice, Notices, Receipt
from app.domain.texts.notices import letter
from app.flow.calls.call import Done, Gone
from app.flow.calls.issue import reference
from app.store import orders, packages


class Notify:
    """Customers are written to in Portuguese, whatever the console speaks."""

    def compose(self, c: Connection, message: Row[Any]) -> Notice:
        row = orders.by_id(c, message.order_id)
        if row is None:
            raise Gone
        person, _ = orders.recipient(c, row.id)
        codes = tuple(
            label.tracking for label in packages.labels_of(c, row.id) if label.state != "VOIDED"
        )
        subject, text = letter(
            message.topic, "pt", row.number, row.carrier, codes, person.name.split(" ")[0]
        )
        return Notice(
            ref=reference(row),
            occasion=message.topic,
            language="pt",
            recipient=person,
            subject=subject,
            text=text,
            tracking=codes,
            carrier=row.carrier,
            at=message.created_at,
        )

    async def find(self, connector: Notices, request: Notice, message: Row[Any]) -> Receipt | None:
        return await connector.find_notice(request, message.key)

    async def send(self, connector: Notices, request: Notice, message: Row[Any]) -> Receipt:
        return await connector.notify(request, message.key)

    def settle(self, c: Connection, message: Row[Any], answer: Receipt, at: datetime) -> Done:
        return Done(answer.reference)
