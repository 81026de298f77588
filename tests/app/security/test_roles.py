from __future__ import annotations

import pytest

from app.security.roles import (
    ALL_PERMISSIONS,
    GUARDED,
    PERMISSIONS,
    REVEALED,
    Role,
    allows,
    permissions,
)


def test_every_role_has_its_permissions_and_only_known_ones() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert all(granted <= ALL_PERMISSIONS for granted in PERMISSIONS.values())


def test_a_supervisor_may_do_everything() -> None:
    assert permissions(Role.SUPERVISOR) == ALL_PERMISSIONS


@pytest.mark.parametrize(
    ("role", "work"),
    [("picker", "pick.work"), ("packer", "pack.work"), ("dispatcher", "dispatch.work")],
)
def test_each_does_their_own_work_and_not_the_others(role: str, work: str) -> None:
    done = {p for p in permissions(role) if p.endswith(".work")}
    assert done == {work}


@pytest.mark.parametrize("role", ["picker", "support"])
def test_who_needs_no_customer_sees_none(role: str) -> None:
    assert not any(p.startswith("personal.") for p in permissions(role))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_supervisor_overrides(role: Role) -> None:
    for permission in (
        "pick.typed_quantity",
        "pack.override_weight",
        "dispatch.close_incomplete",
        "orders.supervise",
        "operators.manage",
        "personal.reveal",
        "security.change",
    ):
        assert not allows(role, permission)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_sees_a_customers_data_without_a_reveal(role: Role) -> None:
    assert not allows(role, REVEALED)


def test_all_that_is_guarded_by_the_second_factor_is_a_permission() -> None:
    assert GUARDED <= ALL_PERMISSIONS


def test_a_role_of_another_version_may_do_nothing() -> None:
    assert permissions("robot") == frozenset()
