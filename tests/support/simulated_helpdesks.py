"""Simulators of GLPI, Zammad and Jira Service Management, made from their documents alone.

Each answers what its documents say, refuses what they forbid (a missing header, a wrong field),
and keeps tickets in memory. None of the three is a real server.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, Any]
TOKEN = "Tk-for-tests-9"


@dataclass
class Ticket:
    id: int
    title: str
    is_closed: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    headers: Any
    body: bytes

    def json(self) -> Any:
        assert self.headers["Content-Type"].startswith("application/json")
        return json.loads(self.body)

    def form(self) -> dict[str, tuple[str, bytes]]:
        """The parts of a form by name: file name and content."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + self.body)
        return {
            str(part.get_param("name", header="content-disposition")): (
                part.get_filename() or "",
                part.get_payload(decode=True),
            )
            for part in message.iter_parts()
        }


class Simulated:
    """A server on a free port. Its `routes` are (method, pattern of the path, answer)."""

    kind = ""

    def __init__(self) -> None:
        self.tickets: dict[int, Ticket] = {}
        self._guard = threading.Lock()
        simulated = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                parts = urlsplit(self.path)
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = simulated.reply(
                    Call(self.command, parts.path, query, self.headers, body)
                )
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = _any  # noqa: N815

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def settings(self) -> dict[str, str]:
        return {"helpdesk.kind": self.kind}

    @property
    def secrets(self) -> dict[str, str]:
        return {"helpdesk.token": TOKEN}

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, call: Call) -> Reply:
        with self._guard:
            if not self.knows(call):
                return 401, {"error": "not authorised"}
            for method, pattern, answer in self.routes():
                found = re.fullmatch(pattern, call.path)
                if method == call.method and found:
                    return answer(call, *found.groups())
        return 404, {"error": f"{call.method} {call.path}"}

    def knows(self, call: Call) -> bool:
        raise NotImplementedError

    def routes(self) -> list[tuple[str, str, Callable[..., Reply]]]:
        raise NotImplementedError

    def open(self, title: str) -> Ticket:
        ticket = Ticket(len(self.tickets) + 1, title)
        self.tickets[ticket.id] = ticket
        return ticket

    def found(self, words: str) -> list[Ticket]:
        return [t for t in reversed(self.tickets.values()) if words in t.title]

    # --- what a person at support does ------------------------------------------------------

    def number(self, number: str) -> Ticket:
        return self.tickets[int(re.sub(r"\D", "", number))]

    def count(self, tag: str) -> int:
        return len(self.found(tag))

    def files(self, number: str) -> list[bytes]:
        return [content for _, content in self.number(number).files]

    def close(self, number: str) -> None:
        self.number(number).is_closed = True

    def answer(self, number: str, text: str) -> None:
        raise NotImplementedError


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Glpi(Simulated):
    """apirest.php of GLPI 10 (apirest.md: initSession, search items, add items, upload)."""

    kind = "glpi"
    ME, SUPPORT = 7, 3

    def __init__(self) -> None:
        super().__init__()
        self.documents: dict[int, str] = {}
        self.links: dict[int, list[int]] = {}

    def knows(self, call: Call) -> bool:
        if call.path.endswith("/initSession"):
            return call.headers["Authorization"] == f"user_token {TOKEN}"
        return call.headers["Session-Token"] == "session-1"

    def routes(self) -> list[tuple[str, str, Callable[..., Reply]]]:
        api = "/apirest.php"
        return [
            ("GET", f"{api}/initSession", self._session),
            ("GET", f"{api}/killSession", lambda call: (200, {})),
            ("GET", f"{api}/search/Ticket", self._search),
            ("POST", f"{api}/Ticket", self._create),
            ("GET", rf"{api}/Ticket/(\d+)", self._ticket),
            ("GET", rf"{api}/Ticket/(\d+)/Document_Item", self._links),
            ("GET", rf"{api}/Ticket/(\d+)/ITILFollowup", self._notes),
            ("GET", rf"{api}/Document/(\d+)", self._document),
            ("POST", f"{api}/Document", self._upload),
            ("POST", f"{api}/ITILFollowup", self._note),
        ]

    def answer(self, number: str, text: str) -> None:
        self.number(number).notes.append(self._row(self.SUPPORT, f"<p>{text}</p>"))

    def _session(self, call: Call) -> Reply:
        answer: dict[str, Any] = {"session_token": "session-1"}
        if call.query.get("get_full_session") == "true":
            answer["session"] = {"glpiID": self.ME}
        return 200, answer

    def _search(self, call: Call) -> Reply:
        assert call.query["criteria[0][searchtype]"] == "contains"
        assert call.query["criteria[0][field]"] == "1"
        tickets = self.found(call.query["criteria[0][value]"])
        answer: dict[str, Any] = {"totalcount": len(tickets), "count": len(tickets)}
        if tickets:  # the key `data` is only there where something was found
            answer["data"] = [{"2": t.id, "12": 6 if t.is_closed else 1} for t in tickets]
        return 200, answer

    def _create(self, call: Call) -> Reply:
        given = call.json()["input"]
        ticket = self.open(given["name"])
        assert given["content"]
        return 201, {"id": ticket.id, "message": ""}

    def _ticket(self, call: Call, number: str) -> Reply:
        ticket = self.tickets[int(number)]
        return 200, {"id": ticket.id, "name": ticket.title, "status": 6 if ticket.is_closed else 1}

    def _links(self, call: Call, number: str) -> Reply:
        return 200, [{"documents_id": n} for n in self.links.get(int(number), [])]

    def _document(self, call: Call, number: str) -> Reply:
        return 200, {"id": int(number), "filename": self.documents[int(number)]}

    def _notes(self, call: Call, number: str) -> Reply:
        return 200, self.tickets[int(number)].notes

    def _upload(self, call: Call) -> Reply:
        form = call.form()
        given = json.loads(form["uploadManifest"][1])["input"]
        name, content = form["filename[0]"]
        assert given["_filename"] == [name]
        assert given["itemtype"] == "Ticket"
        ticket = self.tickets[given["items_id"]]
        ticket.files.append((name, content))
        number = len(self.documents) + 1
        self.documents[number] = name
        self.links.setdefault(ticket.id, []).append(number)
        return 201, {"id": number, "message": "", "upload_result": {}}

    def _note(self, call: Call) -> Reply:
        given = call.json()["input"]
        assert given["itemtype"] == "Ticket"
        ticket = self.tickets[given["items_id"]]
        ticket.notes.append(self._row(self.ME, given["content"]))
        return 201, {"id": len(ticket.notes)}

    def _row(self, who: int, content: str) -> dict[str, Any]:
        when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return {"id": datetime.now(UTC).timestamp(), "users_id": who, "content": content,
                "date_creation": when, "is_private": 0}  # fmt: skip


