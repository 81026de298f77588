"""Code 128 symbols (ISO/IEC 15417), as bars, and how wide they are."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from operator import mul

WIDTHS = [
    "212222",
    "222122",
    "222221",
    "121223",
    "121322",
    "131222",
    "122213",
    "122312",
    "132212",
    "221213",
    "221312",
    "231212",
    "112232",
    "122132",
    "122231",
    "113222",
    "123122",
    "123221",
    "223211",
    "221132",
    "221231",
    "213212",
    "223112",
    "312131",
    "311222",
    "321122",
    "321221",
    "312212",
    "322112",
    "322211",
    "212123",
    "212321",
    "232121",
    "111323",
    "131123",
    "131321",
    "112313",
    "132113",
    "132311",
    "211313",
    "231113",
    "231311",
    "112133",
    "112331",
    "132131",
    "113123",
    "113321",
    "133121",
    "313121",
    "211331",
    "231131",
    "213113",
    "213311",
    "213131",
    "311123",
    "311321",
    "331121",
    "312113",
    "312311",
    "332111",
    "314111",
    "221411",
    "431111",
    "111224",
    "111422",
    "121124",
    "121421",
    "141122",
    "141221",
    "112214",
    "112412",
    "122114",
    "122411",
    "142112",
    "142211",
    "241211",
    "221114",
    "413111",
    "241112",
    "134111",
    "111242",
    "121142",
    "121241",
    "114212",
    "124112",
    "124211",
    "411212",
    "421112",
    "421211",
    "212141",
    "214121",
    "412121",
    "111143",
    "111341",
    "131141",
    "114113",
    "114311",
    "411113",
    "411311",
    "113141",
    "114131",
    "311141",
    "411131",
    "211412",
    "211214",
    "211232",
    "2331112",
]
_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
QUIET_MODULES = 10
_PAIRS = bytes(high * 10 + low for high in range(16) for low in range(16))
"""The value of two digits, by the byte whose hexadecimal digits they are."""
_KINDS = bytes(
    ord("0") if chr(code).isdigit() and code < 128 else ord("a") if 32 <= code < 127 else ord("!")
    for code in range(256)
)


def parts(text: str) -> list[tuple[str, str]]:
    """Split into runs of set "B" and set "C" (pairs of digits), as few symbols as is easy.

    Raises:
        ValueError: nothing to encode, or other characters than printable ASCII.
    """
    found: list[tuple[str, str]] = []
    start = 0
    for charset, end in _split(_shape(text)):
        found.append((charset, text[start:end]))
        start = end
    return found


def _shape(text: str) -> bytes:
    """Where digits stand in a text: 0 for each, and one letter for whatever else is printable."""
    return text.encode("utf-8", "surrogatepass").translate(_KINDS)


@lru_cache(maxsize=1024)  # shapes are few: all tracking codes of a range have the same
def _split(shape: bytes) -> tuple[tuple[str, int], ...]:
    """The runs of a shape, each as its set and where it ends."""
    if not shape or b"!" in shape:
        raise ValueError("a barcode needs printable ASCII text")
    runs: list[tuple[str, int]] = []
    at = 0
    while at < len(shape):
        digits = len(shape) - at - len(shape[at:].lstrip(b"0"))
        if _worth_set_c(digits, at_edge=not runs or at + digits == len(shape)):
            if digits % 2 and runs:
                runs[-1] = (runs[-1][0], at + 1)
                at, digits = at + 1, digits - 1
            at += digits - digits % 2
            runs.append(("C", at))
        else:
            at += max(digits, 1)
            if runs and runs[-1][0] == "B":
                runs[-1] = ("B", at)
            else:
                runs.append(("B", at))
    return tuple(runs)


def _worth_set_c(digits: int, *, at_edge: bool) -> bool:
    return digits >= (4 if at_edge else 6)


def symbols(text: str) -> list[int]:
    """Symbol values from start to stop, check symbol included."""
    values: list[int] = []
    for charset, run in parts(text):
        if values:
            values.append(_TO_C if charset == "C" else _TO_B)
        else:
            values.append(_START_C if charset == "C" else _START_B)
        if charset == "C":
            values += bytes.fromhex(run).translate(_PAIRS)
        else:
            values += [code - 32 for code in run.encode("ascii")]
    check = values[0] + sum(map(mul, count(), values))
    return [*values, check % 103, _STOP]


def bars(text: str) -> list[int]:
    """Widths in modules, black first, then white and black by turns."""
    return [int(width) for value in symbols(text) for width in WIDTHS[value]]


def modules(text: str) -> int:
    """Width of the bars in modules, without the quiet zones."""
    return _modules(_shape(text))


@lru_cache(maxsize=1024)
def _modules(shape: bytes) -> int:
    # Each run is opened by one symbol; check symbol and stop come last, and the stop is wider.
    symbol_count, start = 2, 0
    for charset, end in _split(shape):
        symbol_count += 1 + ((end - start) // 2 if charset == "C" else end - start)
        start = end
    return 11 * symbol_count + 2
