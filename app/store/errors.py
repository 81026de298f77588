"""What the store says when it can't."""

from __future__ import annotations


class StoreError(Exception):
    """The store refused; `code` names the text for people (`app.domain.texts`)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
