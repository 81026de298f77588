"""A real Vendure 3.7 from npm on PostgreSQL (SQLite would need a compiler), filled once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.upstreams import node, postgres
from tests.support.upstreams.place import Server, cache, fingerprint, free_port, only_one, run

HERE = Path(__file__).parent
DATABASE = "vendure"
USER = "superadmin"
PASSWORD = "superadmin-Expedita-1"


@dataclass(frozen=True)
class VendureServer:
    url: str

    @property
    def admin(self) -> str:
        return f"{self.url}/admin-api"


@contextmanager
def serving(cluster: postgres.Cluster, folder: Path) -> Iterator[VendureServer]:
    """A server on a filled database.

    Raises:
        NotHad: it can't be had on this machine.
    """
    modules = node.modules("vendure", HERE)
    program = shutil.copy(HERE / "server.js", modules)
    port = free_port()
    command = [node.binary(), program, str(port), str(cluster.port)]
    environment = {**node.environment(), "VENDURE_DISABLE_TELEMETRY": "true"}
    files = [HERE / name for name in ("package-lock.json", "server.js", "products.csv")]
    dump = cache("vendure-data") / f"{fingerprint(*files)}.dump"
    with only_one("vendure-data"):
        if dump.exists():
            cluster.load(DATABASE, dump)
        else:
            cluster.create(DATABASE)
            log = cache("logs") / "vendure-fill.log"
            fill = [*command, HERE / "products.csv"]
            run(fill, log, cwd=modules, environment=environment)
            cluster.save(DATABASE, dump)
    url = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        try:
            return httpx.get(f"{url}/health").is_success
        except httpx.HTTPError:
            return False

    with Server(command, folder / "vendure.log", ready, cwd=folder, environment=environment):
        yield VendureServer(url)
