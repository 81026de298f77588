"""A desktop's keyring: a D-Bus session of its own with a real gnome-keyring daemon on it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType

from tests.support.desktop import until


class SecretService:
    """Use as a context manager; `environment` is for the processes of that desktop's user.

    Its keyrings lie in `folder` and outlive it: another one on the same folder finds them.
    """

    def __init__(self, folder: Path, password: str = "senha de entrada") -> None:
        self._folder = folder
        self._password = password
        self.keyrings = folder / "data" / "keyrings"

    def __enter__(self) -> SecretService:
        for name in ("home", "run", "data"):
            (self._folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.environment = {
            **os.environ,
            "HOME": str(self._folder / "home"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "XDG_DATA_HOME": str(self._folder / "data"),
        }
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND"):
            self.environment.pop(name, None)
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._bus.stdout
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._daemon.stdin
        self._daemon.stdin.write(self._password)
        self._daemon.stdin.close()
        until(self._is_there, "the keyring daemon")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (self._daemon, self._bus):
            process.terminate()
            process.wait(10)
        if self._bus.stdout:
            self._bus.stdout.close()

    def lock(self) -> None:
        """As the desktop does when its user locks the keyring."""
        self._call(
            "org.freedesktop.secrets", "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        )  # fmt: skip

    def _is_there(self) -> bool:
        # Asked of the bus: a call to the daemon would have the bus start one that is locked.
        answer = self._call(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        )  # fmt: skip
        return "true" in answer

    def _call(self, to: str, path: str, method: str, *arguments: str) -> str:
        done = subprocess.run(
            ["dbus-send", "--session", "--print-reply", f"--dest={to}", path, method, *arguments],
            env=self.environment, check=True, capture_output=True, text=True, timeout=30,
        )  # fmt: skip
        return done.stdout
