"""What every connector of `Role.NOTICE` must pass.

A bed has `kind`, `config()`, `wrong()` (a configuration with a wrong secret), `gone()` (of a system
that is not there), `losing()` (of one that takes a notice and loses its answer), and `received()`:
the keys that receivers hold, each once however often it came.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from app.connectors import errors, kinds
from app.connectors.kinds import Config
from app.connectors.roles import Notice, OrderRef
from app.domain.model import Recipient

T = TypeVar("T")
KEY = "8f2c1b1e-6a53-4c2f-9c1d-0000000000cc"
NOTICE = Notice(
    OrderRef("loja", "1", "1001", "site"),
    "shipped",
    "pt",
    Recipient("Íris Gonçalves", "52998224725", "iris@example.com", "+55 11 90000-0000"),
    "Seu pedido 1001 saiu",
    "Íris, seu pedido 1001 foi entregue à transportadora.",
    ("PB123456785BR",),
    "Correios",
    datetime(2026, 11, 25, 12, tzinfo=UTC),
)


class NoticesContract:
    def test_a_notice_goes_out_and_bears_its_key(self, bed: Any) -> None:
        assert _told(bed, bed.config()).reference
        assert bed.received() == {KEY}

    def test_the_same_key_twice_is_one_notice_to_who_looks_at_it(self, bed: Any) -> None:
        for _ in range(2):
            _told(bed, bed.config())
        assert bed.received() == {KEY}

    def test_an_answer_that_was_lost_is_unknown_and_the_next_try_makes_no_second_notice(
        self, bed: Any
    ) -> None:
        with pytest.raises(errors.ConnectorError) as caught:
            _told(bed, bed.losing())
        assert caught.value.maybe_done
        found = _run(bed, bed.config(), lambda c: c.find_notice(NOTICE, KEY))
        if found is None:
            _told(bed, bed.config())
        assert bed.received() == {KEY}

    def test_a_system_that_is_gone_has_surely_not_sent_it(self, bed: Any) -> None:
        with pytest.raises(errors.Down) as caught:
            _told(bed, bed.gone())
        assert not caught.value.maybe_done

    def test_a_wrong_secret_waits_for_a_person(self, bed: Any) -> None:
        with pytest.raises(errors.Unauthorised):
            _told(bed, bed.wrong())
        assert bed.received() == set()

    @pytest.mark.parametrize("end", ["losing", "gone", "wrong"])
    def test_no_bad_end_names_the_customer(self, bed: Any, end: str) -> None:
        with pytest.raises(errors.ConnectorError) as caught:
            _told(bed, getattr(bed, end)())
        said = f"{caught.value} {caught.value.exchange}"
        assert "iris" not in said
        assert "Íris" not in said
        assert "52998224725" not in said


def _told(bed: Any, config: Config) -> Any:
    return _run(bed, config, lambda c: c.notify(NOTICE, KEY))


def _run(bed: Any, config: Config, work: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
    async def inside() -> T:
        connector: Any = kinds.make(bed.kind, config)
        try:
            return await work(connector)
        finally:
            await connector.close()

    return asyncio.run(inside())
