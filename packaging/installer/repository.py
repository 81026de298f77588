"""Makes a signed apt repository of packages: what stations update from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from installer.frozen import run


def make(folder: Path, packages: Iterable[Path], key: str, gnupg: Path | None = None) -> None:
    """Put packages into the repository `folder`, beside those that are there, and sign the whole.

    Args:
        key: the GnuPG key to sign with; its public part becomes expedita.asc in the folder.
        gnupg: GnuPG's folder, where it is not the user's own.

    Raises:
        BuildFailed: apt-ftparchive or gpg did.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        shutil.copy(package, folder)
    (folder / "Packages").write_text(_inside(folder, "apt-ftparchive", "packages", "."))
    for name in ("Release", "InRelease"):
        (folder / name).unlink(missing_ok=True)
    release = _inside(folder, "apt-ftparchive", "-o", "APT::FTPArchive::Release::Suite=expedita",
                      "release", ".")  # fmt: skip
    (folder / "Release").write_text(release)
    gpg = ["gpg", "--batch", "--yes", *(["--homedir", str(gnupg)] if gnupg else [])]
    _inside(folder, *gpg, "--local-user", key, "--clearsign", "-o", "InRelease", "Release")
    _inside(folder, *gpg, "--armor", "-o", "expedita.asc", "--export", key)


def _inside(folder: Path, *words: str) -> str:
    """Run a command in the folder, whose file names are then relative to it."""
    return run(["env", "-C", folder, *words], {**os.environ, "LC_ALL": "C.UTF-8"})
