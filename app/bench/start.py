"""How long a console takes from the start of its process to a painted queue that takes scans."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.bench import warehouse
from app.bench.report import Report, median
from app.demo import PIN


def run(folder: Path, orders: int, rounds: int, this_program: Callable[..., list[str]]) -> Report:
    """Start a bare window and the console by turns, each in a process of its own.

    The console opens a store of so many orders, somebody signs in and opens the queue; what the
    check of the PIN takes, slow on purpose, is told apart and is no part of the figure. The floor
    is a window with nothing but a table of as many rows. The first start of each isn't counted:
    it compiles the modules, whose bytecode the others find, as those of an installed program do.

    Args:
        this_program: the words that start this program once more, with those given.
    """
    home = folder / "home"
    warehouse.make(home, orders, skus=1_000)
    with_bytecode = _environment(folder / "bytecode")
    # Neither imports anything of the engine; the frozen one is a door in packaging's launcher.
    window = ["--bare-window"] if _frozen() else ["-m", "ui.bench.bare"]
    bare_window = [sys.executable, *window, str(orders)]
    bare: list[float] = []
    whole: list[float] = []
    pin: list[float] = []
    console = this_program("bench", "start", "--of", str(home), "--pin", PIN)
    for _ in range(rounds + 1):
        bare.append(_painted(bare_window, with_bytecode)[0])
        seconds, pin_s = _painted(console, with_bytecode)
        whole.append(seconds - pin_s)
        pin.append(pin_s)
    return Report(
        "start",
        median(whole[1:]) * 1000,
        "ms",
        rounds,
        floor=median(bare[1:]) * 1000,
        more={
            "pin_ms": median(pin) * 1000,
            "orders": orders,
            "form": "frozen" if _frozen() else "source",
            **({"program_mb": _megabytes(Path(sys.executable).parent)} if _frozen() else {}),
        },
    )


def _environment(bytecode: Path) -> dict[str, str]:
    """This process's own, in which Python keeps its modules' bytecode in a folder."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def _painted(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until the process says that it has painted, and those that it says not to count."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    said = process.stdout.readline().split()
    seconds = time.perf_counter() - began
    process.communicate()
    if said[:1] != ["painted"] or process.returncode:
        raise RuntimeError("the window ended before it had painted")
    return seconds, float(said[1])


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _megabytes(folder: Path) -> float:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6
