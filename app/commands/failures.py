"""What ended a command, said as it should be: what was refused, and files that can't be used."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.commands import shell
from app.config import data_home
from app.security.key_errors import KeyError_
from app.security.operators import OperatorRefused
from app.security.second_factor import SecondFactorRefused
from app.store.errors import StoreError


def told(error: Exception, options: argparse.Namespace) -> int | None:
    """Say it on stderr; the exit code. None where it is an error of the program's own."""
    match error:
        case KeyError_() | StoreError():
            return shell.fail(error.code, {"detail": error.detail})
        case OperatorRefused():
            return shell.fail(error.code, error.params)
        case SecondFactorRefused():
            return shell.fail(error.code, {"wait_s": error.wait_s})
        case OSError():
            return _unusable(error, options)
    return None


def _unusable(error: OSError, options: argparse.Namespace) -> int:
    detail = error.strerror or ""
    if error.filename and not _is_own(Path(os.fsdecode(error.filename)), options):
        return shell.fail("FILE_UNUSABLE", {"file": str(error.filename), "detail": detail})
    folder = data_home(options.home, demo=options.demo)
    return shell.fail("HOME_UNUSABLE", {"folder": str(folder), "detail": detail})


def _is_own(path: Path, options: argparse.Namespace) -> bool:
    """Whether a file is of the data folder, and none that the command was told of."""
    # Not Path.resolve, which fails for just what is told here: a link in a circle, a name too long.
    home = Path(os.path.realpath(data_home(options.home, demo=options.demo)))
    path = Path(os.path.realpath(path))
    is_in_the_way = home.is_relative_to(path) and not os.path.isdir(path)  # noqa: PTH112
    return is_in_the_way or path.is_relative_to(home)
