"""Makes the Windows installer of a frozen application with NSIS."""

from __future__ import annotations

import os
from pathlib import Path

from installer.frozen import ROOT, run

SCRIPT = ROOT / "packaging" / "windows" / "expedita.nsi"


def build(
    staged: Path, licences: Path, version: str, target: Path, stub: str = "x86-unicode"
) -> Path:
    """Write `Expedita-VERSION-setup.exe` into `target`.

    Args:
        staged: the frozen application, with expedita.exe, expeditaw.exe and _internal.
        licences: the folder with LICENSE and the licences of all parts.
        stub: the machine that the installer itself runs on, as NSIS names it. Every NSIS has the
            usual one; what is installed is the same.

    Raises:
        BuildFailed: makensis warned or failed.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = target / f"Expedita-{version}-setup.exe"
    dash = "/" if os.name == "nt" else "-"
    defined = {"VERSION": version, "STAGED": staged, "LICENCES": licences, "OUTPUT": made,
               "TARGET": stub}  # fmt: skip
    run(
        ["makensis", f"{dash}V2", f"{dash}WX",
         *(f"{dash}D{name}={value}" for name, value in defined.items()), SCRIPT]
    )  # fmt: skip
    return made
