from __future__ import annotations

import pytest

from app.support.patterns import mask
from app.support.redaction import Redactor
from tests.support import planted


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("CPF 529.982.247-25 do cliente", "529.982.247-25"),
        ("cpf 52998224725", "52998224725"),
        ("cnpj 11.222.333/0001-81", "11.222.333/0001-81"),
        ("cnpj 11222333000181", "11222333000181"),
        ("cnpj com letras 12.ABC.345/01DE-35", "12.ABC.345/01DE-35"),
        ("fone (11) 98765-4321", "98765-4321"),
        ("fone 11987654321", "11987654321"),
        ("fone +55 11 98765 4321", "98765 4321"),
        ("fixo (11) 3222-4455", "3222-4455"),
        ("ana.prado@example.com.br falhou", "ana.prado@example.com.br"),
        ("CEP 01310-100", "01310-100"),
        ("na Rua das Acácias, 123, apto 4", "Acácias"),
        ("Av. Paulista 1000", "Paulista"),
        ("pedido de Maria Aparecida Souza chegou", "Aparecida"),
        ("JOSÉ CARLOS PEREIRA não estava", "PEREIRA"),
        ("/home/mariana/expedita/x", "mariana"),
        (r"C:\Users\mariana\x", "mariana"),
        ("destinatário: Xuxo Qualquer", "Xuxo"),
        ("key 35260911222333000181550010000012341000012349", "11222333000181"),
        ("Authorization: Basic dXNlcjpzZW5oYQ==", "dXNlcjpzZW5oYQ=="),
        ("Authorization: Bearer abc.def-123", "abc.def-123"),
        ("https://ana:segredo1@loja.example/api", "segredo1"),
        ("GET /x?access_token=abc123&y=1", "abc123"),
        ('{"api_key": "curta1"}', "curta1"),
        ("senha=Tr0ub4dor", "Tr0ub4dor"),
        ("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig", "eyJhbGciOiJIUzI1NiJ9"),
        ("^XA^FO20,20^FDJoana^FS^XZ", "Joana"),
        ("-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", "MIIabc"),
    ],
)
def test_what_looks_personal_or_secret_is_hidden_though_nobody_knew_it(
    text: str, gone: str
) -> None:
    assert gone not in mask(text)
    assert gone not in Redactor().text(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25T15:36:31.123Z WARNING app.station PRINTER_DOWN unreachable",
        "order 10042 line 3 sku ABC-123-XL bin A-03-02 tote T-07",
        "task 7f0e3c1a-8f5b-4a77-9d3e-0c5d9f1b2a3c",
        "printer 192.168.0.50:9100 ConnectionRefusedError 2003 ms",
        "versions 3.11.2 2.0.44 6.11.3 Linux 6.1.0",
        "journal_broken_at [] rows 1204 free 77309411328",
        "gtin 7891234567895 is not known",
        "station Bancada 1 of Estação 2",
    ],
)
def test_what_support_needs_is_left_as_it_is(text: str) -> None:
    assert Redactor().text(text) == text


def test_the_same_value_has_the_same_pseudonym_and_another_has_another() -> None:
    redactor = Redactor()
    first = redactor.text("a@example.com")
    assert redactor.text("again A@EXAMPLE.com") == f"again {first}"
    assert redactor.text("b@example.com") != first


def test_a_known_name_is_found_in_capitals_without_accents_and_in_parts() -> None:
    redactor = Redactor()
    texts = ["para JOAO XERXIMBA", "o Xerximba não estava", "xerximba azul"]
    redactor.learn(texts, [("pessoa", "recipients/1", "João Xerximba")])
    assert [redactor.text(text) for text in texts] == [
        "para [pessoa-1]",
        "o [pessoa-1] não estava",
        "xerximba azul",
    ]


def test_a_known_number_is_found_however_it_is_parted() -> None:
    redactor = Redactor()
    texts = ["tel 21.9.8888.7777", "tel 0055(21)988887777", "nº 21 98888 7777"]
    redactor.learn(texts, [("telefone", "recipients/1", "21988887777")])
    assert all("7777" not in redactor.text(text) for text in texts)


def test_numbers_in_data_are_hidden_as_in_text() -> None:
    redactor = Redactor()
    assert redactor.value({"doc": 52998224725, "n": 12}) == {"doc": "[cpf-1]", "n": 12}


def test_a_thousand_people_and_secrets_in_every_form_leave_no_trace() -> None:
    people, secrets = planted.people(1000), planted.secrets(200)
    lines = [form for person in people for form in planted.every_form(person)]
    lines += [f"call with {secret} refused" for secret in secrets]
    redactor = Redactor()
    redactor.learn(lines, known(people))
    out = "\n".join(redactor.text(line) for line in lines)
    assert_no_trace(out, people, secrets)


def known(people: list[planted.Person]) -> list[tuple[str, str, str]]:
    kinds = {
        "name": "pessoa", "document": "cpf", "email": "email", "phone": "telefone", "cep": "cep",
        "street": "endereco", "complement": "endereco", "district": "endereco",
    }  # fmt: skip
    return [
        (kind, f"recipients/{n}", getattr(person, name))
        for n, person in enumerate(people)
        for name, kind in kinds.items()
    ]


def assert_no_trace(out: str, people: list[planted.Person], secrets: list[str]) -> None:
    low = out.casefold()
    digits = "".join(c for c in out if c.isdigit() or c.isalpha() or c == "\n")
    left = [s for s in secrets if s in out]
    for person in people:
        left += [value for value in person.values() if value.casefold() in low]
        left += [value for value in (person.document, person.phone) if value in digits]
    assert not left, f"{len(left)} found, as {left[:10]}"
