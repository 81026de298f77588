"""Sets up, runs and tests Expedita from a fresh checkout; needs nothing but Python and its venv.

python3 packaging/dev.py run       open the console on a demo warehouse
python3 packaging/dev.py test      run every check and test (more words go to pytest)
python3 packaging/dev.py setup     only set up; the command is then in .venv/bin
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "expedita-setup"
# Tests that start servers, windows or machines, in the order in which they run after all others.
SLOW = ("tests/faults", "tests/upstreams", "tests/journeys", "tests/packaging")
# What the tests have of npm: what draws ZPL, and what holds calls against OpenAPI documents.
NODE = ("tests/support/zpl", "tests/support/prism")


class Missing(Exception):
    """Something is not there; the text says in one sentence what to do."""


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments or ["help"]
    commands = {"run": run, "test": test, "setup": setup}
    if command not in commands:
        print(__doc__)
        return 2
    try:
        return commands[command](rest)
    except Missing as missing:
        print(f"expedita: {missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def setup(rest: Sequence[str] = (), sections: Sequence[str] = ("run",)) -> int:
    """System packages, the virtual environment, the locked dependencies, and the project."""
    if sys.version_info < (3, 11):
        raise Missing("Python 3.11 or newer is needed; run this with it, as in python3.11.")
    system_packages(sections)
    if not (BIN / _exe("python")).exists():
        make_venv()
    wanted = fingerprint()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        say("installing the locked dependencies (some minutes the first time)")
        pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
        say("installing Expedita itself")
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        STAMP.write_text(wanted)
    translations()
    say(f"ready: {BIN / _exe('expedita')}")
    return 0


def run(rest: Sequence[str]) -> int:
    """The console on the embedded demo warehouse."""
    setup()
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    ):
        raise Missing(
            "there is no display here: run this in a desktop session, through `ssh -X`, "
            "or on a virtual screen with `xvfb-run -a python3 packaging/dev.py run`."
        )
    say("opening the console on the demo warehouse")
    return call([BIN / _exe("expedita"), "--demo", *rest])


def test(rest: Sequence[str]) -> int:
    """Every check, then every test: the fast ones first, the journeys last."""
    setup(sections=("run", "build", "test"))
    # Else each worker and each `expedita` that a test starts would compile every module anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for folder in NODE:
        node_modules(ROOT / folder)
    pytest = [BIN / _exe("python"), "-m", "pytest"]
    if rest:
        return call([*pytest, *rest])
    folders = [name for name in ("app", "ui", "tests", "packaging") if (ROOT / name).is_dir()]
    # On every core at once; a file's tests stay together, since they share what they start.
    at_once = [*pytest, "--dist", "loadfile", "-n"]
    # The fast ones wait a third of their time for printers, servers, windows and the disk: one more
    # keeps all cores busy. The slow ones start servers and builds, which take the cores themselves.
    one_more = str((os.cpu_count() or 1) + 1)
    steps: list[tuple[str, list[Path | str]]] = [
        ("format", [BIN / _exe("ruff"), "format", "--check", *folders]),
        ("lint", [BIN / _exe("ruff"), "check", *folders]),
        ("types", [BIN / _exe("mypy")]),
        ("rooms", [BIN / _exe("lint-imports")]),
        ("tests", [*at_once, one_more, *(f"--ignore={folder}" for folder in SLOW)]),
        ("slow tests", [*at_once, "auto", *SLOW]),
    ]
    failed = []
    for name, command in steps:
        say(name)
        if call(command):
            failed.append(name)
    if failed:
        say(f"FAILED: {', '.join(failed)}")
        return 1
    say("all passed")
    return 0


def translations() -> None:
    """What the window reads its English from, made from its source where that is newer."""
    for source in (ROOT / "resources" / "i18n").glob("*.ts"):
        made = source.with_suffix(".qm")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        if call([BIN / _exe("pyside6-lrelease"), source, "-qm", made], quiet=True):
            raise Missing(f"{source.name} could not be compiled: run pyside6-lrelease on it.")


def node_modules(folder: Path) -> None:
    """What the tests have of npm, from its own lock."""
    stamp = folder / "node_modules" / "expedita-setup"
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"installing what {folder.relative_to(ROOT)} needs of npm")
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(BIN / _exe("npm")), "ci", "--no-fund", "--no-audit", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise Missing(
            f"npm could not install what {folder.relative_to(ROOT)} needs: see its message above, "
            "check the network, and run this again."
        )
    stamp.write_text(wanted)


def system_packages(sections: Sequence[str]) -> None:
    """Install what is missing of the Debian packages; elsewhere there is nothing to do."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return
    missing = [name for name in packages(sections) if not installed(name)]
    if not missing:
        return
    say(f"installing system packages: {' '.join(missing)}")
    prefix: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise Missing(f"as root, run: apt-get install {' '.join(missing)}")
        prefix = ["sudo"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = [
        *prefix,
        *environment,
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
        *missing,
    ]
    if call(install, quiet=True) and (
        call([*prefix, *environment, "apt-get", "update", "-q"]) or call(install)
    ):
        raise Missing(
            "apt-get could not install them: see its message above, mend the package sources or "
            "the network, and run this again."
        )


def packages(sections: Sequence[str]) -> list[str]:
    """The packages of some sections of system-packages.txt."""
    names, section = [], ""
    for line in (ROOT / "packaging" / "system-packages.txt").read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section in sections:
            names.append(line)
    return names


def installed(name: str) -> bool:
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True, check=False
    )
    return "ok installed" in answer.stdout


def make_venv() -> None:
    say("making the virtual environment .venv")
    if call([sys.executable, "-m", "venv", "--clear", VENV]):
        shutil.rmtree(VENV, ignore_errors=True)
        raise Missing(
            "Python's venv is not complete: on Debian, install it with "
            "`apt-get install python3-venv`, and run this again."
        )


def pip(*arguments: str) -> None:
    if call([BIN / _exe("python"), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]):
        raise Missing(
            "pip could not install the dependencies: see its message above, check the network, "
            "and run this again."
        )


def fingerprint() -> str:
    """Changes when the lock, the project's metadata or the interpreter does."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def call(command: Sequence[Path | str], quiet: bool = False) -> int:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=output, stderr=output, check=False
    ).returncode


def say(text: str) -> None:
    print(f"expedita: {text}", flush=True)


def _exe(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
