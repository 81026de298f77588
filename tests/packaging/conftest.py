"""What the tests of the packages share: the application frozen, once, and a clean Debian."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from installer import deb  # noqa: E402
from installer.frozen import Frozen, freeze  # noqa: E402

from tests.support.bookworm import Bookworm, why_not  # noqa: E402

OLD = "0.0.1"


@dataclass(frozen=True)
class Builds:
    """The checkout's version frozen twice, in folders of different names, and an older one."""

    first: Frozen
    second: Frozen
    old: Frozen


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    if sys.platform != "linux":
        pytest.skip("Debian packages are made on Debian")
    work = tmp_path_factory.mktemp("builds")
    older = work / "source-of-the-old"
    for name in ("app", "ui", "resources", "packaging"):
        shutil.copytree(ROOT / name, older / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, older)
    init = older / "app" / "__init__.py"
    text = init.read_text(encoding="utf-8")
    init.write_text("".join(
        f'__version__ = "{OLD}"\n' if line.startswith("__version__") else line
        for line in text.splitlines(keepends=True)
    ), encoding="utf-8")  # fmt: skip
    with ThreadPoolExecutor(2) as two:
        first = two.submit(freeze, work / "first")
        second = two.submit(freeze, work / "elsewhere" / "second")
        old = two.submit(freeze, work / "old", older)
        return Builds(first.result(), second.result(), old.result())


@pytest.fixture(scope="session")
def packages(builds: Builds, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The Debian packages by name: new, again (the same source once more), old."""
    work = tmp_path_factory.mktemp("packages")
    with ThreadPoolExecutor(2) as two:
        made = {
            name: two.submit(deb.build, frozen, work / name, work / f"{name}-staged")
            for name, frozen in (
                ("new", builds.first), ("again", builds.second), ("old", builds.old)
            )
        }  # fmt: skip
        return {name: one.result() for name, one in made.items()}


@pytest.fixture(scope="session")
def bookworm(tmp_path_factory: pytest.TempPathFactory) -> Bookworm:
    if why_not():
        pytest.skip(why_not())
    return Bookworm(tmp_path_factory.mktemp("root") / "bookworm")
