"""What every connector that speaks over a network must pass, whatever its role."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.connectors import errors, kinds
from tests.app.connectors.hands import run
from tests.support import faulty_proxy as faults
from tests.support.faulty_proxy import FaultyProxy


class ReadsContract:
    """Every bad end of a read has its name, and no name holds a person's."""

    @pytest.fixture
    def proxy(self, bed: Any) -> Iterator[FaultyProxy]:
        if not bed.url:
            pytest.skip("no network before this system")
        with FaultyProxy(bed.url) as proxy:
            yield proxy

    def something_to_read(self, bed: Any) -> None:
        """Make what a read would find, where nothing is there from the start."""

    async def reading(self, bed: Any, connector: Any) -> None:
        await bed.read(connector)

    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (faults.REFUSE, errors.Down),
            (faults.LOSE_ANSWER, errors.Down),
            (faults.CUT_HALF, errors.Down),
            (faults.BUSY, errors.Down),
            (faults.BROKEN, errors.Down),
            (faults.HTML, errors.Unreadable),
            (faults.TRUNCATED, errors.Unreadable),
            (faults.DENIED, errors.Unauthorised),
        ],
        ids=lambda value: getattr(value, "name", ""),
    )
    def test_a_broken_read_has_its_name(
        self,
        bed: Any,
        proxy: FaultyProxy,
        fault: faults.Fault,
        error: type[errors.ConnectorError],
    ) -> None:
        self.something_to_read(bed)
        proxy.always = fault
        with pytest.raises(errors.ConnectorError) as caught:
            run(bed, partial(self.reading, bed), url=proxy.url)
        assert isinstance(caught.value, error), caught.value
        assert "@" not in str(caught.value)

    def test_too_many_calls_say_when_to_come_back(self, bed: Any, proxy: FaultyProxy) -> None:
        proxy.always = faults.TOO_MANY
        with pytest.raises(errors.RateLimited) as caught:
            run(bed, partial(self.reading, bed), url=proxy.url)
        assert caught.value.retry_after_s == pytest.approx(7)


class NetworkContract(ReadsContract):
    """The same, and a clock there that nobody has set."""

    @pytest.mark.parametrize("hours", [-30, 30])
    def test_a_clock_that_is_off_there_breaks_nothing(self, bed: Any, hours: int) -> None:
        bed.clock_off(timedelta(hours=hours))
        run(bed, bed.read)


class TokensContract:
    """Of connectors whose tokens end: one writer, and nothing lost between given and kept."""

    def test_many_calls_with_an_ended_token_renew_it_once(self, bed: Any) -> None:
        bed.end_access()
        config = bed.config(bed.url)  # one store of secrets, as two processes have it

        async def all_at_once() -> None:
            made = [kinds.make(bed.kind, config) for _ in range(3)]
            try:
                await asyncio.gather(*(bed.read(c) for c in made for _ in range(2)))
            finally:
                for connector in made:
                    await connector.close()

        asyncio.run(all_at_once())
        assert bed.grants() == 1

    def test_the_refresh_token_is_kept_before_the_access_token(self, bed: Any) -> None:
        bed.end_access()
        run(bed, bed.read)
        names = [name for name, _ in bed.secrets.writes]
        assert names[:2] == ["refresh_token", "access_token"]

    def test_a_refresh_that_is_refused_waits_for_a_person(self, bed: Any) -> None:
        bed.end_access()
        bed.secrets.values["refresh_token"] = "used-before"
        with pytest.raises(errors.Unauthorised):
            run(bed, bed.read)
        assert bed.grants() == 0

    def test_a_person_lets_it_in_with_the_address_the_browser_was_sent_to(self, bed: Any) -> None:
        from app.connectors.tokens import Tokens

        bed.secrets.values.pop("access_token")
        bed.secrets.values.pop("refresh_token")
        config = bed.config(bed.url)
        assert bed.kind.login is not None

        async def agree() -> str:
            login = bed.kind.login(config)
            try:
                given = "https://loja.example.com/expedita?code=code-1&state=expedita"
                await Tokens(config.secrets, login.renewed).begin(lambda: login.first(given))
                return str(login.address())
            finally:
                await login.close()

        assert "client_id=app-1" in asyncio.run(agree())
        run(bed, bed.read)
        assert bed.grants() == 1
