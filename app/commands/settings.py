"""`expedita setting`: list the settings, or change one."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from pathlib import Path
from typing import Any

from app.commands import data_folder, shell
from app.commands.parsing import add_json
from app.config import SECURITY, setting
from app.site import read_site, site_file


def add(commands: Any) -> None:
    values = commands.add_parser("setting", help="list the settings, or change one")
    values.add_argument("key", nargs="?", default="", help="a setting's name; none: all of them")
    values.add_argument("value", nargs="?", help="what it is to be; none: show it")
    values.add_argument(
        "--site",
        nargs="?",
        type=Path,
        const=site_file(),
        metavar="FILE",
        help="check a file of the site's settings (none: the one in use)",
    )
    add_json(values)
    data_folder.add_badge(values)
    values.set_defaults(run=_setting)


def _setting(options: argparse.Namespace) -> int:
    if options.site is not None:
        return _check_site(options.site)
    with data_folder.engine(options) as engine:
        if options.value is not None:
            if options.key.startswith(SECURITY):
                data_folder.second_factor(engine, options, "security.change")
            return shell.said(engine.set_setting(options.key, options.value))
        values = engine.settings_view()
        if options.key and setting(options.key) is None:
            params = {"key": options.key, "value": "", "expected": ""}
            return shell.fail("SETTING_UNKNOWN", params)
        shown = {options.key: values.get(options.key, "")} if options.key else values
        if options.json:
            shell.print_json(shown)
            return shell.DONE
        for key, value in sorted(shown.items()):
            print(f"{key:<26} {value}")
        return shell.DONE


def _check_site(path: Path) -> int:
    """Say what in a site's file doesn't fit, before fifty stations read it."""
    if not path.is_file():
        return shell.fail(
            "IMPORT_UNREADABLE", {"file": path.name, "detail": os.strerror(errno.ENOENT)}
        )
    site = read_site(path)
    for fault in site.faults:
        print(fault, file=sys.stderr)
    if site.faults:
        return shell.fail("SITE_FILE_BAD", {})
    params = {
        "file": path.name,
        "settings": len({*site.defaults, *site.locked}),
        "locked": len(site.locked),
    }
    return shell.tell("SITE_FILE_OK", params)
