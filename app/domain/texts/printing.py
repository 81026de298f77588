"""Texts of printing and of the carriers' tracking codes."""

from __future__ import annotations

_REASONS = {
    "unreachable": ("não responde na rede", "does not answer on the network"),
    "cut_off": ("a ligação caiu no meio", "the connection broke off"),
    "no_answer": ("não informou o estado", "did not tell its state"),
    "timeout": ("demorou demais", "took too long"),
    "paper_out": ("sem papel", "out of paper"),
    "head_open": ("tampa aberta", "its head is open"),
    "paused": ("em pausa", "paused"),
    "folder": ("a pasta não aceita arquivos", "the folder takes no files"),
}
WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in _REASONS.items()
}

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "PRINTER_DOWN": {  # printer, detail
        "pt": (
            "Impressora {printer} não está pronta: {detail:the}.",
            "A etiqueta está guardada; nenhuma outra será gerada.",
            "Verifique a impressora e reimprima, ou escolha outra.",
        ),
        "en": (
            "Printer {printer} is not ready: {detail:the}.",
            "The label is kept; no second one will be made.",
            "Check the printer and reprint, or choose another.",
        ),
    },
    "PRINTER_PAPER": {  # printer
        "pt": (
            "Impressora {printer} sem papel.",
            "A etiqueta está guardada; nenhuma outra será gerada.",
            "Reponha o papel e reimprima.",
        ),
        "en": (
            "Printer {printer} is out of paper.",
            "The label is kept; no second one will be made.",
            "Load paper and reprint.",
        ),
    },
    "PRINTER_TIMEOUT": {  # printer
        "pt": (
            "Impressora {printer} não respondeu a tempo.",
            "A etiqueta está guardada; talvez tenha saído.",
            "Se ela saiu, bipe-a; se não, reimprima.",
        ),
        "en": (
            "Printer {printer} did not answer in time.",
            "The label is kept; it may have come out.",
            "If it came out, scan it; if not, reprint.",
        ),
    },
    "PRINTED": {  # printer
        "pt": (
            "Etiqueta enviada para {printer}.",
            "O volume espera a prova da etiqueta.",
            "Cole a etiqueta no volume e bipe-a.",
        ),
        "en": (
            "Label sent to {printer}.",
            "The package waits for its label's proof.",
            "Put the label on the package and scan it.",
        ),
    },
    "REPRINTED": {  # copy, printer
        "pt": (
            "{copy}ª via enviada para {printer}.",
            "É a mesma etiqueta, com o mesmo rastreio.",
            "Destrua a via anterior, cole esta e bipe-a.",
        ),
        "en": (
            "Copy {copy} sent to {printer}.",
            "It is the same label, with the same tracking code.",
            "Destroy the earlier copy, put this one on and scan it.",
        ),
    },
    "NO_TRACKING_CODES": {  # carrier, service
        "pt": (
            "Acabaram os códigos de rastreio de {carrier} {service}.",
            "O pedido espera na etapa Etiqueta; nada foi perdido.",
            "Peça ao supervisor uma nova faixa de códigos.",
        ),
        "en": (
            "No tracking codes left for {carrier} {service}.",
            "The order waits at its label; nothing is lost.",
            "Ask the supervisor for a new range of codes.",
        ),
    },
    "TRACKING_LOW": {  # carrier, service, left
        "pt": (
            "Restam {left} códigos de rastreio de {carrier} {service}.",
            "Este pedido segue normalmente.",
            "Avise o supervisor para carregar outra faixa.",
        ),
        "en": (
            "{left} tracking codes left for {carrier} {service}.",
            "This order goes on as usual.",
            "Tell the supervisor to load another range.",
        ),
    },
}
PROMPTS: dict[str, dict[str, str]] = {}
