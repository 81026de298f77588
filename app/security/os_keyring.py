"""The operating system's keyring: the best home of the store's key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.security.key_errors import KeyError_

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "expedita"


def usable() -> KeyringBackend | None:
    """The keyring that may hold a key, or None where there is none that keeps a secret."""
    # Slow to import, and a home with a passphrase or a key file needs none of it.
    import keyring

    try:
        chosen = keyring.get_keyring()
        # The chainer would pass a key on to a plaintext backend: take one of its own instead.
        for backend in getattr(chosen, "backends", [chosen]):
            if _keeps_secrets(backend):
                return backend  # type: ignore[no-any-return]
    except Exception:  # a backend fails in ways of its own: D-Bus, a missing library
        return None
    return None


def fetch(user: str) -> str:
    """The secret kept for `user`.

    Raises:
        KeyError_: KEY_NO_KEYRING (none usable), KEY_LOCKED, KEY_MISSING.
    """
    backend = usable()
    if backend is None:
        raise KeyError_("KEY_NO_KEYRING")
    with _said():
        secret = backend.get_password(SERVICE, user)
    if not secret:
        raise KeyError_("KEY_MISSING")
    return secret


def keep(user: str, secret: str) -> str:
    """Keep `secret` for `user` and give back what the keyring holds: an older one is not replaced.

    Raises:
        KeyError_: KEY_NO_KEYRING (none usable, or it forgot what it was told), KEY_LOCKED.
    """
    backend = usable()
    if backend is None:
        raise KeyError_("KEY_NO_KEYRING")
    with _said():
        if not backend.get_password(SERVICE, user):
            backend.set_password(SERVICE, user, secret)
        kept = backend.get_password(SERVICE, user)
    if not kept:
        raise KeyError_("KEY_NO_KEYRING")
    return kept


@contextmanager
def _said() -> Iterator[None]:
    """A keyring that is only locked is told from one that isn't there: it can be unlocked."""
    from keyring.errors import KeyringLocked

    try:
        yield
    except KeyringLocked:
        raise KeyError_("KEY_LOCKED") from None
    except Exception:  # a backend fails in ways of its own
        raise KeyError_("KEY_NO_KEYRING") from None


def _keeps_secrets(backend: KeyringBackend) -> bool:
    # keyring calls a backend below priority 1 "not recommended": fail, null and plain files.
    module = type(backend).__module__
    return backend.priority >= 1 and not module.startswith("keyrings.alt")
