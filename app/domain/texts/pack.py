"""Answers and prompts of the packing bench, and those that picking and dispatch share with it."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "PACK_OPENED": {  # order
        "pt": (
            "Pedido {order} na bancada.",
            "A conferência começou.",
            "Bipe cada unidade.",
        ),
        "en": (
            "Order {order} is on the bench.",
            "The check has begun.",
            "Scan each unit.",
        ),
    },
    "NOTE_CONFIRMED": {
        "pt": (
            "Recado lido.",
            "O pedido pode ser embalado.",
            "Bipe cada unidade.",
        ),
        "en": (
            "Note read.",
            "The order can be packed.",
            "Scan each unit.",
        ),
    },
    "UNIT_VERIFIED": {  # sku, name, done, quantity
        "pt": (
            "{name}: {done}/{quantity}.",
            "Conferidas {units_done} de {units_total} unidades.",
            "Bipe a próxima unidade.",
        ),
        "en": (
            "{name}: {done}/{quantity}.",
            "{units_done} of {units_total} units verified.",
            "Scan the next unit.",
        ),
    },
    "LINE_VERIFIED": {  # sku, name, done, quantity
        "pt": (
            "{name}: completo ({done}/{quantity}).",
            "Conferidas {units_done} de {units_total} unidades.",
            "Bipe o próximo produto.",
        ),
        "en": (
            "{name}: complete ({done}/{quantity}).",
            "{units_done} of {units_total} units verified.",
            "Scan the next item.",
        ),
    },
    "ALL_VERIFIED": {  # units_total
        "pt": (
            "Tudo conferido: {units_total} unidades.",
            "O último volume está fechado.",
            "Siga para a embalagem.",
        ),
        "en": (
            "All verified: {units_total} units.",
            "The last package is closed.",
            "Go on to the box.",
        ),
    },
    "PACKAGE_CLOSED": {  # package, next
        "pt": (
            "Volume {package} fechado.",
            "As próximas unidades vão no volume {next}.",
            "Embale o volume {package}.",
        ),
        "en": (
            "Package {package} closed.",
            "The next units go in package {next}.",
            "Box package {package}.",
        ),
    },
    "BOX_OK": {  # box, package
        "pt": (
            "Volume {package} na embalagem {box}.",
            "A medida do volume está definida.",
            "Siga o que a tela pede.",
        ),
        "en": (
            "Package {package} goes in box {box}.",
            "The package's size is settled.",
            "Do as the screen asks.",
        ),
    },
    "WEIGHT_OK": {  # weight_g, package
        "pt": (
            "Volume {package}: {weight_g} g, confere.",
            "O peso está registrado.",
            "Siga o que a tela pede.",
        ),
        "en": (
            "Package {package}: {weight_g} g, right.",
            "The weight is recorded.",
            "Do as the screen asks.",
        ),
    },
    "WEIGHT_OVERRIDDEN": {  # weight_g, package
        "pt": (
            "Volume {package}: {weight_g} g, aceito com motivo.",
            "O peso e o motivo estão registrados.",
            "Siga o que a tela pede.",
        ),
        "en": (
            "Package {package}: {weight_g} g, accepted with a reason.",
            "The weight and the reason are recorded.",
            "Do as the screen asks.",
        ),
    },
    "LABEL_VERIFIED": {  # package, packages
        "pt": (
            "Etiqueta certa no volume {package} de {packages}.",
            "O volume está pronto.",
            "Pegue a etiqueta do próximo volume.",
        ),
        "en": (
            "Right label on package {package} of {packages}.",
            "The package is ready.",
            "Take the next package's label.",
        ),
    },
    "ORDER_PACKED": {  # order, packages
        "pt": (
            "Pedido {order} embalado.",
            "Volumes prontos para a expedição: {packages}.",
            "Leve à expedição e abra o próximo pedido.",
        ),
        "en": (
            "Order {order} packed.",
            "Packages ready for dispatch: {packages}.",
            "Take it to dispatch and open the next order.",
        ),
    },
    "LABEL_AGAIN": {  # package
        "pt": (
            "Outra via da etiqueta do volume {package}.",
            "Ela diz que é outra via; o rastreio é o mesmo.",
            "Cole esta e bipe-a. Se a primeira aparecer, destrua-a.",
        ),
        "en": (
            "A further copy of the label of package {package}.",
            "It says that it is one; the tracking code is the same.",
            "Put this one on and scan it. Destroy the first if it turns up.",
        ),
    },
    "LABEL_RETRY": {  # order
        "pt": (
            "Gerando a etiqueta do pedido {order}.",
            "Um só código de rastreio é usado.",
            "Aguarde a etiqueta e bipe-a.",
        ),
        "en": (
            "Making the label of order {order}.",
            "Only one tracking code is used.",
            "Wait for the label and scan it.",
        ),
    },
    "REPRINTING": {  # package, copy
        "pt": (
            "Imprimindo a {copy}ª via do volume {package}.",
            "O código de rastreio é o mesmo.",
            "Destrua a via anterior, cole a nova e bipe-a.",
        ),
        "en": (
            "Printing copy {copy} for package {package}.",
            "The tracking code is the same.",
            "Destroy the former copy, stick the new one on and scan it.",
        ),
    },
    "PARKED_INVOICE": {  # order
        "pt": (
            "Pedido {order} na prateleira de nota.",
            "Ele espera a nota fiscal; a bancada está livre.",
            "Guarde os volumes e abra o próximo pedido.",
        ),
        "en": (
            "Order {order} is on the invoice shelf.",
            "It waits for its invoice; the bench is free.",
            "Put the packages away and open the next order.",
        ),
    },
    "PARKED": {  # order
        "pt": (
            "Pedido {order} na prateleira de problemas.",
            "Ele espera em Pendências; as etiquetas dele não valem mais.",
            "Guarde os volumes e avise o supervisor.",
        ),
        "en": (
            "Order {order} is on the problem shelf.",
            "It waits in Exceptions; its labels are no longer good.",
            "Put the packages away and tell the supervisor.",
        ),
    },
    "SET_ASIDE": {  # order, units
        "pt": (
            "Pedido {order} separado para devolução.",
            "{units} unidades voltam ao estoque.",
            "Leve tudo à devolução e destrua as etiquetas.",
        ),
        "en": (
            "Order {order} set aside to be put back.",
            "{units} units go back to stock.",
            "Take all of it to put-back and destroy its labels.",
        ),
    },
    "LINE_COMPLETE": {  # done, quantity
        "pt": (
            "Já completo ({done}/{quantity}). Devolva esta unidade.",
            "Esta unidade não foi contada.",
            "Separe-a e siga com o próximo produto.",
        ),
        "en": (
            "Already complete ({done}/{quantity}). Put this unit back.",
            "This unit was not counted.",
            "Set it aside and go on with the next item.",
        ),
    },
    "SERIAL_USED": {  # serial, owner, day
        "pt": (
            "Número de série {serial} já saiu no pedido {owner}, em {day}.",
            "Esta unidade não foi contada.",
            "Confira se é a mesma unidade; se não for, separe-a e chame o supervisor.",
        ),
        "en": (
            "Serial number {serial} went out with order {owner} on {day}.",
            "This unit was not counted.",
            "See whether it is the same unit; if not, set it aside and call the supervisor.",
        ),
    },
    "OVER_QTY": {  # quantity, scanned
        "pt": (
            "Pede {quantity}, você bipou {scanned}.",
            "Nada foi contado.",
            "Tire o que passa e bipe unidade por unidade.",
        ),
        "en": (
            "It asks for {quantity}, you scanned {scanned}.",
            "Nothing was counted.",
            "Take away what is too much and scan unit by unit.",
        ),
    },
    "NOT_IN_ORDER": {  # name
        "pt": (
            "Não faz parte deste pedido.",
            "{name} não foi contado.",
            "Devolva-o ao lugar dele e bipe o produto certo.",
        ),
        "en": (
            "Not part of this order.",
            "{name} was not counted.",
            "Put it back in its place and scan the right item.",
        ),
    },
    "CANCELLED": {  # order, units
        "pt": (
            "Pedido {order} cancelado.",
            "Ele não segue e não sai etiqueta.",
            "Devolver {units} unidades ao estoque.",
        ),
        "en": (
            "Order {order} is cancelled.",
            "It goes no further and gets no label.",
            "Put {units} units back in stock.",
        ),
    },
    "STALE": {  # order
        "pt": (
            "Refeito por outra estação.",
            "{order}: o trabalho mudou de mãos; esta leitura não foi contada.",
            "Abra-o de novo e bipe outra vez.",
        ),
        "en": (
            "Redone by another station.",
            "{order}: the work changed hands; this scan was not counted.",
            "Open it again and scan again.",
        ),
    },
    "ON_HOLD": {  # order, reason, person, since
        "pt": (
            "Pedido {order} bloqueado: {reason}.",
            "Bloqueado por {person} desde {since}; não segue até alguém desbloquear.",
            "Deixe-o de lado e fale com {person}, ou com um supervisor.",
        ),
        "en": (
            "Order {order} is on hold: {reason}.",
            "Held by {person} since {since}; it goes no further until someone lifts the hold.",
            "Put it aside and talk to {person}, or to a supervisor.",
        ),
    },
    "COMMAND_NOT_HERE": {  # command
        "pt": (
            "O comando {command} não cabe aqui.",
            "Nada mudou no pedido.",
            "Siga o que a tela pede.",
        ),
        "en": (
            "The command {command} does not fit here.",
            "Nothing changed in the order.",
            "Do as the screen asks.",
        ),
    },
    "NOTE_FIRST": {  # order
        "pt": (
            "Há um recado para este pedido.",
            "Nenhuma unidade foi contada.",
            "Leia o recado e bipe OK.",
        ),
        "en": (
            "There is a note for this order.",
            "No unit was counted.",
            "Read the note and scan OK.",
        ),
    },
    "UNITS_FIRST": {  # order
        "pt": (
            "Ainda há unidades a conferir.",
            "Este passo vem depois.",
            "Bipe cada unidade.",
        ),
        "en": (
            "There are units left to verify.",
            "This step comes later.",
            "Scan each unit.",
        ),
    },
    "BOX_FIRST": {  # package
        "pt": (
            "O volume {package} ainda está sem embalagem.",
            "Este passo vem depois.",
            "Escolha ou bipe a embalagem.",
        ),
        "en": (
            "Package {package} has no box yet.",
            "This step comes later.",
            "Choose or scan the box.",
        ),
    },
    "WEIGH_FIRST": {  # package
        "pt": (
            "O volume {package} ainda não foi pesado.",
            "Este passo vem depois.",
            "Ponha o volume na balança.",
        ),
        "en": (
            "Package {package} is not weighed yet.",
            "This step comes later.",
            "Put the package on the scale.",
        ),
    },
    "LABEL_PENDING": {  # order
        "pt": (
            "A etiqueta ainda não saiu.",
            "O pedido {order} espera a etiqueta; nada se perdeu.",
            "Aguarde, ou bipe OK para tentar de novo.",
        ),
        "en": (
            "The label is not out yet.",
            "Order {order} waits for it; nothing is lost.",
            "Wait, or scan OK to try again.",
        ),
    },
    "SCAN_LABEL_FIRST": {  # package
        "pt": (
            "Falta bipar a etiqueta do volume {package}.",
            "Este passo não cabe mais.",
            "Cole a etiqueta no volume e bipe-a.",
        ),
        "en": (
            "The label of package {package} is still to be scanned.",
            "This step no longer fits.",
            "Stick the label on the package and scan it.",
        ),
    },
    "PACKAGE_EMPTY": {  # package
        "pt": (
            "O volume {package} está vazio.",
            "Um volume precisa de uma unidade ao menos.",
            "Bipe uma unidade antes de fechar.",
        ),
        "en": (
            "Package {package} is empty.",
            "A package needs at least one unit.",
            "Scan a unit before you close it.",
        ),
    },
    "UNKNOWN_BOX": {  # box, boxes
        "pt": (
            "Embalagem {box} não cadastrada.",
            "O volume continua sem embalagem.",
            "Use uma destas: {boxes}.",
        ),
        "en": (
            "Unknown box {box}.",
            "The package still has no box.",
            "Use one of these: {boxes}.",
        ),
    },
    "BOX_TOO_WEAK": {  # box, weight_g, max_g, better
        "pt": (
            "A embalagem {box} não aguenta {weight_g} g.",
            "O volume continua sem embalagem; ela leva até {max_g} g.",
            "Use a {better}, ou desfaça e divida em dois volumes.",
        ),
        "en": (
            "Box {box} does not carry {weight_g} g.",
            "The package still has no box; this one takes up to {max_g} g.",
            "Use {better}, or undo and split into two packages.",
        ),
    },
    "BAD_WEIGHT": {  # weight_g
        "pt": (
            "Peso inválido: {weight_g} g.",
            "O peso não foi registrado.",
            "Pese de novo.",
        ),
        "en": (
            "Not a weight: {weight_g} g.",
            "No weight was recorded.",
            "Weigh again.",
        ),
    },
    "WEIGHT_OFF": {  # expected_g, measured_g, off_g
        "pt": (
            "Peso fora do esperado: {measured_g} g, esperado {expected_g} g.",
            "Pode faltar ou sobrar uma unidade no volume {package}.",
            "Reconte e pese de novo, ou chame quem pode aceitar com motivo.",
        ),
        "en": (
            "Weight is off: {measured_g} g, expected {expected_g} g.",
            "A unit may be missing or extra in package {package}.",
            "Recount and weigh again, or call someone who may accept it with a reason.",
        ),
    },
    "NFE_MISSING": {  # order
        "pt": (
            "A nota fiscal do pedido {order} não chegou.",
            "Sem ela não há etiqueta; o que foi conferido está guardado.",
            "Bipe OK, e depois PROBLEMA para deixar o pedido na prateleira de nota.",
        ),
        "en": (
            "The invoice of order {order} has not come.",
            "Without it there is no label; what was verified is kept.",
            "Scan OK, then PROBLEMA to leave the order on the invoice shelf.",
        ),
    },
    "NFE_REJECTED": {  # order, reason
        "pt": (
            "Nota fiscal do pedido {order} não autorizada (SEFAZ: {reason}).",
            "Sem nota autorizada não há etiqueta; o que foi conferido está guardado.",
            "Bipe OK, depois PROBLEMA para a prateleira de nota, e avise o fiscal.",
        ),
        "en": (
            "The invoice of order {order} is not authorised (SEFAZ: {reason}).",
            "Without it there is no label; what was verified is kept.",
            "Scan OK, then PROBLEMA for the invoice shelf; tell whoever issues invoices.",
        ),
    },
    "NFE_CANCELLED": {  # order
        "pt": (
            "A nota fiscal do pedido {order} foi cancelada.",
            "O pedido não pode sair com ela.",
            "Bipe OK, depois PROBLEMA para a prateleira de nota, e peça nota nova.",
        ),
        "en": (
            "The invoice of order {order} was cancelled.",
            "The order can't leave with it.",
            "Scan OK, then PROBLEMA for the invoice shelf; ask for a new one.",
        ),
    },
    "NFE_MISMATCH": {  # count, difference, field, order_says, document_says
        "pt": (
            "Nota diferente do pedido: {difference:a} ({field}).",
            "Aqui {order_says}, na nota {document_says}; diferenças: {count}. Não há etiqueta.",
            "Reconte; se o volume está certo, bipe OK, depois PROBLEMA, e avise o fiscal.",
        ),
        "en": (
            "The invoice differs from the order: {difference:a} ({field}).",
            "Here {order_says}, invoice {document_says}; differences: {count}. There is no label.",
            "Recount; if the package is right: OK, then PROBLEMA; tell whoever issues invoices.",
        ),
    },
    "ADDRESS_CHANGED": {  # order, count
        "pt": (
            "O endereço do pedido {order} mudou.",
            "A etiqueta impressa não vale mais; sai uma nova.",
            "Destrua a etiqueta antiga, cole a nova e bipe-a.",
        ),
        "en": (
            "The address of order {order} changed.",
            "The printed label is no longer good; a new one comes out.",
            "Destroy the old label, stick the new one on and scan it.",
        ),
    },
    "OTHER_LABEL": {  # order, bench, mine
        "pt": (
            "Etiqueta do pedido {order} (bancada {bench}).",
            "Os dois volumes ficam presos até cada um receber a sua.",
            "Cole-a na caixa do pedido {order} e bipe-a lá; aqui, bipe a do pedido {mine}.",
        ),
        "en": (
            "This is order {order}'s label (bench {bench}).",
            "Both packages are held until each has its own.",
            "Put it on order {order}'s box and scan it there; here, scan the one of order {mine}.",
        ),
    },
    "LABEL_ELSEWHERE": {  # order, package, tracking
        "pt": (
            "A etiqueta do pedido {order} foi lida na caixa de outro.",
            "Este volume não sai antes de alguém olhar.",
            "Olhe a etiqueta na caixa certa e bipe-a sem trabalho em mãos.",
        ),
        "en": (
            "Order {order}'s label was read on another order's box.",
            "This package does not leave before somebody has looked.",
            "Look at the label on the right box, and scan it with no work in hand.",
        ),
    },
    "LABEL_BACK": {  # order, tracking
        "pt": (
            "Etiqueta do pedido {order} na caixa certa.",
            "O volume está livre para sair.",
            "Siga o trabalho.",
        ),
        "en": (
            "Order {order}'s label is on the right box.",
            "The package is free to leave.",
            "Carry on.",
        ),
    },
    "VOID_LABEL": {  # order, tracking
        "pt": (
            "Etiqueta cancelada, destrua.",
            "O pedido {order} não pode sair com ela.",
            "Rasgue-a e use a etiqueta que vale.",
        ),
        "en": (
            "Voided label, destroy it.",
            "Order {order} can't leave with it.",
            "Tear it up and use the label that is good.",
        ),
    },
    "LABEL_DONE": {  # package, packages, person, time
        "pt": (
            "Etiqueta já conferida às {time} por {person}: volume {package} de {packages}.",
            "Nada mudou no pedido {order}.",
            "Siga com o que falta.",
        ),
        "en": (
            "Label already verified at {time} by {person}: package {package} of {packages}.",
            "Nothing changed in order {order}.",
            "Go on with what is left.",
        ),
    },
    "REPRINT_REASON": {  # order
        "pt": (
            "Por que imprimir de novo?",
            "A etiqueta do pedido {order} continua a mesma.",
            "Toque em Reimprimir e diga o motivo.",
        ),
        "en": (
            "Why print again?",
            "The label of order {order} stays the same.",
            "Press Reprint and give the reason.",
        ),
    },
}

PROMPTS: dict[str, dict[str, str]] = {
    "PACK_NOTE": {
        "pt": "Leia o recado e bipe OK",
        "en": "Read the note and scan OK",
    },
    "PACK_UNITS": {
        "pt": "Bipe o produto ({done}/{total})",
        "en": "Scan the item ({done}/{total})",
    },
    "PACK_BOX": {
        "pt": "Bipe a embalagem do volume {package}",
        "en": "Scan the box for package {package}",
    },
    "PACK_BOX_SUGGESTED": {
        "pt": "Use a embalagem {box} e bipe-a",
        "en": "Use box {box} and scan it",
    },
    "PACK_WEIGHT": {
        "pt": "Pese o volume {package}: esperado {expected} g",
        "en": "Weigh package {package}: expected {expected} g",
    },
    "PACK_INVOICE": {
        "pt": "Falta a nota fiscal: bipe PROBLEMA para guardar",
        "en": "Invoice missing: scan PROBLEMA to put it away",
    },
    "PACK_LABEL": {
        "pt": "Aguarde a etiqueta do volume {package}",
        "en": "Wait for the label of package {package}",
    },
    "PACK_DOUBT": {
        "pt": "A etiqueta do volume {package} saiu? Se sim, bipe-a. Se não, bipe REIMPRIMIR",
        "en": "Did the label of package {package} come out? If so, scan it. If not, scan REPRINT",
    },
    "PACK_VERIFY": {
        "pt": "Cole a etiqueta no volume {package} de {packages} e bipe-a",
        "en": "Stick the label on package {package} of {packages} and scan it",
    },
    "PACK_HOLD": {
        "pt": "Pedido bloqueado ({reason}): bipe PROBLEMA para guardar",
        "en": "Order on hold ({reason}): scan PROBLEMA to put it away",
    },
    "PACK_CANCELLED": {
        "pt": "Pedido cancelado. Devolver {units} unidades: bipe OK",
        "en": "Order cancelled. Put back {units} units: scan OK",
    },
    "PACK_DONE": {
        "pt": "Pedido {order} fora da bancada",
        "en": "Order {order} is off the bench",
    },
}

# What an NF-e can differ in, for the difference table and `{difference:a}`.
_DIFFERENCES = {
    "NFE_KEY_DV": ("chave da nota inválida", "invalid invoice key"),
    "NFE_NOT_AUTH": ("nota não autorizada", "invoice not authorised"),
    "NFE_CANCELLED": ("nota cancelada", "invoice cancelled"),
    "NFE_KIND": ("nota de outro tipo", "another kind of invoice"),
    "DOC_DIFF": ("documento do cliente diferente", "another customer document"),
    "CEP_DIFF": ("endereço de entrega diferente", "another delivery address"),
    "ITEM_MISSING": ("produto fora da nota", "item not on the invoice"),
    "ITEM_EXTRA": ("produto a mais na nota", "extra item on the invoice"),
    "QTY_DIFF": ("quantidade diferente", "another quantity"),
    "TOTAL_DIFF": ("total diferente", "another total"),
    "ENV_HOMOLOG": ("nota de teste, sem valor fiscal", "test invoice without fiscal value"),
    "EMITTER_UNKNOWN": ("emitente desconhecido", "unknown issuer"),
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in _DIFFERENCES.items()
}