class Zammad(Simulated):
    """api/v1 of Zammad (docs.zammad.org: tickets, articles, search with expand)."""

    kind = "zammad"

    @property
    def settings(self) -> dict[str, str]:
        return {"helpdesk.kind": "zammad", "helpdesk.queue": "TI",
                "helpdesk.account": "bancada@example.com"}  # fmt: skip

    def knows(self, call: Call) -> bool:
        return call.headers["Authorization"] == f"Token token={TOKEN}"

    def routes(self) -> list[tuple[str, str, Callable[..., Reply]]]:
        api = "/api/v1"
        return [
            ("GET", f"{api}/tickets/search", self._search),
            ("POST", f"{api}/tickets", self._create),
            ("GET", rf"{api}/tickets/(\d+)", lambda c, n: (200, self._row(self.tickets[int(n)]))),
            ("GET", rf"{api}/ticket_articles/by_ticket/(\d+)",
             lambda c, n: (200, self.tickets[int(n)].notes)),
            ("POST", f"{api}/ticket_articles", self._article),
        ]  # fmt: skip

    def answer(self, number: str, text: str) -> None:
        self.number(number).notes.append(
            {"id": len(self.number(number).notes) + 900, "sender": "Agent", "internal": False,
             "from": "Sol Suporte", "subject": "", "body": f"<div>{text}</div>",
             "content_type": "text/html", "created_at": _now(), "attachments": []}
        )  # fmt: skip

    def _search(self, call: Call) -> Reply:
        tickets = self.found(call.query["query"].strip('"'))
        assert call.query["expand"] == "true"
        return 200, [self._row(t) for t in tickets[: int(call.query["limit"])]]

    def _create(self, call: Call) -> Reply:
        given = call.json()
        if given["group"] != "TI" or not given["customer_id"].startswith("guess:"):
            return 422, {"error": "No lookup value found"}
        ticket = self.open(given["title"])
        self._keep(ticket, given["article"])
        return 201, self._row(ticket)

    def _article(self, call: Call) -> Reply:
        given = call.json()
        return 201, self._keep(self.tickets[given["ticket_id"]], given)

    def _keep(self, ticket: Ticket, given: dict[str, Any]) -> dict[str, Any]:
        assert given["body"]
        assert given["type"] == "note"
        for file in given["attachments"]:
            assert file["mime-type"]
            ticket.files.append((file["filename"], base64.b64decode(file["data"])))
        kept = {
            "id": len(ticket.notes) + 1, "sender": "Agent", "internal": given["internal"],
            "from": "API", "subject": given["subject"], "body": given["body"],
            "content_type": given["content_type"], "created_at": _now(),
            "attachments": [{"filename": file["filename"]} for file in given["attachments"]],
        }  # fmt: skip
        ticket.notes.append(kept)
        return kept

    def _row(self, ticket: Ticket) -> dict[str, Any]:
        state = "closed" if ticket.is_closed else "open"
        return {"id": ticket.id, "number": f"1000{ticket.id}", "title": ticket.title,
                "state": state}  # fmt: skip


