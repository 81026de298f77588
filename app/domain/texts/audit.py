"""Texts of the audit: whether the journal is whole, and what to do where it is not."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "JOURNAL_WHOLE": {  # stations, entries
        "pt": (
            "O diário está inteiro: {entries} registros de {stations} estações.",
            "Nenhum registro foi mudado, tirado ou trocado de lugar.",
            "Guarde os números finais fora deste computador: com eles se prova o fim do diário.",
        ),
        "en": (
            "The journal is whole: {entries} entries of {stations} stations.",
            "No entry was changed, removed or moved.",
            "Keep the final numbers away from this computer: they prove where the journal ended.",
        ),
    },
    "JOURNAL_BROKEN": {  # station, seq, count
        "pt": (
            "O diário de {station} foi alterado: o registro {seq} não confere ({count} no total).",
            "O que foi feito nos pedidos pode não ser o que está escrito.",
            "Não apague nada; guarde uma cópia da pasta e chame o suporte.",
        ),
        "en": (
            "The journal of {station} was altered: entry {seq} does not fit ({count} in all).",
            "What was done to the orders may not be what is written.",
            "Delete nothing; keep a copy of the folder and call support.",
        ),
    },
    "JOURNAL_CUT": {  # station, seq, kept
        "pt": (
            "O diário de {station} termina no registro {kept}; já teve o {seq}.",
            "Registros recentes faltam ou foram escritos de novo.",
            "Não apague nada; guarde uma cópia da pasta e chame o suporte.",
        ),
        "en": (
            "The journal of {station} ends at entry {kept}; it once had {seq}.",
            "Recent entries are missing or were written anew.",
            "Delete nothing; keep a copy of the folder and call support.",
        ),
    },
    "JOURNAL_NO_MARK": {
        "pt": (
            "Falta a anotação expedita.mark.",
            "Não se pode saber se o fim do diário foi cortado.",
            "Confira com os números guardados de uma verificação anterior (--expect).",
        ),
        "en": (
            "The note expedita.mark is missing.",
            "Whether the end of the journal was cut off can't be known.",
            "Check with the numbers kept from an earlier check (--expect).",
        ),
    },
    "EXPORT_FAILED": {  # file, detail
        "pt": (
            "O arquivo {file} não pôde ser gravado: {detail}.",
            "Nada saiu; a tentativa ficou na auditoria.",
            "Escolha outra pasta e tente de novo.",
        ),
        "en": (
            "The file {file} could not be written: {detail}.",
            "Nothing left; the try is in the audit.",
            "Choose another folder and try again.",
        ),
    },
    "EXPORTED": {  # rows, file
        "pt": (
            "{rows} linhas gravadas em {file}.",
            "A exportação ficou registrada na auditoria.",
            "Guarde o arquivo em lugar seguro.",
        ),
        "en": (
            "{rows} rows written to {file}.",
            "The export is recorded in the audit.",
            "Keep the file in a safe place.",
        ),
    },
}
