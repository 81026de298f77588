"""What a Debian package and the frozen program in it hold, for comparing."""

from __future__ import annotations

import ast
import functools
import gzip
import hashlib
import importlib.util
import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader


def members(package: Path, versions: tuple[str, ...]) -> dict[str, tuple[object, ...]]:
    """Every file of a package, its version written as X, but for the program itself."""
    found: dict[str, tuple[object, ...]] = {}
    for part in ("--fsys-tarfile", "--ctrl-tarfile"):
        packed = subprocess.run(["dpkg-deb", part, package], capture_output=True, check=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            for one in archive:
                is_program = one.name == "./usr/lib/expedita/expedita"
                file = archive.extractfile(one) if one.isfile() and not is_program else None
                content = file.read() if file else b""
                name = functools.reduce(
                    lambda so_far, v: so_far.replace(v, "X"), versions, one.name
                )
                found[name] = (
                    one.type, one.mode, one.uid, one.gid, one.mtime, one.linkname,
                    _unversioned(
                        gzip.decompress(content) if name.endswith(".gz") else content, versions
                    ),
                )  # fmt: skip
    return found


def _unversioned(content: bytes, versions: tuple[str, ...]) -> str:
    """The digest of a file; of one that people can read, without the version and its traces."""
    if b"\0" not in content[:1024]:
        for version in versions:
            content = re.sub(
                rb"(?<![\w.])" + re.escape(version.encode()) + rb"(?!\w)", b"X", content
            )
        content = re.sub(rb"urn:uuid:[0-9a-f-]+", b"", content)
        content = re.sub(rb"(app/__init__\.py|METADATA),sha256=[\w-]+,\d+", rb"\1", content)
    return hashlib.sha256(content).hexdigest()


def modules(program: Path) -> dict[str, str]:
    """The digest of every module and script that a program carries in itself, by name."""
    return {name: hashlib.sha256(said).hexdigest() for name, said in contents(program).items()}


def contents(program: Path) -> dict[str, bytes]:
    """Every module and script that a program carries in itself, by name."""
    whole = CArchiveReader(str(program))
    pure = whole.open_embedded_archive("PYZ.pyz")
    carried = {f"script {name}": whole.extract(name) for name in whole.toc if name != "PYZ.pyz"}
    return carried | {name: pure.extract(name, raw=True) or b"" for name in pure.toc}


def named_modules(root: Path) -> set[str]:
    """What the sources of the program import, at the top or where it is needed, and is installed
    here, but for Python's own."""
    files = [path for folder in ("app", "ui") for path in (root / folder).rglob("*.py")]
    return {name for path in files for name in _imported(path)}


def data_files(site: Path, packages: set[str]) -> set[str]:
    """What packages of a site-packages folder hold besides code: files that they may open."""
    return {
        str(path.relative_to(site))
        for package in packages
        for path in (site / package).rglob("*")
        if path.is_file() and path.suffix not in _CODE and ".so." not in path.name
    }


_CODE = {".py", ".pyc", ".pyi", ".pyx", ".pxd", ".pxi", ".c", ".h", ".so", ".typed", ".txt"}


def _imported(path: Path) -> Iterator[str]:
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
            if name.split(".")[0] not in sys.stdlib_module_names and _is_module(name):
                yield name


@functools.cache
def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False
