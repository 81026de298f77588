"""Where real servers of others live during tests: installed once in the user's cache, started anew.

`EXPEDITA_UPSTREAMS` moves the folder. Nothing of it lies in the checkout, and all of it can be
deleted: the next run makes it again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import platformdirs


class NotHad(Exception):
    """A server can't be had on this machine; the text says why, in one sentence."""


def cache(*parts: str) -> Path:
    """A folder below the cache of upstream servers, made if needed."""
    root = os.environ.get("EXPEDITA_UPSTREAMS") or platformdirs.user_cache_dir("expedita-upstreams")
    folder = Path(root, *parts)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint(*files: Path, extra: str = "") -> str:
    """Changes when any of the files does: what is made from them carries it in its name."""
    digest = hashlib.sha256(extra.encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Two test runs at once don't install the same thing twice."""
    with (cache("locks") / name).open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def run(
    command: Sequence[str | Path],
    log: Path,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: str | None = None,
    timeout: float = 900,
    user: str | None = None,
) -> None:
    """Run to its end, with all that it says in `log`.

    Raises:
        NotHad: it failed; the last lines of the log are in the text.
    """
    with log.open("ab") as stream:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=cwd,
                env={**os.environ, **(environment or {})},
                input=None if stdin is None else stdin.encode(),
                stdin=subprocess.DEVNULL if stdin is None else None,
                stdout=stream,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                user=user,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotHad(f"{Path(command[0]).name} did not run: {error}") from None
    if done.returncode:
        raise NotHad(f"{Path(command[0]).name} failed, see {log}: {tail(log)}")


def tail(log: Path, size: int = 600) -> str:
    return log.read_text("utf-8", "replace")[-size:]


def venv(name: str, lock: Path) -> Path:
    """The Python of a virtual environment that holds exactly what `lock` pins."""
    folder = cache(f"{name}-{fingerprint(lock, extra=sys.version)}") / "venv"
    python = folder / "bin" / "python"
    with only_one(f"venv-{name}"):
        if not (folder / "complete").exists():
            log = cache("logs") / f"{name}-install.log"
            run([sys.executable, "-m", "venv", "--clear", folder], log)
            pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
            run([*pip, "--require-hashes", "-r", lock], log)
            (folder / "complete").touch()
    return python


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Server:
    """A process that serves until it is stopped; use as a context manager.

    Raises:
        NotHad: it ended or did not answer within a minute.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        ready: Callable[[], bool],
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self._user = user
        self._command = [str(part) for part in command]
        self._log = log
        self._ready = ready
        self._cwd = cwd
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        with self._log.open("ab") as stream:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._cwd,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._user,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise NotHad(f"{self._command[0]} ended at once: {tail(self._log)}")
            if self._ready():
                return
            time.sleep(0.05)
        self.stop()
        raise NotHad(f"{self._command[0]} did not answer within a minute: {tail(self._log)}")

    def stop(self) -> None:
        """End it and its children: they are a process group of their own."""
        if self._process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, sign)
                self._process.wait(10)
                break
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._process.wait(10)
        self._process = None
