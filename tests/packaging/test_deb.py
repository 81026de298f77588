"""The Debian package: what it holds, and its life in a clean Debian 12."""

from __future__ import annotations

import ast
import functools
import gzip
import hashlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from lxml import etree
from PyInstaller.archive.readers import CArchiveReader

from app import __version__
from app.cli import parser
from app.domain.codes import own_code
from app.engine import Engine
from app.rehearsal import pack_scan, pick_scan
from app.station.views import StationView
from app.store import journal
from tests.packaging.conftest import OLD, ROOT, Builds
from tests.support.bookworm import Bookworm
from tests.support.desktop import ConsoleProcess, Desktop, until

# The key belongs to whoever works with it; the onlooker below is root, and so is the operator.
USER = "root"
HOME = "root/.local/share/expedita-demo"


@pytest.fixture
def unpacked(packages: dict[str, Path], tmp_path: Path) -> Path:
    subprocess.run(["dpkg-deb", "-x", packages["new"], tmp_path], check=True)
    return tmp_path


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as made:
        yield made


def test_two_builds_in_other_folders_differ_in_nothing_but_the_version(
    builds: Builds, packages: dict[str, Path]
) -> None:
    new, old = (members(packages[name]) for name in ("new", "old"))
    assert new.keys() == old.keys()
    assert not [name for name in new if new[name] != old[name]]
    new, old = (modules(frozen.folder / "expedita") for frozen in (builds.new, builds.old))
    assert new.keys() == old.keys()
    assert [name for name in new if new[name] != old[name]] == ["app"]


def members(package: Path) -> dict[str, tuple[object, ...]]:
    """Every file of a package, its version written as X, but for the program itself."""
    found: dict[str, tuple[object, ...]] = {}
    for part in ("--fsys-tarfile", "--ctrl-tarfile"):
        packed = subprocess.run(["dpkg-deb", part, package], capture_output=True, check=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            for one in archive:
                is_program = one.name == "./usr/lib/expedita/expedita"
                file = archive.extractfile(one) if one.isfile() and not is_program else None
                content = file.read() if file else b""
                found[one.name.replace(f"-{OLD}.", "-X.").replace(f"-{__version__}.", "-X.")] = (
                    one.type, one.mode, one.uid, one.gid, one.mtime, one.linkname,
                    unversioned(gzip.decompress(content) if one.name.endswith(".gz") else content),
                )  # fmt: skip
    return found


def unversioned(content: bytes) -> str:
    """The digest of a file; of one that people can read, without the version and its traces."""
    if b"\0" not in content[:1024]:
        for version in (OLD, __version__):
            content = re.sub(
                rb"(?<![\w.])" + re.escape(version.encode()) + rb"(?!\w)", b"X", content
            )
        content = re.sub(rb"urn:uuid:[0-9a-f-]+", b"", content)
        content = re.sub(rb"(app/__init__\.py|METADATA),sha256=[\w-]+,\d+", rb"\1", content)
    return hashlib.sha256(content).hexdigest()


def modules(program: Path) -> dict[str, str]:
    """Every module and script that a program carries in itself, by name."""
    whole = CArchiveReader(str(program))
    pure = whole.open_embedded_archive("PYZ.pyz")
    carried = {f"script {name}": whole.extract(name) for name in whole.toc if name != "PYZ.pyz"}
    carried |= {name: pure.extract(name, raw=True) or b"" for name in pure.toc}
    return {name: hashlib.sha256(content).hexdigest() for name, content in carried.items()}


def test_only_the_parts_of_qt_that_are_in_use_are_shipped(builds: Builds) -> None:
    shipped = {name for name, _ in builds.new.files}
    assert not [n for n in shipped if any(w in n for w in ("QtQml", "Qt6Quick", "WebEngine"))]
    assert not [n for n in shipped if "Qt/translations" in n]
    plugins = {n.split("Qt/plugins/")[1] for n in shipped if "Qt/plugins/" in n}
    assert {n for n in plugins if n.startswith(("platforms/", "iconengines/"))} == {
        "platforms/libqxcb.so", "platforms/libqoffscreen.so", "iconengines/libqsvgicon.so",
    }  # fmt: skip
    assert "imageformats/libqsvg.so" in plugins  # the guides' pictures, and the arrow of a choice


def test_every_module_that_the_source_names_is_shipped(builds: Builds) -> None:
    """Also those that are imported only when they are needed, such as the one that draws guides."""
    shipped = {
        name.split(".")[0].replace("/", ".") if name.endswith(".so") else name
        for name, _ in builds.new.files
    }
    named = {name for path in source_files() for name in imported(path)}
    assert "PySide6.QtSvg" in named
    assert not sorted(named - shipped)


def source_files() -> Iterator[Path]:
    for folder in ("app", "ui"):
        yield from (ROOT / folder).rglob("*.py")


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports and that are installed here, but for Python's own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [node.module, *(name for name in inner if node.module.split(".")[0] != "app")]
        else:
            continue
        for name in names:
            if name.split(".")[0] not in sys.stdlib_module_names and is_module(name):
                yield name


@functools.cache
def is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False


def test_nothing_of_the_developers_tools_is_shipped(builds: Builds) -> None:
    tools = {
        "pytest",
        "_pytest",
        "mypy",
        "hypothesis",
        "numpy",
        "ruff",
        "setuptools",
        "PyInstaller",
        "pip",
    }
    assert not tools & {name.replace("/", ".").split(".")[0] for name, _ in builds.new.files}


def test_no_link_in_the_package_leads_nowhere(unpacked: Path) -> None:
    links = [path for path in unpacked.rglob("*") if path.is_symlink()]
    assert links
    assert not [str(path) for path in links if not path.exists()]


def test_every_part_is_listed_with_its_licence_and_the_list_is_cyclonedx(unpacked: Path) -> None:
    folder = unpacked / "usr/share/doc/expedita"
    text = (folder / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = {part["name"]: part for part in json.loads(text)["components"]}
    assert {"pyside6-essentials", "sqlalchemy", "sqlcipher3", "python"} <= set(listed)
    assert all(part["licenses"] for part in listed.values())
    told = (folder / "LICENCES.txt").read_text(encoding="utf-8")
    assert all(f"{name} {part['version']}: " in told for name, part in listed.items())
    assert not [name for name in listed if not [*folder.glob(f"{name}/*")]]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (
        folder / "pyside6-essentials" / "LGPL-3.0.txt"
    ).read_text(encoding="utf-8")


def test_the_desktops_files_are_valid(unpacked: Path) -> None:
    entries = [*unpacked.rglob("*.desktop")]
    assert len(entries) == 3
    subprocess.run(["desktop-file-validate", *entries], check=True)
    [metainfo] = unpacked.rglob("*.metainfo.xml")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", metainfo], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    mime = etree.parse(unpacked / "usr/share/mime/packages/expedita.xml").getroot()
    kinds = {element.get("type") for element in mime.iter("{*}mime-type")}
    asked = (
        unpacked / "usr/share/applications/internal.expedita.console.import.desktop"
    ).read_text()
    assert f"MimeType={kinds.pop()};" in asked


def test_systemd_takes_the_units_and_none_is_enabled_by_the_package(unpacked: Path) -> None:
    units = sorted((unpacked / "lib/systemd/system").iterdir())
    assert {unit.suffix for unit in units} == {".service", ".timer"}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", "--root", unpacked,
         *(unit.name for unit in units)],
        capture_output=True, text=True,
    )  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if "expedita" in line]
    assert not complaints
    assert not [*unpacked.rglob("*.wants")]


