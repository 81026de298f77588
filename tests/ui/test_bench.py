from __future__ import annotations

from pathlib import Path

import pytest

from ui import bench


@pytest.mark.usefixtures("qapp")
def test_a_call_for_help_is_measured_in_a_window(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(bench, "LOG_BYTES", 500_000)
    report = bench.support(tmp_path / "home", rounds=2)
    assert report["rounds"] == 2
    assert 0 < report["click_ms_median"] <= report["click_ms_worst"]
    assert 0 < report["bundle_s_median"] <= report["bundle_s_worst"]
    assert report["bundle_bytes"] > 5_000
