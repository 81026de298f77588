from __future__ import annotations

import socket
import time

from app.labels import shipping_zpl
from app.soak.paper import Paper, Sheet
from tests.support.labels import label


def send(paper: Paper, job: bytes, count: int) -> list[Sheet]:
    with socket.create_connection(("127.0.0.1", paper.port), 5) as line:
        line.sendall(job)
    end = time.monotonic() + 10
    while len(paper.sheets()) < count and time.monotonic() < end:
        time.sleep(0.01)
    return paper.sheets()


def test_labels_and_their_copies_are_told_apart() -> None:
    data = label()
    with Paper() as paper:
        assert send(paper, shipping_zpl.render(data), 1) == [Sheet(data.tracking, is_copy=False)]
        assert paper.has(data.tracking)
        send(paper, shipping_zpl.render(data, copy=2), 2)
        assert paper.twice() == [], "a copy that says so is no second original"
        send(paper, shipping_zpl.render(data), 3)
        assert paper.twice() == [data.tracking]


def test_half_a_label_prints_nothing() -> None:
    whole = shipping_zpl.render(label())
    with Paper() as paper:
        send(paper, whole[: len(whole) // 2], 0)
        assert len(send(paper, whole, 1)) == 1
