"""Products and their barcodes, bins, stock, totes and boxes."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table

from app.store.schema.columns import METADATA, key, required, text_key, warehouse_id
from app.store.types import UtcDateTime

PRODUCTS = Table(
    "products",
    METADATA,
    warehouse_id(),
    text_key("sku"),
    required("name", String),
    Column("weight_g", Integer),
    Column("length_mm", Integer),
    Column("width_mm", Integer),
    Column("height_mm", Integer),
    required("category", String),
    required("tracking", String),
    required("substitutes", JSON),
    required("digest", String),
)

# A code on a product's box: one scan means `quantity` units of `sku`.
BARCODES = Table(
    "barcodes",
    METADATA,
    warehouse_id(),
    text_key("code"),
    text_key("sku"),
    required("quantity", Integer),
    required("linked", Boolean, default=False),  # by a person: no import takes it away
    Index("ix_barcodes_sku", "warehouse_id", "sku"),
)

BINS = Table(
    "bins",
    METADATA,
    warehouse_id(),
    text_key("code"),
    required("zone", String),
    required("pick_sequence", Integer),
)

STOCK = Table(
    "stock",
    METADATA,
    warehouse_id(),
    text_key("bin"),
    text_key("sku"),
    text_key("lot"),
    Column("expiry", Date),
    required("quantity", Integer),
    required("digest", String, default=""),
    required("recount", Boolean, default=False),
    Index("ix_stock_sku", "warehouse_id", "sku"),
    Index("ix_stock_recount", "warehouse_id", "recount"),
)

# A tote in use. A free tote has no row.
TOTES = Table(
    "totes",
    METADATA,
    warehouse_id(),
    text_key("code"),
    key("order_id"),
    required("state", String),
    Index("ix_totes_order", "warehouse_id", "order_id"),
)

BOXES = Table(
    "boxes",
    METADATA,
    warehouse_id(),
    text_key("code"),
    required("length_mm", Integer),
    required("width_mm", Integer),
    required("height_mm", Integer),
    required("max_weight_g", Integer),
    required("tare_g", Integer),
)

# A serial number that was packed: it can't be packed again while that order has it.
SERIALS = Table(
    "serials",
    METADATA,
    warehouse_id(),
    text_key("sku"),
    text_key("serial"),
    required("order_id", Integer),
    required("packed_at", UtcDateTime),
    Index("ix_serials_order", "warehouse_id", "order_id"),
)
