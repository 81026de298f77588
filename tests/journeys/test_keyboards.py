"""A scanner that types as a Brazilian keyboard, into the real window."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from PIL import Image

from app.domain.codes import own_code
from app.engine import Engine
from tests.support.desktop import ConsoleProcess, Desktop, until

BLOCK_RED = (0xB3, 0x16, 0x1B)


def demo(home: Path) -> None:
    engine = Engine.open(home, demo=True)
    engine.set_setting("scanner.max_gap_ms", "60")
    engine.recovery_key_was_kept()
    engine.close()


def test_codes_come_whole_over_an_abnt2_layout(tmp_path: Path) -> None:
    home = tmp_path / "home"
    demo(home)
    with Desktop() as desktop:
        subprocess.run(
            ["setxkbmap", "-model", "abnt2", "-layout", "br"],
            env={**os.environ, "DISPLAY": desktop.display},
            check=True,
        )
        console = ConsoleProcess(desktop, home)
        try:
            desktop.changes(lambda: desktop.scan(own_code("U", "DEMO")))
            desktop.changes(lambda: desktop.type("7391\n"))
            for code in ("Ç~^'[]/;.-_ÃÉ", "]C10107890000011012"):
                desktop.scan(code)
                until(lambda: pixel(desktop.picture()) == BLOCK_RED, f"the refusal of {code}")
                desktop.key("F12")
                until(lambda: pixel(desktop.picture()) != BLOCK_RED, "the acknowledgement")
            desktop.changes(lambda: desktop.key("F9"))  # a claim: somebody is signed in
            desktop.changes(lambda: desktop.scan(own_code("T", "T-01")))
        finally:
            desktop.picture().save(tmp_path / "last.png")
            console.close()
    engine = Engine.open(home)
    engine.station.sign_in("DEMO", "7391")
    pick = engine.station.view().pick
    engine.close()
    assert pick is not None
    assert [tote for _, tote in pick.totes] == ["T-01"]


def test_a_list_is_chosen_from_with_the_keyboard_alone_and_a_scan_chooses_nothing(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    demo(home)
    with Desktop() as desktop:
        console = ConsoleProcess(desktop, home)
        try:
            desktop.changes(lambda: desktop.type("DEMO\n7391\n"))
            desktop.changes(lambda: desktop.key("F6"))
            desktop.type("\t\t")
            desktop.changes(lambda: desktop.type(" "))  # the languages hang open
            desktop.key("Down")
            desktop.scan("XXXX")
            until(lambda: pixel(desktop.picture()) == BLOCK_RED, "the refusal")
            desktop.key("F12")
            until(lambda: pixel(desktop.picture()) != BLOCK_RED, "the acknowledgement")
            desktop.changes(lambda: desktop.type(" "))
            desktop.key("Down")
            desktop.changes(lambda: desktop.type("\n"))
        finally:
            desktop.picture().save(tmp_path / "last.png")
            console.close()
    engine = Engine.open(home)
    assert engine.settings["language"] == "en"
    engine.close()


def pixel(picture: Image.Image) -> object:
    return picture.getpixel((20, 740))
