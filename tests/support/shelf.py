"""A signed apt repository inside a clean Debian."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer import repository, settings_package

from tests.support.bookworm import Bookworm

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
