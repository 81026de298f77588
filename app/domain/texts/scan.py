"""Answers to a scan before any task has looked at it, and the words for what was scanned."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "UNKNOWN_CODE": {  # code
        "pt": (
            "Código não cadastrado: {code}.",
            "Nada mudou no pedido.",
            "Confira o produto e bipe outro código dele, ou bipe PROBLEMA.",
        ),
        "en": (
            "Unknown code: {code}.",
            "Nothing changed in the order.",
            "Check the item and scan another code on it, or scan PROBLEMA.",
        ),
    },
    "BAD_READ": {  # code
        "pt": (
            "Leitura incompleta, bipe de novo.",
            "Nada foi contado.",
            "Aponte para o código inteiro; se está danificado, bipe outro do mesmo produto.",
        ),
        "en": (
            "Incomplete read, scan again.",
            "Nothing was counted.",
            "Aim at the whole code; if it is damaged, scan another on the same item.",
        ),
    },
    "WRONG_KIND": {  # read, asked: codes of WORDS
        "pt": ("Isto é {read:a}. Bipe {asked:the}.", "Nada mudou no pedido.", "Bipe {asked:the}."),
        "en": (
            "This is {read:a}. Scan {asked:the}.",
            "Nothing changed in the order.",
            "Scan {asked:the}.",
        ),
    },
    "CODE_LINKED": {  # code, sku
        "pt": (
            "Código {code} vinculado a {sku}.",
            "A próxima leitura dele já conta.",
            "Bipe de novo.",
        ),
        "en": (
            "Code {code} is linked to {sku}.",
            "Its next scan counts.",
            "Scan it again.",
        ),
    },
    "LINK_IMPOSSIBLE": {
        "pt": (
            "Este código não pode ser de um produto.",
            "Nada foi vinculado.",
            "Bipe primeiro o código desconhecido do produto, e então vincule.",
        ),
        "en": (
            "This code can't be a product's.",
            "Nothing was linked.",
            "Scan the product's unknown code first, then link it.",
        ),
    },
    "AMBIGUOUS": {  # count
        "pt": (
            "{count} produtos com este código.",
            "Nada foi contado.",
            "Escolha o produto na tela, ou bipe outro código dele.",
        ),
        "en": (
            "{count} products have this code.",
            "Nothing was counted.",
            "Choose the product on the screen, or scan another code on it.",
        ),
    },
    "REPEATED": {  # code
        "pt": (
            "Leitura repetida, ignorada: {code}.",
            "Contou uma vez só.",
            "Para contar outra unidade, espere um instante e bipe de novo.",
        ),
        "en": (
            "Repeated read, ignored: {code}.",
            "It was counted once.",
            "To count another unit, wait a moment and scan again.",
        ),
    },
    "ACK_FIRST": {
        "pt": (
            "Há um aviso para confirmar.",
            "Esta leitura não foi contada.",
            "Leia o aviso, confirme com a tecla ou bipe OK, e bipe de novo.",
        ),
        "en": (
            "A warning waits for you.",
            "This scan was not counted.",
            "Read it, acknowledge with the key or scan OK, then scan again.",
        ),
    },
    "SIGN_IN_FIRST": {
        "pt": ("Ninguém entrou nesta estação.", "Nada foi contado.", "Bipe seu crachá."),
        "en": ("Nobody is signed in here.", "Nothing was counted.", "Scan your badge."),
    },
    "NO_TASK": {
        "pt": (
            "Nenhum trabalho aberto nesta estação.",
            "Nada foi contado.",
            "Busque trabalho, ou bipe um pedido, uma caixa ou uma doca.",
        ),
        "en": (
            "No work is open at this station.",
            "Nothing was counted.",
            "Get work, or scan an order, a tote or a dock.",
        ),
    },
    "SCANNER_LOST": {  # port
        "pt": (
            "O leitor da porta {port} não responde.",
            "Nenhum pedido mudou.",
            "Confira o cabo; ele volta sozinho. Um leitor de teclado também serve.",
        ),
        "en": (
            "The scanner on port {port} does not answer.",
            "No order changed.",
            "Check the cable; it comes back by itself. A keyboard scanner works too.",
        ),
    },
}

PROMPTS: dict[str, dict[str, str]] = {
    "ACKNOWLEDGE": {"pt": "Leia o aviso e confirme", "en": "Read the warning and acknowledge it"},
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    "command": {
        "pt": {"a": "um comando", "the": "o comando"},
        "en": {"a": "a command", "the": "the command"},
    },
    "badge": {
        "pt": {"a": "um crachá", "the": "o crachá"},
        "en": {"a": "a badge", "the": "the badge"},
    },
    "tote": {
        "pt": {"a": "uma caixa de coleta", "the": "a caixa de coleta"},
        "en": {"a": "a tote", "the": "the tote"},
    },
    "bin": {
        "pt": {"a": "um endereço", "the": "o endereço"},
        "en": {"a": "a bin", "the": "the bin"},
    },
    "order": {
        "pt": {"a": "um pedido", "the": "o pedido"},
        "en": {"a": "an order", "the": "the order"},
    },
    "box": {
        "pt": {"a": "uma embalagem", "the": "a embalagem"},
        "en": {"a": "a box", "the": "the box"},
    },
    "dock": {"pt": {"a": "uma doca", "the": "a doca"}, "en": {"a": "a dock", "the": "the dock"}},
    "bench": {
        "pt": {"a": "uma bancada", "the": "a bancada"},
        "en": {"a": "a bench", "the": "the bench"},
    },
    "printer": {
        "pt": {"a": "uma impressora", "the": "a impressora"},
        "en": {"a": "a printer", "the": "the printer"},
    },
    "label": {
        "pt": {"a": "uma etiqueta", "the": "a etiqueta"},
        "en": {"a": "a shipping label", "the": "the shipping label"},
    },
    "nfe_key": {
        "pt": {"a": "uma nota fiscal", "the": "a nota fiscal"},
        "en": {"a": "an invoice", "the": "the invoice"},
    },
    "product": {
        "pt": {"a": "um produto", "the": "o produto"},
        "en": {"a": "an item", "the": "the item"},
    },
    "lot": {"pt": {"a": "um lote", "the": "o lote"}, "en": {"a": "a lot", "the": "the lot"}},
    "code": {"pt": {"a": "um código", "the": "o código"}, "en": {"a": "a code", "the": "the code"}},
}
