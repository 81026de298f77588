from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, column, select, table
from sqlalchemy.exc import DatabaseError

from app.store.asking import Question
from app.store.database import Store

ROWS = table("rows", column("a"), column("b"))
SMALLER = select(ROWS.c.a, ROWS.c.b).where(ROWS.c.a < bindparam("most"), ROWS.c.b != "x")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "some.db", b"k" * 32)
    with made.write() as c:
        c.exec_driver_sql("CREATE TABLE rows (a INTEGER, b TEXT)")
        c.exec_driver_sql("INSERT INTO rows VALUES (1, 'um'), (2, 'x'), (3, 'três'), (9, 'nove')")
    yield made
    made.close()


def test_a_question_is_answered_as_its_statement_is(store: Store) -> None:
    question, last = Question(SMALLER.order_by(ROWS.c.a)), Question(select(ROWS.c.b).limit(1))
    with store.read() as c:
        for most in (0, 3, 100):
            said = c.execute(SMALLER.order_by(ROWS.c.a), {"most": most}).all()
            assert question.rows(c, most=most) == [tuple(row) for row in said]
        assert question.first(c, most=0) is None
        assert last.first(c) == ("um",)


def test_it_sees_what_its_own_transaction_has_written(store: Store) -> None:
    with store.write() as c:
        c.exec_driver_sql("DELETE FROM rows")
        assert Question(SMALLER).first(c, most=100) is None


def test_what_the_driver_refuses_is_told_as_by_any_statement_and_without_the_values(
    store: Store,
) -> None:
    nowhere = Question(select(column("a")).select_from(table("nowhere")))
    with pytest.raises(DatabaseError) as refused, store.read() as c:
        nowhere.rows(c)
    assert "nowhere" in str(refused.value.orig)
    with pytest.raises(DatabaseError) as refused, store.read() as c:
        Question(SMALLER).rows(c, most=["Maria"])  # type: ignore[arg-type]
    assert "Maria" not in str(refused.value)


def test_a_value_that_is_missing_is_a_mistake_of_the_callers(store: Store) -> None:
    with pytest.raises(KeyError), store.read() as c:
        Question(SMALLER).rows(c)
