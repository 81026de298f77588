from __future__ import annotations

from pathlib import Path

from app.store import settings
from app.store.database import Store


def test_a_setting_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db", bytes(32))
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
