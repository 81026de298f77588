"""Makes a Debian package of a frozen application, the same bytes for the same source."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from installer import licences
from installer.frozen import ROOT, BuildFailed, Frozen, run, source_date
from installer.parts import debian_package

LINUX = ROOT / "packaging" / "linux"
# Nobody owns a name below .internal: the project claims no domain, and no stranger gets its mail.
APP_ID = "internal.expedita.console"
MAINTAINER = "Expedita <maintainers@expedita.internal>"
ARCHITECTURE = "amd64"


def build(frozen: Frozen, target: Path, work: Path) -> Path:
    """Write `expedita_VERSION_amd64.deb` into `target`; `work` is a folder to stage in.

    Raises:
        BuildFailed: a tool failed, or a library is not of Debian.
    """
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    stage(frozen, root)
    control(frozen, root)
    target.mkdir(parents=True, exist_ok=True)
    return pack(root, target / f"expedita_{frozen.version}_{ARCHITECTURE}.deb")


def pack(root: Path, package: Path) -> Path:
    """Make a package of what is staged in `root`.

    Raises:
        BuildFailed: dpkg-deb did.
    """
    _settle(root)
    run(
        # zstd: a hundredth more bytes than xz, in a tenth of the time. One thread: several, as a
        # machine has processors, would make other bytes.
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--threads-max=1", "--build", root,
         package],
        {**os.environ, "SOURCE_DATE_EPOCH": str(source_date())},
    )  # fmt: skip
    return package


def stage(frozen: Frozen, root: Path) -> None:
    """Lay out every file of the package below `root`."""
    shutil.copytree(frozen.folder, root / "usr/lib/expedita", symlinks=True)
    _strip(root / "usr/lib/expedita/_internal")
    _put(root / "usr/lib/expedita/version", f"{frozen.version}\n")
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/expedita").symlink_to("../lib/expedita/expedita")
    for name in (f"{APP_ID}.desktop", f"{APP_ID}.import.desktop"):
        _copy(LINUX / name, root / "usr/share/applications" / name)
    _copy(LINUX / "expedita-kiosk.desktop", root / "etc/xdg/autostart/expedita-kiosk.desktop")
    _copy(LINUX / "expedita.xml", root / "usr/share/mime/packages/expedita.xml")
    for unit in (*LINUX.glob("*.service"), *LINUX.glob("*.timer")):
        _copy(unit, root / "lib/systemd/system" / unit.name)
    _copy(LINUX / "70-expedita.rules", root / "lib/udev/rules.d/70-expedita.rules")
    (root / "etc/expedita").mkdir(parents=True)
    _metainfo(frozen, root / f"usr/share/metainfo/{APP_ID}.metainfo.xml")
    _icons(root / "usr/share/icons/hicolor")
    _man_page(frozen, root / "usr/share/man/man1/expedita.1.gz")
    _documents(frozen, root / "usr/share/doc/expedita")


def control(frozen: Frozen, root: Path) -> None:
    """Write the package's own description and scripts."""
    size = sum(p.lstat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    _put(
        root / "DEBIAN/control",
        f"""\
Package: expedita
Version: {frozen.version}
Architecture: {ARCHITECTURE}
Maintainer: {MAINTAINER}
Installed-Size: {size // 1024}
Depends: {", ".join(dependencies(frozen))}
Section: misc
Priority: optional
Description: operator console of the warehouse workstation
 Expedita says what to scan next, compares every scan, label and invoice with
 the order, and answers in colour, words and sound. It needs no network: a
 workstation keeps everything in an encrypted file of its own.
""",
    )
    for name in ("postinst", "prerm", "postrm"):
        _copy(LINUX / "debian" / name, root / "DEBIAN" / name)
        (root / "DEBIAN" / name).chmod(0o755)


def dependencies(frozen: Frozen) -> list[str]:
    """The Debian packages that the application needs: what its libraries link to, and what they
    open by name, as [run] of system-packages.txt lists it.

    Raises:
        BuildFailed: a library is neither shipped nor Debian's.
    """
    shipped = {path.name for path in frozen.folder.rglob("*.so*")}
    system = {Path(path).name: path for path in frozen.system}
    found = {"libc6"}
    for name in sorted(needed(frozen.folder) - shipped):
        package = debian_package(system.get(name) or _library(name))
        if not package:
            raise BuildFailed(f"{name} is needed, but neither shipped nor in a Debian package")
        found.add(package)
    found |= set(_run_packages())
    # The C library is the only one whose own version says what may run on it.
    libc = run(["dpkg-query", "-W", "-f", "${Version}", "libc6"]).split("-")[0]
    return [f"libc6 (>= {libc})" if name == "libc6" else name for name in sorted(found)]


def needed(folder: Path) -> set[str]:
    """The names of the libraries that the programs and libraries below `folder` link to."""
    files = [
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.open("rb").read(4) == b"\x7fELF"
    ]
    said = run(["objdump", "-p", *files])
    return set(re.findall(r"^\s*NEEDED\s+(\S+)", said, re.MULTILINE))


def _library(name: str) -> str:
    """Where the system's linker finds a library, "" if it doesn't."""
    said = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False)
    found = re.search(rf"^\s*{re.escape(name)} .*=> (\S+)", said.stdout, re.MULTILINE)
    return found[1] if found else ""


