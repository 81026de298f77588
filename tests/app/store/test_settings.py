from __future__ import annotations

from pathlib import Path

from app.store import settings
from tests.support import homes


def test_a_setting_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    store = homes.store(tmp_path / "store.db")
    with store.write() as c:
        settings.put(c, "language", "en")
        settings.put(c, "language", "pt")
        settings.put(c, "theme", "dark")
    with store.write() as c:
        assert settings.load(c) == {"language": "pt", "theme": "dark"}
        settings.forget(c, "theme")
    with store.read() as c:
        assert settings.load(c) == {"language": "pt"}
    store.close()
