"""What the tests of the packages share: two frozen versions, and one clean Debian."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
    """The checkout frozen, and once more in another folder as an older version of itself."""

    new: Frozen
    old: Frozen


@pytest.fixture(scope="session")
def root_to_be(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Bookworm] | None]:
    """A clean Debian, made while the processors are busy with freezing: it mostly waits for the
    network. None where none can be made."""
    if why_not():
        yield None
        return
    with ThreadPoolExecutor(1) as one:
        yield one.submit(Bookworm, tmp_path_factory.mktemp("root") / "bookworm")


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory, root_to_be: Future[Bookworm] | None) -> Builds:
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
        new = two.submit(freeze, work / "new")
        old = two.submit(freeze, work / "elsewhere" / "old", older)
        return Builds(new.result(), old.result())


@pytest.fixture(scope="session")
def packages(builds: Builds, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The Debian packages of the two, by the names of `Builds`."""
    work = tmp_path_factory.mktemp("packages")
    with ThreadPoolExecutor(2) as two:
        made = {
            name: two.submit(deb.build, frozen, work / name, work / f"{name}-staged")
            for name, frozen in (("new", builds.new), ("old", builds.old))
        }
        return {name: one.result() for name, one in made.items()}


@pytest.fixture(scope="session")
def bookworm(root_to_be: Future[Bookworm] | None) -> Bookworm:
    if root_to_be is None:
        pytest.skip(why_not())
    return root_to_be.result()
