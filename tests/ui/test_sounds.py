from __future__ import annotations

import wave

from app.domain.decision import Outcome
from app.resources import resource


def test_each_outcome_has_a_tone_of_its_own_that_is_heard_and_short() -> None:
    heard = set()
    for outcome in Outcome:
        with wave.open(str(resource("sounds", f"{outcome}.wav"))) as tone:
            frames = tone.readframes(tone.getnframes())
            seconds = tone.getnframes() / tone.getframerate()
        assert max(frames[1::2]) > 20, outcome  # no silence
        assert 0.05 < seconds < 1, outcome
        heard.add(frames)
    assert len(heard) == len(Outcome)
