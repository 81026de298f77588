from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.wedge import (
    CoolDown,
    Dropped,
    Key,
    Result,
    Scanned,
    Typed,
    WedgeAssembler,
    WedgeSettings,
)

GAP = 35
CODES = st.text(string.ascii_letters + string.digits + "-./", min_size=3, max_size=30)
CHARS = string.printable[:95] + "\r\t"


class Keyboard:
    """Feeds keys at chosen gaps and keeps what came out."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.assembler = WedgeAssembler(settings)
        self.now = 0.0
        self.out: list[Result] = []

    def key(self, char: str, gap: float, *, auto_repeat: bool = False) -> None:
        # A caller's timer ticks as soon as the gap has passed.
        if gap > GAP:
            self.out += self.assembler.tick(self.now + GAP + 1)
        self.now += gap
        self.out += self.assembler.feed(Key(char, self.now, [char]), auto_repeat=auto_repeat)

    def scan(self, text: str, gap: float = 2, first_gap: float = 100) -> Keyboard:
        for i, char in enumerate(text):
            self.key(char, first_gap if i == 0 else gap)
        return self

    def rest(self) -> list[Result]:
        self.now += GAP + 1
        self.out += self.assembler.tick(self.now)
        return self.out

    @property
    def scans(self) -> list[str]:
        return [r.text for r in self.out if isinstance(r, Scanned)]

    @property
    def typed(self) -> str:
        return "".join(k.char for r in self.out if isinstance(r, Typed) for k in r.keys)


@given(st.lists(st.tuples(st.sampled_from(CHARS), st.floats(GAP + 0.5, 2000))))
def test_human_typing_is_never_eaten_nor_reordered(keys: list[tuple[str, float]]) -> None:
    for terminator in ("enter", "tab", "none"):
        board = Keyboard(WedgeSettings(terminator=terminator))
        for char, gap in keys:
            board.key(char, gap)
        board.rest()
        assert board.typed == "".join(char for char, _ in keys)
        assert board.scans == []


@given(st.lists(st.tuples(st.sampled_from(CHARS), st.floats(0, 200))))
def test_every_key_comes_out_exactly_once_and_in_order(keys: list[tuple[str, float]]) -> None:
    for settings in (
        WedgeSettings(),
        WedgeSettings(terminator="none", suffix="$"),
        WedgeSettings(prefix="~", suffix="$", terminator="tab"),
    ):
        board = Keyboard(settings)
        for char, gap in keys:
            board.key(char, gap)
        board.rest()
        came_out = [token for r in board.out for k in r.keys for token in k.tokens]
        assert came_out == [char for char, _ in keys]


@given(st.lists(CODES, min_size=1, max_size=5), st.integers(0, GAP), st.integers(0, GAP))
def test_fast_scans_never_glue_nor_split(codes: list[str], gap: float, between: float) -> None:
    for name, end in (("enter", "\r"), ("tab", "\t"), ("enter", "\r\n"), ("none", "\r")):
        board = Keyboard(WedgeSettings(terminator=name))
        for code in codes:
            board.scan(code + end, gap, between)
        board.rest()
        assert board.scans == codes
        assert board.typed == ""


@given(st.lists(st.one_of(CODES.map(lambda c: (c, True)), CODES.map(lambda c: (c, False)))))
def test_scans_and_typing_mixed_are_each_whole(parts: list[tuple[str, bool]]) -> None:
    board = Keyboard()
    for text, is_scan in parts:
        if is_scan:
            board.scan(text + "\r", 5, GAP + 1)
        else:
            board.scan(text, GAP + 1, GAP + 1)
    board.rest()
    assert board.scans == [text for text, is_scan in parts if is_scan]
    assert board.typed == "".join(text for text, is_scan in parts if not is_scan)


@given(st.lists(CODES, min_size=1, max_size=4))
def test_without_terminator_a_pause_ends_a_scan(codes: list[str]) -> None:
    board = Keyboard(WedgeSettings(terminator="none"))
    for code in codes:
        board.scan(code, 3, GAP + 1)
    board.rest()
    assert board.scans == codes


@given(st.lists(CODES, min_size=1, max_size=4))
def test_without_terminator_a_suffix_ends_a_scan_at_once(codes: list[str]) -> None:
    board = Keyboard(WedgeSettings(terminator="none", suffix="##"))
    for code in codes:
        board.scan(code + "##", 3, 3)
    assert board.scans == codes


def test_a_prefix_starts_a_scan_anew_when_the_last_one_lost_its_end() -> None:
    board = Keyboard(WedgeSettings(prefix="~", terminator="none"))
    board.scan("~AAA").scan("~BBB", first_gap=2)
    board.rest()
    assert board.scans == ["AAA", "BBB"]


def test_a_scan_that_lost_its_terminator_is_not_counted() -> None:
    board = Keyboard(WedgeSettings(prefix="~"))
    board.scan("~AAA").scan("~BBB\r", first_gap=2)
    assert board.scans == ["BBB"]
    assert board.typed == "~AAA"


@pytest.mark.parametrize("text", ["AAA\r", "~AAA\r", "AAA$\r", "~\r", "~$\r"])
def test_a_burst_without_its_prefix_or_suffix_is_typing(text: str) -> None:
    board = Keyboard(WedgeSettings(prefix="~", suffix="$"))
    board.scan(text).rest()
    assert board.scans == []
    assert board.typed == text


def test_two_keys_rolled_over_and_enter_are_typing() -> None:
    board = Keyboard()
    board.scan("ab\r", 10).rest()
    assert board.typed == "ab\r"


def test_a_tab_inside_a_scan_that_ends_with_enter_stays_in_it() -> None:
    board = Keyboard()
    board.scan("AB\tCD\r")
    assert board.scans == ["AB\tCD"]


def test_the_second_key_of_cr_lf_is_dropped_but_a_later_enter_is_typing() -> None:
    board = Keyboard()
    board.scan("ABC\r\n")
    assert isinstance(board.out[-1], Dropped)
    board.key("\r", 100)
    assert board.typed == "\r"


def test_a_key_held_down_is_typing_without_delay() -> None:
    board = Keyboard(WedgeSettings(terminator="none"))
    board.key("a", 100)
    board.key("a", 300, auto_repeat=True)
    for _ in range(50):
        board.key("a", 30, auto_repeat=True)
    assert board.typed == "a" * 52
    assert not board.assembler.is_holding


def test_double_letters_that_the_system_takes_for_a_held_key_stay_in_the_scan() -> None:
    board = Keyboard()
    board.key("1", 100)
    for char in "11122\r":
        board.key(char, 0, auto_repeat=char != "\r")
    assert board.scans == ["111122"]


def test_ten_thousand_characters_are_one_scan() -> None:
    for settings in (WedgeSettings(), WedgeSettings(suffix="$$", terminator="none")):
        board = Keyboard(settings)
        board.scan("A" * 10_000 + settings.suffix + "\r", 1)
        assert board.scans == ["A" * 10_000]


def test_a_release_keeps_its_place_among_held_keys() -> None:
    assembler = WedgeAssembler()
    assert not assembler.attach("early")
    assembler.feed(Key("a", 0, ["a down"]))
    assembler.feed(Key("b", 1, ["b down"]))
    assert assembler.attach("a up")
    (typed,) = assembler.flush()
    assert [t for k in typed.keys for t in k.tokens] == ["a down", "b down", "a up"]


def test_a_burst_is_known_after_the_least_length_and_not_after_a_pause() -> None:
    assembler = WedgeAssembler()
    for i, char in enumerate("abc"):
        assert not assembler.in_burst(i)
        assembler.feed(Key(char, i))
    assert assembler.in_burst(10)
    assert not assembler.in_burst(100)


def test_the_same_code_within_the_cool_down_is_a_repeat_and_another_is_not() -> None:
    cool = CoolDown(800)
    assert not cool.is_repeat("A", 0)
    assert cool.is_repeat("A", 500)
    assert not cool.is_repeat("B", 501)
    assert cool.is_repeat("A", 1200)  # 700 after the last read, be it ignored
    assert not cool.is_repeat("A", 2000)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.floats(0, 1500))))
def test_a_cool_down_of_nothing_ignores_nothing(reads: list[tuple[str, float]]) -> None:
    cool, now = CoolDown(0), 0.0
    for code, gap in reads:
        now += gap
        assert not cool.is_repeat(code, now)
