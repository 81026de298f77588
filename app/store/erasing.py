"""Takes personal data out of the store once nobody needs it: what it was about stays.

An NF-e's XML stays as it is, a fiscal document that the law keeps (see docs/administrator.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, exists, func, select, update

from app.store.asking import Question
from app.store.database import WAREHOUSE
from app.store.schema import (
    CARRIER_LABELS,
    LABELS,
    MANIFESTS,
    ORDERS,
    OUTBOX,
    RECIPIENTS,
    REJECTED,
    SUPPLIED_LABELS,
)

ENDED = ("shipped", "closed")  # queues of orders that have left, or never will
SETTLED = ("done", "discarded")  # calls that need the customer no more
_IS_ERASED = Question(  # made once: it runs with every label
    select(RECIPIENTS.c.order_id).where(
        RECIPIENTS.c.warehouse_id == WAREHOUSE,
        RECIPIENTS.c.order_id == bindparam("order"),
        RECIPIENTS.c.erased_at.is_not(None),
    )
)


def due_orders(c: Connection, before: datetime, after_id: int, limit: int) -> Sequence[int]:
    """The next orders, by number of row, whose customer's data has served: they ended, nothing
    happened to them since `before`, and no other system is still owed a call about them."""
    owed = exists().where(
        OUTBOX.c.warehouse_id == WAREHOUSE,
        OUTBOX.c.order_id == ORDERS.c.id,
        OUTBOX.c.state.not_in(SETTLED),
    )
    query = (
        select(ORDERS.c.id)
        .join(
            RECIPIENTS,
            (RECIPIENTS.c.warehouse_id == ORDERS.c.warehouse_id)
            & (RECIPIENTS.c.order_id == ORDERS.c.id),
        )
        .where(
            ORDERS.c.warehouse_id == WAREHOUSE,
            ORDERS.c.id > after_id,
            ORDERS.c.queue.in_(ENDED),
            ORDERS.c.changed_at < before,
            RECIPIENTS.c.erased_at.is_(None),
            ~owed,
        )
        .order_by(ORDERS.c.id)
        .limit(limit)
    )
    return c.scalars(query).all()


def erase_orders(c: Connection, order_ids: Sequence[int], now: datetime) -> None:
    """Blank all that tells who the customers are. Town, state and the region of the CEP stay."""
    c.execute(
        update(RECIPIENTS)
        .where(RECIPIENTS.c.warehouse_id == WAREHOUSE, RECIPIENTS.c.order_id.in_(order_ids))
        .values(
            name="", document="", email="", phone="", street="", house_number="", complement="",
            district="", cep=_region(RECIPIENTS.c.cep), corrected_over=None, erased_at=now,
        )
    )  # fmt: skip
    for table, blank in (
        (LABELS, {"zpl": b"", "pdf": b""}),
        (SUPPLIED_LABELS, {"data": b""}),
        (CARRIER_LABELS, {"data": b"", "cep": _region(CARRIER_LABELS.c.cep)}),
        (OUTBOX, {"exchange": ""}),
    ):
        c.execute(
            update(table)
            .where(table.c.warehouse_id == WAREHOUSE, table.c.order_id.in_(order_ids))
            .values(blank)
        )
    # People write names and phones into these.
    c.execute(
        update(ORDERS)
        .where(ORDERS.c.warehouse_id == WAREHOUSE, ORDERS.c.id.in_(order_ids))
        .values(note="", gift_text="")
    )


def erase_drivers(c: Connection, before: datetime) -> int:
    """Blank who took the boxes of manifests that left before, and where to, on their romaneios;
    how many manifests that were."""
    named = (MANIFESTS.c.driver != "") | (MANIFESTS.c.driver_document != "")
    done = c.execute(
        update(MANIFESTS)
        .where(
            MANIFESTS.c.warehouse_id == WAREHOUSE,
            MANIFESTS.c.state == "HANDED_OVER",
            func.coalesce(MANIFESTS.c.closed_at, MANIFESTS.c.opened_at) < before,
            named | MANIFESTS.c.pdf.is_not(None),
        )
        .values(driver="", driver_document="", pdf=None)
    )
    return done.rowcount


def erase_rejected(c: Connection, before: datetime) -> int:
    """Forget records that were kept aside before and nobody settled; how many there were."""
    done = c.execute(
        delete(REJECTED).where(
            REJECTED.c.warehouse_id == WAREHOUSE, REJECTED.c.rejected_at < before
        )
    )
    return done.rowcount


def is_erased(c: Connection, order_id: int) -> bool:
    """Whether the order's customer is no longer known here."""
    return _IS_ERASED.first(c, order=order_id) is not None


def _region(cep: object) -> object:
    """The first five digits, which thousands of people share."""
    return case((func.length(cep) == 8, func.substr(cep, 1, 5) + "000"), else_="")
