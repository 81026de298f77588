from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import scan as s
from app.domain.codes import own_code

KEY = "35260712ABC34501DE35550010000001231123456787"
GTIN = "7896759790797"


@dataclass
class Warehouse:
    """A warehouse small enough to read."""

    codes: dict[str, tuple[tuple[str, int], ...]] = field(
        default_factory=lambda: {
            GTIN: (("P1", 1),),
            "17891352034023": (("P1", 12),),
            "P1": (("P1", 1),),
            "FORN-1": (("P2", 1),),
            "12345670": (("P8", 1),),
            "036000291452": (("PU", 1),),
            "SAME": (("P1", 1), ("P2", 1)),
        }
    )

    def products(self, code: str) -> tuple[tuple[str, int], ...]:
        return self.codes.get(code, ())

    def is_bin(self, code: str) -> bool:
        return code == "A-01-01"

    def is_tote(self, code: str) -> bool:
        return code == "T-07"

    def is_tracking(self, code: str) -> bool:
        return code in ("MEL123456", "007891234500000014")

    def order_number(self, code: str) -> bool:
        return code in ("1042", "7896759790803")


def read(raw: str) -> s.Scan:
    return s.classify(raw, Warehouse())


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        (KEY, s.NfeKeyScan(KEY, KEY)),
        ("NFe" + KEY, s.NfeKeyScan("NFe" + KEY, KEY)),
        ("]C0" + KEY, s.NfeKeyScan("]C0" + KEY, KEY)),
        ("PD123456785BR", s.LabelScan("PD123456785BR", "PD123456785BR")),
        ("pd123456785br", s.LabelScan("pd123456785br", "PD123456785BR")),
        ("MEL123456", s.LabelScan("MEL123456", "MEL123456")),
        ("1042", s.OrderScan("1042", "1042")),
        ("A-01-01", s.BinScan("A-01-01", "A-01-01")),
        ("T-07", s.ToteScan("T-07", "T-07")),
        (GTIN, s.ProductScan(GTIN, "P1")),
        ("]E0" + GTIN, s.ProductScan("]E0" + GTIN, "P1")),
        ("0" + GTIN, s.ProductScan("0" + GTIN, "P1")),
        ("0036000291452", s.ProductScan("0036000291452", "PU")),
        ("17891352034023", s.ProductScan("17891352034023", "P1", 12)),
        ("P1\r\n", s.ProductScan("P1\r\n", "P1")),
        ("FORN-1", s.ProductScan("FORN-1", "P2")),
        ("SAME", s.AmbiguousScan("SAME", ("P1", "P2"))),
        ("nobody knows", s.UnknownScan("nobody knows")),
    ],
)
def test_each_code_has_one_meaning(raw: str, meaning: s.Scan) -> None:
    assert read(raw) == meaning


@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        ("B", s.BinScan),
        ("T", s.ToteScan),
        ("O", s.OrderScan),
        ("U", s.BadgeScan),
        ("D", s.DockScan),
        ("N", s.BenchScan),
        ("P", s.PrinterScan),
        ("E", s.BoxScan),
    ],
)
def test_the_warehouses_own_codes_say_their_kind(kind: str, cls: type) -> None:
    code = own_code(kind, "A-9")
    assert read(code) == cls(code, "A-9")
    assert read(code.lower()) == cls(code.lower(), "A-9")


@pytest.mark.parametrize("command", list(s.Command))
def test_every_command_has_a_printed_code(command: s.Command) -> None:
    code = own_code("C", command)
    assert read(code) == s.CommandScan(code, command)


def test_a_command_of_another_version_is_unknown() -> None:
    code = own_code("C", "DANCAR")
    assert read(code) == s.UnknownScan(code)


@pytest.mark.parametrize(
    "raw",
    [
        "7896759790790",  # GTIN with a wrong digit
        "PD123456784BR",  # S10 with a wrong digit
        KEY[:-1] + "0",
        own_code("B", "A-01-01")[:-1],  # cut
        own_code("B", "A-01-01").replace("A-01", "A-02"),
    ],
)
def test_a_code_whose_check_digit_fails_was_misread(raw: str) -> None:
    assert read(raw) == s.BadRead(raw, "check_digit")


