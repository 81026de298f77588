"""GLPI 9 and 10 by apirest.php, after its documentation (apirest.md)."""

from __future__ import annotations

import json
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
    words,
)

_NAME, _ID, _STATUS = 1, 2, 12  # search options of a ticket
_SOLVED = 5  # 5 solved, 6 closed


class Glpi:
    """`token` is the user's, `app_token` that of the API client, where one is asked for."""

    name = "glpi"
    hears = True

    def __init__(self, url: str, token: str, app_token: str, category: str, limit: int) -> None:
        self.limit = limit
        self._url = url.rstrip("/")
        self._token = token
        self._app = {"App-Token": app_token} if app_token else {}
        self._category = category
        self._session = ""
        self._me = 0
        self._api = Api(f"{self._url}/apirest.php", headers=self._headers)

    async def find(self, tag: str) -> Found | None:
        answer = await self._get(
            "search/Ticket",
            {
                "criteria[0][field]": _NAME,
                "criteria[0][searchtype]": "contains",
                "criteria[0][value]": tag,
                "forcedisplay[0]": _ID,
                "forcedisplay[1]": _STATUS,
                "sort": _ID,
                "order": "DESC",
            },
        )
        rows = as_list(answer.get("data")) if isinstance(answer, dict) else []
        return best([self._found(row[str(_ID)], row.get(str(_STATUS))) for row in rows])

    async def create(self, ticket: Outgoing) -> Found:
        await self._sign_in()
        content: dict[str, Any] = {"name": ticket.title, "content": ticket.body}
        if self._category:
            content["itilcategories_id"] = int(self._category)
        made = await self._api.change("POST", "Ticket", {"input": content})
        return self._found(made.json()["id"], 1)

    async def has(self, number: str, tag: str) -> bool:
        links = await self._get(f"Ticket/{number}/Document_Item", {})
        for link in as_list(links):
            document = await self._get(f"Document/{link['documents_id']}", {})
            if tag in f"{document.get('filename', '')} {document.get('name', '')}":
                return True
        return False

    async def attach(self, number: str, ticket: Outgoing) -> None:
        await self._sign_in()
        manifest = {
            "input": {
                "name": ticket.file_name,
                "_filename": [ticket.file_name],
                "itemtype": "Ticket",
                "items_id": int(number),
            }
        }
        content, headers = multipart(
            {
                "uploadManifest": (None, json.dumps(manifest), "application/json"),
                "filename[0]": (ticket.file_name, ticket.bundle, "application/zip"),
            }
        )
        await self._api.call("POST", "Document", content=content, headers=headers, changes=True)

    async def add(self, number: str, ticket: Outgoing) -> None:
        await self.attach(number, ticket)
        note = {"itemtype": "Ticket", "items_id": int(number), "content": ticket.body}
        await self._api.change("POST", "ITILFollowup", {"input": note})

    async def progress(self, number: str) -> Progress:
        ticket = await self._get(f"Ticket/{number}", {})
        notes = await self._get(f"Ticket/{number}/ITILFollowup", {})
        answers = [
            Answer(
                str(note["id"]),
                moment(note.get("date_creation") or note.get("date")),
                str(note.get("users_id", "")),
                words(str(note.get("content", ""))),
            )
            for note in as_list(notes)
            if not note.get("is_private") and note.get("users_id") != self._me
        ]
        return Progress(int(ticket.get("status") or 1) >= _SOLVED, tuple(answers))

    async def close(self) -> None:
        try:
            if self._session:
                await self._api.get("killSession")
        finally:
            await self._api.close()

    async def _headers(self) -> dict[str, str]:
        if self._session:
            return {"Session-Token": self._session, **self._app}
        return {"Authorization": f"user_token {self._token}", **self._app}

    async def _get(self, path: str, params: dict[str, Any]) -> Any:
        await self._sign_in()
        return (await self._api.get(path, params)).json()

    async def _sign_in(self) -> None:
        if self._session:
            return
        opened = (await self._api.get("initSession", {"get_full_session": "true"})).json()
        self._session = str(opened["session_token"])
        self._me = int(opened.get("session", {}).get("glpiID") or 0)

    def _found(self, number: Any, status: Any) -> Found:
        return Found(
            str(number),
            f"{self._url}/front/ticket.form.php?id={number}",
            int(status or 1) >= _SOLVED,
        )
