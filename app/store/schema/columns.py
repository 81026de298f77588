"""What every table of the schema is made of."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String

METADATA = MetaData()
PERSONAL: dict[Any, Any] = {"personal": True}
SECRET: dict[Any, Any] = {"secret": True}

required = partial(Column, nullable=False)


def warehouse_id() -> Column[int]:
    return key("warehouse_id")


def key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def text_key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def personal(name: str) -> Column[str]:
    return Column(name, String, nullable=False, info=PERSONAL)
