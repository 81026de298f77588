"""Known personal values and secrets, all made up, of every kind that a warehouse may hold."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass

from app.domain.codes import cnpj_is_valid, cpf_is_valid

# Syllables give names that no list has; a few of the commonest are among them.
_SYLLABLES = "ba ce di fo gu ha ji ko lu ma ne pi ro sa te vu xa zo bri cla dre fla gro".split()
_GIVEN = ["Maria", "José", "João", "Ana", "Antônio", "Francisca", "Luís", "Conceição"]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    document: str
    email: str
    phone: str
    cep: str
    street: str
    house_number: str
    complement: str
    district: str

    def values(self) -> list[str]:
        """What must be found nowhere. A house's number alone says nothing."""
        return [
            self.name, self.document, self.email, self.phone, self.cep, self.street,
            self.complement, self.district,
        ]  # fmt: skip


def people(count: int, seed: int = 7) -> list[Person]:
    dice = random.Random(seed)
    return [_person(dice, n) for n in range(count)]


def secrets(count: int, seed: int = 11) -> list[str]:
    """Tokens and keys in the shapes of many services."""
    dice = random.Random(seed)
    signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    def mixed(length: int) -> str:
        return "aB3" + "".join(dice.choice(signs) for _ in range(length - 3))

    shapes = (
        lambda: mixed(40),
        lambda: f"{dice.getrandbits(160):040x}",
        lambda: "eyJ" + mixed(20) + "." + mixed(30) + "." + mixed(40),
        lambda: "ghp_" + mixed(36),
        lambda: "sk_live_" + mixed(24),
        lambda: "APP_USR-" + mixed(30),
        lambda: base64.b64encode(dice.randbytes(33)).decode(),
    )
    return [shapes[n % len(shapes)]() for n in range(count)]


def in_words(person: Person, dice: random.Random) -> str:
    """A line as somebody may have let it slip into a log or a note."""
    cpf = person.document
    dotted = f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}" if len(cpf) == 11 else _cnpj(cpf)
    phone = person.phone
    forms = [
        f"entregar a {person.name}, {person.street}, {person.house_number}",
        f"cliente={person.name.upper()} doc {dotted}",
        f"mail to {person.email} failed",
        f"ligar ({phone[:2]}) {phone[2:7]}-{phone[7:]} ou +55 {phone[:2]} {phone[2:]}",
        f"cpf {cpf} cep {person.cep[:5]}-{person.cep[5:]} {person.district}",
        f'{{"recipient": "{person.name}", "complement": "{person.complement}"}}',
    ]
    return dice.choice(forms)


def every_form(person: Person) -> list[str]:
    """Every way in which this person's data may be written."""
    dice = [random.Random(n) for n in range(40)]
    return sorted({in_words(person, one) for one in dice})


def _person(dice: random.Random, n: int) -> Person:
    def word() -> str:
        return "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()

    given = dice.choice(_GIVEN) if n % 3 == 0 else word()
    name = f"{given} {'da ' if n % 2 else ''}{word()} {word()}"
    return Person(
        name=name,
        document=_document(dice, cnpj=n % 10 == 9),
        email=f"{word().lower()}.{n}@{word().lower()}.com.br",
        phone=f"{dice.randint(11, 99)}9{dice.randint(10_000_000, 99_999_999)}",
        cep=f"{dice.randint(1_000_000, 99_999_999):08}",
        street=f"{dice.choice(['Rua', 'Avenida', 'Travessa'])} {word()} {word()}",
        house_number=str(dice.randint(1, 2000)),
        complement=f"apto {dice.randint(100, 999)} {word()}",
        district=f"Jardim {word()}",
    )


def _document(dice: random.Random, *, cnpj: bool) -> str:
    length, valid = (14, cnpj_is_valid) if cnpj else (11, cpf_is_valid)
    while True:
        root = "".join(str(dice.randint(0, 9)) for _ in range(length - 2))
        for end in range(100):
            if valid(f"{root}{end:02}"):
                return f"{root}{end:02}"


def _cnpj(code: str) -> str:
    return f"{code[:2]}.{code[2:5]}.{code[5:8]}/{code[8:12]}-{code[12:]}"
