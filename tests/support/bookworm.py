"""A clean minimal Debian 12 in a folder, to install packages in; needs root."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# What every run needs of the machine, in mounts of its own that end with it.
_ENTER = """
set -e
mount -t proc proc "$0/proc"
mount --bind /dev "$0/dev"
mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" 2>/dev/null || true
exec "$@"
"""


class Bookworm:
    """One root; made empty but for apt and what Debian calls required."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates",
             "--dpkgopt=force-unsafe-io", "bookworm", folder],
            check=True, timeout=400,
        )  # fmt: skip
        (folder / "tmp/.X11-unix").mkdir(exist_ok=True)
        shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
        for name in ("/etc/hosts", "/etc/apt/apt.conf", "/etc/apt/apt.conf.d/proxy.conf"):
            if Path(name).exists():
                shutil.copy(name, folder / name[1:])

    def command(self, *words: str, user: str = "root", **environment: str) -> list[str]:
        """The words that run `words` inside, for whoever starts the process."""
        home = "/root" if user == "root" else f"/home/{user}"
        given = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home, "LANG": "C.UTF-8",
                 "DEBIAN_FRONTEND": "noninteractive", **environment}  # fmt: skip
        return [
            "unshare", "--mount", "sh", "-c", _ENTER, str(self.folder),
            "chroot", f"--userspec={user}", str(self.folder),
            "env", "-i", *(f"{name}={value}" for name, value in given.items()), *words,
        ]  # fmt: skip

    def attempt(
        self, *words: str, user: str = "root", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run inside, and give what it came to."""
        return subprocess.run(
            self.command(*words, user=user, **environment),
            capture_output=True, text=True, timeout=400, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *words: str, user: str = "root", **environment: str) -> str:
        """Run inside.

        Raises:
            AssertionError: it failed; the text is what it said.
        """
        done = self.attempt(*words, user=user, **environment)
        assert done.returncode == 0, (
            f"{' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
        )
        return done.stdout

    def put(self, source: Path, to: str) -> str:
        """Copy a file in; its name inside."""
        target = self.folder / to.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        return to

    def files(self) -> set[str]:
        """Every file and folder, but for people's own and what apt and dpkg keep for themselves."""
        return {
            name
            for path in self.folder.rglob("*")
            if not (name := str(path.relative_to(self.folder))).startswith(
                (
                    "proc/",
                    "dev/",
                    "tmp/",
                    "home/",
                    "root/",
                    "var/cache/apt/",
                    "var/cache/debconf/",
                    "var/cache/ldconfig/",
                    "var/cache/fontconfig",
                    "var/lib/apt/",
                    "var/lib/dpkg/",
                    "var/log/",
                )
            )
        }


@functools.cache
def why_not() -> str:
    """Why no root can be made here, "" when one can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "installing into a clean Debian root needs root: run the tests with sudo"
    if not shutil.which("mmdebstrap"):
        return "mmdebstrap is not there: run packaging/dev.py test, which installs it"
    if not _may_mount():
        return "this container may not mount: a clean Debian root needs CAP_SYS_ADMIN"
    return ""


def _may_mount() -> bool:
    tried: Sequence[str] = ("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0
