"""Tickets of this station and of the warehouse: made, kept, looked at, sent or not."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Row

from app.config import Settings
from app.health.model import SystemState
from app.store import tickets as rows
from app.store.database import Store
from app.support import bundle, crash, guides, personal, wording
from app.support.case import Case, Picture
from app.support.evidence import Sources
from app.support.helpdesks import choose
from app.support.problem import problem_of

_log = logging.getLogger(__name__)

SECRETS = ("helpdesk.token", "helpdesk.app_token", "mail.password", "alerts.webhook")
KEPT = timedelta(days=30)  # evidence; the tickets themselves stay


class AnswerView(Struct, frozen=True):
    at: datetime
    author: str
    text: str
    is_seen: bool


class TicketView(Struct, frozen=True):
    """A ticket as a screen shows it. `state` is review, queued, sent, solved or dropped."""

    id: str
    made_at: datetime
    station: str
    operator: str
    code: str
    trouble: str
    guide: str
    subject: str
    state: str
    helpdesk: str
    number: str
    url: str
    joined: str
    is_closed: bool
    tries: int
    error: str
    next_try_at: datetime | None = None
    body: str = ""
    answers: tuple[AnswerView, ...] = ()
    pieces: tuple[str, ...] = ()  # the tickets that are more evidence for this one


class Tickets:
    """Makes and keeps tickets. Everything here takes its time: never call it on the Qt thread."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        home: Path,
        clock: Callable[[], datetime],
        systems: Callable[[], Sequence[SystemState]] | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._home = home
        self._clock = clock
        self._systems = systems
        self._one = threading.Lock()  # bundles are made one after another

    def make(self, case: Case, picture: Picture | None = None, *, hold: bool = False) -> str:
        """Collect, redact and queue a ticket; it goes when its time to be looked at is over.

        Where the store can't take it, it is kept as a file and taken up at the next start.

        Args:
            hold: it waits until a person says that it may go.

        Returns:
            The ticket's tag.
        """
        settings = self._settings()
        with self._one:
            made, redactor = bundle.make(
                self.sources(),
                case,
                limit=choose.limit(settings),
                picture=picture,
                secrets=self.secrets(),
            )
        subject, body = wording.ticket(case, made.missing)
        values = {
            **_values(case),
            "subject": redactor.text(subject),
            "body": redactor.text(body),
            "state": "review" if hold else "queued",
            "next_try_at": self._clock() + timedelta(seconds=settings.number("helpdesk.review_s")),
        }
        try:
            with self._store.write() as c:
                rows.add(c, values, made.zip)
        except Exception as error:  # a store that can't take it is what the ticket is about
            _log.error("ticket %s kept as a file: %s", case.tag, error)
            _keep_as_file(self._home, values, made.zip)
        _log.info(
            "ticket %s made, %d bytes, %d missing", case.tag, len(made.zip), len(made.missing)
        )
        return case.tag

    def solve(self, ticket_id: str) -> None:
        """The guide helped: it need not go, but it is counted."""
        with self._store.write() as c:
            row = rows.by_id(c, ticket_id)
            if row and row.state in ("review", "queued") and not row.tries:
                rows.change(c, ticket_id, state="solved", is_closed=True, next_try_at=None)

    def send(self, ticket_id: str) -> None:
        """A person says that it may go now."""
        with self._store.write() as c:
            row = rows.by_id(c, ticket_id)
            if row and row.state in ("review", "queued"):
                rows.change(c, ticket_id, state="queued", next_try_at=self._clock())

    def hold(self, ticket_id: str) -> None:
        """A person looks at it: it waits for a word."""
        with self._store.write() as c:
            row = rows.by_id(c, ticket_id)
            if row and row.state == "queued" and not row.tries:
                rows.change(c, ticket_id, state="review")

    def drop(self, ticket_id: str) -> None:
        """A person says that it shall not go; one that may be gone already can't be called back."""
        with self._store.write() as c:
            row = rows.by_id(c, ticket_id)
            if row and row.state in ("review", "queued") and not row.tries:
                rows.change(c, ticket_id, state="dropped", next_try_at=None)

    def answer(self, ticket_id: str, author: str, text: str) -> None:
        """Support answers a ticket of the built-in inbox."""
        with self._store.write() as c:
            row = rows.by_id(c, ticket_id)
            if row and text.strip():
                now = self._clock()
                rows.add_answer(c, ticket_id, now.isoformat(), now, author, text.strip())

    def settle(self, ticket_id: str) -> None:
        """Support closes a ticket of the built-in inbox, and its pieces with it."""
        with self._store.write() as c:
            for row in (*rows.pieces(c, ticket_id), rows.by_id(c, ticket_id)):
                if row:
                    rows.change(c, row.id, is_closed=True)

    # --- what a screen asks -----------------------------------------------------------------

    def listed(self, station: str = "", limit: int = 200) -> tuple[TicketView, ...]:
        """The newest first; of one station, or of the whole warehouse."""
        with self._store.read() as c:
            return tuple(_view(row) for row in rows.newest(c, station, limit))

    def ticket(self, ticket_id: str) -> TicketView | None:
        """One with its answers and pieces."""
        with self._store.read() as c:
            row = rows.by_id(c, ticket_id)
            if row is None:
                return None
            answers = tuple(
                AnswerView(a.at, a.author, a.text, a.is_seen)
                for a in rows.answers(c, row.joined or ticket_id)
            )
            pieces = tuple(piece.id for piece in rows.pieces(c, ticket_id))
        return _view(row, answers, pieces)

    def items(self, ticket_id: str) -> dict[str, bytes]:
        """Every item that goes or went out, by its name."""
        with self._store.read() as c:
            return bundle.read(rows.bundle(c, ticket_id))

    def unseen(self, station: str) -> tuple[str, ...]:
        """The station's tickets with an answer that nobody has opened."""
        with self._store.read() as c:
            return tuple(rows.unseen(c, station))

    def seen(self, ticket_id: str) -> None:
        with self._store.write() as c:
            rows.mark_seen(c, ticket_id)

    def tidy(self) -> None:
        """Take up what was kept as files, and let old evidence go."""
        for path in sorted(_waiting(self._home).glob("*.json")):
            adopt(self._store, path)
        with self._store.write() as c:
            rows.forget_bundles(c, self._clock() - KEPT)

    def crashed(self, station: str, language: str) -> str:
        """A ticket about how the last console ended, which waits for a person's yes."""
        now = self._clock()
        from app.support.case import new_tag

        tag = self.make(
            Case(new_tag(now), now, station, "crash", code="CRASHED", language=language), hold=True
        )
        crash.forget(self._home)
        return tag

    def sources(self) -> Sources:
        return Sources(
            self._home,
            self._clock,
            store=self._store,
            settings=self._settings(),
            systems=self._systems,
        )

    def secrets(self) -> list[str]:
        """Everything that opens something, so that it is found wherever it lies."""
        try:
            with self._store.read() as c:
                return list(personal.secrets(c))
        except Exception:  # a store that can't be read gives none away either
            return []


