"""initial schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "barcodes",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "code", "sku"),
    )
    with op.batch_alter_table("barcodes", schema=None) as batch_op:
        batch_op.create_index("ix_barcodes_sku", ["warehouse_id", "sku"], unique=False)

    op.create_table(
        "bins",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("pick_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "code"),
    )
    op.create_table(
        "boxes",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("max_weight_g", sa.Integer(), nullable=False),
        sa.Column("tare_g", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "code"),
    )
    op.create_table(
        "imports",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("finished_at", app.store.types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("warehouse_id", "fingerprint"),
    )
    op.create_table(
        "lanes",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "channel", "carrier", "service_name"),
    )
    op.create_table(
        "queue_counts",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "queue"),
    )
    op.create_table(
        "invoices",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("order_ref", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "key"),
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index("ix_invoices_order", ["warehouse_id", "order_id"], unique=False)
        batch_op.create_index("ix_invoices_ref", ["warehouse_id", "order_ref"], unique=False)

    op.create_table(
        "journal",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("station_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("occurred_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "station_id", "station_seq"),
        sa.UniqueConstraint("warehouse_id", "entry_id"),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_order", ["warehouse_id", "order_id"], unique=False)
        batch_op.create_index(
            "ix_journal_task",
            ["warehouse_id", "task_id", "station_id", "station_seq"],
            unique=False,
        )

    op.create_table(
        "labels",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("package_no", sa.Integer(), nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("address_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("created_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("zpl", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "tracking"),
    )
    with op.batch_alter_table("labels", schema=None) as batch_op:
        batch_op.create_index("ix_labels_order", ["warehouse_id", "order_id"], unique=False)

    op.create_table(
        "manifests",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column("dock", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cutoff_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("opened_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("closed_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("plate", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    op.create_table(
        "operators",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "badge"),
    )
    op.create_table(
        "order_lines",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", app.store.types.Money(), nullable=False),
        sa.Column("picked", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("put_back", sa.Integer(), nullable=False),
        sa.Column("short_reason", sa.String(), nullable=False),
        sa.Column("substituted_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id", "line_id"),
    )
    op.create_table(
        "orders",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("placed_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("paid_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("ship_by", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("promised_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("payment_status", sa.String(), nullable=False),
        sa.Column("source_status", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column("freight", app.store.types.Money(), nullable=False),
        sa.Column("total", app.store.types.Money(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("gift_text", sa.String(), nullable=False),
        sa.Column("allow_substitution", sa.Boolean(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("unit_count", sa.Integer(), nullable=False),
        sa.Column("address_version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("cutoff", sa.String(), nullable=False),
        sa.Column("due_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("late_at", app.store.types.UtcDateTime(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("hold", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("parked", sa.String(), nullable=False),
        sa.Column(
            "queue",
            sa.String(),
            sa.Computed(
                "\nCASE\nWHEN state IN ('PUTBACK_PENDING') THEN 'putback'\nWHEN state IN ('CANCELLED', 'PUTBACK_DONE', 'DELIVERED') THEN 'closed'\nWHEN state = 'SHIPPED' THEN 'shipped'\nWHEN hold <> '' OR problem <> '' OR state = 'SHORT' THEN 'exceptions'\nWHEN parked = 'invoice' THEN 'awaiting_invoice'\nWHEN parked = 'label' THEN 'awaiting_label'\nWHEN parked <> '' THEN 'exceptions'\nWHEN state = 'RELEASED' THEN 'to_pick'\nWHEN state = 'PICKING' THEN 'picking'\nWHEN state IN ('PICKED', 'PACKING') THEN 'picked'\nWHEN state = 'PACKED' THEN 'packed'\nWHEN state = 'MANIFESTED' THEN 'to_ship'\nELSE 'received'\nEND\n",
                persisted=False,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "source", "external_id"),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(
            "ix_orders_lane",
            ["warehouse_id", "lane", "queue", "pinned", "cutoff", "due_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_orders_rank", ["warehouse_id", "pinned", "cutoff", "due_at", "id"], unique=False
        )
        batch_op.create_index("ix_orders_late", ["warehouse_id", "queue", "late_at"], unique=False)
        batch_op.create_index("ix_orders_number", ["warehouse_id", "number"], unique=False)
        batch_op.create_index(
            "ix_orders_queue",
            ["warehouse_id", "queue", "pinned", "cutoff", "due_at", "id"],
            unique=False,
        )

    op.create_table(
        "packages",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("package_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("label_id", sa.String(), nullable=False),
        sa.Column("manifest_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id", "package_no"),
    )
    with op.batch_alter_table("packages", schema=None) as batch_op:
        batch_op.create_index("ix_packages_manifest", ["warehouse_id", "manifest_id"], unique=False)

    op.create_table(
        "placements",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("bin", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("tote", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id", "line_id", "bin", "lot"),
    )
    op.create_table(
        "products",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("substitutes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "sku"),
    )
    op.create_table(
        "recipients",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("cep", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("house_number", sa.String(), nullable=False),
        sa.Column("complement", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id"),
    )
    op.create_table(
        "rejected",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("rejected_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
        sa.UniqueConstraint("warehouse_id", "file", "line_no", "code"),
    )
    op.create_table(
        "settings",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "key"),
    )
    op.create_table(
        "stock",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bin", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recount", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "bin", "sku", "lot"),
    )
    with op.batch_alter_table("stock", schema=None) as batch_op:
        batch_op.create_index("ix_stock_recount", ["warehouse_id", "recount"], unique=False)
        batch_op.create_index("ix_stock_sku", ["warehouse_id", "sku"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("fencing", sa.Integer(), nullable=False),
        sa.Column("claimed_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_open", ["warehouse_id", "station_id", "open"], unique=False)

    op.create_table(
        "serials",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("packed_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "sku", "serial"),
    )
    with op.batch_alter_table("serials", schema=None) as batch_op:
        batch_op.create_index("ix_serials_order", ["warehouse_id", "order_id"], unique=False)

    op.create_table(
        "totes",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "code", "order_id"),
    )
    with op.batch_alter_table("totes", schema=None) as batch_op:
        batch_op.create_index("ix_totes_order", ["warehouse_id", "order_id"], unique=False)

    op.create_table(
        "tracking_ranges",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("next_serial", sa.Integer(), nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    # Counting a million orders at each look would take a second; so each change counts itself.
    more = (
        "INSERT INTO queue_counts VALUES (NEW.warehouse_id, NEW.queue, 1)"
        " ON CONFLICT DO UPDATE SET orders = orders + 1;"
    )
    less = (
        "UPDATE queue_counts SET orders = orders - 1"
        " WHERE warehouse_id = OLD.warehouse_id AND queue = OLD.queue;"
    )
    op.execute(f"CREATE TRIGGER orders_counted AFTER INSERT ON orders BEGIN {more} END")
    op.execute(f"CREATE TRIGGER orders_uncounted AFTER DELETE ON orders BEGIN {less} END")
    op.execute(
        "CREATE TRIGGER orders_recounted AFTER UPDATE ON orders"
        f" WHEN OLD.queue <> NEW.queue BEGIN {less} {more} END"
    )
    # What the order list searches as one types. Contentless: it holds trigrams, no text.
    op.execute(
        "CREATE VIRTUAL TABLE order_search USING fts5("
        "text, tokenize='trigram', content='', contentless_delete=1)"
    )
