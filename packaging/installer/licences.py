"""What is shipped, by whom and under which licence: licence texts and an SBOM (CycloneDX)."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING

from installer.frozen import ROOT, Frozen, source_date

if TYPE_CHECKING:
    from cyclonedx.model.license import License

TEXTS = Path(__file__).resolve().parent / "licences"
# Qt's libraries are used under the LGPL; its wheel carries no text of it.
_LICENCE_OF = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    # Its own text; the SQLCipher and the OpenSSL inside are BSD-3-Clause and Apache-2.0.
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",
    "python": "PSF-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "dejavu-fonts": "Bitstream-Vera",
    "icu": "Unicode-DFS-2016",
}
# What wheels should carry and don't.
_TEXTS_OF = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "sqlcipher3": ("SQLCipher.txt",),
    "pyserial": ("pySerial.txt",),
}


@dataclass(order=True)
class Part:
    """One piece of software that is shipped."""

    name: str
    version: str
    licence: str
    home: str = ""
    purl: str = ""
    texts: list[Path] = field(default_factory=list, compare=False)


class UnknownOrigin(Exception):
    """A shipped file belongs to nothing that is known; the text names it."""


def parts(frozen: Frozen) -> list[Part]:
    """Everything that the frozen application holds, by name.

    Raises:
        UnknownOrigin: a file comes from nowhere that is known, so that its licence isn't either.
    """
    owners = _owners()
    found: dict[str, Part] = {}
    for name, source in frozen.files:
        if Path(source).is_relative_to(frozen.site):
            continue
        owner = owners.get(Path(source)) or owners.get(Path(source).resolve())
        if owner is not None:
            part = _from_distribution(owner)
        elif _is_pythons(source):
            part = _python()
        elif "PyInstaller" in source or str(frozen.folder.parents[1]) in source:
            continue  # a hook of PyInstaller's, which is listed below, or made by the build
        else:
            raise UnknownOrigin(f"{name} comes from {source}: whose is it?")
        found.setdefault(part.name, part)
    loader = _from_distribution(Distribution.from_name("pyinstaller"))
    fonts = Part(
        "dejavu-fonts", "2.37", _LICENCE_OF["dejavu-fonts"], "https://dejavu-fonts.github.io",
        texts=[ROOT / "resources" / "fonts" / "LICENSE-DejaVu.txt"],
    )  # fmt: skip
    for part in (loader, fonts, _python(), *_icu(frozen)):
        found.setdefault(part.name, part)
    return sorted(found.values())


def write(frozen: Frozen, folder: Path) -> list[Part]:
    """Write every licence text, LICENCES.txt that lists them, and sbom.cdx.json into `folder`."""
    listed = parts(frozen)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "Expedita is under the Apache License 2.0 (LICENSE). It is shipped with these parts,",
        "each under its own licence; the texts are in the folder of its name.",
        "",
        *(f"{part.name} {part.version}: {part.licence}" for part in listed),
        "",
        (TEXTS / "Notes.txt").read_text(encoding="utf-8"),
    ]
    (folder / "LICENCES.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    for part in listed:
        for text in part.texts:
            to = folder / part.name / text.name
            to.parent.mkdir(exist_ok=True)
            shutil.copyfile(text, to)
    (folder / "sbom.cdx.json").write_text(sbom(frozen, listed), encoding="utf-8", newline="\n")
    return listed


def sbom(frozen: Frozen, listed: list[Part]) -> str:
    """A CycloneDX 1.6 list of the parts, the same for the same source."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    def component(part: Part, kind: ComponentType) -> Component:
        return Component(
            type=kind,
            name=part.name,
            version=part.version,
            bom_ref=f"{part.name}@{part.version}",
            purl=PackageURL.from_string(part.purl) if part.purl else None,
            licenses=[_licence(part.licence)],
        )

    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"expedita@{frozen.version}"))
    bom.metadata.timestamp = datetime.fromtimestamp(source_date(), UTC)
    whole = component(Part("expedita", frozen.version, "Apache-2.0"), ComponentType.APPLICATION)
    bom.metadata.component = whole
    made = [component(part, ComponentType.LIBRARY) for part in listed]
    for one in made:
        bom.components.add(one)
    bom.register_dependency(whole, made)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _licence(said: str) -> License:
    """As SPDX has it; what a part says in words of its own stays so."""
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
    from cyclonedx.spdx import is_supported_id

    if re.search(" (OR|AND|WITH) ", said):
        return LicenseExpression(said)
    return DisjunctiveLicense(id=said) if is_supported_id(said) else DisjunctiveLicense(name=said)


def _owners() -> dict[Path, Distribution]:
    """Each installed file with the distribution that brought it."""
    return {
        Path(str(distribution.locate_file(file))): distribution
        for distribution in distributions()
        for file in distribution.files or ()
    }


def _is_pythons(source: str) -> bool:
    prefix = Path(sys.base_prefix)
    return Path(source).resolve().is_relative_to(prefix.resolve()) or bool(
        re.search(r"libpython|lib-dynload|/lib/python3\.\d+/|base_library", source)
    )


def _python() -> Part:
    texts = [
        path
        for path in (
            Path(sys.base_prefix) / "LICENSE.txt",
            Path(sys.base_prefix) / f"lib/python3.{sys.version_info[1]}/LICENSE.txt",
            Path(f"/usr/share/doc/python3.{sys.version_info[1]}/copyright"),
        )
        if path.exists()
    ]
    version = platform.python_version()
    return Part(
        "python", version, _LICENCE_OF["python"], "https://www.python.org",
        f"pkg:generic/python@{version}", texts[:1],
    )  # fmt: skip


def _icu(frozen: Frozen) -> list[Part]:
    """Unicode's own library, which Qt's wheel for Linux brings along."""
    found = [re.search(r"libicudata\.so\.(\d+)$", name) for name, _ in frozen.files]
    return [
        Part("icu", one[1], _LICENCE_OF["icu"], "https://icu.unicode.org",
             f"pkg:generic/icu@{one[1]}", [TEXTS / "ICU.txt"])
        for one in found if one
    ][:1]  # fmt: skip


def _from_distribution(owner: Distribution) -> Part:
    name = re.sub(r"[-_.]+", "-", owner.metadata["Name"]).lower()
    known = _LICENCE_OF.get(name) or owner.metadata.get("License-Expression")
    classified = [
        line.split(" :: ")[-1]
        for line in owner.metadata.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    short = (owner.metadata.get("License") or "").strip().splitlines()
    licence = known or " / ".join(classified) or (short[0] if short else "")
    if not licence:
        raise UnknownOrigin(f"{name} says no licence: look it up, and name it in licences.py")
    texts = [
        Path(str(owner.locate_file(file)))
        for file in owner.files or ()
        if ".dist-info" in str(file) and re.search("licen[cs]e|copying|notice", str(file), re.I)
    ]
    texts += [TEXTS / text for text in _TEXTS_OF.get(name, ())]
    return Part(
        name, owner.version, licence, owner.metadata.get("Home-page") or "",
        f"pkg:pypi/{name}@{owner.version}", [text for text in texts if text.is_file()],
    )  # fmt: skip
