"""Which files of the frozen application are shipped, and which the system has to give."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

# What no page, command or device of the console uses; paths inside the frozen application.
_UNWANTED = tuple(
    re.compile(pattern)
    for pattern in (
        # The console has translations of its own; these are of Qt's menus and dialogs.
        r"PySide6/Qt/translations/(?!qtbase_pt_BR\.qm)",
        r"PySide6/Qt/plugins/(?!platforms/|platforminputcontexts/|xcbglintegrations/|imageformats/"
        r"|iconengines/|styles/)",
        r"PySide6/Qt/plugins/platforms/.*(eglfs|minimal|linuxfb|vkkhr|vnc|wayland|direct2d)",
        r"PySide6/Qt/plugins/platforminputcontexts/.*virtualkeyboard",
        r"PySide6/Qt/plugins/xcbglintegrations/.*egl",
        r"PySide6/Qt/plugins/imageformats/.*(pdf|icns|tga|tiff|wbmp)",
        r"(^|/)(lib)?Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Wayland|WlShell|Egl|Network|Labs"
        r"|OpenGLWidgets)",
        r"(^|/)(lib|_)avif",  # no picture of a product or a label is one
        r"alembic/templates/",
        # What pip notes of its own doing; RECORD holds hashes of scripts that name the folder.
        r"\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$",
    )
)


def is_wanted(name: str) -> bool:
    """Whether a file is shipped; `name` is its place in the frozen application."""
    plain = name.replace("\\", "/").replace("PySide6/plugins", "PySide6/Qt/plugins")
    return not any(pattern.search(plain) for pattern in _UNWANTED)


def from_the_system(one: tuple[str, str, str]) -> bool:
    """Whether the system's package manager gives a library, and mends it: those stay out.

    Python itself is shipped: the application runs on no other than it was tested on.
    """
    name, source, kind = one
    if sys.platform != "linux" or kind != "BINARY" or Path(name).name.startswith("libpython"):
        return False
    return bool(debian_package(str(source)))


@cache
def debian_package(path: str) -> str:
    """The Debian package that owns a library, "" for none."""
    real = Path(path).resolve()
    if not real.is_relative_to("/usr") or not shutil.which("dpkg-query"):
        return ""
    # On a merged /usr the same file is known under either name.
    for name in (str(real), str(real).removeprefix("/usr"), path):
        said = subprocess.run(
            ["dpkg-query", "-S", name], capture_output=True, text=True, check=False
        )
        if said.returncode == 0:
            return said.stdout.split(":")[0]
    return ""
