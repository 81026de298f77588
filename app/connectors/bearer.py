"""Calls with a bearer that is renewed: before it ends, and once more where it is refused."""

from __future__ import annotations

from collections.abc import Mapping

from app.connectors.http import Api
from app.connectors.kinds import Config
from app.connectors.oauth import OAuth
from app.connectors.tokens import Tokens


class Bearer:
    """An `Api` whose tokens come of `login`. `more` are headers that every call bears."""

    def __init__(
        self,
        config: Config,
        url: str,
        login: OAuth,
        *,
        per_second: float = 0.0,
        more: Mapping[str, str] | None = None,
    ) -> None:
        self._login = login
        self._more = dict(more or {})
        self._tokens = Tokens(config.secrets, login.renewed)
        self.api = Api(
            url,
            timeout_s=config.timeout_s,
            headers=self._headers,
            renew=self._renewed,
            per_second=per_second,
        )

    async def close(self) -> None:
        await self.api.close()
        await self._login.close()

    async def _headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {await self._tokens.access()}", **self._more}

    async def _renewed(self, refused: Mapping[str, str]) -> None:
        await self._tokens.renewed(refused["Authorization"].removeprefix("Bearer "))
