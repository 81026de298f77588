"""The `expedita` command in this process: a shell's view of it, without the start of one."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from keyring.backends import fail

from app import cli


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs commands on one data folder; `typed` is their standard input."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *words: str, typed: str = "") -> Done:
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict("os.environ", EXPEDITA_HOME=str(self.home)),
            patch.object(cli, "harden"),  # it is for a process, and this is the tests' own
            # No desktop's keyring, nor one that another test has left in this process.
            patch("keyring.get_keyring", fail.Keyring),
            patch.object(sys, "stdin", io.StringIO(typed)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                code = cli.main(words)
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return Done(code, out.getvalue(), err.getvalue())


def three_parts(done: Done, code: str) -> None:
    """A refusal: exit code 1, nothing on standard output, the code and its three parts."""
    assert done.returncode == 1
    assert done.stdout == ""
    parts = done.stderr.strip().split(" · ")
    assert parts[0] == code
    assert len(parts) >= 4
