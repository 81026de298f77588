"""A real Medusa 2 from npm on PostgreSQL, migrated once."""

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
DATABASE = "medusa"
USER = "admin@example.com"
PASSWORD = "admin-Expedita-1"


@dataclass(frozen=True)
class MedusaServer:
    url: str


@contextmanager
def serving(cluster: postgres.Cluster, folder: Path) -> Iterator[MedusaServer]:
    """A server on a migrated database that has one user and nothing else.

    Raises:
        NotHad: it can't be had on this machine.
    """
    modules = node.modules("medusa", HERE)
    shutil.copy(HERE / "medusa-config.js", modules)
    medusa = [node.binary(), modules / "node_modules" / "@medusajs" / "cli" / "cli.js"]
    environment = {
        **node.environment(),
        "DATABASE_URL": cluster.url(DATABASE),
        "MEDUSA_DISABLE_TELEMETRY": "true",
        "NODE_ENV": "production",
    }
    files = [HERE / "package-lock.json", HERE / "medusa-config.js"]
    dump = cache("medusa-data") / f"{fingerprint(*files, extra=USER + PASSWORD)}.dump"
    with only_one("medusa-data"):
        if dump.exists():
            cluster.load(DATABASE, dump)
        else:
            cluster.create(DATABASE)
            log = cache("logs") / "medusa-fill.log"
            for words in (["db:migrate"], ["user", "-e", USER, "-p", PASSWORD]):
                run([*medusa, *words], log, cwd=modules, environment=environment)
            cluster.save(DATABASE, dump)
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        try:
            return httpx.get(f"{url}/health").is_success
        except httpx.HTTPError:
            return False

    command = [*medusa, "start", "-H", "127.0.0.1", "-p", str(port)]
    with Server(command, folder / "medusa.log", ready, cwd=modules, environment=environment):
        yield MedusaServer(url)
