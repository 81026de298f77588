"""Whether anybody has written since: what was asked then need not be asked again."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from sqlalchemy import Connection

_numbers = itertools.count()
_NOW, _NUMBER = "moment", "number of the connection"  # in a connection's info


class Moment(NamedTuple):
    """What a connection saw of the file when its transaction began. Two are equal only where
    nobody, of this process or another, has committed anything between them."""

    connection: int  # each counts the commits of all others
    others: int
    own: int  # of this store's transactions that wrote, over whatever connection

    @property
    def after(self) -> Moment:
        """What it is once the writing transaction in which it was taken is durable."""
        return self._replace(own=self.own + 1)


def begin(connection: Connection, own: int) -> Moment:
    """Take the moment of a transaction that has just begun."""
    driver = connection.connection.driver_connection
    assert driver is not None
    (others,) = driver.execute("PRAGMA data_version").fetchone()
    number = connection.info.setdefault(_NUMBER, next(_numbers))
    connection.info[_NOW] = made = Moment(number, others, own)
    return made


def now(connection: Connection) -> Moment:
    """The moment of the store's transaction that is open on `connection`."""
    taken: Moment = connection.info[_NOW]
    return taken
