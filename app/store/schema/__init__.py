"""The one schema, for a station's own file and for a shared warehouse alike.

Every table leads with `warehouse_id`, so that a shared one can be partitioned. A column whose
`info` is `PERSONAL` holds personal data: it is masked on screen by role, left out of logs and
tickets, and erased on schedule.
"""

from __future__ import annotations

from app.store.schema.columns import METADATA, PERSONAL, SECRET
from app.store.schema.flow import (
    BREAKERS,
    CARRIER_LABELS,
    CONNECTOR_SECRETS,
    CONNECTORS,
    LEASES,
    OUTBOX,
    TRACKING_EVENTS,
)
from app.store.schema.goods import BARCODES, BINS, BOXES, PRODUCTS, SERIALS, STOCK, TOTES
from app.store.schema.health import HEALTH_BASELINES, HEALTH_SLOTS, HEALTH_STATES, INCIDENTS
from app.store.schema.intake import IMPORTS, REJECTED
from app.store.schema.orders import (
    LANES,
    ORDER_LINES,
    ORDERS,
    PLACEMENTS,
    QUEUE_COUNTS,
    RANK_COUNTS,
    RECIPIENTS,
)
from app.store.schema.packages import (
    INVOICES,
    LABELS,
    MANIFESTS,
    PACKAGES,
    SUPPLIED_LABELS,
    TRACKING_RANGES,
)
from app.store.schema.people import OPERATORS, RECOVERY_CODES, SECOND_FACTORS, SETTINGS
from app.store.schema.printing import (
    PRINT_BATCH_ITEMS,
    PRINT_BATCHES,
    PRINT_JOBS,
    PRINTER_CHOICES,
    PRINTERS,
)
from app.store.schema.support import TICKET_ANSWERS, TICKET_BUNDLES, TICKETS
from app.store.schema.work import JOURNAL, TASKS

__all__ = [
    "BARCODES",
    "BINS",
    "BOXES",
    "BREAKERS",
    "CARRIER_LABELS",
    "CONNECTORS",
    "CONNECTOR_SECRETS",
    "HEALTH_BASELINES",
    "HEALTH_SLOTS",
    "HEALTH_STATES",
    "IMPORTS",
    "INCIDENTS",
    "INVOICES",
    "JOURNAL",
    "LABELS",
    "LANES",
    "LEASES",
    "MANIFESTS",
    "METADATA",
    "OPERATORS",
    "ORDERS",
    "ORDER_LINES",
    "OUTBOX",
    "PACKAGES",
    "PERSONAL",
    "PLACEMENTS",
    "PRINTERS",
    "PRINTER_CHOICES",
    "PRINT_BATCHES",
    "PRINT_BATCH_ITEMS",
    "PRINT_JOBS",
    "PRODUCTS",
    "QUEUE_COUNTS",
    "RANK_COUNTS",
    "RECIPIENTS",
    "RECOVERY_CODES",
    "REJECTED",
    "SECOND_FACTORS",
    "SECRET",
    "SERIALS",
    "SETTINGS",
    "STOCK",
    "SUPPLIED_LABELS",
    "TASKS",
    "TICKETS",
    "TICKET_ANSWERS",
    "TICKET_BUNDLES",
    "TOTES",
    "TRACKING_EVENTS",
    "TRACKING_RANGES",
]
