"""The labels that a carrier's connector buys, at the moment that a box asks for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from app.domain.decision import Outcome
from app.domain.label_check import OnLabel, compare
from app.station.views import Feedback
from app.store import carrier_labels, causes, connectors, orders, outbox, packages


def check(
    c: Connection,
    row: Row[Any],
    supplied: Row[Any] | None,
    package_no: int,
    package_count: int,
    now: datetime,
) -> Feedback | None:
    """Why the box can't have its label now; None where it can.

    A label that was bought for another box is given back and the right one asked for. Where none
    has come yet it is asked for, so that no code of the loaded ranges is spent beside it.
    """
    if connectors.serving(c, "carrier", row.channel, row.carrier) is None:
        return None
    posting = carrier_labels.living(c, row.id, package_no, 0, row.address_version)
    if supplied is not None:
        if posting is None or posting.tracking != supplied.tracking:
            return None  # it came by another way than the connector's
        _, address = orders.recipient(c, row.id)
        box = OnLabel(row.number, address.cep, row.service_code, package_no, package_count)
        said = OnLabel("", posting.cep, posting.service_code, package_no, posting.package_count)
        wrong = compare(box, said)
        if not wrong:
            return None
        packages.drop_supplied(c, row.id, package_no)
        causes.give_labels_back(c, row.id, now, supplied.tracking)
        causes.buy_label(c, row, package_no, now)
        first = wrong[0]
        return Feedback(
            Outcome.WARN,
            first.code,
            {
                "order": row.number,
                "connector": posting.connector,
                "ours": first.order_says,
                "theirs": first.document_says,
            },
        )
    causes.buy_label(c, row, package_no, now)
    stopped = any(
        call.kind == "label" and call.state == "dead" and call.package_no == package_no
        for call in outbox.of_order(c, row.id)
    )
    code = "LABEL_STOPPED" if stopped else "LABEL_COMING"
    return Feedback(Outcome.WARN, code, {"order": row.number, "carrier": row.carrier})
