from __future__ import annotations

import threading

from app.flow import courtesy
from app.flow.courtesy import Courtesy


def test_long_work_waits_while_a_scan_is_on_its_way_and_goes_on_when_it_is_over(monkeypatch):
    monkeypatch.setattr(courtesy, "HOLDS_S", 600)
    monkeypatch.setattr(courtesy, "MOST_S", 600)
    kind = Courtesy()
    kind.give_way()  # nobody asked
    kind.ask()
    went_on = threading.Event()
    work = threading.Thread(target=lambda: (kind.give_way(), went_on.set()), daemon=True)
    work.start()
    assert not went_on.wait(0.05)
    kind.over()
    assert went_on.wait(30)


def test_long_work_gets_on_though_somebody_never_stops_scanning(monkeypatch):
    monkeypatch.setattr(courtesy, "HOLDS_S", 600)
    monkeypatch.setattr(courtesy, "MOST_S", 0.01)
    kind = Courtesy()
    kind.ask()
    kind.give_way()  # returns


def test_a_scan_that_nobody_ended_is_forgotten(monkeypatch):
    monkeypatch.setattr(courtesy, "HOLDS_S", 0.01)
    monkeypatch.setattr(courtesy, "MOST_S", 600)
    kind = Courtesy()
    kind.ask()
    kind.give_way()  # returns


def test_long_work_takes_short_turns_until_nobody_has_scanned_for_a_while(monkeypatch):
    kind = Courtesy()
    assert not kind.is_near
    kind.ask()
    kind.over()
    assert kind.is_near
    monkeypatch.setattr(courtesy, "REMEMBERS_S", 0)
    assert not kind.is_near


def test_whoever_is_there_may_scan_at_any_moment():
    there = False
    kind = Courtesy(lambda: there)
    assert not kind.is_near
    there = True
    assert kind.is_near
