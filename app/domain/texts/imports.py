"""What an import came to, and why a record was kept aside."""

from __future__ import annotations

_ASIDE = (
    "O registro foi guardado à parte; nada mais parou.",
    "The record is kept aside; nothing else stopped.",
)
_REPAIR = (
    "Corrija na origem e importe o arquivo de novo.",
    "Correct it at its source and import the file again.",
)


def _aside(pt: str, en: str) -> dict[str, tuple[str, str, str]]:
    return {"pt": (pt, _ASIDE[0], _REPAIR[0]), "en": (en, _ASIDE[1], _REPAIR[1])}


TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "IMPORT_DONE": {
        "pt": (
            "Importação: {new} novos, {changed} alterados, {unchanged} iguais, {rejected} à parte.",
            "Os pedidos bons estão na fila.",
            "Veja os registros à parte em Pendências.",
        ),
        "en": (
            "Import: {new} new, {changed} changed, {unchanged} unchanged, {rejected} kept aside.",
            "The good orders are in the queue.",
            "See the records kept aside in Exceptions.",
        ),
    },
    "IMPORT_CANCELLED": {
        "pt": (
            "Importação interrompida: {new} novos, {changed} alterados até aqui.",
            "O que já entrou está gravado.",
            "Importe o mesmo arquivo para continuar de onde parou.",
        ),
        "en": (
            "Import stopped: {new} new, {changed} changed so far.",
            "What came in is recorded.",
            "Import the same file to go on where it stopped.",
        ),
    },
    "IMPORT_UNREADABLE": {
        "pt": (
            "O arquivo {file} não pode ser lido: {detail}.",
            "Nenhum pedido mudou.",
            "Confira o caminho e a permissão do arquivo.",
        ),
        "en": (
            "The file {file} can't be read: {detail}.",
            "No order changed.",
            "Check the file's path and permission.",
        ),
    },
    "IMPORT_UNKNOWN_FORMAT": {
        "pt": (
            "{file} não é um arquivo de pedidos, catálogo, endereços ou NF-e.",
            "Nenhum pedido mudou.",
            "Use JSON Lines (em UTF-8), CSV ou XML com os campos do guia do administrador.",
        ),
        "en": (
            "{file} is no file of orders, catalogue, bins or NF-e.",
            "No order changed.",
            "Use JSON Lines (in UTF-8), CSV or XML with the fields of the administrator's guide.",
        ),
    },
    "JSON_BAD": _aside("Linha que não é um registro JSON.", "A line that is no JSON record."),
    "LINE_TOO_LONG": _aside("Linha longa demais.", "A line that is too long."),
    "FIELD_MISSING": _aside("Falta o campo {detail}.", "The field {detail} is missing."),
    "FIELD_BAD": _aside("O campo {detail} não serve.", "The field {detail} does not fit."),
    "ORDER_NO_LINES": _aside("Pedido sem itens.", "An order without lines."),
    "ORDER_DONE_THERE": _aside(
        "O pedido já foi concluído no sistema de origem.",
        "The order was already finished in its source.",
    ),
    "ORDER_BAD_CEP": _aside("CEP que não tem 8 dígitos.", "A CEP that has not 8 digits."),
    "NFE_UNREADABLE": _aside("XML que não pode ser lido.", "An XML that can't be read."),
    "NFE_UNKNOWN": _aside("XML que não é uma NF-e.", "An XML that is no NF-e."),
}

PROMPTS: dict[str, dict[str, str]] = {}
