from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Column,
    MetaData,
    String,
    Table,
    bindparam,
    column,
    delete,
    func,
    select,
    table,
    update,
)
from sqlalchemy.exc import DatabaseError

from app.store.asking import Change, Lookup, Question, Walk, among, listed
from app.store.database import Store
from app.store.types import UtcDateTime
from tests.support import homes

ROWS = table("rows", column("a"), column("b"))
KINDS = Table("kinds", MetaData(), Column("a", String), Column("b", JSON), Column("c", UtcDateTime))
SMALLER = select(ROWS.c.a, ROWS.c.b).where(ROWS.c.a < bindparam("most"), ROWS.c.b != "x")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = homes.store(tmp_path / "some.db")
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


def test_a_walk_reads_row_by_row_and_is_told_what_goes_wrong_on_its_way(store: Store) -> None:
    walk = Walk(SMALLER.order_by(ROWS.c.a))
    with store.read() as c:
        rows = walk.rows(c, most=100)
        assert next(rows) == (1, "um")
        rows.close()
        assert list(walk.rows(c, most=100)) == [(1, "um"), (3, "três"), (9, "nove")]
    with store.write() as c:
        c.exec_driver_sql("INSERT INTO rows VALUES (-9223372036854775808, 'sem oposto')")
        rows = Walk(select(func.abs(ROWS.c.a))).rows(c)
        assert next(rows) == (1,)
        with pytest.raises(DatabaseError):
            list(rows)


def test_a_value_that_is_missing_is_a_mistake_of_the_callers(store: Store) -> None:
    with pytest.raises(KeyError), store.read() as c:
        Question(SMALLER).rows(c)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 24, 9, 30, 1, 5, UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-3))),
    ],
)
def test_a_change_writes_what_its_statement_would(store: Store, at: datetime) -> None:
    row = {"a": "ção", "b": {"n": [1, "dois", None]}, "c": at}
    with store.write() as c:
        c.exec_driver_sql("CREATE TABLE kinds (a TEXT, b TEXT, c TEXT)")
        c.execute(KINDS.insert(), row)
        assert Change.row_of(KINDS).run(c, **row) == 1
        plain = c.exec_driver_sql("SELECT * FROM kinds").all()
        assert plain[0] == plain[1]
        assert [tuple(x) for x in c.execute(select(KINDS))] == [("ção", row["b"], at)] * 2


def test_a_change_says_how_many_rows_it_touched_and_is_undone_with_its_transaction(
    store: Store,
) -> None:
    longer = Change(
        update(ROWS).where(ROWS.c.a < bindparam("most")).values(b=ROWS.c.b + bindparam("more"))
    )

    def write() -> None:
        with store.write() as c:
            assert longer.run(c, most=3, more="!") == 2
            assert longer.run(c, most=0, more="!") == 0
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    with store.read() as c:
        assert Question(SMALLER).first(c, most=2) == (1, "um")


def test_who_measures_hears_each_change_and_its_values(store: Store) -> None:
    heard: list[tuple[str, list[object]]] = []
    longer = Change(update(ROWS).values(b=bindparam("text")))
    Change.heard = lambda statement, values: heard.append((statement, values))
    try:
        with store.write() as c:
            longer.run(c, text="novo")
    finally:
        Change.heard = None
    assert [values for _, values in heard] == [["novo"]]
    assert heard[0][0].startswith("UPDATE rows SET")


def test_a_list_may_have_any_number_of_values(store: Store) -> None:
    those = Question(select(ROWS.c.a).where(among(ROWS.c.b, "texts")).order_by(ROWS.c.a))
    gone = Change(delete(ROWS).where(among(ROWS.c.a, "numbers")))
    with store.write() as c:
        assert those.rows(c, texts=listed(["três", "um", "\"quatro'"])) == [(1,), (3,)]
        assert those.rows(c, texts=listed([])) == []
        assert gone.run(c, numbers=listed(range(2, 5000))) == 3


def test_a_list_in_a_statement_of_its_own_is_a_mistake_that_is_told_at_once(store: Store) -> None:
    with pytest.raises(ValueError, match="among"), store.read() as c:
        Question(select(ROWS.c.a).where(ROWS.c.a.in_([1, 2]))).rows(c)


def test_a_lookups_rows_are_those_that_its_statement_gives(store: Store) -> None:
    kept = KINDS.insert().values(a="um", b=["x", 2], c=datetime(2026, 11, 24, 9, 30, 1, 5, UTC))
    query = select(KINDS.c.c, KINDS.c.b, KINDS.c.a.label("name")).where(KINDS.c.a == bindparam("a"))
    lookup = Lookup(query)
    with store.write() as c:
        KINDS.create(c)
        c.execute(kept)
        c.execute(KINDS.insert().values(a="dois", b=None, c=None))
        for a in ("um", "dois", "três"):
            said = c.execute(query, {"a": a}).all()
            found = lookup.rows(c, a=a)
            assert found == said
            assert [row._mapping for row in found] == [row._mapping for row in said]
        row = lookup.first(c, a="um")
        assert row is not None
        assert (row.name, row.b, row.c) == (
            "um",
            ["x", 2],
            datetime(2026, 11, 24, 9, 30, 1, 5, UTC),
        )
        assert lookup.first(c, a="três") is None
