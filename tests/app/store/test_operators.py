from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.store import operators
from app.store.database import Store
from tests.support import homes

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = homes.store(tmp_path / "store.db")
    yield store
    store.close()


def test_operators_get_ids_that_only_grow(store: Store) -> None:
    with store.write() as c:
        assert operators.add(c, "Ana", "A-1", "picker", "h") == 1
        assert operators.add(c, "Rui", "A-2", "packer", "h") == 2


def test_two_operators_never_share_a_badge(store: Store) -> None:
    with store.write() as c:
        operators.add(c, "Ana", "A-1", "picker", "h")
    with pytest.raises(IntegrityError), store.write() as c:
        operators.add(c, "Rui", "A-1", "packer", "h")
    with store.read() as c:
        assert operators.count(c) == 1


def test_failures_and_the_next_try_are_kept(store: Store) -> None:
    with store.write() as c:
        operators.set_failures(c, operators.add(c, "Ana", "A-1", "picker", "h"), 3, NOW)
    with store.read() as c:
        row = operators.by_badge(c, "A-1")
    assert row is not None
    assert (row.failures, row.next_try_at) == (3, NOW)


def test_the_list_puts_the_disabled_last_and_counts_by_role(store: Store) -> None:
    with store.write() as c:
        operators.set_disabled(c, operators.add(c, "Ana", "A-1", "picker", "h"), True)
        operators.add(c, "Rui", "A-2", "picker", "h")
        operators.add(c, "Eva", "A-3", "supervisor", "h")
    with store.read() as c:
        assert [row.name for row in operators.everyone(c)] == ["Eva", "Rui", "Ana"]
        assert operators.count(c, role="picker") == 2
        assert operators.count(c, role="picker", active=True) == 1
