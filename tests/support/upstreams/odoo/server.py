"""A real Odoo 19: Debian's package of the unstable suite unpacked, its dependencies from PyPI.

Nothing is installed on the machine. Where that package can't be had (no apt, another system, no
network), the tests say so and are skipped.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support.upstreams import postgres
from tests.support.upstreams.place import (
    NotHad,
    Server,
    cache,
    fingerprint,
    free_port,
    only_one,
    run,
    venv,
)

HERE = Path(__file__).parent
LOCK = HERE / "requirements.txt"
PACKAGE = "odoo-19"
DATABASE = "odoo"
PASSWORD = "admin-Expedita-1"
MODULES = "sale_management,stock,sale_stock,stock_delivery,l10n_br"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@dataclass(frozen=True)
class OdooServer:
    url: str


def unpacked() -> Path:
    """The folder that holds Debian's package.

    Raises:
        NotHad: it can't be had.
    """
    folder = cache(PACKAGE)
    with only_one(PACKAGE):
        if not (folder / "complete").exists():
            if not shutil.which("apt-get") or not KEYRING.exists():
                raise NotHad(f"{PACKAGE} comes as a Debian package, and this is no Debian")
            with tempfile.TemporaryDirectory(dir=cache()) as name:
                _download(Path(name))
                (file,) = Path(name).glob("*.deb")
                run(["dpkg", "-x", file, folder / "root"], cache("logs") / "odoo-install.log")
            (folder / "complete").touch()
    return folder / "root"


def _download(folder: Path) -> None:
    """Fetch the package without touching what this machine has installed."""
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "archives" / "partial").mkdir(parents=True)
    (folder / "status").touch()
    source = folder / "sid.list"
    source.write_text(f"deb [signed-by={KEYRING}] {_mirror()} sid main\n")
    options = {
        "Dir::Etc::SourceList": source,
        "Dir::Etc::SourceParts": "-",
        "Dir::State": folder,
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder,
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "-q", *(word for k, v in options.items() for word in ("-o", f"{k}={v}"))]
    log = cache("logs") / "odoo-install.log"
    run([*apt, "update"], log)
    run([*apt, "download", PACKAGE], log, cwd=folder)


def _mirror() -> str:
    """The Debian mirror that this machine already uses."""
    for path in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list")):
        if path.exists():
            found = re.search(r"(https?://\S+?/debian/?)\s", path.read_text())
            if found:
                return found[1]
    pytest.skip("Odoo comes from Debian, and no Debian mirror is set up here")


class Odoo:
    """The unpacked program on one cluster, in one folder."""

    def __init__(self, cluster: postgres.Cluster, folder: Path) -> None:
        self._cluster = cluster
        root = unpacked()
        self.port = free_port()
        self._conf = folder / "odoo.conf"
        text = (HERE / "odoo.conf").read_text()
        ports = {"database_port": cluster.port, "port": self.port}
        values = {**ports, "user": postgres.USER, "folder": folder / "data"}
        self._conf.write_text(text.format(**values))
        self._python = venv("odoo-19", LOCK)
        self._program = root / "usr" / "bin" / "odoo"
        packages = root / "usr" / "lib" / "python3" / "dist-packages"
        self.environment = {"PYTHONPATH": str(packages), "HOME": str(folder)}

    def command(self, *words: str) -> list[str | Path]:
        return [self._python, self._program, words[0], "-c", self._conf, "-d", DATABASE, *words[1:]]

    def load(self) -> None:
        """The filled database; made the first time, about two minutes."""
        name = fingerprint(LOCK, HERE / "setup.txt", extra=MODULES + sys.version)
        file = cache("odoo-data") / f"{name}.dump"
        with only_one("odoo-data"):
            if not file.exists():
                self._fill()
                self._cluster.save(DATABASE, file)
                return
        self._cluster.load(DATABASE, file)

    def _fill(self) -> None:
        self._cluster.create(DATABASE)
        log = cache("logs") / "odoo-fill.log"
        modules = ["-i", MODULES, "--without-demo=all", "--stop-after-init"]
        run(self.command("server", *modules), log, environment=self.environment)
        shell = self.command("shell", "--no-http")
        run(shell, log, environment=self.environment, stdin=(HERE / "setup.txt").read_text())


@contextmanager
def serving(cluster: postgres.Cluster, folder: Path) -> Iterator[OdooServer]:
    """A server on a filled database.

    Raises:
        NotHad: it can't be had on this machine.
    """
    odoo = Odoo(cluster, folder)
    odoo.load()
    url = f"http://127.0.0.1:{odoo.port}"

    def ready() -> bool:
        try:
            return httpx.get(f"{url}/web/health").is_success
        except httpx.HTTPError:
            return False

    with Server(odoo.command("server"), folder / "odoo.log", ready, environment=odoo.environment):
        yield OdooServer(url)
