"""`expedita` alone opens the window, and `expedita screenshots` makes pictures of it.

The engine knows the screen by the name of its entry point only.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from app import __version__
from app.backups.helping import Rescue
from app.commands import shell
from app.config import data_home
from app.support import crash, log

_log = logging.getLogger(__name__)


def add(commands: Any) -> None:
    pictures = commands.add_parser("screenshots", help="a picture of every page and state")
    pictures.add_argument("directory", type=Path)
    pictures.set_defaults(run=_screenshots)


def open_window(options: argparse.Namespace) -> int:
    home = data_home(options.home, demo=options.demo)
    handler = log.start(home)
    _log.info("console %s starts", __version__)
    try:
        run = screen("console")
        return int(
            run(
                lambda ask: shell.open_engine(options, exclusive=True, ask=ask),
                lambda ask: Rescue(home, shell.open_key(options, home, ask)),
            )
        )
    except Exception as error:
        if getattr(error, "code", "") != "HOME_IN_USE":
            crash.note(home, error)
        raise
    finally:
        _log.info("console ends")
        log.stop(handler)


def _screenshots(options: argparse.Namespace) -> int:
    return int(screen("screenshots")(options.directory))


def screen(name: str) -> Callable[..., Any]:
    """A part of the screen by the name of its entry point."""
    found = entry_points(group="expedita.console", name=name)
    entry = next(iter(found), None)
    if entry is None:
        raise SystemExit("expedita: the console is not installed; run packaging/dev.py setup")
    loaded: Callable[..., Any] = entry.load()
    return loaded
