"""`expedita setting`: list the settings, or change one."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands import shell
from app.config import SECURITY, setting


def add(commands: Any) -> None:
    values = commands.add_parser("setting", help="list the settings, or change one")
    values.add_argument("key", nargs="?", default="")
    values.add_argument("value", nargs="?")
    values.add_argument("--json", action="store_true")
    shell.add_badge(values)
    values.set_defaults(run=_setting)


def _setting(options: argparse.Namespace) -> int:
    with shell.engine(options) as engine:
        if options.value is not None:
            if options.key.startswith(SECURITY):
                shell.second_factor(engine, options, "security.change")
            return shell.said(engine, engine.set_setting(options.key, options.value))
        values = engine.settings_view()
        if options.key and setting(options.key) is None:
            params = {"key": options.key, "value": "", "expected": ""}
            return shell.fail("SETTING_UNKNOWN", params, engine.settings["language"])
        shown = {options.key: values.get(options.key, "")} if options.key else values
        if options.json:
            shell.print_json(shown)
            return shell.DONE
        for key, value in sorted(shown.items()):
            print(f"{key:<26} {value}")
        return shell.DONE