def adopt(store: Store, path: Path) -> None:
    """Take a ticket into the store that could only be kept as files, once."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        data = path.with_suffix(".zip").read_bytes()
        for name in ("made_at", "next_try_at"):
            values[name] = datetime.fromisoformat(values[name])
        with store.write() as c:
            if rows.by_id(c, values["id"]) is None:
                rows.add(c, values, data)
    except (OSError, ValueError, KeyError) as error:
        _log.error("a kept ticket can't be taken up: %s", error)
        return
    path.unlink()
    path.with_suffix(".zip").unlink()


def _keep_as_file(home: Path, values: dict[str, Any], data: bytes) -> None:
    try:
        folder = _waiting(home)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{values['id']}.zip").write_bytes(data)
        text = json.dumps({k: v.isoformat() if isinstance(v, datetime) else v
                           for k, v in values.items()})  # fmt: skip
        (folder / f"{values['id']}.json").write_text(text, encoding="utf-8")
    except OSError as error:
        _log.error("ticket can't be kept: %s", error)


def _waiting(home: Path) -> Path:
    return crash.folder(home) / "waiting"


def _values(case: Case) -> dict[str, Any]:
    return {
        "id": case.tag,
        "made_at": case.made_at,
        "station_id": case.station,
        "operator_id": case.operator_id,
        "order_number": case.order_number,
        "code": case.code,
        "trouble": case.trouble,
        "problem": problem_of(case),
        "guide": guides.name_for(case),
    }


def _view(
    row: Row[Any], answers: tuple[AnswerView, ...] = (), pieces: tuple[str, ...] = ()
) -> TicketView:
    return TicketView(
        id=row.id,
        made_at=row.made_at,
        station=row.station_id,
        operator=getattr(row, "operator", ""),
        code=row.code,
        trouble=row.trouble,
        guide=row.guide,
        subject=row.subject,
        state=row.state,
        helpdesk=row.helpdesk,
        number=row.number,
        url=row.url,
        joined=row.joined,
        is_closed=row.is_closed,
        tries=row.tries,
        error=row.error,
        next_try_at=row.next_try_at,
        body=row.body,
        answers=answers,
        pieces=pieces,
    )
