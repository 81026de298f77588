"""Takes personal data and secrets out of what leaves the house, one pseudonym for each value.

Three nets, one behind the other: what is collected has no such fields by construction; values
that the store knows are found wherever they lie; and what looks like personal data is hidden
though nobody knew it. The same value has the same pseudonym all through one ticket, and another
one in the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from app.support.patterns import (
    SECRET,
    hide_blocks,
    hide_personal,
    hide_secrets,
    names_a_secret,
    plain,
)

Known = tuple[str, str, str]  # kind, owner, value: ("pessoa", "recipients/7", "Ana Prado")

_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"[0-9](?:[\s.\-/()+]{0,3}[0-9]){5,}")  # digits, however they are parted
_DIGIT_KINDS = frozenset(("cpf", "telefone", "cep"))
_PEOPLE = frozenset(("pessoa", "operador"))
# Parts of names that are words of every text besides; a whole name of two words is found anyway.
_EVERYDAY = frozenset(
    """
    com das dos para por sem uma casa centro cruz dia flor jardim lima luz mar norte nova novo
    pedido porto praia rei rosa santa santo sul vale vila rua avenida apto apartamento bloco sala
    loja demo error none null true false estacao separacao conferencia expedicao pendencias
    ajustes sair
    """.split()
)
_SHORTEST = 3
_TAIL = 8  # digits by which a known number is first looked for
_PORTION = 1000  # characters, and the rest of a line
_GAP = 4  # characters between two words of one value


class _Value(Struct, frozen=True):
    words: tuple[str, ...]
    stands: str
    written: bool = False  # counts only where it begins with a capital, as a name does


class Redactor:
    """One ticket's way of hiding. `learn` what is known first, then ask for each text.

    `breathe` is called after every small piece of work: a place to let others go on.
    """

    def __init__(
        self, secrets: Iterable[str] = (), breathe: Callable[[], None] = lambda: None
    ) -> None:
        self._breathe = breathe
        self._secrets = sorted({s for s in secrets if len(s) >= 4}, key=len, reverse=True)
        self._names: dict[tuple[str, str], str] = {}
        self._count: dict[str, int] = {}
        self._values: dict[str, list[_Value]] = {}  # by their first word
        self._numbers: dict[str, str] = {}

    def learn(self, texts: Iterable[str], known: Iterable[Known]) -> int:
        """Look for each known value in `texts`, and remember those that may be in them.

        Returns:
            How many values were looked for.
        """
        words: set[str] = set()
        tails: set[str] = set()
        for text in texts:
            for part in _portions(text):
                self._breathe()
                words.update(_WORD.findall(plain(part)))
                for run in _RUN.findall(part):
                    bare = _digits(run)
                    tails.update(bare[at : at + _TAIL] for at in range(len(bare) - _TAIL + 1))
        looked = 0
        for kind, _, value in known:
            looked += 1
            self._breathe()
            if kind in _DIGIT_KINDS and (bare := _digits(value))[-_TAIL:] in tails:
                self._numbers[bare] = self.pseudonym(kind, bare[-11:])
            self._remember(kind, value, words)
        for values in self._values.values():
            values.sort(key=lambda value: len(value.words), reverse=True)
        return looked

    def text(self, text: str) -> str:
        """The text as it may leave the house."""
        for secret in self._secrets:
            text = text.replace(secret, SECRET)
        return "".join(self._portion(part) for part in _portions(hide_blocks(text)))

    def _portion(self, text: str) -> str:
        self._breathe()
        text = hide_secrets(text)
        if self._values:
            text = self._hide_words(text)
        if self._numbers:
            text = _RUN.sub(self._hide_number, text)
        return hide_personal(text, self.pseudonym)

    def value(self, value: Any) -> Any:
        """The same for JSON-ready data: every text in it, keys of mappings too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {
                self.text(str(key)): (
                    SECRET if part and names_a_secret(str(key)) else self.value(part)
                )
                for key, part in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(part) for part in value]
        if isinstance(value, int) and abs(value) >= 10**9:  # a CPF or a phone may be a number
            shown = self.text(str(value))
            return value if shown == str(value) else shown
        return value

    def pseudonym(self, kind: str, value: str) -> str:
        """What stands for a value: `[pessoa-1]`."""
        key = (kind, value)
        if key not in self._names:
            self._count[kind] = self._count.get(kind, 0) + 1
            self._names[key] = f"[{kind}-{self._count[kind]}]"
        return self._names[key]

    def _remember(self, kind: str, value: str, words: set[str]) -> None:
        parts = tuple(_WORD.findall(plain(value)))
        whole = " ".join(parts)
        if len(whole) < _SHORTEST or whole.isdigit():
            return
        here = [part for part in parts if part in words]
        if len(here) == len(parts) and whole not in _EVERYDAY:
            self._add(_Value(parts, self.pseudonym(kind, whole)))
        if kind in _PEOPLE:
            for part in here:
                if len(part) >= _SHORTEST and part not in _EVERYDAY and not part.isdigit():
                    self._add(_Value((part,), self.pseudonym(kind, whole), written=True))

    def _add(self, value: _Value) -> None:
        same = self._values.setdefault(value.words[0], [])
        if all(value.words != other.words for other in same):
            same.append(value)

    def _hide_words(self, text: str) -> str:
        small = plain(text)
        found = list(_WORD.finditer(small))
        out: list[str] = []
        at = skip = 0
        for n, word in enumerate(found):
            if n < skip or word[0] not in self._values:
                continue
            for value in self._values[word[0]]:
                last = n + len(value.words) - 1
                if not _stand_there(found, n, value.words):
                    continue
                if value.written and not text[word.start()].isupper():
                    continue
                out += [text[at : word.start()], value.stands]
                at, skip = found[last].end(), last + 1
                break
        return "".join([*out, text[at:]])

    def _hide_number(self, run: re.Match[str]) -> str:
        bare = _digits(run[0])
        for number, stands in self._numbers.items():
            if number in bare:
                return stands
        return run[0]


def _portions(text: str) -> Iterator[str]:
    """A long text by its lines: a search keeps the interpreter to itself until it ends, and the
    window must be drawn meanwhile."""
    start = 0
    while len(text) - start > _PORTION and (end := text.find("\n", start + _PORTION)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    yield text[start:]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _stand_there(found: list[re.Match[str]], n: int, words: tuple[str, ...]) -> bool:
    """Whether `words` follow each other from the n-th word on."""
    if n + len(words) > len(found):
        return False
    for step, word in enumerate(words):
        here = found[n + step]
        if here[0] != word or (step and here.start() - found[n + step - 1].end() > _GAP):
            return False
    return True
