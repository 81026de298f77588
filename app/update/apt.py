"""Updates by a signed apt repository: verified, installed, tried, and taken back if need be.

apt verifies: a repository that isn't signed by the key of its source, and a package that isn't what
the signed list says, are refused by it.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from app.update.quiet import ProgramLock

SOURCE = Path("/etc/apt/sources.list.d/expedita.sources")
CACHE = Path("/var/cache/expedita")
PROGRAM = Path("/usr/lib/expedita")
STARTS_WITHIN_S = 300
LATEST = "latest"
SITE = "expedita-site"  # the package of the site's settings


class UpdateRefused(Exception):
    """An update was not made, or was taken back; `code` is that of a text."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


def look() -> None:
    """Read the repository's signed list, and take the site's settings from it where it has any.

    Raises:
        UpdateRefused: UPDATE_UNVERIFIED, UPDATE_SITE_KEPT; the settings are those of before.
    """
    _refresh()
    offered = _newest(SITE)
    if not offered or offered == _installed(SITE):
        return
    if problem := _run(["apt-get", "install", "-y", "-q", f"{SITE}={offered}"]):
        raise UpdateRefused("UPDATE_SITE_KEPT", detail=problem)


def update(installed: str, wanted: str, quiet: Callable[[ProgramLock], bool]) -> str:
    """Bring the computer to the wanted version, "latest" for the newest that `look` saw.

    Args:
        installed: the version that is here.
        quiet: takes the lock alone, waiting as long as the caller likes; False: not now.

    Returns:
        the version that is here now.

    Raises:
        UpdateRefused: UPDATE_NO_SOURCE, UPDATE_UNVERIFIED, UPDATE_FAILED_BEFORE,
            UPDATE_NO_WAY_BACK, UPDATE_NOT_QUIET: nothing was changed. UPDATE_ROLLED_BACK: the new
            version could not be installed or could not start, and the one before is back.
            UPDATE_STUCK: that could not be brought back either.
    """
    if not SOURCE.exists():
        raise UpdateRefused("UPDATE_NO_SOURCE", file=str(SOURCE))
    CACHE.mkdir(parents=True, exist_ok=True)
    version = (_newest("expedita") or LATEST) if wanted == LATEST else wanted
    if version == installed:
        return installed
    if version in _failed():
        raise UpdateRefused("UPDATE_FAILED_BEFORE", version=version)
    new = _fetch(version, "UPDATE_UNVERIFIED")
    back = _fetch(installed, "UPDATE_NO_WAY_BACK")
    lock = ProgramLock(PROGRAM)
    if not quiet(lock):
        raise UpdateRefused("UPDATE_NOT_QUIET", version=version)
    try:
        _replace(new, back, version, installed)
    finally:
        lock.release()
    for old in CACHE.glob("expedita_*.deb"):
        if old not in (new, back):
            old.unlink()
    return version


def _replace(new: Path, back: Path, version: str, installed: str) -> None:
    problem = _install(new) or _cannot_start()
    if not problem:
        return
    with (CACHE / "failed").open("a", encoding="utf-8") as failed:
        failed.write(f"{version}\n")
    if stuck := _install(back):
        raise UpdateRefused("UPDATE_STUCK", version=version, installed=installed, detail=stuck)
    raise UpdateRefused("UPDATE_ROLLED_BACK", version=version, installed=installed, detail=problem)


def _refresh() -> None:
    """Read the repository's signed list, and no other's."""
    only = ["-o", f"Dir::Etc::sourcelist={SOURCE}", "-o", "Dir::Etc::sourceparts=-"]
    keep = ["-o", "APT::Get::List-Cleanup=0", "-o", "APT::Update::Error-Mode=any"]
    problem = _run(["apt-get", "update", "-q", *only, *keep])
    if problem:
        raise UpdateRefused("UPDATE_UNVERIFIED", version=LATEST, detail=problem)


def _newest(package: str) -> str:
    """The newest version that is offered, "" for none."""
    said = subprocess.run(
        ["apt-cache", "madison", package], capture_output=True, text=True, check=False
    )
    found = [line.split("|")[1].strip() for line in said.stdout.splitlines() if "|" in line]
    return found[0] if found else ""  # apt lists the newest first


def _installed(package: str) -> str:
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return said.stdout.strip()


def _fetch(version: str, code: str) -> Path:
    """A version's package, as the signed list has it."""
    if not re.fullmatch(r"[0-9][A-Za-z0-9.+~-]*", version):
        raise UpdateRefused(code, version=version, detail="?")
    for kept in CACHE.glob(f"expedita_{version}_*.deb"):
        return kept
    problem = _run(["apt-get", "download", "-q", f"expedita={version}"], CACHE)
    found = [*CACHE.glob(f"expedita_{version}_*.deb")]
    if problem or not found:
        raise UpdateRefused(code, version=version, detail=problem)
    return found[0]


def _install(package: Path) -> str:
    return _run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", "--allow-downgrades",
         str(package)]
    )  # fmt: skip


def _cannot_start() -> str:
    """Why the version that is now installed can't open its window, "" if it can."""
    with tempfile.TemporaryDirectory(prefix="expedita-starts-") as home:
        return _run(["/usr/bin/expedita", "--home", home, "version", "--starts"])


def _failed() -> set[str]:
    try:
        return set((CACHE / "failed").read_text(encoding="utf-8").split())
    except FileNotFoundError:
        return set()


def _run(command: list[str], folder: Path = Path("/")) -> str:
    """Run a command without a question; what went wrong, "" for nothing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    # What PyInstaller set for this program is not for the programs that it starts.
    for name in ("LD_LIBRARY_PATH", "_PYI_ARCHIVE_FILE", "_PYI_APPLICATION_HOME_DIR"):
        environment.pop(name, None)
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False,
            timeout=STARTS_WITHIN_S, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"{command[0]}: {STARTS_WITHIN_S} s"
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return (
        "" if done.returncode == 0 else (lines[-1] if lines else f"{command[0]}: {done.returncode}")
    )
