"""Prism between a connector and its simulator: it holds every call and every answer against the
OpenAPI document of the calls that the connector makes, and refuses what doesn't fit.

    with checked("bling", simulator.root) as url:
        ...  # a connector whose address begins with `url`
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.upstreams.place import free_port

_FOLDER = Path(__file__).parent / "prism"
READY_S = 60.0


@contextmanager
def checked(name: str, upstream: str) -> Iterator[str]:
    """Prism's address before `upstream`, by documents/`name`.yaml."""
    beside = Path(sys.executable).parent
    node = shutil.which("node", path=str(beside)) or shutil.which("node")
    prism = _FOLDER / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    if node is None or not prism.exists():
        raise RuntimeError("Prism is missing: run `python3 packaging/dev.py test` once.")
    port = free_port()
    document = _FOLDER / "documents" / f"{name}.yaml"
    words = ["proxy", str(document), upstream, "--host", "127.0.0.1", "--port", str(port)]
    # --errors: what doesn't fit is answered with what is wrong with it, not passed on.
    process = subprocess.Popen(
        [node, str(prism), *words, "--errors", "--verboseLevel", "silent"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # the node of a wheel is a script that starts the real one
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, url)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(process: subprocess.Popen[str], url: str) -> None:
    """Until it answers; what it printed where it ends instead."""
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(process.stdout.read() if process.stdout else "")
        try:
            httpx.get(url, timeout=2, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Prism was not ready in time")
