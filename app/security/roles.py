"""What each role may do. The engine enforces it; a screen only shows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is there for (função)."""

    PICKER = "picker"
    PACKER = "packer"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    SUPPORT = "support"


ALL_PERMISSIONS: frozenset[str] = frozenset(
    {
        "pick.work",
        "pick.typed_quantity",
        "pick.confirm_bin",
        "pack.work",
        "pack.override_weight",
        "pack.reprint",
        "print.documents",
        "dispatch.work",
        "dispatch.close_incomplete",
        "catalogue.link",
        "stock.count",
        "orders.view",
        "orders.supervise",
        "work.take_over",
        "personal.first_name",
        "personal.reveal",
        "operators.manage",
        "audit.read",
        "data.export",
        "settings.change",
        "security.change",
        "store.restore",
        "import.run",
        "flow.repair",
        "support.work",
        "backup.manage",
    }
)

# Nobody has it by role: it comes with the reveal of one order, for a reason and a short time.
REVEALED = "personal.full"

# What asks for the second factor, where the warehouse's policy wants one.
GUARDED: frozenset[str] = frozenset(
    {"personal.reveal", "data.export", "operators.manage", "security.change", "store.restore"}
)

PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.PICKER: frozenset({"pick.work", "orders.view"}),
    Role.PACKER: frozenset(
        {"pack.work", "pack.reprint", "print.documents", "orders.view", "personal.first_name"}
    ),
    Role.DISPATCHER: frozenset(
        {
            "dispatch.work",
            "pack.reprint",
            "print.documents",
            "orders.view",
            "personal.first_name",
        }
    ),
    Role.SUPERVISOR: ALL_PERMISSIONS,
    # Support mends the station and its imports, and has no need of a customer's name.
    Role.SUPPORT: frozenset(
        {
            "orders.view",
            "settings.change",
            "import.run",
            "flow.repair",
            "audit.read",
            "data.export",
            "store.restore",
            "support.work",
        }
    ),
}


def role_named(text: str) -> Role | None:
    """The role of that name, if there is one."""
    return next((role for role in Role if role == text), None)


def permissions(role: Role | str) -> frozenset[str]:
    """All that a role may do; nothing for a role that this version doesn't know."""
    known = role_named(role)
    return PERMISSIONS[known] if known else frozenset()


def allows(role: Role | str, permission: str) -> bool:
    """Whether the role may do what `permission` names."""
    return permission in permissions(role)
