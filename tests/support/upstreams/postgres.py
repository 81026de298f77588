"""A PostgreSQL cluster of a test run's own, for upstream servers that need one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.upstreams.place import NotHad, Server, cache, free_port, run

USER = "upstream"


@dataclass(frozen=True)
class Cluster:
    port: int
    tools: Path

    def url(self, database: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> None:
        self._tool("createdb", database)

    def save(self, database: str, file: Path) -> None:
        """The whole database in one file, from which `load` makes it again in seconds."""
        part = file.with_suffix(".part")
        self._tool("pg_dump", "-Fc", "-Z1", "-f", str(part), database)
        part.replace(file)

    def load(self, database: str, file: Path) -> None:
        self.create(database)
        self._tool("pg_restore", "-j2", "--no-owner", "-d", database, str(file))

    def _tool(self, name: str, *words: str) -> None:
        command = [self.tools / name, "-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        run([*command, *words], cache("logs") / "postgres.log")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster on loopback, gone when the context ends.

    Raises:
        NotHad: PostgreSQL is not installed here.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NotHad("PostgreSQL is not installed (Debian's package postgresql)")
    tools, port = found[-1].parent, free_port()
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="expedita-postgres-"))
    try:
        if user:
            shutil.chown(folder, user)
        log = cache("logs") / "postgres.log"
        new = [tools / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust"]
        run([*new, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], log, cwd=folder, user=user)
        # What a power cut would spoil is thrown away after the run anyway.
        careless = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        settings = [*careless, f"port={port}", "listen_addresses=127.0.0.1"]
        settings.append(f"unix_socket_directories={folder}")
        command = [tools / "postgres", "-D", folder / "data"]
        command += [word for setting in settings for word in ("-c", setting)]

        def ready() -> bool:
            ask = [tools / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            try:
                run(ask, log)
            except NotHad:
                return False
            return True

        with Server(command, log, ready, cwd=folder, user=user):
            yield Cluster(port, tools)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
