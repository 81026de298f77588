"""OAuth 2 tokens of a connector, renewed by one writer at a time.

Many services take a refresh token once: two that refresh together lock the account out. So a
renewal happens in a turn that only one process has, begins by looking whether another has renewed
meanwhile, and the new tokens are durable before the first of them is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from app.connectors import errors
from app.connectors.kinds import Grant, Secrets

__all__ = ["Grant", "Tokens"]

EARLY = timedelta(seconds=60)  # renewed before it ends, for calls under way and clocks that differ


class Tokens:
    """The access token of one connector: kept as `access_token`, `refresh_token`, `expires_at`.

    `renew` asks the token endpoint with the refresh token (empty for client credentials).
    """

    def __init__(
        self,
        secrets: Secrets,
        renew: Callable[[str], Awaitable[Grant]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._secrets = secrets
        self._renew = renew
        self._clock = clock

    async def access(self) -> str:
        """A token that is good for now."""
        token = self._secrets.get("access_token")
        if token and not self._is_old():
            return token
        return await self.renewed(token)

    async def renewed(self, stale: str) -> str:
        """A token other than `stale`: another process's, or a fresh one.

        Raises:
            ConnectorError: Unauthorised when the refresh token isn't taken any more.
        """
        async with self._secrets.turn():
            token = self._secrets.get("access_token")
            if token and token != stale and not self._is_old():
                return token
            grant = await self._renew(self._secrets.get("refresh_token"))
            self._keep(grant)
            return grant.access

    async def begin(self, first: Callable[[], Awaitable[Grant]]) -> None:
        """Keep the tokens that a person's sign-in gave, in place of any there were."""
        async with self._secrets.turn():
            self._keep(await first())

    def _keep(self, grant: Grant) -> None:
        if not grant.access:
            raise errors.Unauthorised("no token")
        if grant.refresh:  # first: it is the one that can't be had again
            self._secrets.put("refresh_token", grant.refresh)
        self._secrets.put("access_token", grant.access)
        expires = self._clock() + timedelta(seconds=grant.lasts_s)
        self._secrets.put("expires_at", expires.isoformat())

    def _is_old(self) -> bool:
        try:
            return datetime.fromisoformat(self._secrets.get("expires_at")) - EARLY <= self._clock()
        except ValueError:
            return False  # unknown: a 401 will tell
