"""Notices that the console ended badly: an error nobody caught, a fault, or no farewell at all."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from app import __version__
from app.support.log import where

_log = logging.getLogger(__name__)
_MOST = 20


def folder(home: Path) -> Path:
    return home / "support"


class Guard:
    """From its start to `farewell` the data folder says that a console is running.

    `before` tells how the last one ended: None well, else what is known of it.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._fault: IO[str] | None = None
        self._hooks: tuple[Any, Any] | None = None
        try:
            folder(home).mkdir(parents=True, exist_ok=True, mode=0o700)
            self.before = _last_end(home)
            _marker(home).write_text(
                json.dumps(
                    {
                        "pid": os.getpid(),
                        "version": __version__,
                        "since": datetime.now(UTC).isoformat(),
                    }
                ),
                encoding="utf-8",
            )
            self._fault = _fault(home).open("w", encoding="utf-8")
            faulthandler.enable(self._fault)
        except OSError:  # a full or read-only disk: the console must start all the same
            self.before = None
        self._listen()

    def farewell(self) -> None:
        """The console ends as it should."""
        if self._hooks:
            sys.excepthook, threading.excepthook = self._hooks
        if self._fault:
            faulthandler.disable()
            self._fault.close()
        with contextlib.suppress(OSError):
            _marker(self._home).unlink(missing_ok=True)

    def _listen(self) -> None:
        self._hooks = (sys.excepthook, threading.excepthook)
        before = sys.excepthook
        thread_before = threading.excepthook

        def hook(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            note(self._home, error)
            before(kind, error, trace)

        def thread_hook(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                note(self._home, args.exc_value)
            thread_before(args)

        sys.excepthook = hook
        threading.excepthook = thread_hook


def note(home: Path, error: BaseException) -> None:
    """Write down an error that nobody caught: its kinds and places, none of its words."""
    _log.error("uncaught %s", error, exc_info=error)
    record = {
        "at": datetime.now(UTC).isoformat(),
        "version": __version__,
        "error": type(error).__name__,
        "where": where(error),
    }
    try:
        folder(home).mkdir(parents=True, exist_ok=True, mode=0o700)
        with _errors(home).open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
    except OSError:
        pass  # there is nowhere left to say it


def records(home: Path) -> dict[str, Any]:
    """What is known of crashes that nobody has sent yet; empty where there was none."""
    found: dict[str, Any] = {}
    ended = _read(folder(home) / "ended.json")
    if ended:
        found["ended_without_farewell"] = ended
    if _errors(home).exists():
        lines = _errors(home).read_text(encoding="utf-8").splitlines()
        found["errors"] = [json.loads(line) for line in lines[-_MOST:]]
    fault = folder(home) / "fault-before.txt"
    if fault.exists() and fault.stat().st_size:
        found["fault"] = _without_paths(fault.read_text(encoding="utf-8", errors="replace"))
    return found


def forget(home: Path) -> None:
    """A ticket holds it now."""
    for name in ("ended.json", "errors.jsonl", "fault-before.txt"):
        (folder(home) / name).unlink(missing_ok=True)


def _last_end(home: Path) -> dict[str, Any] | None:
    """Keep what the last console left behind, before this one writes over it."""
    if marker := _read(_marker(home)):
        (folder(home) / "ended.json").write_text(json.dumps(marker), encoding="utf-8")
        if _fault(home).exists():
            _fault(home).replace(folder(home) / "fault-before.txt")
    return records(home) or None


def _without_paths(text: str) -> str:
    """Frames as faulthandler writes them, with files by their names alone."""
    lines = []
    for line in text.splitlines():
        if '"' in line:
            head, path, tail = line.split('"', 2)
            line = f"{head}{Path(path).name}{tail}"
        lines.append(line)
    return "\n".join(lines[:400])


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _marker(home: Path) -> Path:
    return folder(home) / "running.json"


def _fault(home: Path) -> Path:
    return folder(home) / "fault.txt"


def _errors(home: Path) -> Path:
    return folder(home) / "errors.jsonl"
