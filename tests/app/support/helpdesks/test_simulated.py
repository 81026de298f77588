"""GLPI, Zammad and Jira Service Management, against simulators made from their documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app.support.helpdesks.contract import HelpdeskContract
from tests.support.simulated_helpdesks import Glpi, Jira, Simulated, Zammad


class TestFromDocuments(HelpdeskContract):
    @pytest.fixture(params=[Glpi, Zammad, Jira], ids=lambda made: made.kind)
    def bed(self, request: pytest.FixtureRequest) -> Iterator[Simulated]:
        made = request.param()
        yield made
        made.stop()
