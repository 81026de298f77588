from __future__ import annotations

from app.bench import labels


def test_labels_are_counted_beside_a_naive_page_and_a_bare_template(monkeypatch) -> None:
    monkeypatch.setattr(labels, "BATCH", 5)
    report = labels.run(4, repeats=1).as_dict()
    assert (report["name"], report["unit"], report["n"]) == ("label", "labels/s", 4)
    for name in ("pdf", "pdf_batch", "pdf_naive_batch", "zpl", "zpl_batch", "zpl_template"):
        assert report[f"{name}_per_s"] > 0
    assert report["pdf_batch_peak_mb"] > 0
