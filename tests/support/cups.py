"""A real IPP printer (ippeveprinter) and a real CUPS before it, on loopback, without systemd."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_BUS = """<busconfig><type>system</type><listen>unix:path={folder}/bus</listen>
<auth>EXTERNAL</auth><policy context="default"><allow send_destination="*"/>
<allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""
_AVAHI = "[server]\nallow-interfaces=lo\nuse-ipv6=no\n[publish]\npublish-workstation=no\n"
_PRINT = """#!/bin/sh
while [ -e "{folder}/paper_out" ]; do echo "STATE: +media-empty" >&2; sleep 0.1; done
echo "STATE: -media-empty" >&2
cp "$1" "{folder}/out/$(date +%s%N)"
"""
_ALLOW = "Order allow,deny\nAllow from 127.0.0.1\n"
_CUPSD = f"""Listen 127.0.0.1:{{port}}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
<Location />\n{_ALLOW}</Location>
<Location /admin>\n{_ALLOW}</Location>
<Policy default>\n<Limit All>\n{_ALLOW}</Limit>\n</Policy>
"""
_CUPS_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
User lp
Group lp
SystemGroup root
"""


@dataclass(frozen=True, slots=True)
class IppDevice:
    """A printer that keeps what it prints; `uri` is its own, `queue_uri` CUPS's before it."""

    folder: Path
    uri: str
    queue_uri: str
    server: str  # CUPS's host and port

    def printed(self) -> list[bytes]:
        """Every document that came out, oldest first."""
        return [path.read_bytes() for path in sorted((self.folder / "out").iterdir())]

    def take_paper(self) -> None:
        (self.folder / "paper_out").touch()

    def load_paper(self) -> None:
        (self.folder / "paper_out").unlink(missing_ok=True)


@contextlib.contextmanager
def ipp_device() -> Iterator[IppDevice]:
    """Start the printer and CUPS; needs root, as CUPS does.

    Raises:
        AssertionError: one of them did not start.
    """
    # CUPS works as a user of its own, which can't enter pytest's folders.
    with tempfile.TemporaryDirectory(prefix="expedita-cups-") as name, _started(Path(name)) as made:
        yield made


@contextlib.contextmanager
def _started(folder: Path) -> Iterator[IppDevice]:
    folder.chmod(0o755)
    (folder / "out").mkdir(mode=0o777)
    device, queue = _free_port(), _free_port()
    script = folder / "print.sh"
    script.write_text(_PRINT.format(folder=folder))
    script.chmod(0o755)
    (folder / "bus.conf").write_text(_BUS.format(folder=folder))
    (folder / "avahi.conf").write_text(_AVAHI)
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus"}
    with contextlib.ExitStack() as running:

        def start(*words: str | Path) -> None:
            running.enter_context(_running(words, environment, folder))

        start("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile")
        _until(lambda: _takes(folder / "bus"), "the bus")
        if not Path("/run/avahi-daemon/pid").exists():  # ippeveprinter announces itself there
            words = ("--no-drop-root", "--no-rlimits", "--no-chroot")
            start("avahi-daemon", "-f", folder / "avahi.conf", *words)
            _until(Path("/run/avahi-daemon/pid").exists, "avahi-daemon", folder)
        start(
            "ippeveprinter", "-p", str(device), "-n", "localhost", "-d", folder, "-c", script,
            "-f", "application/pdf,application/octet-stream", "-r", "off", "Etiquetas",
        )  # fmt: skip
        _until(lambda: _listens(device), "ippeveprinter", folder)
        _start_cups(folder, queue, start)
        uri = f"ipp://localhost:{device}/ipp/print"
        subprocess.run(
            ["lpadmin", "-h", f"127.0.0.1:{queue}", "-p", "etiquetas", "-E", "-v", uri,
             "-m", "everywhere"],
            check=True, timeout=60,
        )  # fmt: skip
        server = f"127.0.0.1:{queue}"
        yield IppDevice(folder, uri, f"ipp://{server}/printers/etiquetas", server)


def _start_cups(folder: Path, port: int, start: object) -> None:
    own = folder / "cups"
    for name in ("root/ppd", "spool", "cache", "state", "tmp"):
        (own / name).mkdir(parents=True)
    for path in (own, *own.rglob("*")):
        path.chmod(0o777)
    (own / "cupsd.conf").write_text(_CUPSD.format(port=port))
    (own / "cups-files.conf").write_text(_CUPS_FILES.format(folder=own))
    assert callable(start)
    start("cupsd", "-f", "-c", own / "cupsd.conf", "-s", own / "cups-files.conf")
    _until(lambda: _listens(port), "cupsd")


@contextlib.contextmanager
def _running(
    words: tuple[str | Path, ...], environment: dict[str, str], folder: Path
) -> Iterator[None]:
    path = shutil.which(str(words[0]), path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert path, f"{words[0]} is missing: run `python3 packaging/dev.py test`, which installs it"
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen([path, *words[1:]], env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _takes(bus: Path) -> bool:
    """Whether it takes calls; its file is there a moment before."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(bus)) == 0


def _until(found: Callable[[], bool], what: str, logs: Path | None = None) -> None:
    end = time.monotonic() + 30
    while not found():
        if time.monotonic() > end:
            said = (logs / f"{what}.log").read_text(errors="replace") if logs else ""
            raise AssertionError(f"{what} did not start: {said}")
        time.sleep(0.05)
