"""The Correios Data Matrix, position by position, and read back from paper."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.model import Address
from app.labels import shipping_pdf, shipping_zpl
from app.labels.correios import LENGTH, Posting, cep_check, matrix_text
from tests.support.labels import ADDRESS, SENDER, danfe, label
from tests.support.raster import codes, pdf_pages, zpl_pages

POSTING = Posting("0067599079", "03220", ("19", "49", "57"), 100, "11987654321", "PLP 1")


def matrices(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.DataMatrix)
    return [code.text for code in found]


def test_each_field_stands_at_its_position() -> None:
    to = Address("01310100", "Avenida Paulista", "1578", "ap 42 – bloco Ç", "x", "y", "SP")
    text = matrix_text("SO000641962BR", to, SENDER, POSTING)
    fields = {  # 1-based positions of the manual
        (1, 8): "01310100", (9, 13): "01578", (14, 21): "13347070", (22, 26): "01500",
        (27, 27): "4", (28, 29): "51", (30, 42): "SO000641962BR", (43, 54): "251949570000",
        (55, 64): "0067599079", (65, 69): "03220", (70, 71): "00", (72, 76): "01578",
        (77, 96): "ap 42  bloco C".ljust(20), (97, 101): "00100", (102, 113): "011987654321",
        (114, 123): "-00.000000", (124, 133): "-00.000000", (134, 134): "|",
        (135, 164): "PLP 1".ljust(30),
    }  # fmt: skip
    assert {span: text[span[0] - 1 : span[1]] for span in fields} == fields
    assert len(text) == LENGTH


@pytest.mark.parametrize(("cep", "digit"), [("71010050", "6"), ("05311000", "0")])
def test_the_ceps_digit_is_the_manuals(cep: str, digit: str) -> None:
    assert cep_check(cep) == digit


@pytest.mark.parametrize("dpi", [203, 300])
def test_all_symbols_are_read_back_from_zpl(dpi: int) -> None:
    data = label(danfe=danfe(), posting=POSTING)
    (picture,) = zpl_pages(shipping_zpl.render(data, dpi=dpi), dpi=dpi)
    assert matrices(picture) == [matrix_text(data.tracking, ADDRESS, SENDER, POSTING)]
    assert sorted(codes(picture)) == sorted([data.tracking, ADDRESS.cep, danfe().key])


def test_all_symbols_are_read_back_from_pdf() -> None:
    data = label(danfe=danfe(), posting=POSTING)
    (picture,) = pdf_pages(shipping_pdf.render(data))
    assert matrices(picture) == [matrix_text(data.tracking, ADDRESS, SENDER, POSTING)]
    assert sorted(codes(picture)) == sorted([data.tracking, ADDRESS.cep, danfe().key])


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=40))
def test_no_data_makes_the_text_longer_or_leave_ascii(
    complement: str, number: str, note: str
) -> None:
    to = Address("69900001", "Rua", number, complement, "", "Rio Branco", "AC")
    text = matrix_text("SO000641962BR", to, SENDER, Posting(note=note, phone=complement))
    assert len(text) == LENGTH
    assert text.isascii()
    assert text.isprintable()
    assert text.count("|") == 1


def test_a_label_without_both_ceps_has_no_matrix() -> None:
    with pytest.raises(ValueError):
        matrix_text("SO000641962BR", ADDRESS, Address("", "", "", "", "", "", ""), POSTING)


# The first CEP of each state; the longest names that a town and a street of Brazil have, and
# strange ones.
_CEPS = {
    "AC": "69900001", "AL": "57000001", "AM": "69000001", "AP": "68900001", "BA": "40000001",
    "CE": "60000001", "DF": "70000001", "ES": "29000001", "GO": "72800001", "MA": "65000001",
    "MG": "30000001", "MS": "79000001", "MT": "78000001", "PA": "66000001", "PB": "58000001",
    "PE": "50000001", "PI": "64000001", "PR": "80000001", "RJ": "20000001", "RN": "59000001",
    "RO": "76800001", "RR": "69300001", "RS": "90000001", "SC": "88000001", "SE": "49000001",
    "SP": "01000001", "TO": "77000001",
}  # fmt: skip
_NAMES = (
    "Pedro de Alcântara Francisco Antônio João Carlos Xavier de Paula Miguel Rafael Joaquim José",
    "^XA^FDx^FS ~JA \u202eoãJ\u200f 🎁 D'Ávila & Filhos – Ltda. “ME”",
)


@pytest.mark.parametrize("state", _CEPS)
@pytest.mark.parametrize("name", _NAMES)
def test_every_symbol_is_read_back_whatever_the_address(state: str, name: str) -> None:
    to = Address(
        _CEPS[state],
        "Avenida Engenheiro Agrônomo Professor Doutor Álvaro de Souza Guimarães Júnior",
        "S/N",
        "Bloco Ç, fundos ^ ~ " + name,
        "Conjunto Habitacional Presidente Castelo Branco II",
        "Vila Bela da Santíssima Trindade",
        state,
    )
    data = label(danfe=danfe(), posting=POSTING, address=to, recipient_name=name)
    wanted = sorted([data.tracking, to.cep, danfe().key])
    matrix = [matrix_text(data.tracking, to, SENDER, POSTING)]
    zpl = shipping_zpl.render(data)
    assert zpl.count(b"^XA") == zpl.count(b"^XZ") == 1
    assert b"~" not in zpl
    for picture in (*zpl_pages(zpl), *pdf_pages(shipping_pdf.render(data), dpi=300)):
        assert sorted(codes(picture)) == wanted
        assert matrices(picture) == matrix