def test_the_udev_rules_name_no_label_that_is_not_there(unpacked: Path) -> None:
    text = (unpacked / "lib/udev/rules.d/70-expedita.rules").read_text(encoding="utf-8")
    assert set(re.findall(r'GOTO="(\w+)"', text)) == set(re.findall(r'LABEL="(\w+)"', text))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            assert all(re.fullmatch(r'[A-Z]+(\{\w+\})?(==|!=|=|\+=)"[^"]*"', part)
                       for part in line.split(", ")), line  # fmt: skip


def test_the_man_page_has_every_command(unpacked: Path) -> None:
    page = subprocess.run(
        ["zcat", unpacked / "usr/share/man/man1/expedita.1.gz"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    known = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    assert known
    assert not [name for name in known if f'.SS "{name}"' not in page]


def test_a_package_installs_works_upgrades_and_leaves_nothing(
    packages: dict[str, Path], bookworm: Bookworm, desktop: Desktop, tmp_path: Path
) -> None:
    bookworm.run("apt-get", "update", "-q")
    install(bookworm, packages["old"])
    assert bookworm.run("expedita", "--version").split() == ["expedita", OLD]
    installed = bookworm.files()
    own = {line[1:] for line in bookworm.run("dpkg", "-L", "expedita").splitlines()}
    # A loaded machine may be slow between two keys of a scan.
    bookworm.run("expedita", "--demo", "setting", "scanner.max_gap_ms", "200")
    bookworm.run("expedita", "--demo", "setting", "scanner.cooldown_ms", "100")
    try:
        with AtWork(bookworm, desktop) as someone:
            number = someone.picks()
            someone.packs(number)
        install(bookworm, packages["new"])
        assert bookworm.run("expedita", "--version").split() == ["expedita", __version__]
        with AtWork(bookworm, desktop) as someone:
            assert someone.queue("packed") == [number]
            someone.takes_one()
    finally:
        desktop.picture().save(tmp_path / "last.png")
    bookworm.run("apt-get", "remove", "-y", "-q", "expedita")
    assert bookworm.attempt("expedita", "--version").returncode == 127
    assert (bookworm.folder / HOME / "expedita.db").exists()  # what people have stays
    bookworm.run("apt-get", "purge", "-y", "-q", "expedita")
    after = bookworm.files()
    assert not after - installed
    assert not [name for name in after & own if "expedita" in name.lower()]


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
