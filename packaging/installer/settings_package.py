"""Makes a Debian package of a site's settings, which its stations take from the repository."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from installer import deb
from installer.frozen import BuildFailed, run

from app.site import PACKAGED, read_site

NAME = "expedita-site"


def put(file: Path, repository: Path) -> Path:
    """Put a site's file into the folder of a repository; the package that has it.

    Its number is one more than that of the package before; the same content makes no new one.

    Raises:
        BuildFailed: something in the file doesn't fit, or dpkg-deb failed.
    """
    site = read_site(file)
    if not file.is_file() or site.faults:
        raise BuildFailed(f"{file}: {', '.join(site.faults) or 'not there'}")
    repository.mkdir(parents=True, exist_ok=True)
    made = {_number(path): path for path in repository.glob(f"{NAME}_*_all.deb")}
    newest = max(made, default=0)
    with tempfile.TemporaryDirectory(prefix="expedita-site-") as work:
        if newest and _content(made[newest], Path(work) / "before") == file.read_bytes():
            return made[newest]
        return _build(file, newest + 1, Path(work) / "root", repository)


def _build(file: Path, number: int, root: Path, repository: Path) -> Path:
    to = root / PACKAGED.relative_to("/")
    to.parent.mkdir(parents=True)
    shutil.copyfile(file, to)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(
        f"""\
Package: {NAME}
Version: {number}
Architecture: all
Maintainer: {deb.MAINTAINER}
Section: misc
Priority: optional
Description: settings of a site for the Expedita console
 What holds for every station of this site. The computer's own
 /etc/expedita/site.toml, where there is one, holds instead.
""",
        encoding="utf-8",
    )
    return deb.pack(root, repository / f"{NAME}_{number}_all.deb")


def _number(package: Path) -> int:
    return int(package.name.split("_")[1])


def _content(package: Path, work: Path) -> bytes:
    run(["dpkg-deb", "-x", package, work])
    return (work / PACKAGED.relative_to("/")).read_bytes()
