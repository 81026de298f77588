"""Finds what is shipped beside the code: fonts, translations, icons."""

from __future__ import annotations

from pathlib import Path

# The same place in a checkout, in an installed wheel and in a frozen application, since
# `resources` lies beside `app` in each of them.
_ROOT = Path(__file__).resolve().parents[1] / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, as in `resource("fonts", "DejaVuSans.ttf")`."""
    return _ROOT.joinpath(*parts)
