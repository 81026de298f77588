"""Texts of backups, of bringing them back, and of the recovery key."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "BACKUP_MADE": {  # file
        "pt": (
            "Cópia de segurança feita e conferida.",
            "Os pedidos podem ser recuperados até aqui.",
            "Está em {file}",
        ),
        "en": (
            "Backup made and checked.",
            "The orders can be recovered up to here.",
            "It is in {file}",
        ),
    },
    "BACKUP_FAILED": {  # reason, folder
        "pt": (
            "A cópia de segurança não foi feita: {reason:a}.",
            "O trabalho segue normal, mas uma falha do disco perderia o que veio depois da "
            "última cópia.",
            "Confira a pasta {folder} e toque em Copiar agora, nos Ajustes.",
        ),
        "en": (
            "The backup was not made: {reason:a}.",
            "Work goes on, but a failure of the disk would lose what came after the last backup.",
            "Check the folder {folder} and press Back up now, in Settings.",
        ),
    },
    "BACKUP_BUSY": {
        "pt": (
            "Outro programa faz há muito tempo uma cópia destes dados.",
            "Esta cópia não foi feita; nenhum pedido mudou.",
            "Espere que termine e tente de novo; se nunca termina, reinicie o computador.",
        ),
        "en": (
            "Another program has long been making a backup of this data.",
            "This backup was not made; no order changed.",
            "Let it end and try again; if it never ends, restart the computer.",
        ),
    },
    "BACKUP_BAD": {  # detail
        "pt": (
            "A cópia de segurança está danificada ou não abre ({detail}).",
            "Ela não serve para recuperar; os pedidos desta estação não mudaram.",
            "Use outra cópia, ou confira o disco onde ela está.",
        ),
        "en": (
            "The backup is damaged or does not open ({detail}).",
            "It cannot be used to recover; this station's orders did not change.",
            "Use another backup, or check the disk that it is on.",
        ),
    },
    "BACKUP_NONE": {  # detail
        "pt": (
            "Não há cópia de segurança boa em {detail}.",
            "Nada foi mudado.",
            "Aponte o arquivo de uma cópia: expedita restore ARQUIVO.",
        ),
        "en": (
            "There is no good backup in {detail}.",
            "Nothing was changed.",
            "Name a backup's file: expedita restore FILE.",
        ),
    },
    "RECOVERY_KEY_WRONG": {
        "pt": (
            "A chave de recuperação não confere.",
            "Nada foi mudado.",
            "Digite os 34 sinais da folha, ou bipe o código de barras dela.",
        ),
        "en": (
            "That is not the recovery key.",
            "Nothing was changed.",
            "Type the 34 characters of the sheet, or scan its barcode.",
        ),
    },
    "RECOVERY_KEY_DUE": {
        "pt": (
            "Ninguém guardou ainda a chave de recuperação.",
            "Sem ela as cópias só abrem nesta estação.",
            "Uma supervisora entra e a imprime.",
        ),
        "en": (
            "Nobody has kept the recovery key yet.",
            "Without it the backups open at this station only.",
            "A supervisor signs in and prints it.",
        ),
    },
    "RECOVERY_SHEET": {  # file
        "pt": (
            "Folha da chave de recuperação gravada.",
            "Os pedidos não mudaram.",
            "Imprima {file} e depois apague o arquivo.",
        ),
        "en": (
            "The sheet with the recovery key is written.",
            "No order changed.",
            "Print {file} and delete the file afterwards.",
        ),
    },
    "RECOVERY_KEPT": {
        "pt": (
            "Chave de recuperação guardada.",
            "Ela não é mostrada de novo.",
            "Deixe a folha num cofre, longe da estação.",
        ),
        "en": (
            "Recovery key kept.",
            "It is not shown again.",
            "Leave the sheet in a safe, away from the station.",
        ),
    },
    "RESTORE_OFFER": {  # made_at
        "pt": (
            "A última cópia boa é de {made_at}.",
            "O que foi feito depois dela é salvo até onde se pode ler; o resto fica numa lista.",
            "Toque em Recuperar agora.",
        ),
        "en": (
            "The last good backup is of {made_at}.",
            "What was done after it is saved as far as it can be read; the rest is listed.",
            "Press Recover now.",
        ),
    },
    "RESTORE_OWN_OFFER": {
        "pt": (
            "O arquivo que está aqui abre e está inteiro, só lhe faltam as últimas leituras.",
            "Se ele for usado assim, o que falta fica numa lista.",
            "Se puder, devolva o arquivo que falta. Se não, toque em Recuperar agora.",
        ),
        "en": (
            "The file that is here opens and is whole; only the last scans are missing.",
            "If it is used as it is, what is missing is listed.",
            "If you can, put the missing file back. If not, press Recover now.",
        ),
    },
    "RESTORE_SCRATCH_OFFER": {
        "pt": (
            "Não há cópia boa, mas parte do arquivo ainda pode ser lida.",
            "O que está inteiro volta; o que não puder ser lido fica numa lista de dúvidas.",
            "Se houver uma cópia em outro disco, use-a: expedita restore ARQUIVO. "
            "Se não, toque em Recuperar agora.",
        ),
        "en": (
            "There is no good backup, but a part of the file can still be read.",
            "What is whole comes back; what cannot be read is listed as in doubt.",
            "If a backup lies on another disk, use it: expedita restore FILE. "
            "If not, press Recover now.",
        ),
    },
    "RESTORED_SCRATCH": {  # salvaged, doubts, report
        "pt": (
            "Recuperado do que ainda se podia ler, sem cópia.",
            "{salvaged} registros voltaram; {doubts} pontos em dúvida.",
            "Abra o Expedita. Confira o que está em Pendências e no relatório {report}",
        ),
        "en": (
            "Recovered from what could still be read, without a backup.",
            "{salvaged} entries came back; {doubts} points are in doubt.",
            "Open Expedita. Check what shows in Exceptions and in the report {report}",
        ),
    },
    "RECOVERY_KEY_SHOWN": {
        "pt": (
            "A chave de recuperação já foi mostrada e guardada.",
            "Ela não é mostrada de novo.",
            "Se a folha se perdeu, faça outra chave: expedita recovery --new.",
        ),
        "en": (
            "The recovery key was shown and kept already.",
            "It is not shown again.",
            "If the sheet is lost, make another key: expedita recovery --new.",
        ),
    },
    "RESTORED": {  # made_at, salvaged, doubts, report
        "pt": (
            "Recuperado da cópia de {made_at}.",
            "{salvaged} registros feitos depois dela foram salvos; {doubts} pontos em dúvida.",
            "Abra o Expedita. O que está em dúvida aparece em Pendências e no relatório {report}",
        ),
        "en": (
            "Recovered from the backup of {made_at}.",
            "{salvaged} entries made after it were saved; {doubts} points are in doubt.",
            "Open Expedita. What is in doubt shows in Exceptions and in the report {report}",
        ),
    },
    "RESTORED_OWN": {  # doubts, report
        "pt": (
            "O arquivo dos pedidos está de novo em uso, como ele é.",
            "O que faltava não volta; {doubts} pontos em dúvida.",
            "Abra o Expedita. O que está em dúvida está no relatório {report}",
        ),
        "en": (
            "The file of the orders is in use again, as it is.",
            "What was missing does not come back; {doubts} points are in doubt.",
            "Open Expedita. What is in doubt is in the report {report}",
        ),
    },
    "BACKUP_GOOD": {  # file
        "pt": ("A cópia {file} está inteira.", "Nada foi mudado.", "Nada a fazer."),
        "en": ("The backup {file} is whole.", "Nothing was changed.", "Nothing to do."),
    },
    "VERIFIED": {  # count
        "pt": (
            "Tudo inteiro: os pedidos desta estação e {count} cópias.",
            "Nada foi mudado.",
            "Nada a fazer.",
        ),
        "en": (
            "All whole: this station's orders and {count} backups.",
            "Nothing was changed.",
            "Nothing to do.",
        ),
    },
    "RESTORE_NOT_NEEDED": {
        "pt": (
            "Os pedidos desta estação estão inteiros.",
            "Nada foi mudado.",
            "Abra o Expedita normalmente.",
        ),
        "en": (
            "This station's orders are whole.",
            "Nothing was changed.",
            "Open Expedita as usual.",
        ),
    },
    "SOAK_NOT_HERE": {
        "pt": (
            "O ensaio de quedas de energia não roda no Windows.",
            "Nada foi feito.",
            "Rode-o num Linux ou macOS.",
        ),
        "en": (
            "The rehearsal of power cuts does not run on Windows.",
            "Nothing was done.",
            "Run it on Linux or macOS.",
        ),
    },
}

_REASONS = {
    "STORE_FULL": ("o disco das cópias está cheio", "the disk of the backups is full"),
    "STORE_READ_ONLY": ("não se pode gravar na pasta", "the folder can't be written to"),
    "STORE_FAILED": ("o disco falhou", "the disk failed"),
    "STORE_DAMAGED": ("o arquivo dos pedidos está danificado", "the file of the orders is damaged"),
    "STORE_BUSY": ("o arquivo dos pedidos está ocupado", "the file of the orders is busy"),
    "STORE_UNUSABLE": ("a pasta não pode ser usada", "the folder can't be used"),
    "BACKUP_BAD": ("o que foi gravado não pôde ser lido", "what was written could not be read"),
    "BACKUP_LATE": ("a última tem mais de dois dias", "the last is older than two days"),
}
_DOUBTS = {
    "restored_in_doubt": (
        "recuperado depois de um dano: conferir o que falta",
        "recovered after damage: check what is missing",
    ),
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in (_REASONS | _DOUBTS).items()
}
