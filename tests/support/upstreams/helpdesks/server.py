"""Real helpdesks for tests: Request Tracker 5 and Redmine from Debian, in a root of their own.

The root is made once in the user's cache folder (a minute or two, about 1 GB) and used again. It
needs root's rights and `mmdebstrap`.
"""

from __future__ import annotations

import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.upstreams.place import (
    NotHad,
    Server,
    cache,
    fingerprint,
    free_port,
    only_one,
    run,
)

# As build.sh sets them.
RT_ACCOUNT = "root:correct horse"
REDMINE_KEY = "0123456789abcdef0123456789abcdef01234567"
REDMINE_SUPPORT_KEY = "76543210fedcba9876543210fedcba9876543210"
PROJECT = "expedita"

_BUILD = Path(__file__).with_name("build.sh")
_RT = "exec /usr/share/request-tracker5/libexec/rt-server --host 127.0.0.1 --port {port}"
_REDMINE = (
    "cd /usr/share/redmine && HOME=/tmp RAILS_ENV=production REDMINE_INSTANCE=default "
    "exec puma -e production -b tcp://127.0.0.1:{port} config.ru"
)


@contextmanager
def request_tracker(logs: Path) -> Iterator[str]:
    """The address of a running RT; `RT_ACCOUNT` may do everything there.

    Raises:
        NotHad: it can't be had on this machine.
    """
    with _serving(_RT, "/REST/2.0/rt", logs / "rt.log") as url:
        yield url


@contextmanager
def redmine(logs: Path) -> Iterator[str]:
    """The address of a running Redmine with the project `PROJECT`.

    Raises:
        NotHad: it can't be had on this machine.
    """
    with _serving(_REDMINE, "/issues.json", logs / "redmine.log") as url:
        yield url


def _root() -> Path:
    if os.name != "posix" or os.geteuid() != 0:
        raise NotHad("a Debian root of its own needs root's rights")
    for tool in ("mmdebstrap", "chroot", "unshare"):
        if not shutil.which(tool):
            raise NotHad(f"{tool} is not installed")
    folder = cache("helpdesks")
    root, log = folder / "root", cache("logs") / "helpdesks-install.log"
    with only_one("helpdesks"):
        done = folder / f"complete-{fingerprint(_BUILD)}"
        if not done.exists():
            if not (root / "etc" / "debian_version").exists():
                shutil.rmtree(root, ignore_errors=True)
                run(["mmdebstrap", "--variant=apt", "--components=main", "bookworm", root], log)
            run(_inside(root, _BUILD.read_text(encoding="utf-8")), log)
            done.touch()
    return root


@contextmanager
def _serving(command: str, path: str, log: Path) -> Iterator[str]:
    root, port = _root(), free_port()
    url = f"http://127.0.0.1:{port}"
    inner = command.format(port=port)
    script = f"exec chroot . su -s /bin/sh www-data -c '{inner}'"
    with Server(_inside(root, script), log, lambda: _answers(url + path)):
        yield url


def _inside(root: Path, script: str) -> list[str]:
    """A shell in the root's folder; its /proc and /dev go when it ends."""
    mounts = "mount -t proc proc proc && mount --bind /dev dev"
    return ["unshare", "--mount", "sh", "-ec", f"cd {root}\n{mounts}\n{script}"]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it asks who we are
    except OSError:
        return False
