"""Print jobs, printers, batches, and labels that carriers supply"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import app.store.types

revision = "printing"
down_revision = "waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _jobs()
    _printers()
    _batches()
    _labels()
    _take_over_settings()


def _jobs() -> None:
    op.create_table(
        "print_jobs",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("requested_at", app.store.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    op.create_index("ix_print_jobs_batch", "print_jobs", ["warehouse_id", "batch_id"])
    op.create_index("ix_print_jobs_requested", "print_jobs", ["warehouse_id", "requested_at"])
    op.create_index("ix_print_jobs_state", "print_jobs", ["warehouse_id", "state", "changed_at"])
    op.create_index("ix_print_jobs_subject", "print_jobs", ["warehouse_id", "document", "subject"])


def _printers() -> None:
    op.create_table(
        "printer_choices",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "station_id", "document"),
    )
    op.create_table(
        "printers",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "code"),
    )


def _batches() -> None:
    op.create_table(
        "print_batches",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("copies_of", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("requested_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "id"),
    )
    op.create_index("ix_print_batches_requested", "print_batches", ["warehouse_id", "requested_at"])
    op.create_table(
        "print_batch_items",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("package_no", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "batch_id", "position"),
    )


def _labels() -> None:
    op.create_table(
        "supplied_labels",
        sa.Column("warehouse_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("package_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tracking", sa.String(), nullable=False),
        sa.Column("address_version", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", app.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("warehouse_id", "order_id", "package_no"),
        sa.UniqueConstraint("warehouse_id", "tracking"),
    )
    op.add_column("labels", sa.Column("dpi", sa.Integer(), nullable=False, server_default="203"))
    op.add_column("labels", sa.Column("supplied", sa.String(), nullable=False, server_default=""))

    # A label that was printed must not be printed again as if it were the first.
    op.execute("""
        INSERT INTO print_jobs
        SELECT warehouse_id, 'job-' || id, 'shipping-label', id, order_id, 1, '', copies, '', '', 0,
               CASE state WHEN 'VERIFIED' THEN 'VERIFIED' ELSE 'PRINTED_UNVERIFIED' END,
               '', 0, '', created_at, created_at
        FROM labels WHERE copies > 0
    """)


def _take_over_settings() -> None:
    """The one printer that the settings named becomes the first of the list."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT key, value FROM settings WHERE key LIKE 'printer.%'")
    ).all()
    old = {row[0].removeprefix("printer."): row[1] for row in rows}
    uri = ""
    if old.get("kind") == "raw9100" and old.get("host"):
        zebra = "?zebra=1" if old.get("zebra_status") == "on" else ""
        uri = f"socket://{old['host']}:{old.get('port', '9100')}{zebra}"
    elif old.get("folder"):
        uri = f"folder:{old['folder']}"
    if uri:
        station = connection.scalar(
            sa.text("SELECT value FROM settings WHERE key = 'station.name'")
        )
        values = {"uri": uri, "dpi": int(old.get("dpi", "203")), "station": station or "Estação 1"}
        connection.execute(
            sa.text("INSERT INTO printers VALUES (1, 'P-01', 'Impressora 1', :uri, :dpi)"), values
        )
        connection.execute(
            sa.text("INSERT INTO printer_choices VALUES (1, :station, '', 'P-01')"), values
        )
    connection.execute(sa.text("DELETE FROM settings WHERE key LIKE 'printer.%'"))
