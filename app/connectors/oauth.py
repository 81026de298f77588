"""OAuth 2 with an authorisation code: a person signs in once, then tokens renew each other.

The person opens `OAuth.address`, agrees, and hands over what the service sent the browser to; its
code lives for a minute or so. From then on `tokens.Tokens` renews, one writer at a time.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from app.connectors import errors
from app.connectors.http import Api, HttpRefused
from app.connectors.kinds import Config, Field
from app.connectors.tokens import Grant

FIELDS = (
    Field("client_id", "", needed=True),
    Field("client_secret", "", secret=True, needed=True),
    Field("redirect", "https://loja.example.com/expedita"),
)


class OAuth:
    """One service's token endpoint.

    Args:
        token_url: where tokens are given out.
        door: where a person agrees.
        scope: what is asked for; empty where the service knows it by the client.
        basic: client and secret go into the header Authorization (RFC 6749, 2.3.1); else into
            the form.
    """

    def __init__(
        self, config: Config, token_url: str, door: str, *, scope: str = "", basic: bool = False
    ) -> None:
        self._id = config.option("client_id")
        self._secret = config.secrets.get("client_secret")
        self._redirect = config.option("redirect")
        self._token_url = token_url
        self._door = door
        self._scope = scope
        self._basic = basic
        self._api = Api(token_url, timeout_s=config.timeout_s)

    async def close(self) -> None:
        await self._api.close()

    def address(self) -> str:
        """What a person opens in a browser to agree."""
        asked = {
            "response_type": "code",
            "client_id": self._id,
            "redirect_uri": self._redirect,
            "scope": self._scope,
            "state": "expedita",
        }
        return f"{self._door}?{urlencode({k: v for k, v in asked.items() if v})}"

    async def first(self, given: str) -> Grant:
        """Tokens for a code, or for the address that the browser was sent to with it."""
        given = given.strip()
        code = parse_qs(urlsplit(given).query).get("code", [given])[0]
        asked = {"grant_type": "authorization_code", "code": code}
        if self._redirect:
            asked["redirect_uri"] = self._redirect
        return await self._ask(asked)

    async def renewed(self, refresh: str) -> Grant:
        """Tokens for a refresh token.

        Raises:
            ConnectorError: Unauthorised when there is none, or it isn't taken any more.
        """
        if not refresh:
            raise errors.Unauthorised("not authorised yet")
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh})

    async def _ask(self, asked: Mapping[str, str]) -> Grant:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self._basic:
            who = base64.b64encode(f"{self._id}:{self._secret}".encode()).decode()
            headers["Authorization"] = f"Basic {who}"
        else:
            asked = {**asked, "client_id": self._id, "client_secret": self._secret}
        try:
            answer = await self._api.change(
                "POST", self._token_url, content=urlencode(asked).encode(), headers=headers
            )
        except HttpRefused as refused:  # 400 invalid_grant: used, ended or taken back
            raise errors.Unauthorised(f"HTTP {refused.status}", exchange=refused.exchange) from None
        body = answer.json()
        try:
            return Grant(
                str(body["access_token"]),
                str(body.get("refresh_token") or ""),
                float(body.get("expires_in") or 3600),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise errors.Unreadable("token", exchange=answer.exchange) from None