def _run_packages() -> list[str]:
    import dev

    return dev.packages(["run"])


def _metainfo(frozen: Frozen, to: Path) -> None:
    text = (LINUX / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    day = datetime.fromtimestamp(source_date(), UTC).date().isoformat()
    _put(to, text.replace("@VERSION@", frozen.version).replace("@DATE@", day))


def _icons(folder: Path) -> None:
    source = ROOT / "resources" / "expedita.svg"
    _copy(source, folder / "scalable/apps/expedita.svg")
    for size in (48, 128):
        to = folder / f"{size}x{size}/apps/expedita.png"
        to.parent.mkdir(parents=True)
        run(
            [sys.executable, ROOT / "packaging/installer/icon.py", source, to, str(size)],
            {**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )


def _man_page(frozen: Frozen, to: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(frozen.site),
        "EXPEDITA_LANG": "en",  # whatever the builder speaks
        "SOURCE_DATE_EPOCH": str(source_date()),
    }
    text = run([sys.executable, ROOT / "packaging/installer/manpage.py"], environment)
    _put_gzip(to, text)


def _documents(frozen: Frozen, folder: Path) -> None:
    parts = licences.write(frozen, folder)
    for name in ("administrator.md", "operador.md", "operator.md"):
        _copy(ROOT / "docs" / name, folder / name)
    _copy(LINUX / "site.toml", folder / "site.toml.example")
    when = format_datetime(datetime.fromtimestamp(source_date(), UTC))
    _put_gzip(
        folder / "changelog.gz",
        f"expedita ({frozen.version}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n"
        f" -- {MAINTAINER}  {when}\n",
    )
    _put_gzip(folder / "CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    stanzas = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Expedita\n",
        "Files: *\nCopyright: the authors of Expedita\nLicense: Apache-2.0\n"
        " See /usr/share/common-licenses/Apache-2.0\n",
        *(
            f"Files: {part.name}\nCopyright: see {part.name}/ beside this file\n"
            f"License: {part.licence}\n See LICENCES.txt and {part.name}/ beside this file.\n"
            for part in parts
        ),
    ]
    _put(folder / "copyright", "\n".join(stanzas))


def _strip(folder: Path) -> None:
    """Take out what only a debugger reads: a third of the size. Qt's and the bundled libraries
    of other wheels have none of it, or were rewritten so that strip would break them."""
    for path in sorted(folder.rglob("*.so*")):
        bundled = any(part.endswith(".libs") or part == "PySide6" for part in path.parts)
        if not bundled and path.is_file() and not path.is_symlink():
            run(["strip", "--strip-debug", path])


def _settle(root: Path) -> None:
    """One date and plain rights for every file, whatever the builder's umask is."""
    when = source_date()
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
    root.chmod(0o755)
    os.utime(root, (when, when))


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


def _put(to: Path, text: str) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8", newline="\n")


def _put_gzip(to: Path, text: str) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
