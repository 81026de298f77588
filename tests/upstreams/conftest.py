"""The real servers that these tests need: started once a run, on a copy of filled data.

A server that can't be had on this machine skips its tests, and the reason says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import cache
from typing import TypeVar

import pytest

from tests.support.upstreams import postgres
from tests.support.upstreams.helpdesks import server as helpdesks
from tests.support.upstreams.medusa import desk as medusa_desk
from tests.support.upstreams.medusa import server as medusa_server
from tests.support.upstreams.odoo import desk as odoo_desk
from tests.support.upstreams.odoo import server as odoo_server
from tests.support.upstreams.place import NotHad
from tests.support.upstreams.tryton import server as tryton_server
from tests.support.upstreams.tryton.desk import Desk
from tests.support.upstreams.vendure import desk as vendure_desk
from tests.support.upstreams.vendure import server as vendure_server

T = TypeVar("T")


@contextmanager
def had(name: str, server: AbstractContextManager[T]) -> Iterator[T]:
    """The server while it runs; where it can't be had its tests are skipped, and say why."""
    with ExitStack() as until_the_end:
        try:
            started = until_the_end.enter_context(server)
        except NotHad as why:
            pytest.skip(f"{name} could not be had: {why}")
        yield started


@pytest.fixture(scope="session")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Desk]]:
    """A desk at the Tryton of a version, whose server runs until the tests end."""
    with ExitStack() as until_the_end, ThreadPoolExecutor() as beside:
        for version in tryton_server.VERSIONS:  # the first time this takes a minute for each
            beside.submit(tryton_server.filled, version)

        @cache
        def desk(version: str) -> Desk:
            serving = tryton_server.serving(version, tmp_path_factory.mktemp(f"tryton-{version}"))
            server = until_the_end.enter_context(had(f"Tryton {version}", serving))
            return until_the_end.enter_context(closing(Desk(server)))

        yield desk


@pytest.fixture(scope="session")
def request_tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Request Tracker 5 that runs until the tests end."""
    serving = helpdesks.request_tracker(tmp_path_factory.mktemp("rt"))
    with had("Request Tracker", serving) as address:
        yield address


@pytest.fixture(scope="session")
def redmine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redmine that runs until the tests end."""
    with had("Redmine", helpdesks.redmine(tmp_path_factory.mktemp("redmine"))) as address:
        yield address


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL cluster for the servers that need one."""
    with had("PostgreSQL", postgres.cluster()) as started:
        yield started


@pytest.fixture(scope="session")
def odoo(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[odoo_desk.Desk]:
    """A desk at Odoo 19."""
    serving = odoo_server.serving(cluster, tmp_path_factory.mktemp("odoo"))
    with had("Odoo 19", serving) as server, closing(odoo_desk.Desk(server)) as desk:
        yield desk


@pytest.fixture(scope="module")
def vendure(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[vendure_desk.Desk]:
    """A desk at Vendure 3.7."""
    serving = vendure_server.serving(cluster, tmp_path_factory.mktemp("vendure"))
    with had("Vendure 3.7", serving) as server, closing(vendure_desk.Desk(server)) as desk:
        yield desk


@pytest.fixture(scope="module")
def medusa(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[medusa_desk.Desk]:
    """A desk at Medusa 2."""
    serving = medusa_server.serving(cluster, tmp_path_factory.mktemp("medusa"))
    with had("Medusa 2", serving) as server, closing(medusa_desk.Desk(server)) as desk:
        yield desk
