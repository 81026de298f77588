"""Request Tracker 5 by its REST2 interface."""

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

_CLOSED = frozenset(("resolved", "rejected", "deleted"))
_PATH = "REST/2.0"


class RequestTracker:
    """`token` is an authentication token, or `user:password` where the server has none."""

    name = "rt"
    hears = True

    def __init__(self, url: str, token: str, queue: str, limit: int) -> None:
        self.limit = limit
        self._url = url.rstrip("/")
        self._queue = queue or "General"
        user, _, password = token.partition(":")

        async def headers() -> dict[str, str]:
            if password:
                pair = base64.b64encode(f"{user}:{password}".encode()).decode()
                return {"Authorization": f"Basic {pair}"}
            return {"Authorization": f"token {token}"}

        self._api = Api(url, headers=headers)

    async def find(self, tag: str) -> Found | None:
        answer = await self._api.get(
            f"{_PATH}/tickets",
            params={
                "query": f"Subject LIKE '{tag}'",
                "fields": "Subject,Status",
                "orderby": "id",
                "order": "DESC",
            },
        )
        return best([self._found(item) for item in as_list(answer.json().get("items"))])

    async def create(self, ticket: Outgoing) -> Found:
        body = {"Queue": self._queue, "Subject": ticket.title, **_content(ticket)}
        made = await self._api.change("POST", f"{_PATH}/ticket", body)
        return self._found(made.json())

    async def has(self, number: str, tag: str) -> bool:
        answer = await self._api.get(
            f"{_PATH}/ticket/{number}/attachments", params={"fields": "Filename", "per_page": 100}
        )
        return any(
            str(item.get("Filename", "")).startswith(tag)
            for item in as_list(answer.json().get("items"))
        )

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """It went with the ticket."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        await self._api.change("POST", f"{_PATH}/ticket/{number}/comment", _content(ticket))

    async def progress(self, number: str) -> Progress:
        ticket = (await self._api.get(f"{_PATH}/ticket/{number}")).json()
        history = await self._api.get(
            f"{_PATH}/ticket/{number}/history",
            params={"fields": "Type,Created,Creator", "per_page": 100},
        )
        answers = []
        for item in as_list(history.json().get("items")):
            # A comment is for support alone; what it writes to whoever asked is correspondence.
            if item.get("Type") == "Correspond":
                answers.append(await self._answer(item))
        return Progress(str(ticket.get("Status")) in _CLOSED, tuple(answers))

    async def close(self) -> None:
        await self._api.close()

    async def _answer(self, item: dict[str, Any]) -> Answer:
        number = str(item["id"])
        whole = (await self._api.get(f"{_PATH}/transaction/{number}")).json()
        text = ""
        for link in as_list(whole.get("_hyperlinks")):
            if link.get("ref") != "attachment" or text:
                continue
            place = str(link["_url"]).partition(f"/{_PATH}/")[2]
            part = (await self._api.get(f"{_PATH}/{place}")).json()
            kind = str(part.get("ContentType", ""))
            if kind.startswith("text/"):
                raw = base64.b64decode(str(part.get("Content", ""))).decode("utf-8", "replace")
                text = words(raw) if kind == "text/html" else raw.strip()
        creator = item.get("Creator")
        author = str(creator.get("id", "")) if isinstance(creator, dict) else str(creator or "")
        return Answer(number, moment(item.get("Created")), author, text)

    def _found(self, item: dict[str, Any]) -> Found:
        number = str(item["id"])
        return Found(
            number,
            f"{self._url}/Ticket/Display.html?id={number}",
            str(item.get("Status", "")) in _CLOSED,
        )


def _content(ticket: Outgoing) -> dict[str, Any]:
    return {
        "Content": ticket.body,
        "ContentType": "text/plain",
        "Attachments": [
            {
                "FileName": ticket.file_name,
                "FileType": "application/zip",
                "FileContent": base64.b64encode(ticket.bundle).decode(),
            }
        ],
    }
