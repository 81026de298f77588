"""Updates from a signed repository in a clean Debian 12: verified, quiet, and taken back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from installer import repository, settings_package

from app import __version__
from app.domain.codes import own_code
from tests.packaging.conftest import OLD
from tests.support.bookworm import Bookworm
from tests.support.desktop import ConsoleProcess, Desktop, until

USER = "operador"
BROKEN = "9.0.0"
SOURCE = """\
Types: deb
URIs: file:/srv/expedita
Suites: ./
Signed-By: /etc/apt/keyrings/expedita.asc
"""


class Repository:
    """A folder of packages inside the root, signed by a key of this test."""

    def __init__(self, bookworm: Bookworm, gnupg: Path) -> None:
        self.folder = bookworm.folder / "srv" / "expedita"
        self._gnupg = gnupg
        gnupg.mkdir(mode=0o700)
        for name in ("warehouse", "stranger"):
            subprocess.run(
                ["gpg", "--homedir", gnupg, "--batch", "--passphrase", "", "--quick-gen-key",
                 f"{name}@example.invalid", "ed25519", "sign", "never"],
                check=True, capture_output=True,
            )  # fmt: skip

    def publish(self, *packages: Path, by: str = "warehouse") -> None:
        repository.make(self.folder, packages, f"{by}@example.invalid", self._gnupg)

    def wants(self, version: str) -> None:
        """Publish the site's settings: that version is wanted, and one setting is locked."""
        file = self._gnupg / "site.toml"
        file.write_text(f'[locked]\ntheme = "dark"\n[update]\nversion = "{version}"\n')
        settings_package.put(file, self.folder)
        self.publish()

    def close(self) -> None:
        subprocess.run(["gpgconf", "--homedir", self._gnupg, "--kill", "all"], check=False)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as made:
        yield made


@pytest.fixture
def shelf(bookworm: Bookworm, tmp_path: Path) -> Iterator[Repository]:
    made = Repository(bookworm, tmp_path / "gnupg")
    yield made
    made.close()


def broken(package: Path, work: Path) -> Path:
    """The same package under a newer version, whose program ends at once."""
    root = work / "broken"
    subprocess.run(["dpkg-deb", "-R", package, root], check=True)
    control = root / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    control.write_text(text.replace(f"Version: {__version__}", f"Version: {BROKEN}"))
    program = root / "usr/lib/expedita/expedita"
    program.write_text("#!/bin/sh\necho 'a library is missing' >&2\nexit 127\n")
    made = work / f"expedita_{BROKEN}_amd64.deb"
    subprocess.run(["dpkg-deb", "-Zgzip", "-z1", "--build", root, made], check=True)
    return made


def version(bookworm: Bookworm) -> str:
    return bookworm.run("dpkg-query", "-W", "-f", "${Version}", "expedita")


def refused(bookworm: Bookworm, *wanted: str) -> str:
    """The code with which an update is refused."""
    done = bookworm.attempt("expedita", "update", *wanted)
    assert done.returncode == 1, done.stdout
    return done.stderr.split(" · ")[0]


def test_a_station_comes_to_the_wanted_version_only_signed_quiet_and_working(
    packages: dict[str, Path],
    bookworm: Bookworm,
    shelf: Repository,
    desktop: Desktop,
    tmp_path: Path,
) -> None:
    if not (bookworm.folder / "home" / USER).exists():
        bookworm.run("useradd", "--create-home", USER)
    bookworm.run("apt-get", "update", "-q")
    bookworm.run("apt-get", "install", "-y", "-q", "--no-install-recommends",
                 bookworm.put(packages["old"], "/tmp/old.deb"))  # fmt: skip
    assert refused(bookworm, __version__) == "UPDATE_NO_SOURCE"

    shelf.publish(packages["old"], packages["new"])
    (bookworm.folder / "etc/apt/keyrings").mkdir(exist_ok=True)
    shutil.copy(shelf.folder / "expedita.asc", bookworm.folder / "etc/apt/keyrings")
    (bookworm.folder / "etc/apt/sources.list.d/expedita.sources").write_text(SOURCE)

    shelf.wants(__version__)
    shelf.publish(by="stranger")
    assert refused(bookworm) == "UPDATE_UNVERIFIED"
    assert bookworm.run("expedita", "version").split() == ["expedita", OLD]  # nothing is wanted
    shelf.publish()
    tampered = shelf.folder / packages["new"].name
    content = bytearray(tampered.read_bytes())
    content[len(content) // 2] ^= 1
    tampered.write_bytes(content)
    assert refused(bookworm) == "UPDATE_UNVERIFIED"
    assert version(bookworm) == OLD
    assert __version__ in bookworm.run("expedita", "version")  # the settings were not tampered with
    assert "1 deles travados" in bookworm.run("expedita", "setting", "--site")
    shelf.publish(packages["new"])

    bookworm.run("expedita", "--demo", "setting", "scanner.max_gap_ms", "200", user=USER)
    console = ConsoleProcess(
        desktop,
        bookworm.folder / "home" / USER,
        bookworm.command("expedita", "--demo", "--kiosk", user=USER, DISPLAY=desktop.display,
                         QT_QPA_PLATFORM="xcb", QT_XCB_NO_XI2="1"),
    )  # fmt: skip
    try:
        desktop.changes(lambda: desktop.scan(own_code("U", "DEMO")))
        desktop.changes(lambda: desktop.type("7391\n", pause_s=0.4))
        assert refused(bookworm) == "UPDATE_NOT_QUIET"
        assert version(bookworm) == OLD
        desktop.changes(lambda: desktop.key("ctrl+l"))
        until(lambda: bookworm.attempt("expedita", "update").returncode == 0, "the update", 300)
        assert version(bookworm) == __version__
        assert bookworm.run("expedita", "--version").split() == ["expedita", __version__]
        until(lambda: not replaced_beneath(console.process.pid), "the console's new start", 60)
        desktop.xdotool("search", "--sync", "--onlyvisible", "--name", "^Expedita$")
    finally:
        desktop.picture().save(tmp_path / "last.png")
        console.close()

    shelf.publish(broken(packages["new"], tmp_path))
    shelf.wants(BROKEN)
    done = bookworm.attempt("expedita", "update")
    assert done.returncode == 1
    assert done.stderr.startswith("UPDATE_ROLLED_BACK")
    assert "a library is missing" in done.stderr
    assert version(bookworm) == __version__
    assert bookworm.run("expedita", "--version").split() == ["expedita", __version__]
    assert refused(bookworm) == "UPDATE_FAILED_BEFORE"
    bookworm.run("apt-get", "purge", "-y", "-q", "expedita", "expedita-site")


def replaced_beneath(kiosk: int) -> bool:
    """Whether the console that a kiosk watches still runs from files that are no longer there."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(kiosk)], capture_output=True, text=True
    ).stdout.split()
    assert children
    return any("(deleted)" in str(Path(f"/proc/{pid}/exe").readlink()) for pid in children)
