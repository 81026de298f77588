"""Texts of the command line itself."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "COMMAND_WRONG": {  # problem, command
        "pt": (
            "O comando não foi entendido: {problem}.",
            "Nada foi feito.",
            "Corrija o comando; `{command} --help` diz o que ele aceita.",
        ),
        "en": (
            "The command was not understood: {problem}.",
            "Nothing was done.",
            "Correct the command; `{command} --help` says what it takes.",
        ),
    },
}
