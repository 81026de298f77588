"""How long whoever begins a shift waits for the console: until the sign-in takes keys, and from the
PIN to a painted queue that takes scans."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app.bench import warehouse
from app.bench.report import Report, median
from app.demo import PIN
from app.engine import Engine


class Start(Struct, frozen=True):
    """Seconds of one start: until the sign-in was painted, and what came after that."""

    standing: float
    check: float
    hands: float
    after: float  # from the PIN to the queue, its check included

    @property
    def waited(self) -> float:
        return self.standing + self.after - self.check

    @property
    def whole(self) -> float:
        return self.waited + self.hands


def run(folder: Path, orders: int, rounds: int, this_program: Callable[..., list[str]]) -> Report:
    """Start a bare window and the console by turns, each in a process of its own.

    The console opens a store of so many orders; a badge is scanned and a PIN typed with real keys,
    at a quick person's pace, and the queue is opened. The figure is what that person waits for:
    from the start of the process to the painted sign-in, and from the PIN to the painted queue. The
    time of the hands (`hands_ms`) isn't in it: the engine is opened meanwhile. What the check of
    the PIN takes, slow on purpose (`pin_ms`), isn't either. `straight_ms` is the same from end to
    end for hands that take no time: all that the process does one after the other.

    The floor is a window with nothing but a table of as many rows. The first start of each isn't
    counted: it compiles the modules, whose bytecode the others find, as those of an installed
    program do.

    Args:
        this_program: the words that start this program once more, with those given.
    """
    home = folder / "home"
    warehouse.make(home, orders, skus=1_000)
    Engine.open(home, exclusive=True).close()  # as each shift before has left it
    with_bytecode = _environment(folder / "bytecode")
    # Neither imports anything of the engine; the frozen one is a door in packaging's launcher.
    window = ["--bare-window"] if _frozen() else ["-m", "ui.bench.bare"]
    bare_window = [sys.executable, *window, str(orders)]
    console = this_program("bench", "start", "--of", str(home), "--pin", PIN)
    bare: list[float] = []
    by_hand: list[Start] = []
    straight: list[Start] = []
    for _ in range(rounds + 1):
        bare.append(_painted(bare_window, with_bytecode))
        by_hand.append(_start([*console, "--by-hand"], with_bytecode))
        straight.append(_start(console, with_bytecode))
    floor_s = median(bare[1:])
    counted = by_hand[1:]
    straight_s = median([one.whole for one in straight[1:]])
    return Report(
        "start",
        median([one.waited for one in counted]) * 1000,
        "ms",
        rounds,
        floor=floor_s * 1000,
        more={
            "signin_ms": median([one.standing for one in counted]) * 1000,
            "hands_ms": median([one.hands for one in counted]) * 1000,
            "pin_ms": median([one.check for one in counted]) * 1000,
            "straight_ms": straight_s * 1000,
            "straight_ratio": straight_s / floor_s,
            "orders": orders,
            "form": "frozen" if _frozen() else "source",
            **({"program_mb": _megabytes(Path(sys.executable).parent)} if _frozen() else {}),
        },
    )


def _environment(bytecode: Path) -> dict[str, str]:
    """This process's own, in which Python keeps its modules' bytecode in a folder."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def _painted(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until the process says that it has painted."""
    return _heard(command, environment, ("painted",))[0][0]


def _start(command: list[str], environment: dict[str, str]) -> Start:
    (standing, _), (_, times) = _heard(command, environment, ("standing", "painted"))
    return Start(standing, *map(float, times))


def _heard(
    command: list[str], environment: dict[str, str], words: tuple[str, ...]
) -> list[tuple[float, list[str]]]:
    """What a process says, line by line: after how many seconds, and what follows the word."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    heard = []
    for word in words:
        said = process.stdout.readline().split()
        heard.append((time.perf_counter() - began, said[1:]))
        if said[:1] != [word]:
            break
    process.communicate()
    if len(heard) < len(words) or said[:1] != [word] or process.returncode:
        raise RuntimeError("the window ended before it had painted")
    return heard


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _megabytes(folder: Path) -> float:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6
