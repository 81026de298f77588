"""Texts of help and of tickets."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "HELP_ASKED": {
        "pt": (
            "Ajuda pedida.",
            "Nada mudou nos pedidos.",
            "Continue o trabalho; o chamado segue sozinho.",
        ),
        "en": (
            "Help is asked for.",
            "Nothing changed in the orders.",
            "Go on working; the ticket goes by itself.",
        ),
    },
    "CRASHED": {
        "pt": (
            "O Expedita fechou sem aviso da última vez.",
            "O que estava gravado está a salvo; a tarefa continua onde parou.",
            "Siga o trabalho; envie o chamado que está pronto.",
        ),
        "en": (
            "Expedita ended without warning the last time.",
            "What was saved is safe; the task goes on where it stopped.",
            "Go on working; send the ticket that is ready.",
        ),
    },
}
