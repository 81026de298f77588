"""A store of every released version comes to the newest schema, whatever it is killed in.

`tests/fixtures/schemas/NAME.db` is the file as the version with that newest migration left it, in
the middle of a day: one order packed, one on the bench, two waiting. Its key is 32 times `k`.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.backups import archive
from app.cli import main
from app.engine import Engine
from app.rehearsal import pack_scan
from app.security.keys import choose_key_source
from app.soak.process import Killed, Nursery
from app.store import journal
from app.store.database import HEAD, REVISIONS, Store, schema_version
from app.store.integrity import faults_of
from app.store.schema import ORDERS
from tests.support.newer import make_newer

KEY = b"k" * 32
SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schemas"
RELEASED = ["0001"]  # the newest migration of each version that was ever given away
STATES = {"5001": "PACKED", "5002": "PACKING", "5003": "RELEASED", "5004": "RELEASED"}
ENTRIES = 29


@pytest.fixture(params=RELEASED)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "store.key").write_text(KEY.hex() + "\n")
    (home / "store.key").chmod(0o600)
    choose_key_source(home, "file")
    return Path(shutil.copy(SCHEMAS / f"{request.param}.db", home / "expedita.db"))


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as made:
        yield made


def check(store: Store) -> None:
    """All that was in it is still there."""
    with store.read() as c:
        assert schema_version(c) == HEAD
        assert dict(tuple(r) for r in c.execute(select(ORDERS.c.number, ORDERS.c.state))) == STATES
        assert journal.broken_links(c, "Bancada 1") == []
        assert journal.head(c, "Bancada 1")[0] == ENTRIES
    assert faults_of(store.path, KEY) == []


def test_every_released_schema_has_its_fixture() -> None:
    assert set(RELEASED) <= set(REVISIONS)
    assert {path.stem for path in SCHEMAS.glob("*.db")} == set(RELEASED)


def test_a_released_store_migrates_and_the_pack_goes_on(released: Path) -> None:
    engine = Engine.open(released.parent)
    check(engine.store)
    assert engine.station.sign_in("SUP1", "739105").code == "SIGNED_IN"
    view = engine.station.view().pack
    assert view is not None
    assert view.order_number == "5002"
    engine.close()


def test_a_program_goes_on_with_the_store_of_a_newer_one_that_fits(released: Path) -> None:
    """As after an update that was taken back: the pack ends, and a backup of it is good."""
    make_newer(released, oldest=len(REVISIONS), key=KEY)
    engine = Engine.open(released.parent)
    assert engine.station.sign_in("SUP1", "739105").code == "SIGNED_IN"
    while view := engine.station.view().pack:
        if view.step == "label":
            time.sleep(0.05)  # its printer has it
        else:
            engine.station.scan(pack_scan(view))
    assert engine.backups.make().code == "BACKUP_MADE"
    with engine.store.read() as c:
        assert c.scalar(select(ORDERS.c.state).where(ORDERS.c.number == "5002")) == "PACKED"
        assert c.exec_driver_sql("SELECT DISTINCT drone FROM orders").scalars().all() == ["no"]
    engine.close()
    assert main(["--home", str(released.parent), "verify"]) == 0


@pytest.mark.parametrize(
    ("lang", "told"), [("pt", "Instale a versão mais nova"), ("en", "Install the newer version")]
)
def test_a_newer_store_that_does_not_fit_is_refused_in_three_parts(
    released: Path,
    lang: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("EXPEDITA_LANG", lang)
    make_newer(released, oldest=len(REVISIONS) + 1, key=KEY)
    before = released.read_bytes()
    assert main(["--home", str(released.parent), "orders"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("STORE_NEWER · ")
    assert said.count(" · ") == 3
    assert told in said
    assert released.read_bytes() == before


def test_before_the_migration_there_is_a_backup_of_the_old_schema(released: Path) -> None:
    Engine.open(released.parent).close()
    folder = archive.folder_of("", released.parent, KEY)
    assert [backup.kind for backup in archive.listed(folder)] == ["upgrade"]


def test_a_kill_at_any_statement_leaves_the_old_schema_or_the_new(
    released: Path, nursery: Nursery
) -> None:
    old, kills, statement = released.read_bytes(), 0, 0
    while True:
        statement += 1
        for path in released.parent.glob("expedita.*"):
            path.unlink()
        released.write_bytes(old)
        console = nursery.upgrade(released, KEY, f"statement:{statement}:kill")
        try:
            console.opened()
        except Killed:
            kills += 1
        else:
            console.close()
            break
        assert faults_of(released, KEY) == []
        store = Store.look(released, KEY)
        with store.read() as c:
            assert schema_version(c) in (*RELEASED, HEAD)
            assert journal.head(c, "Bancada 1")[0] == ENTRIES
        store.close()
        if statement % 8 == 0:
            store = Store.open(released, KEY)
            check(store)
            store.close()
    assert kills >= len(REVISIONS)


@pytest.mark.parametrize("place", ["commit", "committed"])
def test_a_kill_around_the_end_of_a_migration_changes_nothing(
    released: Path, nursery: Nursery, place: str
) -> None:
    with pytest.raises(Killed):
        nursery.upgrade(released, KEY, f"{place}:1:kill").opened()
    store = Store.open(released, KEY)
    check(store)
    store.close()


def test_a_first_start_killed_at_any_statement_begins_again(
    tmp_path: Path, nursery: Nursery
) -> None:
    path, statement = tmp_path / "expedita.db", 1
    while True:
        console = nursery.upgrade(path, KEY, f"statement:{statement}:kill")
        try:
            console.opened()
        except Killed:
            statement += 9
        else:
            console.close()
            break
    assert statement > 50
    Store.open(path, KEY).close()
    assert faults_of(path, KEY) == []
