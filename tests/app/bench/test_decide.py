from __future__ import annotations

from pathlib import Path

from app.bench import decide


def test_decisions_are_counted_over_a_recorded_shift_without_its_store(tmp_path: Path) -> None:
    report = decide.run(tmp_path, waves=1, repeats=3).as_dict()
    assert (report["name"], report["unit"], report["floor"]) == ("decide", "decisions/s", None)
    assert report["n"] > 50
    assert report["figure"] > 0
    assert {"pick_per_s", "pack_per_s", "dispatch_per_s"} <= set(report)
