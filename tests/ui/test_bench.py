"""Each bench of the window runs at a small size, and its output is well-formed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.bench import warehouse
from app.cli import main
from ui.bench import queue, scan, soak, support

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_call_for_help_is_measured_in_a_window(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(support, "LOG_BYTES", 500_000)
    report = support.run(tmp_path / "home", rounds=2)
    assert report["rounds"] == 2
    assert 0 < report["click_ms_median"] <= report["click_ms_worst"]
    assert 0 < report["bundle_s_median"] <= report["bundle_s_worst"]
    assert report["bundle_bytes"] > 5_000


def test_a_scan_is_measured_from_its_key_to_its_painting_beside_plain_writes(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", 10)
    report = scan.run(tmp_path, scans=20, orders=200, skus=50).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("scan", "ms p99", 20)
    assert 0 < report["p50_ms"] <= report["figure"] <= report["max_ms"]
    assert 0 < report["floor_p50_ms"] <= report["floor"]
    assert report["ratio"] == pytest.approx(report["figure"] / report["floor"], rel=0.05)


def test_more_scans_than_there_are_orders_for_are_refused_in_plain_words(
    capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    make = warehouse.make

    def all_have_left(home: Path, orders: int, skus: int) -> None:
        make(home, orders, skus)
        with closing(warehouse.raw(home)) as db:
            db.execute("UPDATE orders SET state = 'SHIPPED'")

    monkeypatch.setattr(warehouse, "make", all_have_left)
    assert main(["bench", "scan", "--orders", "3", "--skus", "10"]) == 1
    assert capsys.readouterr().err.startswith("BENCH_RAN_OUT · ")


def test_scans_during_an_import_are_measured_beside_idle_ones(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(scan, "BLOCK", 5)
    monkeypatch.setattr(scan, "PARTS", 2)
    report = scan.busy(tmp_path, imported=200, orders=200, skus=50).as_dict()
    assert report["name"] == "scan-busy"
    assert report["n"] > 0
    assert report["figure"] > 0
    assert report["floor"] > 0
    assert report["imported_per_s"] > 0


def test_the_order_list_is_measured_over_two_sizes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(queue, "FEW", 150)
    monkeypatch.setattr(queue, "ROUNDS", 1)
    monkeypatch.setattr(queue, "TYPED", ("se",))
    monkeypatch.setattr(queue, "_beside", queue.measure)
    report = queue.run(tmp_path, orders=300, steps=5, skus=50).as_dict()
    assert (report["name"], report["n"]) == ("queue", 5)
    for key in ("open_ms", "frame_ms", "typed_ms", "memory_mb"):
        assert report[key] > 0
        assert report[f"few_{key}"] > 0
        assert report[f"{key}_ratio"] > 0


def test_a_shift_of_scans_tells_how_the_memory_went(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(soak, "SAMPLES", 5)
    told: list[int] = []
    report = soak.run(tmp_path, 25, told.append)
    assert report.scans == 25
    assert told == [5, 10, 15, 20, 25]
    assert 0 < report.end_mb <= report.most_mb
    assert len(report.samples_mb) == 5
