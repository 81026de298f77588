"""Jira Service Management by its service desk interface, after developer.atlassian.com."""

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
    multipart,
)

_PATH = "rest/servicedeskapi"
# Without these the server takes the form for a forged one, or its search for an experiment.
_HEADERS = {"X-Atlassian-Token": "no-check", "X-ExperimentalApi": "opt-in"}


class JiraServiceManagement:
    """`account` is the e-mail address that the token belongs to."""

    name = "jira"
    hears = True

    def __init__(
        self, url: str, account: str, token: str, desk: str, request_type: str, limit: int
    ) -> None:
        self.limit = limit
        self._url = url.rstrip("/")
        self._account = account
        self._desk = desk
        self._type = request_type
        pair = base64.b64encode(f"{account}:{token}".encode()).decode()

        async def headers() -> dict[str, str]:
            return {"Authorization": f"Basic {pair}", **_HEADERS}

        self._api = Api(f"{self._url}/{_PATH}", headers=headers)

    async def find(self, tag: str) -> Found | None:
        answer = await self._api.get(
            "request",
            {"searchTerm": tag, "requestOwnership": "OWNED_REQUESTS", "serviceDeskId": self._desk},
        )
        return best([self._found(value) for value in as_list(answer.json().get("values"))])

    async def create(self, ticket: Outgoing) -> Found:
        body = {
            "serviceDeskId": self._desk,
            "requestTypeId": self._type,
            "requestFieldValues": {"summary": ticket.title, "description": ticket.body},
        }
        return self._found((await self._api.change("POST", "request", body)).json())

    async def has(self, number: str, tag: str) -> bool:
        files = (await self._api.get(f"request/{number}/attachment")).json()
        return any(
            str(file.get("filename", "")).startswith(tag) for file in as_list(files.get("values"))
        )

    async def attach(self, number: str, ticket: Outgoing) -> None:
        await self._attach(number, ticket, ticket.tag)

    async def add(self, number: str, ticket: Outgoing) -> None:
        await self._attach(number, ticket, ticket.body)

    async def progress(self, number: str) -> Progress:
        request = (await self._api.get(f"request/{number}")).json()
        comments = (await self._api.get(f"request/{number}/comment", {"public": "true"})).json()
        answers = [
            Answer(
                str(comment["id"]),
                moment(comment.get("created", {}).get("iso8601")),
                str(comment.get("author", {}).get("displayName", "")),
                str(comment.get("body", "")),
            )
            for comment in as_list(comments.get("values"))
            if comment.get("author", {}).get("emailAddress") != self._account
        ]
        return Progress(_is_done(request), tuple(answers))

    async def close(self) -> None:
        await self._api.close()

    async def _attach(self, number: str, ticket: Outgoing, comment: str) -> None:
        content, headers = multipart({"file": (ticket.file_name, ticket.bundle, "application/zip")})
        # A temporary file that no request names is thrown away.
        held = await self._api.call(
            "POST",
            f"servicedesk/{self._desk}/attachTemporaryFile",
            content=content,
            headers=headers,
        )
        ids = [part["temporaryAttachmentId"] for part in held.json()["temporaryAttachments"]]
        body = {
            "temporaryAttachmentIds": ids,
            "public": True,
            "additionalComment": {"body": comment},
        }
        await self._api.change("POST", f"request/{number}/attachment", body)

    def _found(self, request: dict[str, Any]) -> Found:
        links = request.get("_links") or {}
        return Found(str(request["issueKey"]), str(links.get("web", "")), _is_done(request))


def _is_done(request: dict[str, Any]) -> bool:
    return str((request.get("currentStatus") or {}).get("statusCategory", "")).upper() == "DONE"
