from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import insert, select, update

from app.engine import Engine
from app.store import connectors
from app.store import settings as stored
from app.store.database import WAREHOUSE
from app.store.schema import JOURNAL, OPERATORS, ORDERS, RECIPIENTS, REJECTED
from app.support import bundle, crash, log
from app.support.case import Case, new_tag
from app.support.evidence import Sources
from tests.app.support.test_redaction import assert_no_trace
from tests.support import planted

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)


class Screen:
    """A picture that remembers which of its texts were to be painted over."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = tuple(texts)
        self.shown: list[str] = []

    def png(self, is_personal: Callable[[str], bool]) -> bytes:
        self.shown = [text for text in self.texts if not is_personal(text)]
        return b"picture"


def case_of(engine: Engine, **more: str) -> Case:
    case = Case(new_tag(NOW), NOW, engine.settings["station.name"], "button")
    return replace(case, **more)


def make(engine: Engine, case: Case, **more: object) -> bundle.Bundle:
    tickets = engine.support.tickets
    made, _ = bundle.make(
        tickets.sources(), case, limit=8_000_000, secrets=tickets.secrets(), **more
    )
    return made


def test_a_thousand_people_and_two_hundred_secrets_wherever_they_lie_are_in_no_item(
    engine: Engine,
) -> None:
    people, secrets = planted.people(1000), planted.secrets(200)
    handler = log.start(engine.home)
    plant(engine, people, secrets)
    log.stop(handler)
    screen = Screen([planted.in_words(p, random.Random(n)) for n, p in enumerate(people)])
    words = " ".join(planted.in_words(p, random.Random(7)) for p in people[:50])
    case = case_of(engine, order_number="10001", words=words, detail=people[3].name)
    made = make(engine, case, picture=screen)
    assert {"order.json", "journal.json", "log.txt", "crash.json", "screen.png"} <= set(made.items)
    assert_no_trace("\n".join(d.decode("utf-8", "replace") for d in made.items.values()), people,
                    secrets)  # fmt: skip
    assert_no_trace("\n".join(screen.shown), people, secrets)
    with engine.store.read() as c:  # all that was planted did lie where evidence is taken from
        held = c.scalars(select(JOURNAL.c.payload).where(JOURNAL.c.kind == "OrderHeld")).all()
    assert len(held) > 50
    assert people[100].name.casefold() in log.last_lines(engine.home, 5000).casefold()
    assert secrets[39] in log.last_lines(engine.home)
    assert bundle.read(made.zip) == made.items


def plant(engine: Engine, people: list[planted.Person], secrets: list[str]) -> None:
    """Put them everywhere that a value can lie, also where none belongs."""
    dice = random.Random(3)
    with engine.store.write() as c:
        for n, person in enumerate(people):
            fields = {
                name: getattr(person, name)
                for name in ("name", "document", "email", "phone", "cep", "street",
                             "house_number", "complement", "district")
            }  # fmt: skip
            c.execute(
                insert(RECIPIENTS).values(
                    warehouse_id=WAREHOUSE, order_id=900_000 + n, city="X", state="SP", **fields
                )
            )
            c.execute(
                insert(REJECTED).values(
                    warehouse_id=WAREHOUSE, id=800_000 + n, file=f"{person.name}.csv", line_no=n,
                    code="FIELD", detail=planted.in_words(person, dice),
                    raw=json.dumps(fields), rejected_at=NOW,
                )
            )  # fmt: skip
        c.execute(
            update(ORDERS)
            .where(ORDERS.c.number == "10001")
            .values(note=planted.in_words(people[0], dice), gift_text=people[1].name,
                    problem=people[2].name)
        )  # fmt: skip
        c.execute(update(OPERATORS).values(name=people[4].name))
        for n, secret in enumerate(secrets):
            if n % 2:
                stored.put_secret(c, f"planted.{n}", secret)
            else:
                connectors.put_secret(c, "loja", f"planted.{n}", secret)
    engine.set_setting("company.name", people[5].name)
    engine.set_setting("company.street", people[6].street)
    engine.set_setting("station.name", people[7].name[:40])
    for n, person in enumerate(people[:60]):
        engine.station.supervise(f"{10002 + n}", "hold", planted.in_words(person, dice))
        engine.station.scan(person.document)
        engine.station.acknowledge()
    for n, person in enumerate(people):
        said = planted.in_words(person, dice)
        logging.getLogger("app.test").warning("%s with %s", said, secrets[n % len(secrets)])
        logging.getLogger("other.library").warning("%s", said)
        try:
            raise ValueError(said)
        except ValueError as error:
            logging.getLogger("app.test").error("failed: %s", error, exc_info=error)
            if n < 30:
                crash.note(engine.home, error)
    path = log.folder(engine.home) / "expedita.log"
    with path.open("a", encoding="utf-8") as file:  # as if the log itself had not kept them out
        file.writelines(planted.in_words(p, dice) + "\n" for p in people[:150])
        file.writelines(f"sent {secret} to shop\n" for secret in secrets[:40])


def test_the_log_holds_what_happened_and_not_whom_it_happened_to(engine: Engine) -> None:
    handler = log.start(engine.home)
    person = planted.people(1)[0]
    try:
        raise RuntimeError(person.name)
    except RuntimeError as error:
        logging.getLogger("app.x").error("import of %s lines: %s", 12, error, exc_info=error)
    logging.getLogger("httpx").warning("GET https://shop.example/?doc=%s", person.document)
    logging.getLogger("ui.window").info("BLOCK PRINTER_DOWN %s", person.email)
    log.stop(handler)
    text = log.last_lines(engine.home)
    assert "ERROR app.x import of 12 lines: RuntimeError | RuntimeError at test_bundle.py:" in text
    assert "WARNING httpx (test_bundle:" in text
    assert "INFO ui.window BLOCK PRINTER_DOWN [email]" in text
    assert person.name not in text
    assert person.document not in text


def test_the_log_turns_over_and_its_end_is_read_across_files(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 20_000)
    handler = log.start(tmp_path)
    logger = logging.getLogger("app.many")
    for n in range(1500):
        logger.info("line %d of many, made long enough to fill more than one file of them", n)
    log.stop(handler)
    files = list(log.folder(tmp_path).iterdir())
    assert 1 < len(files) <= log.FILES
    assert all(file.stat().st_size <= log.FILE_BYTES for file in files)
    lines = log.last_lines(tmp_path).splitlines()
    assert len(lines) == log.LINES
    assert "line 1499 of" in lines[-1]


def test_a_bundle_tells_the_order_in_hand_its_gates_and_the_journal(engine: Engine) -> None:
    engine.station.claim_pick("single", 1)
    view = engine.station.view().pick
    number = view.current.order_number if view and view.current else view.totes[0][0]
    made = make(engine, case_of(engine, order_number=number))
    order = json.loads(made.items["order.json"])
    assert order["order"]["number"] == number
    assert {gate["gate"] for gate in order["gates"]} >= {"payment", "stock", "invoice", "label"}
    assert order["lines"]
    entries = json.loads(made.items["journal.json"])
    assert entries[-1]["kind"] == "TaskClaimed"
    assert entries[-1]["withheld"] == ["plan"]


def test_a_small_limit_leaves_out_the_least_useful_and_says_so(engine: Engine) -> None:
    noise = random.Random(1).randbytes
    hexes = noise(900_000).hex().encode()
    text = b"\n".join(hexes[n : n + 80] for n in range(0, len(hexes), 80))
    items = {"summary.json": b"{}", "log.txt": text, "screen.png": noise(90_000)}
    made = bundle.pack(items, {}, 300_000)
    assert len(made.zip) <= 300_000
    assert made.missing["log.txt"] == "shortened"
    assert items["log.txt"].endswith(made.items["log.txt"])
    smaller = bundle.shrink(made.zip, 210_000)
    assert len(smaller) <= 210_000
    contents = json.loads(bundle.read(smaller)["contents.json"])
    assert {"name": "log.txt", "reason": "shortened"} in contents["missing"]


def test_what_breaks_or_hangs_is_named_and_the_rest_is_there(engine: Engine, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Maria da Silva")

    sources = replace(engine.support.tickets.sources(), systems=broken)
    found, _ = bundle.make(sources, case_of(engine), limit=8_000_000)
    assert found.missing["systems.json"] == "ZeroDivisionError"
    assert "machine.json" in found.items


def test_without_a_store_there_is_still_a_bundle_and_it_says_why(tmp_path: Path) -> None:
    sources = Sources(tmp_path, lambda: NOW, store_fault="STORE_KEY_WRONG")
    case = Case(new_tag(NOW), NOW, "", "shell", words="Maria Aparecida ligou")
    made, _ = bundle.make(sources, case, limit=8_000_000)
    assert made.missing["order.json"] == made.missing["database.json"] == "STORE_KEY_WRONG"
    assert {"summary.json", "versions.json", "machine.json", "contents.json"} <= set(made.items)
    assert b"Aparecida" not in made.items["summary.json"]


def test_tags_tell_the_day_and_do_not_repeat() -> None:
    tags = {new_tag(NOW + timedelta(seconds=n % 60)) for n in range(5000)}
    assert len(tags) == 5000
    assert all(tag.startswith("EXP-261125-") for tag in tags)
