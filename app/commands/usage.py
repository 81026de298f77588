"""What is wrong with a command line, in plain words and both languages.

By the English of whoever finds it: argparse, which asks gettext for its messages, or a command.
"""

from __future__ import annotations

from app.commands import language

MESSAGES = {  # argparse's or our own -> Portuguese, English
    "usage: ": ("uso: ", "usage: "),
    "argument %(argument_name)s: %(message)s": (
        "%(argument_name)s: %(message)s",
        "%(argument_name)s: %(message)s",
    ),
    "unrecognized arguments: %s": (
        "%s sobra ou não existe aqui",
        "%s is too much, or unknown here",
    ),
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s pode ser %(matches)s: escreva inteiro",
        "%(option)s may be %(matches)s: write it in full",
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r não é nenhum destes: %(choices)s",
        "%(value)r is none of these: %(choices)s",
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "%(parser_name)r não é nenhum destes: %(choices)s",
        "%(parser_name)r is none of these: %(choices)s",
    ),
    "invalid %(type)s value: %(value)r": (
        "%(value)r não é um número inteiro que sirva aqui",
        "%(value)r is not a whole number that fits here",
    ),
    "expected one argument": ("falta o valor", "its value is missing"),
    "expected at most one argument": ("só aceita um valor", "it takes one value only"),
    "expected at least one argument": ("falta ao menos um valor", "at least one value is missing"),
    "expected %s argument": ("pede %s valor", "it takes %s value"),
    "expected %s arguments": ("pede %s valores", "it takes %s values"),
    "ignored explicit argument %r": ("não leva valor (%r)", "it takes no value (%r)"),
    "the following arguments are required: %s": ("é preciso dar %s", "%s must be given"),
    "one of the arguments %s is required": ("falta um destes: %s", "one of these is missing: %s"),
    "not allowed with argument %s": ("não vai junto com %s", "it can't go with %s"),
    "PATH or --rejected is needed": (
        "falta o caminho (PATH), ou --rejected",
        "PATH or --rejected is missing",
    ),
    "ID or --all is needed": ("falta o ID, ou --all", "ID or --all is missing"),
    "SEQ is a number, HASH is not empty": (
        "SEQ é um número e HASH não fica vazio",
        "SEQ is a number, HASH is not empty",
    ),
    "%s is no text": ("%s não é um texto que se leia", "%s is no text that can be read"),
    "there is no sheet of %s": ("não há folha de %s", "there is no sheet of %s"),
    "%s can't be such a code: A-Z, 0-9 and -": (
        "%s não serve de código: só A-Z, 0-9 e -, até 64",
        "%s can't be such a code: only A-Z, 0-9 and -, 64 at most",
    ),
}


def says(text: str) -> str:
    """The text in the language that is spoken; one that is not listed stays as it is."""
    found = MESSAGES.get(text)
    return found[language.spoken() == "en"] if found else text


def says_number(one: str, many: str, count: int) -> str:
    """As `says`, of a text with a singular."""
    return says(one if count == 1 else many)
