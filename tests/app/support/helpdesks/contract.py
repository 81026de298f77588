"""What every helpdesk must do, whether it is a real one or one made from its documents.

A bed gives a helpdesk's settings and does what a person at support would do there.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from app.rehearsal import Clock
from app.support.case import Case, new_tag
from tests.support import faulty_proxy as faults
from tests.support import homes
from tests.support.faulty_proxy import FaultyProxy


class Bed(Protocol):
    url: str
    settings: dict[str, str]
    secrets: dict[str, str]

    def count(self, tag: str) -> int:
        """How many tickets have the tag in their subject."""

    def files(self, number: str) -> list[bytes]:
        """The ZIP files on a ticket."""

    def answer(self, number: str, text: str) -> None:
        """Support writes to whoever asked."""

    def close(self, number: str) -> None: ...


class Stand:
    """A station with a warehouse of its own, whose tickets go to a bed."""

    def __init__(self, home: Path, bed: Bed, url: str, name: str = "Estação São João") -> None:
        self.clock = Clock()
        self.engine = homes.empty(home / "home", self.clock)
        for key, value in {**bed.settings, "helpdesk.url": url, "station.name": name}.items():
            assert self.engine.set_setting(key, value).code == "SETTING_SAVED", key
        for name, value in bed.secrets.items():
            self.engine.support.put_secret(name, value)
        self.support = self.engine.support

    def ask(self, code: str = "", detail: str = "") -> str:
        """A ticket of the station that may go now."""
        now = self.clock()
        station = self.engine.settings["station.name"]
        case = Case(new_tag(now), now, station, "button", code=code, detail=detail)
        tag = self.support.tickets.make(case)
        self.support.tickets.send(tag)
        return tag

    def later(self) -> None:
        """Time passes: what failed is due again."""
        self.clock.now += timedelta(hours=1)


@contextmanager
def stand(home: Path, bed: Bed, url: str = "", name: str = "Estação São João") -> Iterator[Stand]:
    made = Stand(home, bed, url or bed.url, name)
    try:
        yield made
    finally:
        made.engine.close()


def unique(text: str) -> str:
    """A detail that no other run has used: it makes a problem of its own."""
    from datetime import UTC, datetime

    return f"{text} {new_tag(datetime.now(UTC))}"


class HelpdeskContract:
    """Mix into a class of tests that has the fixture `bed`."""

    def test_a_ticket_arrives_once_with_its_evidence(self, bed: Bed, tmp_path: Path) -> None:
        with stand(tmp_path, bed) as station:
            tag = station.ask("PRINTER_DOWN", unique("a"))
            assert station.support.delivery.send() == 1
            ticket = station.support.tickets.ticket(tag)
            assert ticket
            assert (ticket.state, ticket.helpdesk) == ("sent", bed.settings["helpdesk.kind"])
            assert ticket.number
            assert bed.count(tag) == 1
            (file,) = bed.files(ticket.number)
            names = zipfile.ZipFile(io.BytesIO(file)).namelist()
            assert {"summary.json", "contents.json", "settings.json"} <= set(names)
            assert station.support.delivery.send() == 0

    def test_whatever_answer_gets_lost_the_ticket_is_there_once(
        self, bed: Bed, tmp_path: Path
    ) -> None:
        with FaultyProxy(bed.url) as proxy, stand(tmp_path, bed, proxy.url) as station:
            tag = station.ask("PRINTER_DOWN", unique("b"))
            proxy.next(
                *[faults.LOSE_ANSWER, None] * 10, where=lambda method, _: method in ("POST", "PUT")
            )
            for _ in range(8):
                if station.support.delivery.send():
                    break
                station.later()
            ticket = station.support.tickets.ticket(tag)
            assert ticket
            assert ticket.state == "sent", ticket.error
            assert bed.count(tag) == 1
            assert len(bed.files(ticket.number)) == 1

    def test_offline_it_waits_and_goes_later(self, bed: Bed, tmp_path: Path) -> None:
        with FaultyProxy(bed.url) as proxy, stand(tmp_path, bed, proxy.url) as station:
            tag = station.ask("PRINTER_DOWN", unique("c"))
            proxy.always = faults.REFUSE
            assert station.support.delivery.send() == 0
            waiting = station.support.tickets.ticket(tag)
            assert waiting
            assert (waiting.state, waiting.tries) == ("queued", 1)
            assert waiting.error
            proxy.always = None
            assert station.support.delivery.send() == 0, "it waits a while before another try"
            station.later()
            assert station.support.delivery.send() == 1
            assert bed.count(tag) == 1

    def test_answers_and_the_end_come_back_and_our_own_evidence_is_no_answer(
        self, bed: Bed, tmp_path: Path
    ) -> None:
        with stand(tmp_path, bed) as station:
            detail = unique("d")
            tag = station.ask("PRINTER_DOWN", detail)
            station.ask("PRINTER_DOWN", detail)
            assert station.support.delivery.send() == 2
            ticket = station.support.tickets.ticket(tag)
            assert ticket
            bed.answer(ticket.number, "Troque o cabo da impressora, por favor.")
            assert station.support.delivery.ask() == 1
            place = station.engine.settings["station.name"]
            assert station.support.tickets.unseen(place) == (tag,)
            again = station.support.tickets.ticket(tag)
            assert again
            assert ["Troque o cabo" in answer.text for answer in again.answers] == [True]
            assert not again.is_closed
            bed.close(ticket.number)
            station.later()
            assert station.support.delivery.ask() == 0
            closed = station.support.tickets.ticket(tag)
            assert closed
            assert closed.is_closed

    def test_the_same_problem_at_three_stations_is_one_ticket_with_three_pieces(
        self, bed: Bed, tmp_path: Path
    ) -> None:
        detail, numbers, tags = unique("e"), set(), []
        for n in range(3):
            with stand(tmp_path / str(n), bed, name=f"Bancada {n}") as station:
                tags.append(station.ask("PRINTER_DOWN", detail))
                assert station.support.delivery.send() == 1
                ticket = station.support.tickets.ticket(tags[-1])
                assert ticket
                numbers.add(ticket.number)
        assert len(numbers) == 1
        assert [bed.count(tag) for tag in tags] == [1, 0, 0]
        summaries = [
            json.loads(zipfile.ZipFile(io.BytesIO(file)).read("summary.json"))
            for file in bed.files(numbers.pop())
        ]
        assert {s["ticket"] for s in summaries} == set(tags)

    def test_a_problem_that_comes_back_after_it_was_closed_is_a_new_ticket(
        self, bed: Bed, tmp_path: Path
    ) -> None:
        with stand(tmp_path, bed) as station:
            detail = unique("f")
            tag = station.ask("PRINTER_DOWN", detail)
            assert station.support.delivery.send() == 1
            first = station.support.tickets.ticket(tag)
            assert first
            bed.close(first.number)
            station.later()
            station.support.delivery.ask()
            second_tag = station.ask("PRINTER_DOWN", detail)
            assert station.support.delivery.send() == 1
            second = station.support.tickets.ticket(second_tag)
            assert second
            assert second.number != first.number

    def test_a_wrong_key_is_said_and_the_ticket_is_not_lost(self, bed: Bed, tmp_path: Path) -> None:
        with stand(tmp_path, bed) as station:
            station.support.put_secret("helpdesk.token", "wrong:wrong")
            tag = station.ask("PRINTER_DOWN", unique("g"))
            assert station.support.delivery.send() == 0
            ticket = station.support.tickets.ticket(tag)
            assert ticket
            assert ticket.state == "queued"
            assert ticket.error in ("CONNECTOR_UNAUTHORISED", "CONNECTOR_REFUSED")
