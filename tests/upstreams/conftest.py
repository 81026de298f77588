"""The real servers that these tests need: started once a run, on a copy of filled data.

A server that can't be had on this machine skips its tests, and the reason says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache

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


@pytest.fixture(scope="session")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Desk]]:
    """A desk at the Tryton of a version, whose server runs until the tests end."""
    with ExitStack() as until_the_end, ThreadPoolExecutor() as beside:
        for version in tryton_server.VERSIONS:  # the first time this takes a minute for each
            beside.submit(tryton_server.filled, version)

        @cache
        def desk(version: str) -> Desk:
            folder = tmp_path_factory.mktemp(f"tryton-{version}")
            try:
                server = until_the_end.enter_context(tryton_server.serving(version, folder))
            except NotHad as why:
                pytest.skip(f"Tryton {version} could not be had: {why}")
            opened = Desk(server)
            until_the_end.callback(opened.close)
            return opened

        yield desk


@pytest.fixture(scope="session")
def request_tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Request Tracker 5 that runs until the tests end."""
    with ExitStack() as until_the_end:
        try:
            yield until_the_end.enter_context(
                helpdesks.request_tracker(tmp_path_factory.mktemp("rt"))
            )
        except NotHad as why:
            pytest.skip(f"Request Tracker could not be had: {why}")


@pytest.fixture(scope="session")
def redmine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redmine that runs until the tests end."""
    with ExitStack() as until_the_end:
        try:
            yield until_the_end.enter_context(helpdesks.redmine(tmp_path_factory.mktemp("redmine")))
        except NotHad as why:
            pytest.skip(f"Redmine could not be had: {why}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL cluster for the servers that need one."""
    with ExitStack() as until_the_end:
        try:
            yield until_the_end.enter_context(postgres.cluster())
        except NotHad as why:
            pytest.skip(f"PostgreSQL could not be had: {why}")


@pytest.fixture(scope="session")
def odoo(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[odoo_desk.Desk]:
    """A desk at Odoo 19."""
    with ExitStack() as until_the_end:
        try:
            folder = tmp_path_factory.mktemp("odoo")
            server = until_the_end.enter_context(odoo_server.serving(cluster, folder))
        except NotHad as why:
            pytest.skip(f"Odoo 19 could not be had: {why}")
        desk = odoo_desk.Desk(server)
        until_the_end.callback(desk.close)
        yield desk


@pytest.fixture(scope="module")
def vendure(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[vendure_desk.Desk]:
    """A desk at Vendure 3.7."""
    with ExitStack() as until_the_end:
        try:
            folder = tmp_path_factory.mktemp("vendure")
            server = until_the_end.enter_context(vendure_server.serving(cluster, folder))
        except NotHad as why:
            pytest.skip(f"Vendure 3.7 could not be had: {why}")
        desk = vendure_desk.Desk(server)
        until_the_end.callback(desk.close)
        yield desk


@pytest.fixture(scope="module")
def medusa(
    cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[medusa_desk.Desk]:
    """A desk at Medusa 2."""
    with ExitStack() as until_the_end:
        try:
            folder = tmp_path_factory.mktemp("medusa")
            server = until_the_end.enter_context(medusa_server.serving(cluster, folder))
        except NotHad as why:
            pytest.skip(f"Medusa 2 could not be had: {why}")
        desk = medusa_desk.Desk(server)
        until_the_end.callback(desk.close)
        yield desk
