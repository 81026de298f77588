"""What the journal and the order's story are written in: kinds of entries, gates, states."""

from __future__ import annotations

_KINDS = {
    "ToteLoaded": ("caixa no carrinho", "tote on the cart"),
    "BinReached": ("endereço bipado", "bin scanned"),
    "UnitsTaken": ("unidades na mão", "units taken"),
    "UnitsPlaced": ("unidades na caixa", "units in the tote"),
    "LineShorted": ("falta registrada", "short recorded"),
    "LineSkipped": ("item pulado", "line skipped"),
    "LineSubstituted": ("produto trocado", "product substituted"),
    "LineRedirected": ("outro endereço", "other bin"),
    "BinChecked": ("endereço conferido", "bin checked"),
    "CountOpened": ("contagem aberta", "count opened"),
    "StockCounted": ("endereço contado", "bin counted"),
    "ToteSetAside": ("caixa deixada à parte", "tote set aside"),
    "PickDropped": ("na bancada", "dropped at the bench"),
    "PackOpened": ("conferência aberta", "packing opened"),
    "NoteConfirmed": ("observação lida", "note read"),
    "UnitsVerified": ("unidades conferidas", "units verified"),
    "BoxChosen": ("embalagem escolhida", "box chosen"),
    "PackageClosed": ("volume fechado", "package closed"),
    "PackageOpened": ("volume aberto", "package opened"),
    "PackageWeighed": ("volume pesado", "package weighed"),
    "LabelCreated": ("etiqueta criada", "label created"),
    "LabelPrinted": ("etiqueta impressa", "label printed"),
    "LabelVoided": ("etiqueta cancelada", "label voided"),
    "LabelVerified": ("etiqueta conferida", "label verified"),
    "OrderPacked": ("pedido embalado", "order packed"),
    "PackParked": ("na estante de pendências", "parked on the problem shelf"),
    "ManifestOpened": ("romaneio aberto", "manifest opened"),
    "PackageLoaded": ("volume carregado", "package loaded"),
    "PackageUnloaded": ("volume descarregado", "package unloaded"),
    "ManifestClosed": ("romaneio fechado", "manifest closed"),
    "ManifestHandedOver": ("entregue à transportadora", "handed over to the carrier"),
    "OrderCancelled": ("pedido cancelado", "order cancelled"),
    "UnitsPutBack": ("unidades devolvidas", "units put back"),
    "PutBackDone": ("devolução completa", "put-back complete"),
    "OrderReleased": ("pedido liberado", "order released"),
    "OrderHeld": ("pedido bloqueado", "order held"),
    "HoldLifted": ("bloqueio retirado", "hold lifted"),
    "OrderPinned": ("prioridade mudada", "priority changed"),
    "ProblemRaised": ("problema avisado", "problem raised"),
    "ProblemSettled": ("pendência resolvida", "matter settled"),
    "CodeLinked": ("código vinculado", "code linked"),
    "TaskClaimed": ("tarefa assumida", "task claimed"),
    "TaskClosed": ("tarefa encerrada", "task closed"),
    "Undone": ("desfeito", "undone"),
    "SignedIn": ("entrou", "signed in"),
    "SignedOut": ("saiu", "signed out"),
    "SignInFailed": ("entrada recusada", "sign-in refused"),
    "PermissionRefused": ("ação sem permissão", "action not permitted"),
    "PersonalDataRevealed": ("dados do cliente vistos", "customer's data seen"),
    "DataExported": ("dados exportados", "data exported"),
    "SettingChanged": ("ajuste mudado", "setting changed"),
    "OperatorAdded": ("operador cadastrado", "operator added"),
    "OperatorDisabled": ("operador desativado", "operator disabled"),
    "OperatorEnabled": ("operador reativado", "operator enabled"),
    "PinChanged": ("PIN trocado", "PIN changed"),
}
_REFUSALS = {
    "PIN_WRONG": ("PIN errado", "wrong PIN"),
    "PIN_WAIT": ("antes do fim da espera", "before the wait was over"),
    "BADGE_UNKNOWN": ("crachá que ninguém tem", "a badge that nobody has"),
    "OPERATOR_DISABLED": ("acesso desativado", "access taken away"),
}
_ROLES = {
    "picker": ("separador", "picker"),
    "packer": ("embalador", "packer"),
    "dispatcher": ("expedidor", "dispatcher"),
    "supervisor": ("supervisor", "supervisor"),
    "support": ("suporte", "support"),
}
_GATES = {
    "payment": ("pagamento", "payment"),
    "stock": ("estoque", "stock"),
    "invoice": ("NF-e", "NF-e"),
    "label": ("etiqueta", "label"),
    "waiting": ("esperando", "waiting"),
    "done": ("feito", "done"),
    "failed": ("falhou", "failed"),
    "pending": ("pendente", "pending"),
    "refunded": ("devolvido ao cliente", "refunded"),
}
_PACKAGES = {
    "OPEN": ("aberto", "open"),
    "CLOSED": ("fechado", "closed"),
    "LABELLED": ("etiquetado", "labelled"),
    "VERIFIED": ("conferido", "verified"),
    "LOADED": ("carregado", "loaded"),
    "HANDED_OVER": ("entregue à transportadora", "handed over"),
    "VOID": ("cancelado", "void"),
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in (_KINDS | _GATES | _PACKAGES | _REFUSALS | _ROLES).items()
}
