"""Packages, their labels and invoices, and the manifests they leave with."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from app.store.schema.columns import METADATA, PERSONAL, key, required, text_key, warehouse_id
from app.store.types import UtcDateTime

PACKAGES = Table(
    "packages",
    METADATA,
    warehouse_id(),
    key("order_id"),
    key("package_no"),
    required("box", String, default=""),
    Column("weight_g", Integer),
    required("state", String),
    required("label_id", String, default=""),
    required("manifest_id", String, default=""),
    Index("ix_packages_manifest", "warehouse_id", "manifest_id"),
)

# A label with the very bytes that were printed. They hold an address: personal data.
LABELS = Table(
    "labels",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("order_id", Integer),
    required("package_no", Integer),
    required("tracking", String),
    required("address_version", Integer),
    required("state", String),
    required("copies", Integer),
    required("created_at", UtcDateTime),
    required("zpl", LargeBinary, info=PERSONAL),
    required("pdf", LargeBinary, info=PERSONAL),
    required("dpi", Integer, server_default="203"),  # that the ZPL was made for
    required("supplied", String, server_default=""),  # the carrier's own: "zpl" or "pdf"
    UniqueConstraint("warehouse_id", "tracking"),
    # With all that a manifest lists, so that nobody reads the pages of a label's bytes for it.
    Index("ix_labels_order", "warehouse_id", "order_id", "id", "tracking"),
)

# A label that the carrier or the marketplace made, kept as it came until its box is packed.
SUPPLIED_LABELS = Table(
    "supplied_labels",
    METADATA,
    warehouse_id(),
    key("order_id"),
    key("package_no"),
    required("tracking", String),
    required("address_version", Integer),
    required("format", String),  # "zpl" or "pdf"
    required("data", LargeBinary, info=PERSONAL),
    required("received_at", UtcDateTime),
    UniqueConstraint("warehouse_id", "tracking"),
)

# A carrier's pre-loaded range of S10 serials; `next_serial` only ever grows.
TRACKING_RANGES = Table(
    "tracking_ranges",
    METADATA,
    warehouse_id(),
    key("id"),
    required("carrier", String),
    required("service_code", String),  # empty: any service of the carrier
    required("prefix", String),
    required("country", String),
    required("next_serial", Integer),
    required("last_serial", Integer),
)

MANIFESTS = Table(
    "manifests",
    METADATA,
    warehouse_id(),
    text_key("id"),
    required("carrier", String),
    required("service_code", String),
    required("service_name", String),
    required("dock", String),
    required("state", String),
    Column("cutoff_at", UtcDateTime),
    required("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    required("plate", String, default=""),
    required("driver", String, default="", info=PERSONAL),
    required("driver_document", String, default="", info=PERSONAL),
    Column("pdf", LargeBinary, info=PERSONAL),  # its romaneio, with each customer's CEP
)

# An NF-e as it came. Its XML is a fiscal document and holds personal data.
INVOICES = Table(
    "invoices",
    METADATA,
    warehouse_id(),
    text_key("key"),
    required("order_id", Integer),  # 0 while no order fits
    required("order_ref", String),
    required("status", String),  # AUTHORIZED, REJECTED, CANCELLED, MISMATCH
    required("differences", JSON),
    required("xml", LargeBinary, info=PERSONAL),
    required("received_at", UtcDateTime),
    Index("ix_invoices_order", "warehouse_id", "order_id"),
    Index("ix_invoices_ref", "warehouse_id", "order_ref"),
)
