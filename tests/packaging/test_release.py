"""The release checklist, on a small project that can go out and on ways to spoil it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from installer import release

FILES = {
    "app/__init__.py": '__version__ = "1.2.3"\n',
    "pyproject.toml": '[project]\ndependencies = [\n    "Alembic>=1.14",\n]\n',
    "packaging/requirements.lock": "alembic==1.20.1\n",
    "CHANGELOG.md": "# Changelog\n\n## 1.2.3 (2026-11-25)\n\n- News.\n",
    "resources/i18n/expedita_en.ts": "<TS><translation>Pick</translation></TS>",
    ".gitignore": "/dist/\n",
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
    package(root, tmp_path)
    return root


def package(root: Path, work: Path, when: str = "") -> None:
    staged = work / "staged"
    (staged / "DEBIAN").mkdir(parents=True, exist_ok=True)
    (staged / "DEBIAN/control").write_text(
        "Package: expedita\nVersion: 1.2.3\nArchitecture: amd64\n"
        "Maintainer: T <t@example.invalid>\nDescription: x\n"
    )
    (root / "dist").mkdir(exist_ok=True)
    when = (
        when
        or subprocess.run(
            ["git", "-C", root, "log", "-1", "--format=%ct"], capture_output=True, text=True
        ).stdout.strip()
    )
    subprocess.run(
        ["dpkg-deb", "--build", staged, root / "dist/expedita_1.2.3_amd64.deb"],
        check=True, capture_output=True, env={"SOURCE_DATE_EPOCH": when, "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


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
    ],
)
def test_each_point_is_seen(project: Path, name: str, text: str, point: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    found = missing(project)
    assert [one for one in found if one.startswith(point)]
    assert "everything is committed" in found


def test_a_commit_without_its_tag_or_a_package_of_another_is_seen(
    project: Path, tmp_path: Path
) -> None:
    package(project, tmp_path, when="1700000000")
    git(project, "tag", "-d", "v1.2.3")
    assert missing(project) == [
        "the commit has the version's tag",
        "the Debian package is built from this commit's date",
    ]
