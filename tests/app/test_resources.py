from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from app.resources import resource

ROOT = Path(__file__).resolve().parents[2]


def test_a_resource_is_found_beside_the_source() -> None:
    assert resource("fonts", "DejaVuSans.ttf").is_file()
    assert resource("i18n").is_dir()


def test_a_wheel_holds_every_resource_and_finds_it_there(tmp_path: Path) -> None:
    source = tmp_path / "source"  # pip leaves its traces where it builds
    for name in ("app", "ui", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
         "-w", tmp_path, source],
        check=True,
    )  # fmt: skip
    [wheel] = tmp_path.glob("expedita-*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    shipped = {p.name for p in resource().rglob("*") if p.is_file() and p.suffix != ".ts"}
    assert {p.name for p in (site / "resources").rglob("*") if p.is_file()} == shipped
    asked = "from app.resources import resource; print(resource('fonts', 'DejaVuSans.ttf'))"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=site, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == str(site / "resources" / "fonts" / "DejaVuSans.ttf")
