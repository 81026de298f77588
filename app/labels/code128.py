"""Code 128 symbols (ISO/IEC 15417), as bars, and how wide they are."""

from __future__ import annotations

import re

_WIDTHS = [
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


def parts(text: str) -> list[tuple[str, str]]:
    """Split into runs of set "B" and set "C" (pairs of digits), as few symbols as is easy.

    Raises:
        ValueError: nothing to encode, or other characters than printable ASCII.
    """
    if not re.fullmatch(r"[ -~]+", text):
        raise ValueError("a barcode needs printable ASCII text")
    runs: list[tuple[str, str]] = []
    rest = text
    while rest:
        digits = len(re.match("[0-9]*", rest)[0])  # type: ignore[index]
        if _worth_set_c(digits, at_edge=not runs or digits == len(rest)):
            odd = digits % 2
            if odd and runs:
                runs[-1] = (runs[-1][0], runs[-1][1] + rest[0])
                rest, digits, odd = rest[1:], digits - 1, 0
            runs.append(("C", rest[: digits - odd]))
            rest = rest[digits - odd :]
        else:
            length = max(digits, 1)
            if runs and runs[-1][0] == "B":
                runs[-1] = ("B", runs[-1][1] + rest[:length])
            else:
                runs.append(("B", rest[:length]))
            rest = rest[length:]
    return runs


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
            values += [int(run[i : i + 2]) for i in range(0, len(run), 2)]
        else:
            values += [ord(char) - 32 for char in run]
    check = values[0] + sum(i * value for i, value in enumerate(values))
    return [*values, check % 103, _STOP]


def bars(text: str) -> list[int]:
    """Widths in modules, black first, then white and black by turns."""
    return [int(width) for value in symbols(text) for width in _WIDTHS[value]]


def modules(text: str) -> int:
    """Width of the bars in modules, without the quiet zones."""
    # Each run is opened by one symbol; check symbol and stop come last, and the stop is wider.
    count = sum(1 + (len(run) // 2 if charset == "C" else len(run)) for charset, run in parts(text))
    return 11 * (count + 2) + 2
