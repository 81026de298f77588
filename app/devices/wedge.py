"""Tells a keyboard-wedge scanner from a person by the time between keys. Pure: times come in.

A scanner types a whole code with a few milliseconds between keys; no person does that for long.
So keys are held for at most one gap, until they are either a scan or given back to be typed.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

_ENTER = frozenset("\r\n")
_TERMINATORS = {
    "enter": _ENTER,
    # Beyond the one set: an Enter right after a fast burst is the scanner's and presses no button.
    "tab": _ENTER | {"\t"},
    "none": _ENTER | {"\t"},
}


class WedgeSettings(Struct, frozen=True):
    """How the scanner types. `prefix` should be a text that no code on the floor contains.

    `terminator` is enter, tab or none; with none, a gap longer than `max_gap_ms` or the suffix
    ends a scan.
    """

    prefix: str = ""
    suffix: str = ""
    terminator: str = "enter"
    max_gap_ms: int = 35
    min_length: int = 3


class Key(Struct):
    """A held key: `char` is what it types (`\\r` for Enter, NUL for a key that types nothing).

    `tokens` are the caller's own events, to be replayed in this order if a person typed it.
    """

    char: str
    at_ms: float
    tokens: list[Any] = field(default_factory=list)


class Typed(Struct, frozen=True):
    """A person's keys, to be given to whatever has the focus."""

    keys: tuple[Key, ...]


class Scanned(Struct, frozen=True):
    """A whole scan, without prefix, suffix and terminator. `keys` are all that it consumed."""

    text: str
    keys: tuple[Key, ...]


class Dropped(Struct, frozen=True):
    """A scanner's keys that mean nothing more: the second key of its CR LF."""

    keys: tuple[Key, ...]


Result = Typed | Scanned | Dropped


class WedgeAssembler:
    """Sorts a stream of keys into scans and typing. Every key comes out once, in order.

    Times are milliseconds of any one clock. Call `tick` (or `flush`) when no key came for a gap.
    """

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self._settings = settings or WedgeSettings()
        self._terminators = _TERMINATORS[self._settings.terminator]
        self._held: list[Key] = []
        self._scan_ended_ms: float | None = None

    @property
    def is_holding(self) -> bool:
        return bool(self._held)

    def in_burst(self, at_ms: float) -> bool:
        """Whether a key now is in the middle of what only a scanner can have typed."""
        return len(self._held) >= self._settings.min_length and not self._is_late(at_ms)

    def feed(self, key: Key, *, auto_repeat: bool = False) -> list[Result]:
        """Take one key. `auto_repeat`: the system says that it is held down."""
        out = self.tick(key.at_ms)
        if key.char in self._terminators:
            return out + self._end(key)
        self._scan_ended_ms = None
        if auto_repeat and not self._held:
            # Some systems mark a scanner's double letters so; but no scan begins with one.
            return [*out, Typed((key,))]
        self._held.append(key)
        return out + self._at_prefix() + self._at_suffix()

    def attach(self, token: Any) -> bool:
        """Keep an event (a key's release) in its place after the last held key, if there is one."""
        if self._held:
            self._held[-1].tokens.append(token)
        return bool(self._held)

    def tick(self, now_ms: float) -> list[Result]:
        """Let go what is held, if the gap has passed."""
        return self.flush() if self._held and self._is_late(now_ms) else []

    def flush(self) -> list[Result]:
        """Let go what is held: a scan where none needs a terminator, else typing."""
        keys = self._take()
        if not keys:
            return []
        return [self._judge(keys) if self._settings.terminator == "none" else Typed(keys)]

    def _end(self, terminator: Key) -> list[Result]:
        if not self._held:
            if self._follows_a_scan(terminator.at_ms):
                return [Dropped((terminator,))]
            return [Typed((terminator,))]
        result = self._judge(self._take())
        if isinstance(result, Scanned):
            self._scan_ended_ms = terminator.at_ms
            return [Scanned(result.text, (*result.keys, terminator))]
        return [Typed((*result.keys, terminator))]

    def _follows_a_scan(self, at_ms: float) -> bool:
        """The second key of a CR LF: it belongs to the scan that just ended."""
        ended = self._scan_ended_ms
        return ended is not None and at_ms - ended <= self._settings.max_gap_ms

    def _at_prefix(self) -> list[Result]:
        """A prefix starts a scan anew: what was held before it is another matter."""
        prefix = self._settings.prefix
        if len(self._held) <= len(prefix) or not self._ends_with(prefix):
            return []
        fresh = self._held[-len(prefix) :]
        del self._held[-len(prefix) :]
        out = self.flush()
        self._held = fresh
        return out

    def _at_suffix(self) -> list[Result]:
        """Where no terminator comes, the suffix ends a scan at once."""
        if self._settings.terminator != "none" or not self._ends_with(self._settings.suffix):
            return []
        result = self._judge(tuple(self._held))
        if isinstance(result, Typed):
            return []
        self._take()
        self._scan_ended_ms = result.keys[-1].at_ms
        return [result]

    def _judge(self, keys: tuple[Key, ...]) -> Result:
        """Whether a burst is a scan, by its length, prefix and suffix."""
        text = "".join(key.char for key in keys)
        prefix, suffix = self._settings.prefix, self._settings.suffix
        if not (text.startswith(prefix) and text.endswith(suffix)):
            return Typed(keys)
        code = text[len(prefix) : len(text) - len(suffix)]
        return Scanned(code, keys) if len(code) >= self._settings.min_length else Typed(keys)

    def _ends_with(self, part: str) -> bool:
        return bool(part) and "".join(k.char for k in self._held[-len(part) :]).endswith(part)

    def _take(self) -> tuple[Key, ...]:
        keys, self._held = tuple(self._held), []
        return keys

    def _is_late(self, at_ms: float) -> bool:
        return at_ms - self._held[-1].at_ms > self._settings.max_gap_ms


class CoolDown:
    """Knows a code that is read again too soon. Each read starts its time anew, so that a scanner
    resting on a label counts it once."""

    def __init__(self, cooldown_ms: float) -> None:
        self._cooldown_ms = cooldown_ms
        self._read_ms: dict[str, float] = {}

    def is_repeat(self, code: str, now_ms: float) -> bool:
        """Whether `code` was read within the cool-down; notes this read too."""
        recent = {c: at for c, at in self._read_ms.items() if now_ms - at < self._cooldown_ms}
        repeated = code in recent
        self._read_ms = recent | {code: now_ms}
        return repeated
