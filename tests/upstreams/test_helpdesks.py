"""Tickets in real helpdesks: Request Tracker 5 and Redmine."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from tests.app.support.helpdesks.contract import HelpdeskContract
from tests.support.upstreams.helpdesks import server


class RtBed:
    """Support at Request Tracker, by REST2 as its root user."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.settings = {"helpdesk.kind": "rt", "helpdesk.queue": "General"}
        self.secrets = {"helpdesk.token": server.RT_ACCOUNT}
        account = tuple(server.RT_ACCOUNT.split(":"))
        self._client = httpx.Client(base_url=f"{url}/REST/2.0", auth=account, timeout=60)

    def count(self, tag: str) -> int:
        found = self._get("tickets", query=f"Subject LIKE '{tag}'")
        return int(found["total"])

    def files(self, number: str) -> list[bytes]:
        found = self._get(f"ticket/{number}/attachments", fields="Filename", per_page=100)
        return [
            base64.b64decode(self._get(f"attachment/{item['id']}")["Content"])
            for item in found["items"]
            if str(item.get("Filename", "")).endswith(".zip")
        ]

    def answer(self, number: str, text: str) -> None:
        body = {"Content": text, "ContentType": "text/plain"}
        self._client.post(f"/ticket/{number}/correspond", json=body).raise_for_status()

    def close(self, number: str) -> None:
        self._client.put(f"/ticket/{number}", json={"Status": "resolved"}).raise_for_status()

    def _get(self, path: str, **params: Any) -> Any:
        return self._client.get(f"/{path}", params=params).raise_for_status().json()


class RedmineBed:
    """Support at Redmine, by REST with an account of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.settings = {"helpdesk.kind": "redmine", "helpdesk.queue": server.PROJECT}
        self.secrets = {"helpdesk.token": server.REDMINE_KEY}
        key = {"X-Redmine-API-Key": server.REDMINE_SUPPORT_KEY}
        self._client = httpx.Client(base_url=url, headers=key, timeout=60)

    def count(self, tag: str) -> int:
        return int(self._get("issues", subject=f"~{tag}", status_id="*")["total_count"])

    def files(self, number: str) -> list[bytes]:
        issue = self._get(f"issues/{number}", include="attachments")["issue"]
        return [
            self._client.get(f"/attachments/download/{file['id']}/{file['filename']}")
            .raise_for_status()
            .content
            for file in issue["attachments"]
        ]

    def answer(self, number: str, text: str) -> None:
        self._put(number, {"notes": text})

    def close(self, number: str) -> None:
        statuses = self._get("issue_statuses")["issue_statuses"]
        done = next(status["id"] for status in statuses if status["is_closed"])
        self._put(number, {"status_id": done})
        issue = self._get(f"issues/{number}")["issue"]
        assert issue["status"]["id"] == done, "the project's workflow must let support close"

    def _put(self, number: str, issue: dict[str, Any]) -> None:
        self._client.put(f"/issues/{number}.json", json={"issue": issue}).raise_for_status()

    def _get(self, path: str, **params: Any) -> Any:
        return self._client.get(f"/{path}.json", params=params).raise_for_status().json()


class TestRequestTracker(HelpdeskContract):
    @pytest.fixture
    def bed(self, request_tracker: str) -> RtBed:
        return RtBed(request_tracker)


class TestRedmine(HelpdeskContract):
    @pytest.fixture
    def bed(self, redmine: str) -> RedmineBed:
        return RedmineBed(redmine)