def test_a_plain_eight_digit_number_is_a_product_only_if_the_catalogue_has_it() -> None:
    assert read("12345670") == s.ProductScan("12345670", "P8")
    assert read("76543210") == s.UnknownScan("76543210")  # right digit by chance


def test_an_order_number_comes_before_a_gtin() -> None:
    assert read("7896759790803") == s.OrderScan("7896759790803", "7896759790803")


@pytest.mark.parametrize("start", ["]C1", "]d2", "]Q3", "]e0", "\x1d", ""])
def test_a_gs1_message_gives_product_lot_expiry_and_serial(start: str) -> None:
    raw = f"{start}010{GTIN}1727110010LOT1\x1d21S9"
    assert read(raw) == s.ProductScan(raw, "P1", 1, "LOT1", date(2027, 11, 30), "S9")


def test_a_gs1_count_multiplies_what_one_of_it_holds() -> None:
    raw = "]C102178913520340233703"
    assert read(raw) == s.ProductScan(raw, "P1", 36)
    assert read("]C1021789135203402337" + "0") == s.BadRead("]C10217891352034023370", "check_digit")


def test_a_gs1_gtin_with_a_wrong_digit_was_misread() -> None:
    raw = "]C10107896759790790"
    assert read(raw) == s.BadRead(raw, "check_digit")


def test_a_gs1_message_of_another_product_is_unknown() -> None:
    raw = "]C10107896759790803"
    assert isinstance(read(raw), s.UnknownScan)


def test_a_gs1_mark_on_what_is_no_gs1_message_was_misread() -> None:
    assert read("]C1hello") == s.BadRead("]C1hello", "gs1")


def test_digits_without_a_gs1_mark_are_never_read_as_gs1() -> None:
    raw = f"010{GTIN}10LOT1"
    assert read(raw) == s.UnknownScan(raw)


def test_a_shipping_unit_of_gs1_known_as_tracking_is_a_label() -> None:
    raw = "]C100007891234500000014"
    assert read(raw) == s.LabelScan(raw, "007891234500000014")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        (" \r\n", "empty"),
        ("]C1", "empty"),
        ("\x1d", "empty"),
        ("AB\x00CD", "control"),
        ("AB\u202eCD", "control"),
        ("AB\ud800", "control"),
        ("A\tB", "control"),
    ],
)
def test_what_is_no_text_was_misread(raw: str, reason: str) -> None:
    assert read(raw) == s.BadRead(raw, reason)


def test_ten_thousand_characters_are_refused_and_not_kept() -> None:
    assert read("A" * 10_000) == s.BadRead("A" * s.MAX_LENGTH, "too_long")


@pytest.mark.parametrize(
    "raw", ["'; DROP TABLE orders; --", "^XA^FDhi^FS^XZ", "=HYPERLINK(1)", "{0}{code}%s"]
)
def test_code_in_a_scan_is_only_an_unknown_code(raw: str) -> None:
    assert read(raw) == s.UnknownScan(raw)


@given(
    st.one_of(
        st.text(),
        st.text("0123456789]C1dQ3e\x1d ABXB.-", max_size=60),
        st.builds(lambda t: "]C1" + t, st.text("0123456789\x1dAB", max_size=50)),
        st.text("٠١٢٣²³½0123456789", min_size=8, max_size=44),
    )
)
def test_any_text_gets_exactly_one_answer(raw: str) -> None:
    answer = read(raw)
    assert isinstance(answer, s.Scan)
    assert answer.raw == raw[: s.MAX_LENGTH]
    assert s.excerpt(raw).isprintable()


def test_an_excerpt_shows_the_end_of_a_code() -> None:
    assert s.excerpt("7896759790797") == "7896759790797"
    assert s.excerpt("12345678901234567890") == "…78901234567890"
    assert s.excerpt("A\x1dB") == "A·B"


def test_every_kind_of_scan_has_its_word() -> None:
    from app.domain.texts import WORDS

    for cls in (*s.Scan.__subclasses__(),):
        word = s._KIND_OF.get(cls, "code")
        assert set(WORDS[word]) == {"pt", "en"}
