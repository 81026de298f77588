"""The Debian package: what it holds, its life in a clean Debian 12, and updates there: verified,
quiet, and taken back.

All in one file, since freezing and the clean Debian are dear: a file's tests run in one process.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from lxml import etree

from app import __version__
from app.cli import parser
from app.domain.codes import own_code
from tests.packaging.conftest import OLD, ROOT, Builds
from tests.support.bookworm import Bookworm
from tests.support.desktop import ConsoleProcess, Desktop, until
from tests.support.installed import HOME, AtWork, install
from tests.support.shelf import SOURCE, Repository
from tests.support.shipped import contents, data_files, members, modules, named_modules

PERSON = "operador"
BROKEN = "9.0.0"


@pytest.fixture(scope="module")
def unpacked(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["dpkg-deb", "-x", packages["new"], folder], check=True)
    return folder


@pytest.fixture
def shelf(bookworm: Bookworm, tmp_path: Path) -> Iterator[Repository]:
    made = Repository(bookworm, tmp_path / "gnupg")
    yield made
    made.close()


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as made:
        yield made


def test_two_builds_in_other_folders_differ_in_nothing_but_the_version(
    builds: Builds, packages: dict[str, Path]
) -> None:
    new, old = (members(packages[name], (OLD, __version__)) for name in ("new", "old"))
    assert new.keys() == old.keys()
    assert not [name for name in new if new[name] != old[name]]
    new, old = (modules(frozen.folder / "expedita") for frozen in (builds.new, builds.old))
    assert new.keys() == old.keys()
    assert [name for name in new if new[name] != old[name]] == ["app"]


def test_nothing_in_the_package_tells_where_it_was_built(builds: Builds, unpacked: Path) -> None:
    """Two folders alone don't show it: what pip installed for a build is in the same place."""
    places = [str(place).encode() for place in (ROOT, Path(sys.prefix), builds.new.folder)]
    files = [path for path in unpacked.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not [
        str(path.relative_to(unpacked))
        for path in files
        if path.name == "RECORD" or any(place in path.read_bytes() for place in places)
    ]
    carried = contents(builds.new.folder / "expedita")
    assert not [name for name, said in carried.items() if any(place in said for place in places)]


def test_only_the_parts_of_qt_that_are_in_use_are_shipped(builds: Builds) -> None:
    shipped = {name for name, _ in builds.new.files}
    assert not [n for n in shipped if any(w in n for w in ("QtQml", "Qt6Quick", "WebEngine"))]
    words = {n.split("Qt/translations/")[1] for n in shipped if "Qt/translations/" in n}
    assert words == {"qtbase_pt_BR.qm"}
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
    named = named_modules(ROOT)
    assert "PySide6.QtSvg" in named
    assert not sorted(named - shipped)


# What shipped packages have besides code, and nothing of the console opens.
NEVER_OPENED = (
    "PyInstaller/", "PySide6/", "alembic/templates/", "jeepney/tests/", "keyring/backend_complete",
    "lxml/", "reportlab/fonts/", "reportlab/graphics/barcode/", "shiboken6/lib/cmake/",
)  # fmt: skip


def test_every_file_that_a_shipped_package_may_open_is_shipped(builds: Builds) -> None:
    """Such as the table of GS1's identifiers, without which no such scan is read."""
    site = Path(sysconfig.get_paths()["purelib"])
    shipped = {name for name, _ in builds.new.files}
    packages = {name.replace(".", "/").split("/")[0] for name in shipped}
    files = data_files(site, {name for name in packages if (site / name).is_dir()})
    assert "biip/gs1_application_identifiers/_application_identifiers.json" in files
    assert not sorted(name for name in files - shipped if not name.startswith(NEVER_OPENED))


def test_nothing_of_the_developers_tools_is_shipped(builds: Builds) -> None:
    tools = {"pytest", "_pytest", "mypy", "hypothesis", "numpy", "ruff", "PyInstaller", "pip",
             "setuptools"}  # fmt: skip
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
            someone.reads_gs1()
    finally:
        desktop.picture().save(tmp_path / "last.png")
    check_bench(bookworm, desktop)
    bookworm.run("apt-get", "remove", "-y", "-q", "expedita")
    assert bookworm.attempt("expedita", "--version").returncode == 127
    assert (bookworm.folder / HOME / "expedita.db").exists()  # what people have stays
    bookworm.run("apt-get", "purge", "-y", "-q", "expedita")
    after = bookworm.files()
    assert not after - installed
    assert not [name for name in after & own if "expedita" in name.lower()]


def check_bench(bookworm: Bookworm, desktop: Desktop) -> None:
    """The installed program measures its own start and size."""
    said = bookworm.run(
        "expedita", "bench", "start", "--json", "--orders", "50", "--rounds", "1",
        DISPLAY=desktop.display, QT_QPA_PLATFORM="xcb", QT_XCB_NO_XI2="1",
    )  # fmt: skip
    measured = json.loads(said)
    assert (measured["form"], measured["orders"]) == ("frozen", 50)
    assert measured["figure"] > 0
    assert 100 < measured["program_mb"] < 200


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
    if not (bookworm.folder / "home" / PERSON).exists():
        bookworm.run("useradd", "--create-home", PERSON)
    bookworm.run("apt-get", "update", "-q")
    install(bookworm, packages["old"])
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

    bookworm.run("expedita", "--demo", "setting", "scanner.max_gap_ms", "200", user=PERSON)
    console = ConsoleProcess(
        desktop,
        bookworm.folder / "home" / PERSON,
        bookworm.command("expedita", "--demo", "--kiosk", user=PERSON, DISPLAY=desktop.display,
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
