"""Calls for help."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from app.store.schema.columns import METADATA, personal, required, text_key, warehouse_id
from app.store.types import UtcDateTime

# A call for help: what it is about, where it stands, and what its helpdesk says of it.
#
# `state` is review (waits for a person's yes), queued, sent, solved (a guide helped; nothing
# was sent) or dropped. It holds no personal data but the number of whoever asked.
TICKETS = Table(
    "tickets",
    METADATA,
    warehouse_id(),
    text_key("id"),  # its tag, as EXP-261125-7K3QFD
    required("made_at", UtcDateTime),
    required("station_id", String),
    required("operator_id", Integer),
    required("order_number", String),
    required("code", String),  # of the answer that it is about, or empty
    required("trouble", String),  # of the common troubles of the floor, or empty
    required("problem", String),  # names the same problem at every station; empty: this one only
    required("guide", String),  # the guide that fits, or empty
    required("subject", String),
    required("body", String),
    required("state", String),
    required("helpdesk", String, default=""),
    required("number", String, default=""),
    required("url", String, default=""),
    required("joined", String, default=""),  # the ticket that this is more evidence for
    required("is_closed", Boolean, default=False),
    required("tries", Integer, default=0),
    Column("next_try_at", UtcDateTime),
    Column("busy_until", UtcDateTime),  # somebody is sending it now
    required("error", String, default=""),
    Column("looked_at", UtcDateTime),  # when its helpdesk was last asked about it
    Index("ix_tickets_state", "warehouse_id", "state", "next_try_at"),
    Index("ix_tickets_problem", "warehouse_id", "problem", "made_at"),
    Index("ix_tickets_made", "warehouse_id", "made_at"),
)

# A ticket's evidence as it goes out, a ZIP file, already without personal data.
TICKET_BUNDLES = Table(
    "ticket_bundles",
    METADATA,
    warehouse_id(),
    text_key("ticket_id"),
    required("zip", LargeBinary),
)

# What support wrote on a ticket. People write names into such texts.
TICKET_ANSWERS = Table(
    "ticket_answers",
    METADATA,
    warehouse_id(),
    text_key("ticket_id"),
    text_key("answer_id"),  # the helpdesk's own
    required("at", UtcDateTime),
    personal("author"),
    personal("text"),
    required("is_seen", Boolean, default=False),
)
