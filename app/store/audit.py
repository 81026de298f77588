"""Queries over the part of the journal that an auditor reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, or_, select

from app.store.database import WAREHOUSE
from app.store.schema import JournalRow, OperatorRow, OrderRow

# What an auditor asks for, by the word for it. Work on the floor that went as planned is left out.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "sign_in": (
        "SignedIn",
        "SignedOut",
        "SignInFailed",
        "SecondFactorPassed",
        "SecondFactorFailed",
    ),
    "access": ("PermissionRefused", "PersonalDataRevealed", "DataExported", "RestoreBegun"),
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
    ),
}

# Kinds that are mostly usual work: only these entries of theirs are an override.
_ONLY: Mapping[str, ColumnElement[bool]] = {
    "LabelPrinted": JournalRow.payload["copy"].as_integer() > 1,
    "PackageWeighed": JournalRow.payload["override_reason"].as_string() != "",
    "ManifestClosed": JournalRow.payload["reason"].as_string() != "",
}


def entries(
    c: Connection, group: str = "", *, before: datetime | None = None, limit: int | None = None
) -> Sequence[Row[Any]]:
    """Audited entries with their operator's name and order's number, the newest first."""
    query = (
        select(
            JournalRow.station_id,
            JournalRow.station_seq,
            JournalRow.occurred_at,
            JournalRow.kind,
            JournalRow.payload,
            func.coalesce(OperatorRow.name, "").label("operator"),
            func.coalesce(OrderRow.number, "").label("order_number"),
        )
        .outerjoin(
            OperatorRow,
            and_(
                OperatorRow.warehouse_id == JournalRow.warehouse_id,
                OperatorRow.id == JournalRow.operator_id,
            ),
        )
        .outerjoin(
            OrderRow,
            and_(
                OrderRow.warehouse_id == JournalRow.warehouse_id,
                OrderRow.id == JournalRow.order_id,
            ),
        )
        .where(JournalRow.warehouse_id == WAREHOUSE, _audited(group))
        .order_by(JournalRow.occurred_at.desc(), JournalRow.station_seq.desc())
    )
    if before:
        query = query.where(JournalRow.occurred_at < before)
    return c.execute(query.limit(limit) if limit else query).all()


def _audited(group: str) -> ColumnElement[bool]:
    kinds = GROUPS.get(group, ()) if group else tuple(k for g in GROUPS.values() for k in g)
    whole = [kind for kind in kinds if kind not in _ONLY]
    some = [and_(JournalRow.kind == kind, _ONLY[kind]) for kind in kinds if kind in _ONLY]
    return or_(false(), JournalRow.kind.in_(whole), *some)
