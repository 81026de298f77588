from __future__ import annotations

import threading

from app.store.afterwards import Afterwards


def test_a_burst_of_wakings_is_one_work_and_whoever_wakes_does_not_wait() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()
    count = []

    def work() -> None:
        count.append(1)
        begun.release()
        go_on.wait(30)

    after = Afterwards(work)
    for _ in range(5):
        after.wake()
    assert begun.acquire(timeout=30)
    after.wake()  # while it works: what came now was perhaps not seen by it
    go_on.set()
    after.close()
    assert len(count) == 2


def test_what_is_due_is_done_at_the_closing_and_it_can_be_woken_again() -> None:
    count: list[int] = []
    after = Afterwards(lambda: count.append(1))
    after.wake()
    after.close()
    assert count == [1]
    after.close()
    after.wake()
    after.close()
    assert count == [1, 1]


def test_a_failure_hinders_nothing_that_comes_later() -> None:
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        raise OSError

    after = Afterwards(work)
    after.wake()
    after.close()
    after.wake()
    after.close()
    assert tries == [1, 1]