class Jira(Simulated):
    """rest/servicedeskapi of Jira Service Management (developer.atlassian.com)."""

    kind = "jira"
    ACCOUNT = "bancada@example.com"

    def __init__(self) -> None:
        super().__init__()
        self.temporary: dict[str, tuple[str, bytes]] = {}

    @property
    def settings(self) -> dict[str, str]:
        return {"helpdesk.kind": "jira", "helpdesk.queue": "4", "helpdesk.type": "25",
                "helpdesk.account": self.ACCOUNT}  # fmt: skip

    def knows(self, call: Call) -> bool:
        pair = base64.b64encode(f"{self.ACCOUNT}:{TOKEN}".encode()).decode()
        return call.headers["Authorization"] == f"Basic {pair}"

    def routes(self) -> list[tuple[str, str, Callable[..., Reply]]]:
        api = "/rest/servicedeskapi"
        return [
            ("GET", f"{api}/request", self._search),
            ("POST", f"{api}/request", self._create),
            (
                "GET",
                rf"{api}/request/SUP-(\d+)",
                lambda c, n: (200, self._row(self.tickets[int(n)])),
            ),
            ("GET", rf"{api}/request/SUP-(\d+)/comment", self._comments),
            ("GET", rf"{api}/request/SUP-(\d+)/attachment", self._attachments),
            ("POST", rf"{api}/request/SUP-(\d+)/attachment", self._attach),
            ("POST", f"{api}/servicedesk/4/attachTemporaryFile", self._temporary),
        ]

    def answer(self, number: str, text: str) -> None:
        self._comment(self.number(number), "sol@example.com", "Sol Suporte", text)

    def _search(self, call: Call) -> Reply:
        assert call.query["requestOwnership"] == "OWNED_REQUESTS"
        return 200, {"values": [self._row(t) for t in self.found(call.query["searchTerm"])]}

    def _create(self, call: Call) -> Reply:
        given = call.json()
        assert (given["serviceDeskId"], given["requestTypeId"]) == ("4", "25")
        fields = given["requestFieldValues"]
        assert fields["description"]
        return 201, self._row(self.open(fields["summary"]))

    def _temporary(self, call: Call) -> Reply:
        if call.headers["X-Atlassian-Token"] != "no-check":
            return 403, {"errorMessage": "XSRF check failed"}
        name, content = call.form()["file"]
        key = f"temp{len(self.temporary)}"
        self.temporary[key] = (name, content)
        return 201, {"temporaryAttachments": [{"temporaryAttachmentId": key, "fileName": name}]}

    def _attach(self, call: Call, number: str) -> Reply:
        ticket, given = self.tickets[int(number)], call.json()
        for key in given["temporaryAttachmentIds"]:
            ticket.files.append(self.temporary.pop(key))
        assert given["public"] is True
        self._comment(ticket, self.ACCOUNT, "Bancada", given["additionalComment"]["body"])
        return 201, {}

    def _comments(self, call: Call, number: str) -> Reply:
        return 200, {"values": self.tickets[int(number)].notes, "isLastPage": True}

    def _attachments(self, call: Call, number: str) -> Reply:
        files = self.tickets[int(number)].files
        return 200, {"values": [{"filename": name} for name, _ in files]}

    def _comment(self, ticket: Ticket, mail: str, name: str, body: str) -> None:
        ticket.notes.append(
            {"id": str(len(ticket.notes) + 1), "body": body, "public": True,
             "author": {"emailAddress": mail, "displayName": name},
             "created": {"iso8601": _now()}}
        )  # fmt: skip

    def _row(self, ticket: Ticket) -> dict[str, Any]:
        status = {"status": "Done", "statusCategory": "DONE"} if ticket.is_closed else {
            "status": "Open", "statusCategory": "NEW"}  # fmt: skip
        return {"issueId": str(ticket.id), "issueKey": f"SUP-{ticket.id}",
                "currentStatus": status,
                "_links": {"web": f"{self.url}/servicedesk/SUP-{ticket.id}"}}  # fmt: skip
