"""Known secrets and personal values are planted, a shift is worked, and they are looked for."""

from __future__ import annotations

import base64
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from app.domain.codes import own_code
from app.engine import Engine
from app.security import key_file
from tests.support import warehouse
from tests.support.desktop import EXPEDITA, ConsoleProcess, Desktop, until

PIN = "739105"
PHRASE = "quatro palavras bem plantadas"
PERSONAL = ("Pessoa Inventada", "Rua Inventada", "ninguem@example.com", "00000000191")


class Watcher:
    """Reads the command lines and environments of this test's processes, again and again."""

    def __enter__(self) -> Watcher:
        self.seen: set[bytes] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    command = (process / "cmdline").read_bytes()
                    if b"expedita" in command:
                        self.seen |= {command, (process / "environ").read_bytes()}
                except OSError:  # it ended meanwhile, or is another user's
                    continue


class Place:
    """A computer's user: a home, a folder for temporary files, a data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "store"
        self.environment = {
            **os.environ, "HOME": str(root / "user"), "TMPDIR": str(root / "tmp"),
            "XDG_CACHE_HOME": str(root / "cache"), "EXPEDITA_HOME": str(self.home),
        }  # fmt: skip
        for name in ("user", "tmp", "cache"):
            (root / name).mkdir(parents=True)
        self.said = b""

    def __call__(self, *words: str, typed: str = "") -> int:
        done = subprocess.run(
            [EXPEDITA, *words], env=self.environment, cwd=self.root / "user",
            input=typed.encode(), capture_output=True, timeout=120,
        )  # fmt: skip
        self.said += done.stdout + done.stderr
        return done.returncode

    def files(self) -> Iterator[tuple[Path, bytes]]:
        """All that was written, but for the labels themselves: they must bear an address."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and "printed" not in path.parts and "import" not in path.parts:
                yield path, path.read_bytes()


def shapes(value: str) -> Iterator[bytes]:
    """A value in the forms that it may be written in."""
    raw = value.encode()
    yield from (raw, raw.hex().encode(), value.encode("utf-16-le"))
    yield base64.b64encode(raw).rstrip(b"=")[:-1]


def assert_nowhere(values: list[str], raw: bytes, where: object) -> None:
    for value in values:
        for shape in shapes(value):
            assert shape not in raw, f"{value!r} in {where}"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "pc")
    assert place("--key-file", "setting", "station.name", "Bancada 7") == 0
    return place


def secrets_of(place: Place) -> list[str]:
    key = key_file.read_key(place.home / "store.key")
    engine = Engine.open(place.home)
    ana = engine.operators.by_badge("SUP1")
    assert ana
    enrolment = engine.second_factors.begin(ana, "")
    codes = engine.second_factors.finish(ana, pyotp.TOTP(enrolment.secret).at(engine.clock()))
    engine.close()
    return [key.hex(), PIN, enrolment.secret, *codes]


def test_commands_leave_no_secret_and_no_customer_anywhere(place: Place, tmp_path: Path) -> None:
    with Watcher() as watcher:
        files = warehouse.write(place.root / "import", 5)
        assert place("operator", "add", "Ana", "SUP1", "supervisor", typed=f"{PIN}\n") == 0
        assert place("import", str(files)) == 0
        for words in (("orders",), ("order", "5003"), ("audit", "list"), ("operator", "list"),
                      ("setting",), ("orders", "--filter", "nada"), ("order", "nada")):  # fmt: skip
            place(*words)
        planted = secrets_of(place)
    assert len(watcher.seen) >= 5, "nothing was watched"
    for seen in watcher.seen:
        assert_nowhere([*planted, *PERSONAL], seen, "/proc")
    assert_nowhere([*planted, *PERSONAL], place.said, "what the commands said")
    for path, raw in place.files():
        known = [value for value in planted if path.name != "store.key" or value != planted[0]]
        assert_nowhere([*known, *PERSONAL], raw, path)


def test_a_passphrase_typed_at_a_terminal_stays_there(tmp_path: Path) -> None:
    place = Place(tmp_path / "pc")
    place.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with Watcher() as watcher:
        shown = b"".join(
            at_terminal(place, f"{PHRASE}\n", "setting", "theme", value)
            for value in ("dark", "light")
        )
    assert b"theme" in shown
    assert (place.home / "expedita.db").exists()
    for where, raw in [("terminal", shown), *(("/proc", seen) for seen in watcher.seen),
                       *place.files()]:  # fmt: skip
        assert_nowhere([PHRASE], raw, where)


