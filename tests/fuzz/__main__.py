"""Fuzzes what comes in from outside, for a stated time.

.venv/bin/python -m tests.fuzz --seconds 3600            all targets, an hour each
.venv/bin/python -m tests.fuzz --seconds 60 nfe scan     these

Exit code 1 where a target failed; the input that did it is written to the current folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

MAX_INPUT = 8192  # bytes; long lines have tests of their own
SLOW_S = 10  # a single input that takes longer is a failure too
MAX_MEMORY_MB = 1500


def main() -> int:
    options = _parser().parse_args()
    if options.here:
        return fuzz_here(options.here, options.seconds)
    from tests.fuzz.targets import TARGETS

    failed = []
    for name in options.targets or TARGETS:
        print(f"fuzz: {name}, {options.seconds} s", flush=True)
        command = [sys.executable, "-m", "tests.fuzz", "--here", name]
        if subprocess.run([*command, "--seconds", str(options.seconds)], check=False).returncode:
            failed.append(name)
    print(f"fuzz: FAILED: {', '.join(failed)}" if failed else "fuzz: nothing found")
    return 1 if failed else 0


def fuzz_here(name: str, seconds: int) -> int:
    """Fuzz one target in this process, which atheris ends."""
    import atheris

    with atheris.instrument_imports(include=["app.connectors", "app.domain"]):
        from tests.fuzz.targets import TARGETS, seeds

    with tempfile.TemporaryDirectory(prefix="expedita-corpus-") as corpus:
        for n, seed in enumerate(seeds(name)):
            (Path(corpus) / str(n)).write_bytes(seed)
        arguments = [
            "fuzz", corpus, f"-max_total_time={seconds}", f"-max_len={MAX_INPUT}",
            f"-timeout={SLOW_S}", f"-rss_limit_mb={MAX_MEMORY_MB}", "-print_final_stats=1",
            f"-artifact_prefix=fuzz-{name}-",
        ]  # fmt: skip
        atheris.Setup(arguments, TARGETS[name])
        atheris.Fuzz()
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.add_argument("targets", nargs="*")
    made.add_argument("--seconds", type=int, default=60, help="for each target")
    made.add_argument("--here", help=argparse.SUPPRESS)
    return made


if __name__ == "__main__":
    sys.exit(main())
