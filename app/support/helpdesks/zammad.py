"""Zammad by its REST interface, after docs.zammad.org (API: tickets, articles, search)."""

from __future__ import annotations

import base64
from typing import Any

from app.connectors.http import Api
from app.support.helpdesks.helpdesk import (
    Answer,
    Found,
    Outgoing,
    Progress,
    as_list,
    best,
    moment,
    words,
)

_CLOSED = frozenset(("closed", "merged", "removed"))


class Zammad:
    """`customer` is the e-mail address in whose name tickets are opened."""

    name = "zammad"
    hears = True

    def __init__(self, url: str, token: str, group: str, customer: str, limit: int) -> None:
        self.limit = limit
        self._url = url.rstrip("/")
        self._group = group or "Users"
        self._customer = customer

        async def headers() -> dict[str, str]:
            return {"Authorization": f"Token token={token}"}

        self._api = Api(f"{self._url}/api/v1", headers=headers)

    async def find(self, tag: str) -> Found | None:
        answer = await self._api.get(
            "tickets/search",
            {
                "query": f'"{tag}"',
                "limit": 20,
                "expand": "true",
                "sort_by": "id",
                "order_by": "desc",
            },
        )
        tickets = as_list(answer.json())
        # The search looks into articles too; the tag must stand in the title.
        return best([self._found(t) for t in tickets if tag in str(t.get("title", ""))])

    async def create(self, ticket: Outgoing) -> Found:
        body = {
            "title": ticket.title,
            "group": self._group,
            "customer_id": f"guess:{self._customer}",
            "article": {**_article(ticket), "subject": ticket.title},
        }
        return self._found((await self._api.change("POST", "tickets", body)).json())

    async def has(self, number: str, tag: str) -> bool:
        return any(
            str(file.get("filename", "")).startswith(tag)
            for article in await self._articles(number)
            for file in as_list(article.get("attachments"))
        )

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """It went with the ticket."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        body = {"ticket_id": int(number), **_article(ticket)}
        await self._api.change("POST", "ticket_articles", body)

    async def progress(self, number: str) -> Progress:
        ticket = (await self._api.get(f"tickets/{number}", {"expand": "true"})).json()
        answers = [
            Answer(
                str(article["id"]),
                moment(article.get("created_at")),
                str(article.get("from", "")),
                _text(article),
            )
            for article in await self._articles(number)
            if article.get("sender") == "Agent"
            and not article.get("internal")
            and "[EXP-" not in str(article.get("subject") or "")
        ]
        return Progress(str(ticket.get("state")) in _CLOSED, tuple(answers))

    async def close(self) -> None:
        await self._api.close()

    async def _articles(self, number: str) -> list[dict[str, Any]]:
        return as_list((await self._api.get(f"ticket_articles/by_ticket/{number}")).json())

    def _found(self, ticket: dict[str, Any]) -> Found:
        return Found(
            str(ticket["id"]),
            f"{self._url}/#ticket/zoom/{ticket['id']}",
            str(ticket.get("state", "")) in _CLOSED,
        )


def _article(ticket: Outgoing) -> dict[str, Any]:
    return {
        "subject": f"[{ticket.tag}]",
        "body": ticket.body,
        "content_type": "text/plain",
        "type": "note",
        "internal": False,
        "attachments": [
            {
                "filename": ticket.file_name,
                "data": base64.b64encode(ticket.bundle).decode(),
                "mime-type": "application/zip",
            }
        ],
    }


def _text(article: dict[str, Any]) -> str:
    body = str(article.get("body", ""))
    return words(body) if "html" in str(article.get("content_type", "")) else body.strip()