def at_terminal(place: Place, typed: str, *words: str) -> bytes:
    """Run a command on a terminal, type when it asks, and give what the terminal showed."""
    process, terminal = pty.fork()
    if not process:
        os.execve(EXPEDITA, [str(EXPEDITA), *words], place.environment)
    shown = b""
    try:
        while part := os.read(terminal, 4096):
            if b"passphrase: " in part:
                os.write(terminal, typed.encode())
            shown += part
    except OSError:  # how Linux says that the other end is gone
        pass
    finally:
        os.close(terminal)
        _, status = os.waitpid(process, 0)
    assert status == 0, shown
    return shown


def test_the_console_leaves_nothing_while_it_works_nor_when_it_crashes(place: Place) -> None:
    files = warehouse.write(place.root / "import", 5)
    place("operator", "add", "Ana", "SUP1", "supervisor", typed=f"{PIN}\n")
    place("import", str(files))
    planted = secrets_of(place)
    os.environ.update(TMPDIR=str(place.root / "tmp"))
    try:
        with Watcher() as watcher, Desktop() as desktop:
            console = ConsoleProcess(desktop, place.home)
            desktop.changes(lambda: desktop.scan(own_code("U", "SUP1")))
            desktop.changes(lambda: desktop.type(f"{PIN}\n"))
            desktop.changes(lambda: desktop.key("F4"))
            desktop.calm()
            limits = Path(f"/proc/{console.process.pid}/limits").read_text()
            working = list(place.files())  # the log of the database among them
            console.process.send_signal(signal.SIGSEGV)
            console.process.wait(20)
            console.close()
    finally:
        del os.environ["TMPDIR"]
    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]
    names = {path.name for path, _ in working}
    assert {"expedita.db", "expedita.db-wal", "console.log"} <= names
    for path, raw in [*working, *place.files()]:
        known = [value for value in planted if path.name != "store.key" or value != planted[0]]
        assert_nowhere([*known, *PERSONAL], raw, path)
        assert not path.name.startswith("core"), path
    assert watcher.seen
    for seen in watcher.seen:
        assert_nowhere([*planted, *PERSONAL], seen, "/proc")


CRASH = """
import sys
from app import cli
from app.commands import settings

def broken(options):
    try:
        raise KeyError("Pessoa Inventada")
    except KeyError as error:
        raise ValueError(f"não serve: {'739105'}") from error

settings._setting = broken
sys.exit(cli.main(["setting"]))
"""


def test_an_error_that_nobody_caught_tells_its_place_and_none_of_its_words(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH], capture_output=True, text=True)
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "KeyError" in done.stderr
    assert "broken" in done.stderr
    assert_nowhere([PIN, "Pessoa Inventada"], done.stderr.encode(), "the crash's output")


DUMPABLE = """
import ctypes, threading
from app.security.hardening import harden
harden(lambda error: type(error).__name__)
def fail(): raise ValueError("739105")
thread = threading.Thread(target=fail); thread.start(); thread.join()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_the_process_can_neither_be_dumped_nor_looked_into() -> None:
    done = subprocess.run([sys.executable, "-c", DUMPABLE], capture_output=True, text=True)
    assert done.stdout.strip() == "0"
    assert "ValueError" in done.stderr
    assert PIN not in done.stderr


def test_an_error_of_the_store_holds_no_value_of_its_statement(place: Place) -> None:
    engine = Engine.open(place.home)
    try:
        with pytest.raises(Exception, match="hidden") as failed, engine.store.write() as c:
            c.exec_driver_sql(
                "INSERT INTO recipients (name, warehouse_id) VALUES (?, 1)", ("Pessoa Inventada",)
            )
    finally:
        engine.close()
    assert "Inventada" not in str(failed.value)
    assert "Inventada" not in repr(failed.value)


def test_what_is_looked_for_would_be_found(tmp_path: Path) -> None:
    for shape in shapes(PERSONAL[0]):
        with pytest.raises(AssertionError):
            assert_nowhere([PERSONAL[0]], b"x" + shape + b"y", tmp_path)
    with Watcher() as watcher:
        end = time.monotonic() + 20
        with subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(20)", "expedita", PIN]
        ) as process:
            until(lambda: any(PIN.encode() in seen for seen in watcher.seen), "the planted PIN")
            process.kill()
    assert time.monotonic() < end
