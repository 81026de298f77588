"""The checklist of a release: what must hold before a version goes out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Point:
    """One point of the list; `missing` says what to do, empty when it holds."""

    name: str
    missing: str


Check = Callable[[Path, str], str]  # the checkout and its version -> what is missing


def checklist(root: Path) -> list[Point]:
    """Look at every point; none changes anything. Those that take minutes come last, and are only
    looked at once all others hold."""
    version = version_of(root)
    quick: list[tuple[str, Check]] = [
        ("the version is a plain one", _plain),
        ("the version stands in one place", _one_place),
        ("the changelog has a dated section for it, and nothing unreleased", _changelog),
        ("every text has its English", _translated),
        ("the lock has every dependency", _locked),
        ("a store of its schema is kept for later migrations", _store_kept),
        ("everything is committed", _committed),
        ("the commit has the version's tag", _tagged),
        ("the Debian package is built from this commit's date", _built),
    ]
    slow: list[tuple[str, Check]] = [
        ("the Windows installer works under Wine", _windows),
        ("the same source makes the same package again, elsewhere", _made_again),
    ]
    points = [Point(name, check(root, version)) for name, check in quick]
    if any(point.missing for point in points):
        return [*points, *(Point(name, "first the points above") for name, _ in slow)]
    return [*points, *(Point(name, check(root, version)) for name, check in slow)]


def version_of(root: Path) -> str:
    text = (root / "app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.*)"$', text, re.MULTILINE)
    return found[1] if found else ""


def _plain(root: Path, version: str) -> str:
    plain = re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version)
    return "" if plain else f"app/__init__.py says {version!r}: write it as 1.2.3"


def _one_place(root: Path, version: str) -> str:
    """Everything else reads it from app/__init__.py."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    if re.search(r'^version = "', text, re.MULTILINE):
        return "pyproject.toml has a version of its own: take it out"
    return ""


def _changelog(root: Path, version: str) -> str:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", text, re.MULTILINE):
        return f"CHANGELOG.md: name the section “## {version} (YYYY-MM-DD)”"
    waiting = re.search(r"^## Unreleased\n+(?=- )", text, re.MULTILINE)
    return "CHANGELOG.md: move what is unreleased into the version's section" if waiting else ""


def _translated(root: Path, version: str) -> str:
    text = (root / "resources/i18n/expedita_en.ts").read_text(encoding="utf-8")
    count = text.count('type="unfinished"')
    return f"expedita_en.ts: translate {count} texts" if count else ""


def _locked(root: Path, version: str) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project.get("optional-dependencies", {}).values()
    asked = [*project.get("dependencies", []), *(one for group in extra for one in group)]
    names = {_plain_name(re.match(r"[A-Za-z0-9_.-]+", one)[0]) for one in asked}
    lock = (root / "packaging/requirements.lock").read_text(encoding="utf-8")
    locked = {_plain_name(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    missing = sorted(names - locked)
    return f"requirements.lock has no {', '.join(missing)}: make it anew" if missing else ""


def _plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _store_kept(root: Path, version: str) -> str:
    text = (root / "app" / "store" / "revisions.py").read_text(encoding="utf-8")
    revisions = re.search(r"^REVISIONS = \((.*?)\)", text, re.MULTILINE | re.DOTALL)
    newest = re.findall(r'"(\w+)"', revisions[1] if revisions else "")[-1]
    kept = Path("tests/fixtures/schemas") / f"{newest}.db"
    return "" if (root / kept).exists() else f"keep one as {kept}: see docs/contributing.md"


def _committed(root: Path, version: str) -> str:
    changed = _git(root, "status", "--porcelain")
    return f"commit, or take back: {changed.splitlines()[0].strip()}" if changed else ""


def _tagged(root: Path, version: str) -> str:
    tags = _git(root, "tag", "--points-at", "HEAD").split()
    return "" if f"v{version}" in tags else f"git tag -s v{version}"


def _built(root: Path, version: str) -> str:
    package = root / "dist" / f"expedita_{version}_amd64.deb"
    if not package.exists():
        return "python3 packaging/build.py deb"
    dated = subprocess.run(
        ["ar", "tv", package], capture_output=True, text=True, check=False, env={"TZ": "UTC",
        "PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    ).stdout  # fmt: skip
    when = _git(root, "log", "-1", "--format=%cd", "--date=format-local:%b %e %H:%M %Y", utc=True)
    return "" if when in dated else "it is of another commit: python3 packaging/build.py deb"


def _windows(root: Path, version: str) -> str:
    """Compiled, installed, upgraded and removed; a test that was left out proves nothing."""
    tests = "tests/packaging/test_windows.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rsf", "-p", "no:cacheprovider", tests],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = re.findall(r"^(?:SKIPPED|FAILED).*", done.stdout, re.MULTILINE)
    if done.returncode and not told:
        return f"pytest {tests} ends with {done.returncode}"
    return told[0] if told else ""


def _made_again(root: Path, version: str) -> str:
    """From a fresh clone in another folder, with a venv of its own, by somebody whose files, clock
    and words are others."""
    name = f"expedita_{version}_amd64.deb"
    with tempfile.TemporaryDirectory(prefix="expedita made again ") as folder:
        again = Path(folder) / "elsewhere"
        subprocess.run(["git", "clone", "-q", root, again], check=True)
        done = subprocess.run(
            [getattr(sys, "_base_executable", sys.executable), "packaging/build.py", "deb"],
            cwd=again, capture_output=True, text=True, check=False, umask=0o077,
            env={**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "77"},
        )  # fmt: skip
        if done.returncode:
            return f"it can't be built from a clone: {done.stderr.strip()[-300:]}"
        same = (again / "dist" / name).read_bytes() == (root / "dist" / name).read_bytes()
    return "" if same else f"another {name} came out: compare the two, and mend the difference"


def _git(root: Path, *words: str, utc: bool = False) -> str:
    done = subprocess.run(
        ["git", "-C", root, *words], capture_output=True, text=True, check=False,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "LC_ALL": "C"} if utc else None,
    )  # fmt: skip
    return done.stdout.strip()
