"""The release checklist, on a small project that can go out and on ways to spoil it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from installer import release

INSTALLER, BUILD = "tests/packaging/test_windows.py", "packaging/build.py"
FILES = {
    "app/__init__.py": '__version__ = "1.2.3"\n',
    "pyproject.toml": '[project]\ndependencies = [\n    "Alembic>=1.14",\n]\n',
    "packaging/requirements.lock": "alembic==1.20.1\n",
    "CHANGELOG.md": "# Changelog\n\n## 1.2.3 (2026-11-25)\n\n- News.\n",
    "resources/i18n/expedita_en.ts": "<TS><translation>Pick</translation></TS>",
    "app/store/revisions.py": 'REVISIONS = (\n    "0001", "audit",\n)\n',
    "tests/fixtures/schemas/audit.db": "a store",
    INSTALLER: "def test_it_installs() -> None: pass\n",
    BUILD: """
import os, pathlib, subprocess
here = pathlib.Path.cwd()
staged = here / "build" / "staged"
(staged / "DEBIAN").mkdir(parents=True)
(staged / "DEBIAN" / "control").write_text((here / "control").read_text())
# more
staged.chmod(0o755)
(staged / "DEBIAN").chmod(0o755)
(staged / "DEBIAN" / "control").chmod(0o644)
(here / "dist").mkdir()
said = subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True).stdout
when = os.environ.get("SOURCE_DATE_EPOCH", said)
subprocess.run(["dpkg-deb", "--build", staged, "dist/expedita_1.2.3_amd64.deb"], check=True,
               env={"SOURCE_DATE_EPOCH": when.strip(), "PATH": "/usr/bin:/bin"})
""",
    "control": "Package: expedita\nVersion: 1.2.3\nArchitecture: amd64\n"
    "Maintainer: T <t@example.invalid>\nDescription: x\n",
    ".gitignore": "/dist/\n/build/\n__pycache__/\n",
}


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.invalid", "-c", "tag.gpgSign=false",
           "-c", "commit.gpgSign=false"]  # fmt: skip
    subprocess.run(["git", "-C", root, *who, *words], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    root = tmp_path / "project"
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "all")
    git(root, "tag", "v1.2.3")
    build(root)
    return root


def build(root: Path, when: str = "") -> None:
    for made in ("build", "dist"):
        shutil.rmtree(root / made, ignore_errors=True)
    environment = {**os.environ, **({"SOURCE_DATE_EPOCH": when} if when else {})}
    subprocess.run([sys.executable, BUILD], cwd=root, check=True, env=environment)


def missing(root: Path) -> list[str]:
    return [point.name for point in release.checklist(root) if point.missing]


def test_a_project_that_is_ready_has_nothing_to_do(project: Path) -> None:
    assert missing(project) == []


@pytest.mark.parametrize(
    ("name", "text", "point"),
    [
        ("app/__init__.py", '__version__ = "1.2.3rc1"\n', "the version is a plain one"),
        ("pyproject.toml", '[project]\nversion = "1.2.3"\n', "the version stands in one place"),
        ("CHANGELOG.md", "## Unreleased\n\n- News.\n", "the changelog has a dated section"),
        (
            "CHANGELOG.md",
            "## Unreleased\n\n- More.\n\n## 1.2.3 (2026-11-25)\n",
            "the changelog has a dated section",
        ),
        (
            "resources/i18n/expedita_en.ts",
            '<translation type="unfinished"></translation>',
            "every text has its English",
        ),
        ("packaging/requirements.lock", "mako==1\n", "the lock has every dependency"),
        (
            "app/store/revisions.py",
            'REVISIONS = ("0001", "new")\n',
            "a store of its schema is kept",
        ),
    ],
)
def test_each_point_is_seen(project: Path, name: str, text: str, point: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    found = missing(project)
    assert [one for one in found if one.startswith(point)]
    assert "everything is committed" in found


def test_a_commit_without_its_tag_or_a_package_of_another_is_seen(project: Path) -> None:
    build(project, when="1700000000")
    git(project, "tag", "-d", "v1.2.3")
    assert missing(project)[:2] == [
        "the commit has the version's tag",
        "the Debian package is built from this commit's date",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (INSTALLER, "pass", "import nothing_of_the_kind", "FAILED"),
        (INSTALLER, "pass", "__import__('pytest').skip('no Wine')", "no Wine"),
        (BUILD, "# more", "(staged / 'x').write_text(str(here))", "another expedita_1.2.3_amd64"),
        (BUILD, "# more", "assert here.name != 'elsewhere'", "it can't be built from a clone"),
    ],
)  # fmt: skip
def test_what_takes_minutes_is_tried_too(
    project: Path, name: str, old: str, new: str, told: str
) -> None:
    path = project / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    git(project, "commit", "-q", "-a", "-m", "spoiled")
    git(project, "tag", "-f", "v1.2.3")
    build(project)
    [found] = [point.missing for point in release.checklist(project) if point.missing]
    assert told in found
