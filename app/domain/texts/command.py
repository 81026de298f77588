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
    "HOME_UNUSABLE": {  # folder, detail
        "pt": (
            "A pasta de dados {folder} não pode ser usada: {detail}.",
            "Nenhum pedido mudou.",
            "Confira o caminho, a permissão e o espaço, ou indique outra pasta com --home.",
        ),
        "en": (
            "The data folder {folder} can't be used: {detail}.",
            "No order changed.",
            "Check its path, permission and space, or name another folder with --home.",
        ),
    },
    "NO_SCREEN": {
        "pt": (
            "Não há tela em que a janela possa abrir.",
            "Nenhum pedido mudou.",
            "Abra na sessão de quem está diante do computador; sem tela: expedita worker.",
        ),
        "en": (
            "There is no screen on which the window could open.",
            "No order changed.",
            "Open it in the session of whoever sits at the computer; without a screen: "
            "expedita worker.",
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
