"""One thread, a scan always first."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.station.worker import StationThread


@pytest.fixture
def thread() -> Iterator[StationThread]:
    made = StationThread()
    yield made
    made.stop()


def test_a_scan_goes_before_all_that_waits_and_each_kind_keeps_its_order(
    thread: StationThread,
) -> None:
    done: list[str] = []
    at_work, go_on = threading.Event(), threading.Event()

    def long_work() -> None:
        at_work.set()
        go_on.wait(10)

    thread.submit(long_work)
    assert at_work.wait(10)
    for name in ("view", "list"):
        thread.submit(done.append, name)
    for name in ("scan", "next scan"):
        last = thread.submit(done.append, name, urgent=True)
    assert not last.done()
    go_on.set()
    thread.submit(lambda: None).result(10)
    assert done == ["scan", "next scan", "view", "list"]


def test_what_a_call_raises_comes_with_its_future_and_the_next_one_is_done(
    thread: StationThread,
) -> None:
    failed = thread.submit(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        failed.result(10)
    assert thread.submit(int, "7").result(10) == 7


def test_a_call_that_was_taken_back_is_not_made(thread: StationThread) -> None:
    go_on = threading.Event()
    done: list[str] = []
    thread.submit(go_on.wait, 10)
    taken_back = thread.submit(done.append, "taken back")
    assert taken_back.cancel()
    go_on.set()
    thread.submit(lambda: None).result(10)
    assert done == []


def test_all_that_was_asked_for_is_done_before_the_end() -> None:
    thread = StationThread()
    done: list[int] = []
    for n in range(50):
        thread.submit(done.append, n, urgent=n % 2 == 0)
    last = thread.submit(lambda: thread.submit(done.append, 50))
    thread.stop()
    last.result(0).result(0)
    assert sorted(done) == list(range(51))
