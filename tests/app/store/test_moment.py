from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from app.store.connecting import connect
from app.store.database import Store
from app.store.moment import Moment, now
from tests.support import homes

WHO = st.sampled_from((0, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = homes.store(tmp_path / "some.db")
    with made.write() as c:
        c.exec_driver_sql("CREATE TABLE marks (n INTEGER)")
    yield made
    made.close()


def _write(store: Store, n: int = 1) -> Moment:
    with store.write() as c:
        c.exec_driver_sql(f"INSERT INTO marks VALUES ({n})")
        return now(c).after


def _fail(store: Store) -> Moment:
    said: list[Moment] = []
    with suppress(ZeroDivisionError), store.write() as c:
        c.exec_driver_sql("INSERT INTO marks VALUES (1)")
        said.append(now(c).after)
        _ = 1 / 0
    return said[0]


def _look(store: Store) -> Moment:
    with store.read() as c:
        return now(c)


def test_after_a_transaction_the_moment_is_the_one_it_said_until_somebody_writes(
    store: Store,
) -> None:
    said = _write(store)
    assert _look(store) == _look(store) == said
    _write(store)
    assert _look(store) != said


def test_what_came_to_nothing_said_nothing(store: Store) -> None:
    said = _fail(store)
    assert _look(store) != said
    assert _write(store) != said


def test_another_process_is_noticed(store: Store, tmp_path: Path) -> None:
    said = _write(store)
    other = connect(tmp_path / "some.db", homes.KEY)
    other.execute("INSERT INTO marks VALUES (2)")
    other.close()
    assert _look(store) != said


def test_a_transaction_over_another_connection_is_noticed(store: Store) -> None:
    """A reader that holds the first connection makes the writer take a second."""
    said = _write(store)
    with store.read() as c:
        assert now(c) == said
        thread = threading.Thread(target=_write, args=(store,))
        thread.start()
        thread.join()
    assert _look(store) != said


class Writers(RuleBasedStateMachine):
    """Two stores over one file, as two processes have: equal moments see the same rows."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "some.db"
        self.stores = (homes.store(path), Store.open(path, homes.KEY))
        with self.stores[0].write() as c:
            c.exec_driver_sql("CREATE TABLE marks (n INTEGER)")
        self.rows = 0
        self.known: tuple[dict[Moment, int], ...] = ({}, {})

    def teardown(self) -> None:
        for store in getattr(self, "stores", ()):
            store.close()
        shutil.rmtree(self.folder)

    @rule(who=WHO)
    def write(self, who: int) -> None:
        said = _write(self.stores[who])
        self.rows += 1
        assert self.known[who].setdefault(said, self.rows) == self.rows

    @rule(who=WHO)
    def fail(self, who: int) -> None:
        _fail(self.stores[who])

    @rule(who=WHO, beside=st.booleans())
    def look(self, who: int, beside: bool) -> None:
        """Over the store's first connection, or a second one beside it."""
        store = self.stores[who]
        with store.read() if beside else nullcontext(), store.read() as c:
            rows = c.exec_driver_sql("SELECT count(*) FROM marks").scalar()
            assert rows == self.rows
            assert self.known[who].setdefault(now(c), self.rows) == self.rows


Writers.TestCase.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
test_equal_moments_see_the_same_rows = Writers.TestCase
