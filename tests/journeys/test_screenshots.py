"""The command that makes a picture of every page and state."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from PIL import Image

from tests.support.desktop import EXPEDITA

PAGES = {
    "sign-in", "locked", "pick-idle", "pick-load-totes", "pick-bin", "pick-item", "pick-short",
    "pick-tote", "pick-drop", "pack-idle", "pack-units", "pack-box", "pack-verify",
    "pack-second-package", "dispatch-idle", "dispatch-load", "orders", "exceptions", "settings",
    "answer-block", "answer-unknown", "answer-done", "first-start", "pick-lot", "pick-substitute",
    "pick-zero-check", "pack-note", "pack-weight", "pack-printer", "pack-take-over",
    "pack-invoice", "answer-invoice", "answer-claimed", "answer-short", "answer-expired",
    "dispatch-dock", "dispatch-unload", "dispatch-handover", "putback", "putback-in-hand",
}  # fmt: skip


def test_every_page_in_two_languages_and_three_themes(tmp_path: Path) -> None:
    done = subprocess.run(
        [EXPEDITA, "screenshots", tmp_path], capture_output=True, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, set[str]] = {}
    for path in tmp_path.glob("*.png"):
        _, rest = path.stem.split("-", 1)
        state, lang, theme = rest.rsplit("-", 2)
        found.setdefault(state, set()).add(f"{lang} {theme}")
        with Image.open(path) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 10
    assert set(found) >= PAGES
    assert {len(kinds) for kinds in found.values()} == {6}
