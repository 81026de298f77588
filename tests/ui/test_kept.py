from __future__ import annotations

from ui.kept import LEAVES_S, Kept


def test_what_was_kept_is_taken_once_and_in_its_order() -> None:
    kept = Kept()
    kept.scan("XU.DEMO.00")
    kept.sign_in("", "7391")
    kept.scan("XT.T-01.00")
    assert [kept.take() for _ in range(len(kept))] == [
        ("scan", "XU.DEMO.00"),
        ("sign_in", "", "7391"),
        ("scan", "XT.T-01.00"),
    ]
    assert not kept


def test_a_pin_that_is_typed_again_takes_the_place_of_the_one_before() -> None:
    kept = Kept()
    kept.sign_in("DEMO", "1111")
    kept.sign_in("DEMO", "7391")
    assert kept.take() == ("sign_in", "DEMO", "7391")
    assert not kept


def test_help_that_is_asked_for_again_and_again_is_wanted_once() -> None:
    kept = Kept()
    for _ in range(3):
        kept.wish("ticket")
    assert kept.wishes == ["ticket"]
    kept.scan("X")
    kept.clear()
    assert (len(kept), kept.wishes) == (0, [])


def test_what_somebody_did_who_may_have_left_is_forgotten() -> None:
    now = [0.0]
    kept = Kept(lambda: now[0])
    kept.scan("XU.DEMO.00")
    now[0] = 50.0
    kept.sign_in("", "7391")
    now[0] += LEAVES_S
    kept.forget_who_left()
    assert len(kept) == 2
    now[0] += 1.0
    kept.forget_who_left()
    assert not kept


def test_a_pin_is_in_no_text_about_it() -> None:
    kept = Kept()
    kept.sign_in("DEMO", "7391")
    assert "7391" not in f"{kept!r} {kept}"
