"""Looks at everything that a station needs, and names the mend for what is not well."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from importlib.metadata import entry_points
from pathlib import Path

from msgspec import Struct

from app.config import Settings
from app.domain.texts import message, word
from app.health import once, wording
from app.health.causes import cause_of
from app.health.model import WELL, Cause, State
from app.health.probe import Probe
from app.security import audit
from app.store import health as kept
from app.store import operators, packages
from app.store.database import Store
from app.store.errors import StoreError

_SENDER = ("name", "street", "number", "city", "state", "cep")


class Grade(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(Struct, frozen=True):
    """One thing that was looked at. `check` is its id; `name`, `found` and `mend` are for people,
    the last two empty where all is well."""

    check: str
    name: str
    grade: Grade
    code: str = ""
    found: str = ""
    mend: str = ""


def examine(
    home: Path,
    store: Store,
    settings: Settings,
    probes: list[Probe],
    clock: Callable[[], datetime],
) -> Iterator[Finding]:
    """Every check on an open store, in the order in which a person would look."""
    lang = settings["language"]

    def finding(check: str, cause: Cause, *, fails: bool = True) -> Finding:
        return of_cause(check, word(f"check.{check}", lang), cause, lang, fails=fails)

    yield finding("key", WELL)  # the store is open
    yield finding("home", _home(home), fails=False)
    yield finding("write", _write(store))
    yield finding("integrity", _integrity(store))
    yield finding("journal", _journal(store))
    yield finding("supervisor", _supervisor(store))
    yield finding("company", _sender(settings), fails=False)
    yield finding("tracking", _tracking(store, settings), fails=False)
    yield finding("console", _console(), fails=False)
    for state in once.ask_all(probes, clock):
        name = wording.title(state.system, lang)
        yield of_cause(state.system.id, name, state.cause, lang, fails=state.state is State.DOWN)


def of_cause(check: str, name: str, cause: Cause, lang: str, *, fails: bool) -> Finding:
    if not cause:
        return Finding(check, name, Grade.OK)
    grade = Grade.FAIL if fails else Grade.WARN
    found, mend = wording.why(cause, lang), wording.mend(cause, lang)
    return Finding(check, name, grade, cause.code, found, mend)


def of_code(check: str, code: str, detail: str, lang: str) -> Finding:
    """What could not even be opened, by the code of its error."""
    happened, means, do_next = message(code, lang, {"detail": detail})
    name = word(f"check.{check}", lang)
    return Finding(check, name, Grade.FAIL, code, f"{happened} {means}", do_next)


def _home(home: Path) -> Cause:
    if os.name == "posix":
        for path in (home, home / "expedita.db"):
            if path.exists() and path.stat().st_mode & 0o077:
                return Cause("HOME_OPEN", str(path))
    return WELL


def _write(store: Store) -> Cause:
    """A write that reaches the disk, of a row that nobody reads."""
    try:
        with store.write() as c:
            kept.put_baseline(c, "doctor", "", "", {"seen": 0, "mean": 0.0, "variance": 0.0})
    except StoreError as error:
        return cause_of(error)
    return WELL


def _integrity(store: Store) -> Cause:
    found = store.faults()
    return Cause("PAGES_DAMAGED", str(len(found))) if found else WELL


def _journal(store: Store) -> Cause:
    try:
        verdict = audit.verify(store)
    except StoreError as error:
        return cause_of(error)
    bad = [f"{station}: {seq}" for station, at in verdict.broken.items() for seq in at[:3]]
    bad += [f"{station}: {last} < {due}" for station, (last, due) in verdict.cut.items()]
    return WELL if verdict.is_whole else Cause("CHAIN_BROKEN", ", ".join(bad[:5]))


def _supervisor(store: Store) -> Cause:
    with store.read() as c:
        found = operators.count(c, role="supervisor", active=True)
    return WELL if found else Cause("NO_SUPERVISOR")


def _sender(settings: Settings) -> Cause:
    missing = [f"company.{part}" for part in _SENDER if not settings[f"company.{part}"]]
    return Cause("NO_SENDER", ", ".join(missing)) if missing else WELL


def _tracking(store: Store, settings: Settings) -> Cause:
    with store.read() as c:
        left = packages.serials_left(c)
    low = [
        f"{carrier}: {count}"
        for carrier, count in left.items()
        if count < settings.number("tracking.low_at")
    ]
    return Cause("CODES_LOW", ", ".join(low)) if low else WELL


def _console() -> Cause:
    return WELL if entry_points(group="expedita.console", name="console") else Cause("NO_WINDOW")
