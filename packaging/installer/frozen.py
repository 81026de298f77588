"""Freezes the application: a wheel from clean sources, and PyInstaller on what it unpacks to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


class BuildFailed(Exception):
    """A step of the build failed; the text says which, and the step's last words."""


@dataclass(frozen=True)
class Frozen:
    """A frozen application.

    `folder` holds the program and its `_internal`; `files` pairs each shipped file or module
    with where it came from; `system` are the libraries that the system has to give.
    """

    folder: Path
    site: Path
    version: str
    files: list[tuple[str, str]]
    system: list[str]


def freeze(work: Path, source: Path = ROOT) -> Frozen:
    """Freeze the checkout `source` below the folder `work`; the same source gives the same bytes.

    Raises:
        BuildFailed: pip or PyInstaller did.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    site = unpacked_wheel(source, work)
    shipped = work / "shipped.json"
    environment = {
        **os.environ,
        "EXPEDITA_SITE": str(site),
        "EXPEDITA_SHIPPED": str(shipped),
        "PYTHONHASHSEED": "0",  # PyInstaller writes sets in the order of their hashes
        # It imports the program, whose folder of migrations is shipped as it stands.
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(source_date(source)),
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
        "EXPEDITA_ICON": str(_icon(source, work)),
    }
    run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", work / "dist", "--workpath", work / "build",
         source / "packaging" / "installer" / "expedita.spec"],
        environment,
    )  # fmt: skip
    listed = json.loads(shipped.read_text())
    return Frozen(
        folder=work / "dist" / "expedita",
        site=site,
        version=version_of(site),
        files=[(name, source) for name, source in listed["files"]],
        system=listed["system"],
    )


def _icon(source: Path, work: Path) -> Path | str:
    """The icon that programs of Windows and macOS carry in themselves, "" elsewhere."""
    ending = {"win32": "ico", "darwin": "icns"}.get(sys.platform)
    if not ending:
        return ""
    made = work / f"expedita.{ending}"
    script = source / "packaging" / "installer" / "icon.py"
    run([sys.executable, script, source / "resources" / "expedita.svg", made, "256"])
    return made


def unpacked_wheel(source: Path, work: Path) -> Path:
    """The application as a wheel gives it, with nothing of an earlier build in it."""
    clean = work / "source"
    for name in ("app", "ui", "resources"):
        shutil.copytree(source / name, clean / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(source / name, clean)
    run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
         "-w", work, clean],
        {**os.environ, "SOURCE_DATE_EPOCH": str(source_date(source))},
    )  # fmt: skip
    [wheel] = work.glob("expedita-*.whl")
    site = work / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    shutil.rmtree(clean)
    return site


def version_of(site: Path) -> str:
    [metadata] = site.glob("expedita-*.dist-info")
    return metadata.name.removeprefix("expedita-").removesuffix(".dist-info")


def source_date(source: Path = ROOT) -> int:
    """The date of the source in seconds since 1970: SOURCE_DATE_EPOCH, else the last commit's."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    said = subprocess.run(
        ["git", "-C", source, "log", "-1", "--format=%ct"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return int(said.stdout) if said.returncode == 0 and said.stdout.strip() else 1_767_225_600


def run(command: list[str | Path], environment: dict[str, str] | None = None) -> str:
    """Run a step of the build and give its output.

    Raises:
        BuildFailed: it ended with an error.
    """
    words = [str(word) for word in command]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed(f"{' '.join(words[:4])} failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
