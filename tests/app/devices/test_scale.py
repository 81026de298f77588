"""A scale on a real serial line (a pseudo-terminal), in each way that scales speak."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import CATALOGUE
from app.devices.scale import FRAMES, Scale, ScaleBusy, ScaleSilent, Weight
from tests.support.scales import SimulatedScale

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedScale]:
    scale = SimulatedScale(tmp_path / "scale")
    yield scale
    scale.unplug()


def continuous(grams: int, *, status: int = 0b0110000) -> bytes:
    """Three decimals of kilograms: point at 5; status B says kilograms, at rest."""
    return b"\x02" + bytes([0x20 | 5, status, 0x20]) + f"{grams:6d}000000\r".encode()


def test_the_settings_name_every_way_of_speaking() -> None:
    assert CATALOGUE["scale.protocol"].choices == tuple(FRAMES)


def test_a_scale_that_is_asked_answers_in_grams(simulated: SimulatedScale) -> None:
    simulated.says = [b"\x0201250\x03"]
    assert Scale(str(simulated.path)).weigh() == Weight(1250)


def test_a_box_that_swings_is_asked_again_until_it_rests(simulated: SimulatedScale) -> None:
    simulated.says = [b"\x02IIIII\x03", b"\x02IIIII\x03", b"\x0200980\x03"]
    assert Scale(str(simulated.path)).weigh() == Weight(980)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (b"\x02IIIII\x03", "unstable"),
        (b"\x02NNNNN\x03", "negative"),
        (b"\x02SSSSS\x03", "overload"),
    ],
)
def test_why_there_is_no_weight_is_told(simulated: SimulatedScale, said: bytes, fault: str) -> None:
    simulated.says = [said]
    assert Scale(str(simulated.path)).weigh(0.6) == Weight(fault=fault)


def test_half_an_answer_and_noise_are_no_weight(simulated: SimulatedScale) -> None:
    simulated.says = [b"250\x03\x02012", b"\xff\x00\x0200333\x03"]
    assert Scale(str(simulated.path)).weigh() == Weight(333)


def test_a_scale_that_talks_all_the_time_is_heard_once_it_rests(
    simulated: SimulatedScale,
) -> None:
    moving = 0b0111000
    simulated.talk(
        [continuous(700, status=moving), continuous(742, status=moving), continuous(750)]
    )
    assert Scale(str(simulated.path), "continuous").weigh() == Weight(750)


@pytest.mark.parametrize(
    ("protocol", "said", "weight"),
    [
        ("continuous", continuous(20, status=0b0110010), Weight(fault="negative")),
        ("continuous", continuous(0, status=0b0110100), Weight(fault="overload")),
        ("continuous", b"\x02\x24\x20\x20   220000000\r", Weight(998)),  # 2.20 lb
        ("continuous", b"\x02\x22\x30\x20    12000000\rX", Weight(12_000)),  # whole kilograms
        ("lines", b"ST,GS,+  1.234kg\r\n", Weight(1234)),
        ("lines", b"ST,NT,+00123.4  g\r\n", Weight(123)),
        ("lines", b"US,GS,+  1.234kg\r\n", Weight(fault="unstable")),
        ("lines", b"ST,GS,-  0.012kg\r\n", Weight(fault="negative")),
        ("lines", b"OL,GS,+9999999kg\r\n", Weight(fault="overload")),
        ("lines", b"  0,750 kg\r", Weight(750)),
        ("enq", b"\x02001250\x03", Weight(1250)),
    ],
)
def test_each_form_is_read(protocol: str, said: bytes, weight: Weight) -> None:
    assert FRAMES[protocol](said)[0] == [weight]


def test_a_silent_a_missing_and_a_taken_port_are_told_apart(simulated: SimulatedScale) -> None:
    with pytest.raises(ScaleSilent):
        Scale(str(simulated.path)).weigh(0.3)
    with simulated.held(), pytest.raises(ScaleBusy):
        Scale(str(simulated.path)).weigh(0.3)
    with pytest.raises(OSError) as missing:
        Scale(str(simulated.path) + "-none").weigh(0.3)
    assert missing.value.errno == errno.ENOENT


def test_two_who_ask_at_once_both_get_a_weight(simulated: SimulatedScale) -> None:
    simulated.says = [b"\x0200500\x03"]
    got: list[Weight] = []
    threads = [
        threading.Thread(target=lambda: got.append(Scale(str(simulated.path)).weigh()))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert got == [Weight(500)] * 2


def test_whatever_bytes_come_nothing_breaks() -> None:
    for frames in FRAMES.values():
        for _ in range(200):
            frames(os.urandom(64))
