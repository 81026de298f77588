"""Products' pictures: image files named by SKU, in one folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


class Pictures:
    """Finds a product's picture. The folder is listed anew only when it changed, so that a look
    for each line of a task costs one question to the file system."""

    def __init__(self, folder: Callable[[], str]) -> None:
        self._folder = folder
        self._seen: tuple[str, int] | None = None
        self._names: dict[str, str] = {}

    def path(self, sku: str) -> str:
        """The image file's path, or empty where the product has none."""
        folder = self._folder()
        try:
            # A path object for each line of a task costs as much as all the rest of its view.
            seen = (folder, os.stat(folder).st_mtime_ns)  # noqa: PTH116
            if seen != self._seen:
                self._names = {
                    file.stem.upper(): str(file)
                    for file in Path(folder).iterdir()
                    if file.suffix.lower() in SUFFIXES
                }
                self._seen = seen
        except OSError:
            self._seen, self._names = None, {}
        return self._names.get(sku.upper(), "")
