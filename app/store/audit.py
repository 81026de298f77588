"""Queries over the part of the journal that an auditor reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, or_, select

from app.store.database import WAREHOUSE
from app.store.schema import JOURNAL, OPERATORS, ORDERS

# What an auditor asks for, by the word for it. Work on the floor that went as planned is left out.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "sign_in": (
        "SignedIn",
        "SignedOut",
        "SignInFailed",
        "SecondFactorPassed",
        "SecondFactorFailed",
    ),
    "access": (
        "PermissionRefused",
        "PersonalDataRevealed",
        "PersonalDataErased",
        "DataExported",
        "RestoreBegun",
    ),
    "operators": (
        "OperatorAdded",
        "OperatorDisabled",
        "OperatorEnabled",
        "PinChanged",
        "SecondFactorSet",
        "SecondFactorRemoved",
    ),
    "settings": ("SettingChanged",),
    "overrides": (
        "LabelPrinted",
        "PackageWeighed",
        "ManifestClosed",
        "LineRedirected",
        "StockCounted",
        "CodeLinked",
        "OrderReleased",
        "OrderHeld",
        "HoldLifted",
        "OrderPinned",
        "OrderCancelled",
        "ProblemSettled",
        "TaskTakenOver",
    ),
}

# Kinds that are mostly usual work: only these entries of theirs are an override.
_ONLY: Mapping[str, ColumnElement[bool]] = {
    "LabelPrinted": JOURNAL.c.payload["copy"].as_integer() > 1,
    "PackageWeighed": JOURNAL.c.payload["override_reason"].as_string() != "",
    "ManifestClosed": JOURNAL.c.payload["reason"].as_string() != "",
}


def entries(
    c: Connection, group: str = "", *, before: datetime | None = None, limit: int | None = None
) -> Sequence[Row[Any]]:
    """Audited entries with their operator's name and order's number, the newest first."""
    query: Select[Any] = (
        select(
            JOURNAL.c.station_id,
            JOURNAL.c.station_seq,
            JOURNAL.c.occurred_at,
            JOURNAL.c.kind,
            JOURNAL.c.payload,
            func.coalesce(OPERATORS.c.name, "").label("operator"),
            func.coalesce(ORDERS.c.number, "").label("order_number"),
        )
        .outerjoin(
            OPERATORS,
            and_(
                OPERATORS.c.warehouse_id == JOURNAL.c.warehouse_id,
                OPERATORS.c.id == JOURNAL.c.operator_id,
            ),
        )
        .outerjoin(
            ORDERS,
            and_(
                ORDERS.c.warehouse_id == JOURNAL.c.warehouse_id,
                ORDERS.c.id == JOURNAL.c.order_id,
            ),
        )
        .where(JOURNAL.c.warehouse_id == WAREHOUSE, _audited(group))
        .order_by(JOURNAL.c.occurred_at.desc(), JOURNAL.c.station_seq.desc())
    )
    if before:
        query = query.where(JOURNAL.c.occurred_at < before)
    return c.execute(query.limit(limit) if limit else query).all()


def _audited(group: str) -> ColumnElement[bool]:
    kinds = GROUPS.get(group, ()) if group else tuple(k for g in GROUPS.values() for k in g)
    whole = [kind for kind in kinds if kind not in _ONLY]
    some = [and_(JOURNAL.c.kind == kind, _ONLY[kind]) for kind in kinds if kind in _ONLY]
    return or_(false(), JOURNAL.c.kind.in_(whole), *some)
