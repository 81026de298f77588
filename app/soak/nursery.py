"""Starts console processes quickly: one process with everything imported, which forks.

A process made so is as real as any other: it opens the data folder itself, has threads and
connections of its own, and ends when it is killed. It talks with whoever drives it over a socket.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from app.domain.decision import Outcome
from app.engine import Engine
from app.soak import goods
from app.soak.answer import Answer
from app.station.views import Feedback
from app.store import faults, journal
from app.store.database import Store, StoreError


def main(address: str, key: str) -> None:
    """Fork a console for each request, until whoever asked is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended children leave nothing behind
    import app.store.migrate  # noqa: F401  slow to import, and a child may need it

    asked = Client(address, authkey=bytes.fromhex(key))
    while True:
        try:
            request = asked.recv()
        except EOFError:
            return
        pid = os.fork()
        if pid == 0:
            asked.close()
            _be_console(address, bytes.fromhex(key), *request)
        asked.send(pid)


def _be_console(address: str, key: bytes, home: Path, fault: str, store_key: bytes) -> None:
    """The child: open what was asked for, answer every call, never come back."""
    try:
        told = Client(address, authkey=key)
        faults.arm(faults.parse(fault or faults.NOWHERE))
        if store_key:
            _upgrade(told, home, store_key)
        else:
            _serve(told, home)
    finally:
        os._exit(0)


def _upgrade(told: Connection[Any, Any], path: Path, key: bytes) -> None:
    """Only bring a store to the newest schema."""
    Store.open(path, key).close()
    told.send(Answer(Feedback(Outcome.DONE, "")))


def _serve(told: Connection[Any, Any], home: Path) -> None:
    try:
        engine = Engine.open(home, exclusive=True)
    except StoreError as error:
        told.send(Answer(Feedback(Outcome.BLOCK, error.code, {"detail": error.detail})))
        return
    engine.operators._hasher = goods.HASHER  # else each sign-in would make the cheap PIN dear
    told.send(_answer(engine, None))
    while True:
        try:
            name, words = told.recv()
        except EOFError:
            return
        if name == "arm":
            faults.arm(faults.parse(*words))
            told.send(_answer(engine, None))
            continue
        if name == "import":
            result = engine.submit_background(engine.import_unattended, *words).result()
        else:
            call = getattr(engine.station, name)
            result = engine.submit(call, *words, urgent=True).result()
        answer = _answer(engine, result)
        faults.reach("answer")
        told.send(answer)


def _answer(engine: Engine, result: Any) -> Answer:
    view = engine.submit(engine.station.view).result()
    with engine.store.read() as c:
        return Answer(result, view, journal.head(c, engine.station.id))


if __name__ == "__main__":
    main(*sys.argv[1:])
