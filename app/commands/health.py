"""`expedita status` and `expedita doctor`: how every system stands, and the mend for what fails."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json
from app.config import data_home
from app.engine import Engine
from app.health import backlog, day, doctor, once, overview, wording
from app.health.doctor import Finding, Grade
from app.health.model import STORE, State, System, SystemState
from app.security.keys import KeyError_
from app.store.database import StoreError

_SIGNS = {Grade.OK: "✔", Grade.WARN: "▲", Grade.FAIL: "✖"}


def add(commands: Any) -> None:
    status = commands.add_parser("status", help="how every system stands")
    add_json(status)
    status.set_defaults(run=_status)
    check = commands.add_parser("doctor", help="check everything and name the mend")
    add_json(check)
    check.set_defaults(run=_doctor)


def _status(options: argparse.Namespace) -> int:
    """What the watchers say; what none of them tells of is asked now."""
    with data_folder.engine(options) as engine:
        station, now = engine.settings["station.name"], engine.clock()
        with engine.store.read() as c:
            states = overview.systems(c, now, station)
            shares = day.availability(c, station, now)
            incidents = day.incidents(c, station, now - day.DAY)
            owed = backlog.read(c)
        states = _with_asked(engine, states)
        if options.json:
            shell.print_json(
                {
                    "at": now,
                    "station": station,
                    "systems": [_plain(s, shares, engine) for s in states],
                    "incidents": incidents,
                    "backlog": owed,
                }
            )
            return shell.DONE
        for state in states:
            print(_line(state, shares, engine))
        return shell.DONE


def _with_asked(engine: Engine, told: list[SystemState]) -> list[SystemState]:
    unknown = SystemState(System(STORE, "store"), State.UNKNOWN)
    found = {STORE: unknown, **{state.system.id: state for state in told}}
    unheard = [
        probe
        for probe in engine.probes()
        if found.get(probe.system.id, unknown).state is State.UNKNOWN
    ]
    found |= {state.system.id: state for state in once.ask_all(unheard, engine.clock)}
    if found[STORE].state is State.UNKNOWN:  # it was just read
        found[STORE] = SystemState(unknown.system, State.UP, seen_at=engine.clock())
    return overview.worst_first(found.values())


def _plain(state: SystemState, shares: dict[str, float], engine: Engine) -> dict[str, Any]:
    lang = language.spoken()
    return {
        "id": state.system.id,
        "kind": state.system.kind,
        "name": wording.title(state.system, lang),
        "state": state.state,
        "since": state.since,
        "cause": state.cause.code,
        "detail": state.cause.detail,
        "why": wording.why(state.cause, lang),
        "seconds": state.seconds,
        "usual_seconds": state.usual_s,
        "seen_at": state.seen_at,
        "watcher": state.watcher,
        "available_24h": shares.get(state.system.id),
    }


def _line(state: SystemState, shares: dict[str, float], engine: Engine) -> str:
    lang, zone = language.spoken(), engine.settings.zone()
    since = f"{state.since.astimezone(zone):%d/%m %H:%M}" if state.since else ""
    share = shares.get(state.system.id)
    parts = (
        f"{wording.state_word(state.state, lang):<12}",
        f"{wording.title(state.system, lang):<36}",
        f"{since:<11}",
        f"{wording.seconds_text(state.seconds, lang):>8}",
        "       " if share is None else f"{share:7.1%}",
        wording.why(state.cause, lang),
    )
    return "  ".join(parts).rstrip()


def _doctor(options: argparse.Namespace) -> int:
    """Exit code 1 when something fails; a warning is none."""
    findings = list(_findings(options))
    failed = any(one.grade is Grade.FAIL for one in findings)
    if options.json:
        shell.print_json({"ok": not failed, "checks": findings})
    else:
        for one in findings:
            print(f"{_SIGNS[one.grade]} {one.name}  {one.found}".rstrip())
            if one.mend:
                print(f"    → {one.mend}")
    return shell.REFUSED if failed else shell.DONE


def _findings(options: argparse.Namespace) -> list[Finding]:
    try:
        with data_folder.engine(options) as engine:
            return list(
                doctor.examine(
                    engine.home, engine.store, engine.settings, engine.probes(), engine.clock
                )
            )
    except KeyError_ as error:
        return [doctor.of_code("key", error.code, error.detail, language.spoken())]
    except StoreError as error:
        return [doctor.of_code("integrity", error.code, error.detail, language.spoken())]
    except OSError as error:
        detail = f"{data_home(options.home, demo=options.demo)}: {error.strerror or ''}"
        return [doctor.of_code("home", "STORE_UNUSABLE", detail, language.spoken())]
