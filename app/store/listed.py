"""A list of values as one parameter of a statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Select, bindparam, func, select


def any_of(name: str) -> Select[Any]:
    """What `column.in_` takes, for the values that the parameter `name` lists when it runs.

    However many there are, the statement is the same, and so is made once: one with a parameter
    for each value is written anew each time.
    """
    values = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    return select(values.c.value)
