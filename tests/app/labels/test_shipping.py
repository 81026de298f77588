"""The shipping label: what is printed can be read back, whatever stands in the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.codes import s10
from app.domain.model import Address
from app.labels import forms, shipping, shipping_pdf, shipping_zpl
from app.labels.data import Contingency
from app.labels.forms import Fixed, Pieces, Texts
from app.labels.page import Bars, Filled, Mark, Page, Rule, Text
from app.labels.text import SMALLEST_MM, clean
from tests.support.labels import AT, KEY, LETTER_KEY, danfe, label, line_width
from tests.support.raster import codes, pdf_pages, pdf_text, zpl_pages

ZONE = ZoneInfo("America/Sao_Paulo")
_LETTERS = "ACALAMAPBACEDFESGOMAMGMSMTPAPBPEPIPRRJRNRORRRSSCSESPTO"
STATES = [_LETTERS[i : i + 2] for i in range(0, len(_LETTERS), 2)]
NASTY = "~HS ^XZ^XA^FDx^FS _5E \u202egnp.\u200f \u0000\u0007\x1b[2J \U0001f4e6 Zoë 'D''Ávila' --"
nasty = st.text(st.sampled_from("^~_>;:\\,^ÇãÉ'\u202e\u0000\n\U0001f4e6漢W i"), max_size=60)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("key", [KEY, LETTER_KEY])
def test_both_barcodes_are_read_back_from_zpl(dpi: int, key: str) -> None:
    data = label(danfe=danfe(key=key))
    (picture,) = zpl_pages(shipping_zpl.render(data, dpi=dpi), dpi=dpi)
    assert codes(picture) == [data.tracking, key]


@pytest.mark.parametrize("key", [KEY, LETTER_KEY])
def test_both_barcodes_are_read_back_from_pdf(key: str) -> None:
    data = label(danfe=danfe(key=key))
    (picture,) = pdf_pages(shipping_pdf.render(data))
    assert codes(picture) == [data.tracking, key]


def test_every_field_of_the_label_and_the_danfe_can_be_read_in_the_pdf() -> None:
    data = label(danfe=danfe())
    text = pdf_text(shipping_pdf.render(data, zone=ZONE))
    wanted = (
        "Correios|SEDEX|VOLUME 1/2|SO000641962BR|Conceição Araújo|Avenida Paulista, 1578|ap 42|"
        "Bela Vista|CEP 01310-100|São Paulo / SP|REMETENTE: Loja Exemplo|Av. Três Pontes, 1500|"
        "CEP 13347-070|PEDIDO: 1042|Loja própria|1,250 kg|DANFE Simplificado - Etiqueta|"
        "3526 1112 3456 7800 0195 5500 1000 0010 4210 0001 0427|135260000123456|NF-E Nº: 1042|"
        "SÉRIE: 1|OPERAÇÃO: 1 - SAÍDA|EMISSÃO: 23/11/2026 23:30:00|Loja Exemplo Comércio Ltda|"
        "12.345.678/0001-95|IE: 110042490114|UF: SP|529.982.247-25"
    )
    assert [part for part in wanted.split("|") if part not in text] == []
    assert "VIA" not in text
    assert "SEM VALOR FISCAL" not in text


def test_a_reprint_says_which_copy_it_is() -> None:
    assert "2ª VIA" in pdf_text(shipping_pdf.render(label(), copy=2))


def test_an_invoice_in_contingency_says_so_with_its_start_and_reason() -> None:
    data = danfe(protocol="", contingency=Contingency(AT, "SEFAZ fora do ar"))
    text = pdf_text(shipping_pdf.render(label(danfe=data), zone=ZONE))
    assert "DANFE EM CONTINGÊNCIA desde 23/11/2026 23:30:00: SEFAZ fora do ar" in text
    assert "SEM VALOR FISCAL" not in text


@pytest.mark.parametrize("change", [{"no_fiscal_value": True}, {"protocol": ""}])
def test_a_test_invoice_or_one_without_protocol_says_it_has_no_fiscal_value(
    change: dict[str, object],
) -> None:
    text = pdf_text(shipping_pdf.render(label(danfe=danfe(**change))))
    assert "SEM VALOR FISCAL" in text


@pytest.mark.parametrize("state", STATES)
def test_an_address_of_any_state_is_printed_whole(state: str) -> None:
    address = Address("69900001", "Rua Ñandú d'Água", "S/N", NASTY, "Vila União", "Açaí", state)
    data = label(address=address, recipient_name=NASTY)
    text = pdf_text(shipping_pdf.render(data))
    assert f"Açaí / {state}" in text
    assert "Rua Ñandú d'Água, S/N" in text


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(nasty, nasty, nasty, nasty, st.integers(0, 99_999_999), st.booleans())
def test_nasty_data_harms_neither_the_zpl_nor_its_barcodes(
    name: str, street: str, complement: str, channel: str, serial: int, invoiced: bool
) -> None:
    address = Address("01310100", street, "1", complement, name, street, "SP")
    data = label(
        recipient_name=name,
        address=address,
        channel=channel,
        tracking=s10("SO", serial),
        danfe=danfe(recipient_name=name) if invoiced else None,
    )
    zpl = shipping_zpl.render(data)
    assert zpl.count(b"^XA") == zpl.count(b"^XZ") == 1
    assert zpl.count(b"^FD") == zpl.count(b"^FH_")
    assert b"~" not in zpl
    (picture,) = zpl_pages(zpl)
    assert codes(picture) == [data.tracking] + ([KEY] if invoiced else [])
    assert clean(name).replace(" ", "") in without_spaces(pdf_text(shipping_pdf.render(data)))


def every_mark(page: Page) -> Iterator[Mark]:
    for mark in page.marks:
        if isinstance(mark, Filled):
            yield from forms.marks(mark)
        else:
            yield mark


@settings(max_examples=40, deadline=None)
@given(st.lists(nasty, min_size=6, max_size=6), st.booleans())
def test_nothing_on_the_label_overlaps_leaves_the_paper_or_is_too_small(
    texts: list[str], invoiced: bool
) -> None:
    name, street, number, complement, district, city = texts
    address = Address("01310100", street, number, complement, district, city, "SP")
    invoice = danfe(recipient_name=name, emitter_name=street) if invoiced else None
    data = label(recipient_name=name, address=address, sender_address=address, danfe=invoice)
    boxes = []
    marks = [list(every_mark(shipping.page(data))) for _ in range(3)][-1]
    for mark in marks:
        match mark:
            case Text(x, y, size):
                assert size >= SMALLEST_MM
                boxes.append((x, y, x + line_width(mark), y + size))
            case Rule(x, y, wide, height):
                boxes.append((x, y, x + wide, y + height))
            case Bars(_, y, height):
                boxes.append((0.0, y, shipping.WIDTH_MM, y + height))
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= shipping.WIDTH_MM + 0.01
        assert bottom <= shipping.HEIGHT_MM
        for other_left, other_top, other_right, other_bottom in boxes[:i]:
            apart = (
                left >= other_right - 0.01
                or right <= other_left + 0.01
                or top >= other_bottom - 0.01
                or bottom <= other_top + 0.01
            )
            assert apart, f"mark {i} of the label lies on another one"


def test_the_longest_fields_of_an_invoice_fit_without_being_cut() -> None:
    words = ("Maria Wenceslau " * 4)[:60]
    address = Address("01310100", words, words, words, words, words, "SP")
    reason = Contingency(AT, ("falha na comunicação " * 13)[:256])
    invoice = danfe(recipient_name=words, emitter_name=words, contingency=reason)
    data = label(recipient_name=words, address=address, sender_address=address, danfe=invoice)
    assert "[…]" not in pdf_text(shipping_pdf.render(data))


def test_no_title_of_a_usual_danfe_stands_at_a_line_s_end_without_its_text() -> None:
    marks = every_mark(shipping.page(label(danfe=danfe())))
    lines = [mark.runs for mark in marks if isinstance(mark, Text) and len(mark.runs) > 1]
    assert len(lines) > 6
    assert [runs for runs in lines if runs[-1][1]] == []


def test_the_file_of_a_label_stays_small_since_it_is_kept_with_the_order() -> None:
    assert len(shipping_pdf.render(label(danfe=danfe()))) < 45_000


def test_a_text_that_cannot_fit_is_cut_visibly() -> None:
    assert "[…]" in pdf_text(shipping_pdf.render(label(recipient_name="W" * 10_000)))


def test_a_tracking_code_that_cannot_be_a_barcode_is_refused() -> None:
    for tracking in ("", "AÇ", "X" * 200, "A\x00"):
        with pytest.raises(ValueError):
            shipping_zpl.render(replace(label(), tracking=tracking))


@settings(max_examples=15, deadline=None)
@given(nasty, nasty, st.booleans())
def test_the_same_label_gives_the_same_bytes_whatever_was_made_before(
    name: str, street: str, invoiced: bool
) -> None:
    address = Address("01310100", street, "1", "", name, "Açaí", "SP")
    data = label(
        recipient_name=name, address=address, danfe=danfe(recipient_name=name) if invoiced else None
    )
    # From the second on, what has a place on the label's form is only filled in.
    for render in (shipping_zpl.render, shipping_pdf.render):
        assert len({render(data) for _ in range(4)}) == 1


def laid_out(pieces: Pieces, fixed: tuple[Fixed, ...], codes: Texts, words: Texts) -> list[Mark]:
    """What `Pieces.filled` gives where nothing is ever filled in."""
    code, word = iter(codes), iter(words)
    marks: list[Mark] = []
    for piece, own in zip(pieces.pieces, fixed, strict=True):
        texts = [*islice(code, piece.codes), *map(clean, islice(word, piece.words))]
        marks += piece.layout(texts, *own)
    return marks


LATIN = "aeioucdmnrst AWáãçéÃº·'&_^~%-/(\\"
of_latin_1 = st.text(st.sampled_from(LATIN), max_size=24).map(clean)
of_any = st.text(st.sampled_from(LATIN + "\u00a0–Łﬁ\u0301\n"), max_size=28)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(*(st.lists(some, min_size=8, max_size=8) for some in (of_latin_1, of_any))),
    st.sampled_from(["01310100", "0131", "^XZ", "1\n2"]),
    st.sampled_from(["SO000641962BR", "SO123456789BR", "AB&_1", "A  B"]),
    st.sampled_from(["135260000123456", "", "1^2_3"]),
    st.sampled_from(["52998224725", "12345678000195", "12ABC34501DE35", "X"]),
    st.integers(0, 4_000_000_000),
    st.booleans(),
    st.sampled_from([203, 300]),
)
def test_a_label_that_is_filled_in_has_the_bytes_of_one_laid_out_by_itself(
    texts: list[str],
    cep: str,
    tracking: str,
    protocol: str,
    document: str,
    seconds: int,
    invoiced: bool,
    dpi: int,
) -> None:
    name, street, number, complement, district, city, channel, ie = texts
    at = datetime.fromtimestamp(seconds, UTC)
    invoice = danfe(
        number=number, recipient_name=name, recipient_ie=ie, recipient_uf=city[:2],
        recipient_document=document, protocol=protocol, issued_at=at, authorised_at=at,
    )  # fmt: skip
    data = label(
        recipient_name=name,
        address=Address(cep, street, number, complement, district, city, "SP"),
        channel=channel,
        tracking=tracking,
        danfe=invoice if invoiced else None,
    )

    def written() -> tuple[bytes, bytes]:
        return shipping_zpl.render(data, dpi=dpi, zone=ZONE), shipping_pdf.render(data, zone=ZONE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pieces, "filled", laid_out)
        wanted = written()
    assert [written() for _ in range(3)] == [wanted] * 3


def test_a_usual_label_is_filled_in() -> None:
    for _ in range(3):
        marks = shipping.page(label(danfe=danfe())).marks
    assert {type(mark) for mark in marks} == {Filled}
