"""`expedita version` and `expedita update`: which version is here, which is wanted, and the way."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

from app import __version__
from app.commands import console, shell
from app.commands.parsing import add_json
from app.site import read_site
from app.update.quiet import ProgramLock


def add(commands: Any) -> None:
    version = commands.add_parser("version", help="which version is here, and which is wanted")
    version.add_argument(
        "--starts", action="store_true", help="open the console unseen on a demo, and say if it can"
    )
    add_json(version)
    version.set_defaults(run=_version)
    update = commands.add_parser(
        "update", help="take the site's settings and the version that it wants (root)"
    )
    update.add_argument("wanted", nargs="?", help="this version, or latest, instead")
    update.add_argument(
        "--wait", type=int, default=0, metavar="MINUTES", help="wait so long for a quiet moment"
    )
    update.set_defaults(run=_update)


def _version(options: argparse.Namespace) -> int:
    if options.starts:
        return console.starts(options)
    wanted = read_site().wanted_version
    if options.json:
        shell.print_json({"version": __version__, "wanted": wanted or None})
    elif wanted and wanted != __version__:
        return shell.tell("VERSION_WANTED", {"here": __version__, "wanted": wanted})
    else:
        print(f"expedita {__version__}")
    return shell.DONE


def _update(options: argparse.Namespace) -> int:
    from app.update import apt

    try:
        if _may_update() and apt.SOURCE.exists():
            apt.look()  # the site's settings, which name the version that it wants
        wanted = options.wanted or read_site().wanted_version
        if not wanted or wanted == __version__:
            return shell.tell("UPDATE_CURRENT", {"version": __version__})
        if sys.platform != "linux" or not getattr(sys, "frozen", False):
            return shell.fail("UPDATE_NOT_HERE", {})
        if not _may_update():
            return shell.fail("UPDATE_NOT_ROOT", {})
        version = apt.update(__version__, wanted, lambda lock: _quiet(lock, options.wait))
    except apt.UpdateRefused as refused:
        return shell.fail(refused.code, refused.params)
    code = "UPDATE_CURRENT" if version == __version__ else "UPDATE_DONE"
    return shell.tell(code, {"version": version})


def _may_update() -> bool:
    return sys.platform == "linux" and getattr(sys, "frozen", False) and os.geteuid() == 0


def _quiet(lock: ProgramLock, wait_min: int) -> bool:
    """Take the lock alone; False when the consoles of this computer were in use all the time."""
    end = time.monotonic() + 60 * wait_min
    while not lock.replace():
        if time.monotonic() >= end:
            return False
        time.sleep(5)
    return True
