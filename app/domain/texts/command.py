"""Texts of the command line itself."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "FILE_UNUSABLE": {  # file, detail
        "pt": (
            "O arquivo {file} não pôde ser lido ou gravado: {detail}.",
            "Nenhum pedido mudou.",
            "Confira o caminho e a permissão do arquivo, e tente de novo.",
        ),
        "en": (
            "The file {file} could not be read or written: {detail}.",
            "No order changed.",
            "Check the file's path and permission, and try again.",
        ),
    },
    "BENCH_RAN_OUT": {
        "pt": (
            "A medição parou: o armazém inventado não tem mais pedidos para separar.",
            "Nenhum pedido de verdade foi tocado.",
            "Peça mais pedidos (--orders), menos leituras (--scans) ou uma importação menor "
            "(--imported).",
        ),
        "en": (
            "The measurement stopped: the made-up warehouse has no more orders to pick.",
            "No real order was touched.",
            "Ask for more orders (--orders), fewer scans (--scans) or a smaller import "
            "(--imported).",
        ),
    },
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
