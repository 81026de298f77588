"""The audit as people read it: on the screen, in the terminal, in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.decision import Outcome
from app.domain.texts import word
from app.security.audit import Verdict
from app.station.views import AuditRow, Feedback
from app.store import audit


def rows(c: Connection, lang: str, group: str = "", limit: int | None = None) -> list[AuditRow]:
    """Audited entries, the newest first."""
    return [
        AuditRow(
            at=row.occurred_at,
            station=row.station_id,
            seq=row.station_seq,
            who=row.operator or str(row.payload.get("user") or ""),
            kind=row.kind,
            order_number=row.order_number,
            detail=detail(row.payload, lang),
        )
        for row in audit.entries(c, group, limit=limit)
    ]


def detail(payload: Mapping[str, Any], lang: str) -> str:
    """What the entry says beyond its kind, in one line."""
    if "before" in payload:
        return f"{payload['key']}: {payload['before'] or '—'} → {payload['after'] or '—'}"
    told = (payload.get(name) for name in _TOLD)
    return " · ".join(word(str(value), lang) for value in told if value not in (None, "", 0))


_TOLD = (
    "code", "how", "badge", "role", "permission", "what", "rows", "file", "copy", "weight_g",
    "tracking", "manifest_id", "station", "old_bin", "bin", "sku", "quantity", "pinned", "text",
    "reason", "override_reason",
)  # fmt: skip


def judge(verdict: Verdict) -> Feedback:
    """What a check of the journal came to; the first trouble where there are several."""
    for station, links in verdict.broken.items():
        params = {"station": station, "seq": links[0], "count": len(links)}
        return Feedback(Outcome.WARN, "JOURNAL_BROKEN", params)
    for station, (kept, seq) in verdict.cut.items():
        params = {"station": station, "kept": kept, "seq": seq}
        return Feedback(Outcome.WARN, "JOURNAL_CUT", params)
    if not verdict.marked:
        return Feedback(Outcome.WARN, "JOURNAL_NO_MARK")
    total = sum(seq for seq, _ in verdict.heads.values())
    return Feedback(
        Outcome.DONE, "JOURNAL_WHOLE", {"stations": len(verdict.heads), "entries": total}
    )


def sheet(found: list[AuditRow], lang: str, zone: ZoneInfo) -> bytes:
    """The same as a spreadsheet."""
    from app.labels.spreadsheet import csv_bytes  # only for who asks for one

    heads = {
        "pt": ("quando", "estação", "número", "quem", "o que", "pedido", "detalhe"),
        "en": ("when", "station", "number", "who", "what", "order", "detail"),
    }[lang]
    return csv_bytes(
        heads,
        (
            (
                f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                row.station,
                row.seq,
                row.who,
                word(row.kind, lang),
                row.order_number,
                row.detail,
            )
            for row in found
        ),
    )
