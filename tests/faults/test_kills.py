"""Power cuts, by the hundred: a working console is killed anywhere and held to its promises.

No accepted scan is lost or counted twice, no label comes out twice without "2ª VIA", no tracking
code is used twice, and the task goes on where it was.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter

from tests.support.desktop import EXPEDITA

KILLS = 260  # by each of two that run side by side
WORK = {"import", "pick", "pack", "print", "dispatch", "migration"}
PLACES = {"statement", "commit", "committed", "printing", "printed", "answer", "any moment"}


def test_five_hundred_kills_break_no_promise() -> None:
    """The plan of kills is the same at each run; when a process dies is never quite the same."""
    soaks = [
        subprocess.Popen(
            [EXPEDITA, "soak", "--kills", str(KILLS), "--seed", seed, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in ("2026", "1125")
    ]
    during: Counter[str] = Counter()
    at: Counter[str] = Counter()
    labels_left = 0
    for soak in soaks:
        said, failed = soak.communicate(timeout=3000)
        assert said, failed[-3000:]
        report = json.loads(said)
        assert report["broken"] == []
        assert report["kills"] == KILLS
        assert report["shipped"] > 0
        assert report["labels"] >= report["shipped"]
        labels_left += report["labels"] - report["shipped"]
        during += Counter(report["during"])
        at += Counter(report["at"])
    assert labels_left > 0  # not in each: all that was labelled may have been shipped
    assert set(during) >= WORK, f"killed only in {during}"
    assert set(at) >= PLACES, f"killed only at {at}"
