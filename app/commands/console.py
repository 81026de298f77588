"""`expedita` alone opens the window, and `expedita screenshots` makes pictures of it.

The engine knows the screen by the name of its entry point only.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__
from app.commands import kiosk, shell
from app.commands.loading import loading
from app.config import data_home
from app.site import read_site
from app.support import crash, log
from app.update.quiet import RESTART

if TYPE_CHECKING:
    from app.backups.helping import Rescue
    from app.engine import Engine

Ask = Callable[[str], str] | None  # asks for a secret; None where a terminal can

_log = logging.getLogger(__name__)


def add(commands: Any) -> None:
    pictures = commands.add_parser("screenshots", help="a picture of every page and state")
    pictures.add_argument("directory", type=Path, help="the folder to write them to")
    pictures.set_defaults(run=_screenshots)


def open_window(options: argparse.Namespace) -> int:
    """Open the window; as a kiosk, in a process of its own that is watched."""
    if options.kiosk_at_sign_in and not read_site().kiosk_at_sign_in:
        return shell.DONE
    if not _has_screen():
        return shell.fail("NO_SCREEN", {})
    if options.kiosk or options.kiosk_at_sign_in:
        return kiosk.keep_open(kiosk.this_program(*_same(options), "--full-screen"))
    code = _logged(options)
    if code == RESTART:
        _open_anew(options)
    return code


def _has_screen() -> bool:
    """Without one Qt would end the process, in its own words."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in named)


def _logged(options: argparse.Namespace) -> int:
    """Open the window, with a log of it and a note of its crash in the data folder."""
    home = data_home(options.home, demo=options.demo)
    handler = log.start(home)
    _log.info("console %s starts", __version__)
    try:
        run = screen("console")
        return int(
            run(
                home,
                lambda ask: _open(options, ask),
                lambda ask: _rescue(options, home, ask),
                full_screen=options.full_screen,
            )
        )
    except Exception as error:
        if getattr(error, "code", "") != "HOME_IN_USE":
            crash.note(home, error)
        raise
    finally:
        _log.info("console ends")
        log.stop(handler)


def _open(options: argparse.Namespace, ask: Ask) -> Engine:
    from app.commands import data_folder  # and with it the engine: the window may stand before

    return data_folder.open_engine(options, exclusive=True, ask=ask)


def _rescue(options: argparse.Namespace, home: Path, ask: Ask) -> Rescue:
    from app.backups.helping import Rescue  # only where the store can't be opened
    from app.commands import data_folder

    return Rescue(home, data_folder.open_key(options, home, ask))


def starts(options: argparse.Namespace) -> int:
    """Open the window on a demo where nobody sees it; 0 if it could."""
    from app.commands import data_folder

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    options.demo = True
    return int(screen("starts")(lambda: data_folder.open_engine(options)))


def _open_anew(options: argparse.Namespace) -> None:
    """Become the version that lies there now, in the same process, which a kiosk watches."""
    words = _same(options) + (["--full-screen"] if options.full_screen else [])
    command = kiosk.this_program(*words)
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    os.execv(command[0], command)


def _same(options: argparse.Namespace) -> list[str]:
    """The words that name the same data folder."""
    words = ["--home", str(options.home)] if options.home else []
    words += ["--demo"] if options.demo else []
    return [*words, "--key-file"] if options.key_file else words


def _screenshots(options: argparse.Namespace) -> int:
    return int(screen("screenshots")(options.directory))


def screen(name: str) -> Callable[..., Any]:
    """A part of the screen by the name of its entry point."""
    # Of this program alone: to look through all that is installed takes several times as long.
    found = distribution("expedita").entry_points.select(group="expedita.console", name=name)
    entry = next(iter(found), None)
    if entry is None:
        raise SystemExit("expedita: the console is not installed; run packaging/dev.py setup")
    with loading():
        loaded: Callable[..., Any] = entry.load()
    return loaded
