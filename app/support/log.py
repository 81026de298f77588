"""The console's log: a few rotating files in the data folder, without personal data.

Of our own messages the text is kept, masked by pattern; of other libraries' only who spoke and
from which line, since nobody knows what they put into their words. Of an exception its kinds and
the places in the code are kept, never its text.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.support.patterns import mask

LINES = 200
FILE_BYTES, FILES = 2_000_000, 5
_OURS = ("app", "ui", "expedita")
_TAIL_BYTES = 256_000


def folder(home: Path) -> Path:
    return home / "logs"


def start(home: Path, level: int = logging.INFO) -> logging.Handler | None:
    """Write this process's log under `home`; None where that can't be (the console runs on)."""
    try:
        folder(home).mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder(home) / "expedita.log",
            maxBytes=FILE_BYTES,
            backupCount=FILES - 1,
            encoding="utf-8",
        )
    except OSError:
        return None
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # They tell of every request and its address.
    for name in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler


def stop(handler: logging.Handler | None) -> None:
    if handler:
        logging.getLogger().removeHandler(handler)
        handler.close()


class Formatter(logging.Formatter):
    """One line a record: time in UTC, level, who, and what may be said."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        said = f"{at}.{int(record.msecs):03}Z {record.levelname} {record.name} {self._text(record)}"
        if record.exc_info and record.exc_info[1]:
            said += f" | {where(record.exc_info[1])}"
        return said.replace("\n", " ").replace("\r", " ")

    def _text(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] not in _OURS:
            return f"({record.module}:{record.lineno})"
        args = record.args
        if isinstance(args, tuple):
            args = tuple(type(a).__name__ if isinstance(a, BaseException) else a for a in args)
        try:
            text = str(record.msg) % args if args else str(record.msg)
        except (TypeError, ValueError):
            text = str(record.msg)
        return mask(text)


def where(error: BaseException) -> str:
    """An exception and its causes: kinds, files, lines and functions, without a word of theirs."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 5:
        frames = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        parts.append(f"{type(seen).__name__} at {' > '.join(frames) or 'unknown'}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " | from ".join(parts)


def last_lines(home: Path, count: int = LINES) -> str:
    """The log's last lines, read from the files' ends, however long they are."""
    lines: deque[str] = deque(maxlen=count)
    files = sorted(folder(home).glob("expedita.log*"), key=_age, reverse=True)
    for path in files[-2:]:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
        lines.extend(text.splitlines()[1:] if len(text) >= _TAIL_BYTES else text.splitlines())
    return "\n".join(lines)


def _age(path: Path) -> int:
    """0 for the file that is written now, 1 for the one before it."""
    suffix = path.suffix.lstrip(".")
    return int(suffix) if suffix.isdigit() else 0
