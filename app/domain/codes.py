"""Codes with check digits: the warehouse's own, S10, GTIN, NF-e key, CNPJ, CPF; and CEP ranges.

Every function takes text and answers for any text; nothing here knows what is in the warehouse.
"""

from __future__ import annotations

import re
from enum import StrEnum


class CodeKind(StrEnum):
    """The letter that says what one of the warehouse's own codes names."""

    BIN = "B"
    TOTE = "T"
    ORDER = "O"
    BADGE = "U"
    COMMAND = "C"
    DOCK = "D"
    BENCH = "N"
    PRINTER = "P"
    BOX = "E"


_KINDS = "".join(CodeKind)
_OWN_PAYLOAD = re.compile(r"[A-Z0-9-]{1,64}")
_OWN_CODE = re.compile(rf"X([{_KINDS}])\.([A-Z0-9-]{{1,64}})\.([0-9]{{2}})")
_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_NFE_KEY = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}")
_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_STATE_CODE = re.compile("1[1-7]|2[1-9]|3[1235]|4[123]|5[0-3]")  # IBGE
_GTIN_LENGTHS = (8, 12, 13, 14)
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def own_code(kind: str, payload: str) -> str:
    """The text to print for one of the warehouse's own things, e.g. `XB.A-03-02.47`.

    Only A-Z, 0-9, `-` and `.` are used: those keys are the same on US and ABNT2 keyboards.

    Raises:
        ValueError: an unknown kind, or a payload with other characters than A-Z, 0-9 and `-`.
    """
    if len(kind) != 1 or kind not in _KINDS:
        raise ValueError(f"no such kind of code: {kind!r}")
    if not _OWN_PAYLOAD.fullmatch(payload):
        raise ValueError("a payload is 1 to 64 characters of A-Z, 0-9 and '-'")
    return f"X{kind}.{payload}.{_mod_97_10(kind + payload):02d}"


def parse_own_code(text: str) -> tuple[str, str] | None:
    """The kind letter and payload of one of the warehouse's own codes; None if it is not one."""
    match = _OWN_CODE.fullmatch(text)
    if match is None or _mod_97_10(match[1] + match[2]) != int(match[3]):
        return None
    return match[1], match[2]


def is_own_code_shaped(text: str) -> bool:
    """Whether it begins as the warehouse's own codes do, be the rest right or not."""
    return len(text) > 2 and text[0] == "X" and text[1] in _KINDS and text[2] == "."


def _mod_97_10(text: str) -> int:
    """Check number of ISO 7064 mod 97-10 (A=10 to Z=35; `-`, which the norm lacks, is 36)."""
    digits = "".join("36" if char == "-" else str(int(char, 36)) for char in text)
    return 98 - int(digits + "00") % 97


def s10_check_digit(serial: str) -> int:
    """Check digit over the eight digits of a serial (UPU S10; SIGEP manual 2020, annex 2)."""
    rest = sum(int(d) * w for d, w in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return {0: 5, 1: 0}.get(rest, 11 - rest)


def s10(prefix: str, serial: int, country: str = "BR") -> str:
    """The whole tracking code from a carrier range's prefix and serial (ranges come without DV)."""
    digits = f"{serial:08d}"
    return f"{prefix}{digits}{s10_check_digit(digits)}{country}"


def is_s10_shaped(text: str) -> bool:
    """Two letters, nine digits, two letters; the check digit may be wrong."""
    return _S10.fullmatch(text) is not None


def is_s10(text: str) -> bool:
    return is_s10_shaped(text) and s10_check_digit(text[2:10]) == int(text[10])


def is_gtin_shaped(text: str) -> bool:
    """Digits, as many as a GTIN-8, 12, 13 or 14 has."""
    return len(text) in _GTIN_LENGTHS and text.isascii() and text.isdigit()


def gtin_is_valid(text: str) -> bool:
    """Whether the check digit is right. One plain 8-digit number in ten passes by chance."""
    if not is_gtin_shaped(text):
        return False
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(text[:-1])))
    return (10 - total % 10) % 10 == int(text[-1])


def is_nfe_key_shaped(text: str) -> bool:
    """44 characters as the NF-e schema has them since 2026 (letters in the emitter's CNPJ)."""
    return _NFE_KEY.fullmatch(text) is not None


def nfe_key_is_valid(text: str) -> bool:
    """Whether it is the access key of an NF-e (model 55): state, month and check digit are right.

    Letters count as ord - 48 (Nota Técnica Conjunta 2025.001).
    """
    if not is_nfe_key_shaped(text):
        return False
    return (
        _STATE_CODE.match(text) is not None
        and "01" <= text[4:6] <= "12"
        and text[20:22] == "55"
        and nfe_key_check_digit(text[:43]) == int(text[43])
    )


def nfe_key_check_digit(first_43: str) -> int:
    """Check digit of any fiscal document's access key."""
    return _mod_11(first_43, [2 + i % 8 for i in range(43)][::-1])


def cnpj_is_valid(text: str) -> bool:
    """14 characters without punctuation; the first 12 may hold letters (IN RFB 2.229/2024)."""
    if not _CNPJ.fullmatch(text) or len(set(text)) == 1:
        return False
    weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    return text[12:] == f"{_mod_11(text[:12], weights[1:])}{_mod_11(text[:13], weights)}"


def cpf_is_valid(text: str) -> bool:
    """11 digits without punctuation."""
    if len(text) != 11 or not (text.isascii() and text.isdigit()) or len(set(text)) == 1:
        return False
    weights = list(range(11, 1, -1))
    return text[9:] == f"{_mod_11(text[:9], weights[1:])}{_mod_11(text[:10], weights)}"


def _mod_11(text: str, weights: list[int]) -> int:
    rest = sum((ord(c) - 48) * w for c, w in zip(text, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


# Ranges of the first five digits, as the Correios divide them.
_CEP_RANGES = (
    (1000, 19999, "SP"),
    (20000, 28999, "RJ"),
    (29000, 29999, "ES"),
    (30000, 39999, "MG"),
    (40000, 48999, "BA"),
    (49000, 49999, "SE"),
    (50000, 56999, "PE"),
    (57000, 57999, "AL"),
    (58000, 58999, "PB"),
    (59000, 59999, "RN"),
    (60000, 63999, "CE"),
    (64000, 64999, "PI"),
    (65000, 65999, "MA"),
    (66000, 68899, "PA"),
    (68900, 68999, "AP"),
    (69000, 69299, "AM"),
    (69300, 69399, "RR"),
    (69400, 69899, "AM"),
    (69900, 69999, "AC"),
    (70000, 72799, "DF"),
    (72800, 72999, "GO"),
    (73000, 73699, "DF"),
    (73700, 76799, "GO"),
    (76800, 76999, "RO"),
    (77000, 77999, "TO"),
    (78000, 78899, "MT"),
    (78900, 78999, "RO"),  # before 2008, still found in old addresses
    (79000, 79999, "MS"),
    (80000, 87999, "PR"),
    (88000, 89999, "SC"),
    (90000, 99999, "RS"),
)


def cep_state(cep: str) -> str | None:
    """The state a CEP lies in (`01310100` or `01310-100`); None if there is no such CEP."""
    digits = cep[:5] + cep[6:] if len(cep) == 9 and cep[5] == "-" else cep
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    area = int(digits[:5])
    return next((state for low, high, state in _CEP_RANGES if low <= area <= high), None)
