"""Builds what a warehouse installs.

python3 packaging/build.py deb        a Debian package (amd64), in dist/
python3 packaging/build.py frozen     only the frozen application, in build/
python3 packaging/build.py windows    the Windows installer (run it on Windows; needs makensis)
python3 packaging/build.py macos      Expedita.app (run it on macOS; not tested by the project)
python3 packaging/build.py repository DIR --key KEY [--site FILE]
                                      put dist/*.deb into an apt repository, signed by a GnuPG key,
                                      and the settings that all of its stations are to take
python3 packaging/build.py release    check that this version can go out

The same source gives the same bytes: dates are SOURCE_DATE_EPOCH's, else the last commit's.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import dev

sys.path.insert(0, str(Path(__file__).resolve().parent))
WORK = dev.ROOT / "build"
DIST = dev.ROOT / "dist"


def main(arguments: Sequence[str]) -> int:
    command, *rest = arguments or ["help"]
    commands = {
        "deb": deb,
        "frozen": frozen,
        "windows": windows,
        "macos": macos,
        "repository": repository,
        "release": release,
    }
    if command not in commands:
        print(__doc__)
        return 2
    if Path(sys.prefix) != dev.VENV:
        try:
            dev.setup(sections=("run", "build"))
        except dev.Missing as missing:
            print(f"expedita: {missing}", file=sys.stderr)
            return 1
        again = [str(dev.BIN / dev._exe("python")), __file__, *arguments]
        return subprocess.run(again, check=False).returncode
    from installer.frozen import BuildFailed
    from installer.licences import UnknownOrigin

    try:
        return commands[command](rest)
    except (BuildFailed, UnknownOrigin, dev.Missing) as failed:
        print(f"expedita: {failed}", file=sys.stderr)
        return 1


def frozen(rest: Sequence[str]) -> int:
    from installer.frozen import freeze

    dev.say(f"frozen: {freeze(WORK / 'frozen').folder}")
    return 0


def deb(rest: Sequence[str]) -> int:
    from installer import deb as packages
    from installer.frozen import freeze

    made = packages.build(freeze(WORK / "frozen"), DIST, WORK / "deb")
    dev.say(f"made {made} ({made.stat().st_size / 1e6:.0f} MB)")
    return 0


def windows(rest: Sequence[str]) -> int:
    from installer import licences
    from installer import windows as setup
    from installer.frozen import freeze

    if sys.platform != "win32":
        raise dev.Missing("the Windows program can only be frozen on Windows: run this there.")
    made = freeze(WORK / "frozen")
    licences.write(made, WORK / "licences")
    dev.say(f"made {setup.build(made.folder, WORK / 'licences', made.version, DIST)}")
    return 0


def macos(rest: Sequence[str]) -> int:
    """PyInstaller makes the bundle beside the folder. No test of the project has seen it run."""
    from installer import licences
    from installer.frozen import freeze

    if sys.platform != "darwin":
        raise dev.Missing("Expedita.app can only be made on macOS: run this there.")
    made = freeze(WORK / "frozen")
    app = made.folder.with_name("Expedita.app")
    licences.write(made, app / "Contents" / "Resources" / "licences")
    shutil.rmtree(DIST / app.name, ignore_errors=True)
    shutil.copytree(app, DIST / app.name, symlinks=True)
    dev.say(f"made {DIST / app.name}: not signed, not notarised, and not tested by the project")
    return 0


def repository(rest: Sequence[str]) -> int:
    from installer import repository as signed
    from installer import settings_package

    words = argparse.ArgumentParser(prog="build.py repository")
    words.add_argument("folder", type=Path)
    words.add_argument("--key", required=True, help="the GnuPG key to sign with")
    words.add_argument("--site", type=Path, help="a site.toml, for every station")
    options = words.parse_args(rest)
    if options.site:
        dev.say(f"settings: {settings_package.put(options.site, options.folder).name}")
    signed.make(options.folder, sorted(DIST.glob("*.deb")), options.key)
    dev.say(f"signed {options.folder}; its public key is expedita.asc there")
    return 0


def release(rest: Sequence[str]) -> int:
    from installer.release import checklist

    points = checklist(dev.ROOT)
    for point in points:
        print(f"{'ok  ' if not point.missing else 'TODO'} {point.name}")
        if point.missing:
            print(f"     {point.missing}")
    return 1 if any(point.missing for point in points) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
