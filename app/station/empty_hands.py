"""A scan while no work is in hand: it opens what it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from app.domain.decision import Outcome
from app.domain.packing import LABEL_ELSEWHERE
from app.domain.scan import (
    BadRead,
    DockScan,
    LabelScan,
    OrderScan,
    Scan,
    ToteScan,
    UnknownScan,
    excerpt,
)
from app.station.views import Feedback
from app.store import manifests, orders, packages


class OpenOrder(Struct, frozen=True):
    """The order comes to the bench."""

    number: str


class LabelBack(Struct, frozen=True):
    """A label that was read on another box is on its own again: its order is free."""

    order_id: int
    params: dict[str, object]


class OpenManifest(Struct, frozen=True):
    """The manifest is taken in hand, `manifest_id` or the one of the carrier and service; with
    `load` the scan then counts there too."""

    carrier: str
    service_code: str
    manifest_id: str = ""
    load: bool = False


class EmptyHands:
    """Remembers the dock that was scanned, and the box whose manifest was offered: the next scan
    of either opens it. Neither needs the journal."""

    def __init__(self, may: Callable[[str], bool]) -> None:
        self._may = may
        self.dock = ""
        self._offered = ""

    def forget(self) -> None:
        """Other work began: the hands are no longer at a dock."""
        self.dock = self._offered = ""

    def scan(self, c: Connection, scan: Scan) -> Feedback | OpenOrder | OpenManifest | LabelBack:
        """Say what `scan` opens, or why nothing."""
        offered, self._offered = self._offered, ""
        match scan:
            case OrderScan(number=number):
                return OpenOrder(number)
            case ToteScan(code=code):
                return _tote(c, code)
            case DockScan(code=code):
                return self._at_dock(c, code)
            case LabelScan(tracking=tracking) if label := packages.label_by_tracking(c, tracking):
                return self._label(c, label, offered)
            case UnknownScan(raw=raw) | LabelScan(raw=raw):
                return Feedback(Outcome.BLOCK, "UNKNOWN_CODE", {"code": excerpt(raw)})
            case BadRead(reason=reason):
                return Feedback(Outcome.BLOCK, "BAD_READ", {"reason": reason})
            case _:
                return Feedback(Outcome.WARN, "NO_TASK")

    def _at_dock(self, c: Connection, code: str) -> Feedback | OpenManifest:
        """The one manifest that stands at the dock opens; else the next box says which."""
        if not self._may("dispatch.work"):
            return Feedback(Outcome.WARN, "NOT_PERMITTED", {"permission": "dispatch.work"})
        self.dock = code
        here = [row for row in manifests.unfinished(c) if row.dock == code]
        if len(here) == 1:
            return OpenManifest(here[0].carrier, here[0].service_code, here[0].id)
        return Feedback(Outcome.OK, "DOCK_READ", {"dock": code, "count": len(here)})

    def _label(
        self, c: Connection, label: Any, offered: str
    ) -> Feedback | OpenManifest | LabelBack:
        params = {"order": label.number, "tracking": label.tracking}
        if label.state == "VOIDED":
            return Feedback(Outcome.BLOCK, "VOID_LABEL", params)
        order = orders.by_id(c, label.order_id)
        works = self._may("pack.work") or self._may("dispatch.work")
        if order and order.problem == LABEL_ELSEWHERE and works:
            return LabelBack(order.id, params)
        box = next(
            (p for p in packages.of_order(c, label.order_id) if p.package_no == label.package_no),
            None,
        )
        if (
            order is None
            or order.state != "PACKED"
            or box is None
            or box.state not in ("VERIFIED", "LOADED")
            or not self._may("dispatch.work")
        ):
            return Feedback(Outcome.DONE, "LABEL_OF", params)
        if self.dock or offered == label.tracking:
            return OpenManifest(order.carrier, order.service_code, box.manifest_id, load=True)
        self._offered = label.tracking
        service = order.service_name or order.service_code
        named = {**params, "carrier": order.carrier, "service": service}
        return Feedback(Outcome.DONE, "MANIFEST_OFFERED", named)


def _tote(c: Connection, code: str) -> Feedback | OpenOrder:
    found = orders.by_tote(c, code)
    ready = [row for row in found if row.state in ("PICKED", "PACKING")] or found
    if not ready:
        return Feedback(Outcome.WARN, "TOTE_EMPTY", {"tote": code})
    return OpenOrder(ready[0].number)
