"""A real Tryton server from PyPI on SQLite, filled with a small Brazilian warehouse."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from tests.support.upstreams.place import Server, cache, fingerprint, free_port, only_one, run, venv

HERE = Path(__file__).parent
DATABASE = "expedita"
USER = "admin"
PASSWORD = "admin-Expedita-1"
MODULES = (
    "carrier",
    "party",
    "product",
    "product_measurements",
    "stock",
    "stock_package",
    "stock_package_shipping",
    "stock_shipment_measurements",
    "stock_split",
    "sale",
    "sale_shipment_cost",
    "account_invoice_stock",
    "web_shop",
)
VERSIONS = ("8.2", "7.0")


@dataclass(frozen=True)
class TrytonServer:
    version: str
    url: str


def filled(version: str) -> Path:
    """The database file to copy from: made once, about a minute; then only found.

    Raises:
        NotHad: Tryton could not be installed or filled.
    """
    lock = HERE / f"{version}.txt"
    python = venv(f"tryton-{version}", lock)
    modules = fingerprint(lock, extra=" ".join(MODULES))
    empty = cache("tryton") / f"{version}-{modules}-empty.sqlite"
    ready = cache("tryton") / f"{version}-{modules}-{fingerprint(HERE / 'populate.py')}.sqlite"
    with only_one(f"tryton-{version}"):
        if not empty.exists():
            _make(version, python, empty, _with_modules)
        if not ready.exists():
            _make(version, python, ready, partial(_with_data, empty))
    return ready


def _make(version: str, python: Path, file: Path, step: Callable[[Path, Path, Path], None]) -> None:
    """The database file that `step` makes in a folder of its own, moved there when it is whole."""
    with tempfile.TemporaryDirectory(dir=cache("tryton")) as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        step(python, _configuration(folder, 0), cache("logs") / f"tryton-{version}-fill.log")
        shutil.move(folder / f"{DATABASE}.sqlite", file)


def _with_modules(python: Path, conf: Path, log: Path) -> None:
    (conf.parent / f"{DATABASE}.sqlite").touch()  # Tryton makes no database where no file is
    command = [python.parent / "trytond-admin", "-c", conf, "-d", DATABASE]
    command += ["-u", "ir", "res", *MODULES, "--activate-dependencies"]
    command += ["--email", "admin@example.com"]
    run(command, log, environment={"TRYTONPASSFILE": str(conf.parent / "password")})


def _with_data(empty: Path, python: Path, conf: Path, log: Path) -> None:
    shutil.copy(empty, conf.parent / f"{DATABASE}.sqlite")
    run([python, HERE / "populate.py", conf, DATABASE], log)


def _configuration(folder: Path, port: int) -> Path:
    conf = folder / "trytond.conf"
    text = (HERE / "trytond.conf").read_text().format(folder=folder, port=port)
    conf.write_text(text)
    return conf


@contextmanager
def serving(version: str, folder: Path) -> Iterator[TrytonServer]:
    """A server on a copy of the filled database, in `folder`.

    Raises:
        NotHad: it could not be had.
    """
    shutil.copy(filled(version), folder / f"{DATABASE}.sqlite")
    port = free_port()
    conf = _configuration(folder, port)
    url = f"http://127.0.0.1:{port}"
    python = venv(f"tryton-{version}", HERE / f"{version}.txt")

    asked = f"{url}/rpc/" if version.startswith("8") else f"{url}/"

    def ready() -> bool:
        call = {"id": 0, "method": "common.server.version", "params": []}
        try:
            return httpx.post(asked, json=call).is_success
        except httpx.HTTPError:
            return False

    command = [python.parent / "trytond", "-c", conf, "-d", DATABASE]
    with Server(command, folder / "trytond.log", ready, cwd=folder):
        yield TrytonServer(version, url)
