"""Somebody at the console that a package has installed in a clean Debian."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from app.domain.codes import own_code
from app.engine import Engine
from app.rehearsal import pack_scan, pick_scan
from app.station.views import StationView
from app.store import journal
from tests.support.bookworm import Bookworm
from tests.support.desktop import ConsoleProcess, Desktop, until

# The key belongs to whoever works with it; the onlooker below is root, and so is the operator.
USER = "root"
GS1 = "]C10107890000011012"
ANSWER = re.compile(r" (OK|WARN|BLOCK) [A-Z_]+$", re.MULTILINE)
HOME = "root/.local/share/expedita-demo"


def install(bookworm: Bookworm, package: Path) -> None:
    inside = bookworm.put(package, f"/tmp/{package.name}")
    bookworm.run("apt-get", "install", "-y", "-q", "--no-install-recommends", inside)


class AtWork:
    """Somebody signed in at the installed console of the demo warehouse, working by real keys.

    An onlooker outside reads from the same data what the console has made durable.
    """

    def __init__(self, bookworm: Bookworm, desktop: Desktop) -> None:
        self._bookworm, self._desktop = bookworm, desktop
        self._onlooker = Engine.open(bookworm.folder / HOME)
        self._station = self._onlooker.settings["station.name"]

    def __enter__(self) -> AtWork:
        self._console = ConsoleProcess(
            self._desktop,
            self._bookworm.folder / "root",
            self._bookworm.command(
                "expedita", "--demo", user=USER, DISPLAY=self._desktop.display,
                QT_QPA_PLATFORM="xcb", QT_XCB_NO_XI2="1",
            ),
        )  # fmt: skip
        self._desktop.changes(lambda: self._desktop.scan(own_code("U", "DEMO")))
        self._kept(lambda: self._desktop.type("7391\n", pause_s=0.4), "the sign-in")
        return self

    def __exit__(self, *_: object) -> None:
        self._console.close()
        self._onlooker.close()

    def takes_one(self) -> str:
        """Fetches the most urgent order; its number."""
        for key in ("F1", "F9"):
            self._desktop.calm()
            self._desktop.key(key)
        until(lambda: self._view().pick, "the claim", 60)
        [number] = self.queue("picking")
        return number

    def picks(self) -> str:
        """Picks one order; its number."""
        number = self.takes_one()
        while pick := self._view().pick:
            self._scan(pick_scan(pick, ["T-01"]))
        return number

    def packs(self, number: str) -> None:
        """Packs it, with the label that the console prints."""
        self._desktop.calm()
        self._desktop.key("F2")
        self._desktop.calm()
        self._scan(own_code("O", number))
        while pack := self._view().pack:
            if pack.step not in ("label", "doubt"):  # its printer has it
                self._scan(pack_scan(pack))

    def reads_gs1(self) -> None:
        """Scans the GS1 code of an item: it is read and answered, whatever is asked for."""
        log = self._bookworm.folder / HOME / "logs" / "expedita.log"
        before = len(log.read_text(encoding="utf-8"))
        self._desktop.calm()
        self._desktop.scan(GS1)

        def answered() -> bool:
            told = log.read_text(encoding="utf-8")
            assert "engine call failed" not in told
            return bool(ANSWER.search(told, before))

        until(answered, "the answer to a GS1 code", 60)

    def queue(self, name: str) -> list[str]:
        said = self._bookworm.run(
            "expedita", "--demo", "orders", "--queue", name, "--json", user=USER
        )
        return [row["number"] for row in json.loads(said)["orders"]]

    def _scan(self, code: str) -> None:
        self._kept(lambda: self._desktop.scan(code), f"an entry for {code}")

    def _kept(self, act: Callable[[], object], what: str) -> None:
        before = self._entries()
        act()
        until(lambda: self._entries() > before, what, 60)
        time.sleep(0.1)

    def _entries(self) -> int:
        with self._onlooker.store.read() as c:
            return journal.head(c, self._station)[0]

    def _view(self) -> StationView:
        """The task in hand, folded anew from the journal."""
        other = Engine.open(self._bookworm.folder / HOME)
        try:
            other.station.sign_in("DEMO", "7391")
            return other.station.view()
        finally:
            other.close()
