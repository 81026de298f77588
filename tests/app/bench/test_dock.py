from __future__ import annotations

from pathlib import Path

from app.bench import dock
from app.bench.warehouse import raw


def test_a_manifest_is_loaded_closed_and_handed_over_beside_a_small_one(
    tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(dock, "FEW", 2)
    report = dock.run(tmp_path, packages=6, scans=4).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("dock", "ms", 4)
    assert report["packages"] == 6
    for name in (
        "figure", "floor", "alone_ms", "beside_others_ms", "close_s", "paper_s", "hand_over_s",
    ):  # fmt: skip
        assert report[name] > 0
    for home, packages in (("many", 6), ("few", 2)):
        db = raw(tmp_path / home)
        (left,) = db.execute("SELECT count(*) FROM packages WHERE state = 'HANDED_OVER'").fetchone()
        db.close()
        assert left == packages
