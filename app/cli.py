"""The `expedita` command: the console, and the same engine without a screen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from app import __version__
from app.commands import (
    audit,
    backups,
    bench,
    console,
    flow,
    health,
    intake,
    operators,
    orders,
    printing,
    settings,
    sheets,
    soak,
    support,
    tracking,
    update,
)
from app.commands.shell import DONE, fail
from app.security.hardening import harden
from app.security.keys import KeyError_
from app.security.operators import OperatorRefused
from app.security.second_factor import SecondFactorRefused
from app.store.database import StoreError
from app.support.log import where

# In the order in which --help lists them.
GROUPS = (
    intake, orders, printing, flow, operators, audit, tracking, settings, sheets, backups, health,
    support, soak, bench, console, update,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused or failed, 2 wrong usage."""
    harden(where)
    options = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except (KeyError_, StoreError) as error:
        return fail(error.code, {"detail": error.detail})
    except OperatorRefused as refused:
        return fail(refused.code, refused.params)
    except SecondFactorRefused as refused:
        return fail(refused.code, {"wait_s": refused.wait_s})
    except BrokenPipeError:  # whoever read our output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return fail("STORE_UNUSABLE", {"detail": error.strerror or ""})


def parser() -> argparse.ArgumentParser:
    """The whole command line; every module of `app.commands` adds its own words."""
    made = argparse.ArgumentParser(
        prog="expedita", description="The operator console of the warehouse workstation."
    )
    made.add_argument("--version", action="version", version=f"expedita {__version__}")
    made.add_argument("--home", metavar="DIR", help="data folder (else EXPEDITA_HOME)")
    made.add_argument("--demo", action="store_true", help="work on the demo warehouse")
    made.add_argument(
        "--key-file", action="store_true", help="first start: keep the key in a private file"
    )
    made.add_argument("--full-screen", action="store_true", help="open the window full screen")
    made.add_argument(
        "--kiosk", action="store_true", help="full screen, and opened again after a crash"
    )
    made.add_argument(
        "--kiosk-at-sign-in",
        action="store_true",
        help="the same where the site's settings ask for it, else nothing",
    )
    made.set_defaults(run=console.open_window)
    commands = made.add_subparsers(title="commands", metavar="")
    for group in GROUPS:
        group.add(commands)
    return made
