"""Redmine by its REST interface (seen on 5.0)."""

from __future__ import annotations

from typing import Any

from app.connectors.http import Api
from app.support.helpdesks.helpdesk import Answer, Found, Outgoing, Progress, as_list, best, moment


class Redmine:
    """`project` is a project's identifier, `tracker` a tracker's number or empty."""

    name = "redmine"
    hears = True

    def __init__(self, url: str, token: str, project: str, tracker: str, limit: int) -> None:
        self.limit = limit
        self._url = url.rstrip("/")
        self._project = project
        self._tracker = tracker
        self._me = ""

        async def headers() -> dict[str, str]:
            return {"X-Redmine-API-Key": token}

        self._api = Api(url, headers=headers)

    async def find(self, tag: str) -> Found | None:
        answer = await self._api.get(
            "issues.json",
            params={"subject": f"~{tag}", "status_id": "*", "sort": "id:desc", "limit": 10},
        )
        return best([self._found(issue) for issue in as_list(answer.json().get("issues"))])

    async def create(self, ticket: Outgoing) -> Found:
        issue: dict[str, Any] = {
            "project_id": self._project,
            "subject": ticket.title,
            "description": ticket.body,
            # An upload that no ticket names is thrown away: so both can go by one change.
            "uploads": [await self._upload(ticket)],
        }
        if self._tracker:
            issue["tracker_id"] = int(self._tracker)
        made = await self._api.change("POST", "issues.json", {"issue": issue})
        return self._found(made.json()["issue"])

    async def has(self, number: str, tag: str) -> bool:
        issue = await self._issue(number, "attachments")
        return any(
            str(file.get("filename", "")).startswith(tag)
            for file in as_list(issue.get("attachments"))
        )

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """It went with the ticket."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        issue = {"notes": ticket.body, "uploads": [await self._upload(ticket)]}
        await self._api.change("PUT", f"issues/{number}.json", {"issue": issue})

    async def progress(self, number: str) -> Progress:
        issue = await self._issue(number, "journals")
        me = await self._own_id()
        answers = [
            Answer(
                str(note["id"]),
                moment(note.get("created_on")),
                str(note.get("user", {}).get("name", "")),
                str(note["notes"]),
            )
            for note in as_list(issue.get("journals"))
            if note.get("notes")
            and not note.get("private_notes")
            and str(note.get("user", {}).get("id")) != me
        ]
        return Progress(bool(issue.get("status", {}).get("is_closed")), tuple(answers))

    async def close(self) -> None:
        await self._api.close()

    async def _issue(self, number: str, include: str) -> dict[str, Any]:
        answer = await self._api.get(f"issues/{number}.json", params={"include": include})
        issue: dict[str, Any] = answer.json()["issue"]
        return issue

    async def _own_id(self) -> str:
        """Whose key it is: the notes of that account are our own evidence, no answers."""
        if not self._me:
            answer = await self._api.get("users/current.json")
            self._me = str(answer.json()["user"]["id"])
        return self._me

    async def _upload(self, ticket: Outgoing) -> dict[str, str]:
        answer = await self._api.call(
            "POST",
            "uploads.json",
            params={"filename": ticket.file_name},
            content=ticket.bundle,
            headers={"Content-Type": "application/octet-stream"},
        )
        return {
            "token": str(answer.json()["upload"]["token"]),
            "filename": ticket.file_name,
            "content_type": "application/zip",
        }

    def _found(self, issue: dict[str, Any]) -> Found:
        number = str(issue["id"])
        closed = bool(issue.get("status", {}).get("is_closed"))
        return Found(number, f"{self._url}/issues/{number}", closed)
