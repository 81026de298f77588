"""Guides to known problems: three steps with pictures, found by code, evidence or trouble."""

from __future__ import annotations

from app.support.case import Case


def name_for(case: Case) -> str:
    """The guide that fits best, or empty."""
    return ""
