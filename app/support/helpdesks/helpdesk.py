"""What a helpdesk must be able to do, and what goes in and out of it.

None of them knows an idempotency key. So a ticket's tag stands in its subject and in the name of
its file, and whoever sends again after a try of unknown end looks for the tag first.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A ticket, or a piece of evidence for another, as it leaves the house."""

    tag: str
    problem: str  # the tag of the same problem at other stations, or empty
    subject: str  # without the tags
    body: str
    bundle: bytes = field(repr=False)

    @property
    def title(self) -> str:
        """The subject with its tags, by which it is found again."""
        tags = f"[{self.tag}] [{self.problem}]" if self.problem else f"[{self.tag}]"
        return f"{tags} {self.subject}"[:240]

    @property
    def file_name(self) -> str:
        return f"{self.tag}.zip"


class Found(Struct, frozen=True):
    """A ticket as its helpdesk has it. `number` is what people call it there."""

    number: str
    url: str = ""
    is_closed: bool = False


class Answer(Struct, frozen=True):
    """Something that support wrote for whoever asked."""

    id: str
    at: datetime
    author: str
    text: str


class Progress(Struct, frozen=True):
    is_closed: bool
    answers: tuple[Answer, ...]


class Helpdesk(Protocol):
    """All calls raise `app.connectors.errors`; what changes something is sent once by a call."""

    name: str
    limit: int  # bytes of a bundle that it takes
    hears: bool  # whether answers can be asked for

    async def find(self, tag: str) -> Found | None:
        """The newest ticket with the tag in its subject, an open one before a closed one."""

    async def create(self, ticket: Outgoing) -> Found:
        """Open a ticket; its bundle goes with it where the helpdesk takes both at once."""

    async def has(self, number: str, tag: str) -> bool:
        """Whether the bundle with this tag is there already."""

    async def attach(self, number: str, ticket: Outgoing) -> None:
        """Put the bundle on the ticket that `create` opened; nothing where it went with it."""

    async def add(self, number: str, ticket: Outgoing) -> None:
        """Put text and bundle on a ticket of the same problem."""

    async def progress(self, number: str) -> Progress:
        """Whether it is closed, and what support wrote to whoever asked."""

    async def close(self) -> None:
        """Let go of connections."""


def multipart(
    fields: dict[str, tuple[str | None, bytes | str, str]],
) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a form: name -> (file name or None, content, content type)."""
    import httpx  # slow to import, and every console has this module

    request = httpx.Request("POST", "http://form", files=fields)
    return request.read(), {"Content-Type": request.headers["content-type"]}


def best(found: list[Found]) -> Found | None:
    """Of what a search gave in its order, an open ticket before a closed one."""
    return next((one for one in found if not one.is_closed), found[0] if found else None)


def moment(text: Any) -> datetime:
    """A helpdesk's time; the present where it can't be read, since it only orders answers."""
    try:
        read = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return datetime.now(UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def words(markup: str) -> str:
    """The text of a piece of HTML."""
    text = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\n", html.unescape(markup))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"<[^>]+>", "", text)).strip()


def as_list(value: Any) -> list[dict[str, Any]]:
    """The mappings of a JSON list; nothing for anything else."""
    if not isinstance(value, list):
        return []
    return [part for part in value if isinstance(part, dict)]
