"""Why the store's key can't be had."""

from __future__ import annotations


class KeyError_(Exception):  # noqa: N801  kept apart from the built-in
    """The store's key can't be had; `code` names the text for people (`app.domain.texts`).

    KEY_MISSING, KEY_NO_KEYRING, KEY_LOCKED, KEY_FILE_OPEN, KEY_DAMAGED, KEY_CHOSEN,
    KEY_WRONG_PASSPHRASE, KEY_PASSPHRASE_NEEDED or KEY_PASSPHRASE_SHORT. `detail` is a file's path
    or empty, never a secret.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
