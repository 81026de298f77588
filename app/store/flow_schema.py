"""The tables of the flow: connectors, what they are to be told, and how they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema import PERSONAL, Base, Key, TextKey, Warehouse

SECRET: dict[Any, Any] = {"secret": True}


class ConnectorRow(Base):
    """A configured connector. Its name is the source of its orders; secrets stand elsewhere."""

    __tablename__ = "connectors"
    warehouse_id: Mapped[Warehouse]
    name: Mapped[TextKey]
    kind: Mapped[str]
    url: Mapped[str]
    options: Mapped[dict[str, Any]]
    roles: Mapped[list[Any]]
    steps: Mapped[list[Any]]  # which steps of an order the source wants to be told
    enabled: Mapped[bool]
    mark: Mapped[str] = mapped_column(default="")  # from where the next pull goes on
    pulled_at: Mapped[datetime | None]
    swept_at: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]  # tracking events and payments


class SecretRow(Base):
    """A password, key or token of a connector, in the encrypted file and nowhere else."""

    __tablename__ = "connector_secrets"
    warehouse_id: Mapped[Warehouse]
    connector: Mapped[TextKey]
    name: Mapped[TextKey]
    value: Mapped[str] = mapped_column(info=SECRET)


class OutboxRow(Base):
    """A call that changes another system, written with the fact that causes it.

    It names its order and says what to do; what is sent is put together from the order's own
    rows at each try, so that a person's correction reaches it, and no personal data stands here.
    Calls of one lane go one after the other, in the order of their ids.
    """

    __tablename__ = "outbox"
    warehouse_id: Mapped[Warehouse]
    id: Mapped[Key]
    key: Mapped[str]  # idempotency key, made before the first try
    connector: Mapped[str]
    kind: Mapped[str]  # tell, issue, label, cancel_label, notify
    lane: Mapped[str]
    order_id: Mapped[int]
    package_no: Mapped[int]
    topic: Mapped[str]  # the step told, the occasion of a notice, the label cancelled
    state: Mapped[str]  # waiting, sending, done, dead, discarded
    maybe_done: Mapped[bool] = mapped_column(default=False)  # sent, and no answer that tells
    tries: Mapped[int] = mapped_column(default=0)
    fencing: Mapped[int] = mapped_column(default=0)  # of the writer that sent it last
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")  # how the other system calls what was done
    exchange: Mapped[str] = mapped_column(default="", info=PERSONAL)  # masked; marked all the same
    settled_by: Mapped[int] = mapped_column(default=0)
    settled_why: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("warehouse_id", "key"),
        Index("ix_outbox_due", "warehouse_id", "connector", "state", "next_try_at"),
        Index("ix_outbox_lane", "warehouse_id", "lane", "state", "id"),
        Index("ix_outbox_order", "warehouse_id", "order_id"),
    )


class BreakerRow(Base):
    """How a system answers. Open: nothing is sent before `next_try_at`, when it is asked again."""

    __tablename__ = "breakers"
    warehouse_id: Mapped[Warehouse]
    connector: Mapped[TextKey]
    state: Mapped[str]  # closed, open
    failures: Mapped[int]
    opened_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    code: Mapped[str]
    detail: Mapped[str]


class LeaseRow(Base):
    """Who alone may do something until when. `fencing` grows with every new holder."""

    __tablename__ = "leases"
    warehouse_id: Mapped[Warehouse]
    name: Mapped[TextKey]
    holder: Mapped[str]
    fencing: Mapped[int]
    expires_at: Mapped[datetime]


class CarrierLabelRow(Base):
    """A label that a carrier made, as it came; it is printed unchanged. It holds an address."""

    __tablename__ = "carrier_labels"
    warehouse_id: Mapped[Warehouse]
    order_id: Mapped[Key]
    package_no: Mapped[Key]
    address_version: Mapped[Key]
    package_count: Mapped[int]
    connector: Mapped[str]
    reference: Mapped[str]
    tracking: Mapped[str]
    form: Mapped[str]  # zpl, pdf
    data: Mapped[bytes] = mapped_column(info=PERSONAL)
    service_code: Mapped[str]
    cep: Mapped[str] = mapped_column(info=PERSONAL)
    weight_g: Mapped[int]  # what was declared
    state: Mapped[str]  # pending, ready, used, cancelled
    received_at: Mapped[datetime]


class TrackingEventRow(Base):
    """What a carrier says of a package on its way."""

    __tablename__ = "tracking_events"
    warehouse_id: Mapped[Warehouse]
    tracking: Mapped[TextKey]
    code: Mapped[TextKey]
    at: Mapped[datetime] = mapped_column(primary_key=True)
    order_id: Mapped[int]
    status: Mapped[str]
    text: Mapped[str]
    place: Mapped[str]
    __table_args__ = (Index("ix_tracking_events_order", "warehouse_id", "order_id"),)
