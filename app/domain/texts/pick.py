"""Answers and prompts of picking and of putting back."""

from __future__ import annotations

_NOTHING = ("Nada mudou no pedido.", "Nothing changed in the order.")
_COUNTED = ("A leitura está gravada.", "The scan is recorded.")


def _text(
    pt: tuple[str, str], en: tuple[str, str], means: tuple[str, str] = _NOTHING
) -> dict[str, tuple[str, str, str]]:
    """What happened and what to do, in both languages, around what it means for the order."""
    return {"pt": (pt[0], means[0], pt[1]), "en": (en[0], means[1], en[1])}


TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "TOTE_LOADED": _text(
        ("Caixa {tote} no carrinho.", "Siga a tela."),
        ("Tote {tote} on the cart.", "Follow the screen."),
        _COUNTED,
    ),
    "BIN_OK": _text(
        ("Endereço {bin} certo.", "Bipe o produto."),
        ("Right bin, {bin}.", "Scan the item."),
        _COUNTED,
    ),
    "UNIT_OK": _text(
        ("{name}: {done} de {quantity}.", "Siga a tela."),
        ("{name}: {done} of {quantity}.", "Follow the screen."),
        _COUNTED,
    ),
    "PACK_OK": _text(
        ("{name} +{units}: {done} de {quantity}.", "Siga a tela."),
        ("{name} +{units}: {done} of {quantity}.", "Follow the screen."),
        _COUNTED,
    ),
    "PLACED": _text(
        ("{units} na caixa {tote}.", "Continue a linha."),
        ("{units} in tote {tote}.", "Go on with the line."),
        _COUNTED,
    ),
    "LINE_DONE": _text(
        ("Linha completa na caixa {tote}.", "Siga para a próxima."),
        ("Line complete in tote {tote}.", "Go to the next one."),
        _COUNTED,
    ),
    "SHORTED": _text(
        ("Falta registrada: {units} de {name}.", "Siga para a próxima linha."),
        ("Short recorded: {units} of {name}.", "Go to the next line."),
        ("O pedido vai para Pendências ao fim da separação.", "The order goes to Exceptions."),
    ),
    "SHORTED_OTHERS": _text(  # units, name, orders
        (
            "Falta registrada: {units} de {name}. Também esperam por ele: {orders}",
            "Avise o supervisor, e siga para a próxima linha.",
        ),
        (
            "Short recorded: {units} of {name}. Also waiting for it: {orders}",
            "Tell the supervisor, and go to the next line.",
        ),
        (
            "O pedido vai para Pendências; o endereço será contado.",
            "The order goes to Exceptions; the bin will be counted.",
        ),
    ),
    "SKIPPED": _text(
        ("Linha pulada: {name}.", "Ela volta no fim do percurso."),
        ("Line skipped: {name}.", "It comes again at the end of the walk."),
        _COUNTED,
    ),
    "REDIRECTED": _text(
        ("Outro endereço: {bin}.", "Vá para {bin} e bipe o endereço."),
        ("Another bin: {bin}.", "Go to {bin} and scan it."),
        _COUNTED,
    ),
    "SUBSTITUTED": _text(
        ("Substituído por {name}.", "Vá para {bin} e bipe o endereço."),
        ("Replaced by {name}.", "Go to {bin} and scan it."),
        _COUNTED,
    ),
    "BIN_EMPTY": _text(
        ("Endereço vazio confirmado.", "Siga a tela."),
        ("Empty bin confirmed.", "Follow the screen."),
        _COUNTED,
    ),
    "BIN_RECOUNT": _text(
        ("O endereço não está vazio: contagem aberta.", "Siga a tela."),
        ("The bin is not empty: a count is open.", "Follow the screen."),
        _COUNTED,
    ),
    "DROPPED": _text(
        ("{orders} pedidos na bancada {bench}.", "Busque o próximo trabalho."),
        ("{orders} orders at bench {bench}.", "Take the next work."),
        ("A separação terminou.", "The pick is over."),
    ),
    "WRONG_BIN": _text(  # expected, read, name
        (
            "Endereço errado: esperado {expected}, lido {read}.",
            "O produto é {name}. Vá para {expected} e bipe o endereço.",
        ),
        (
            "Wrong bin: expected {expected}, read {read}.",
            "The item is {name}. Go to {expected} and scan the bin.",
        ),
    ),
    "BIN_CONFIRMED": _text(  # bin, name, expected
        ("Endereço {bin} confirmado: {name}.", "Bipe o produto."),
        ("Bin {bin} confirmed: {name}.", "Scan the item."),
        (
            "A coleta segue em {bin}; a contagem de {expected} e {bin} está em Pendências.",
            "The pick goes on at {bin}; {expected} and {bin} are to be counted, in Exceptions.",
        ),
    ),
    "WRONG_ITEM": _text(
        (
            "Produto errado: {read}. Diferença: {difference}.",
            "Devolva e pegue {expected}.",
        ),
        ("Wrong item: {read}. Difference: {difference}.", "Put it back and take {expected}."),
    ),
    "WRONG_LOT": _text(
        ("Lote errado: esperado {expected}, lido {read}.", "Pegue o lote {expected}."),
        ("Wrong lot: expected {expected}, read {read}.", "Take lot {expected}."),
    ),
    "LOT_NEEDED": _text(
        ("Há mais de um lote neste endereço.", "Bipe o código com o lote {expected}."),
        ("This bin holds several lots.", "Scan the code that has lot {expected}."),
    ),
    "EXPIRED": _text(
        ("Vencido em {expiry}: {name}.", "Separe a unidade e bipe FALTA."),
        ("Expired on {expiry}: {name}.", "Set the unit aside and scan FALTA."),
    ),
    "OTHER_ORDER": _text(
        ("É do pedido {order}, caixa {tote}.", "Devolva e siga a linha da tela."),
        ("It belongs to order {order}, tote {tote}.", "Put it back and follow the screen."),
    ),
    "WRONG_TOTE": _text(
        (
            "Caixa errada: esperada {expected}, lida {read}.",
            "Coloque na caixa {expected} e bipe.",
        ),
        (
            "Wrong tote: expected {expected}, read {read}.",
            "Put it in tote {expected} and scan it.",
        ),
    ),
    "TOTE_IN_USE": _text(
        ("Caixa {tote} em uso pelo pedido {order}.", "Pegue uma caixa vazia."),
        ("Tote {tote} is in use by order {order}.", "Take an empty tote."),
    ),
    "SET_ASIDE_TOTE": _text(  # order, tote, units
        (
            "Pedido cancelado {order} fora do carrinho.",
            "Leve a caixa {tote} à devolução com os outros; siga a tela.",
        ),
        (
            "Cancelled order {order} is off the cart.",
            "Take tote {tote} to put-back with the others; follow the screen.",
        ),
        ("O resto da onda continua.", "The rest of the wave goes on."),
    ),
    "CHOOSE_REASON": _text(
        ("Qual o motivo da falta?", "Escolha o motivo na tela."),
        ("Why is it short?", "Choose the reason on the screen."),
    ),
    "PLACE_FIRST": _text(
        ("Há unidades na sua mão.", "Coloque na caixa {tote} e bipe, ou desfaça."),
        ("There are units in your hand.", "Put them in tote {tote} and scan it, or undo."),
    ),
    "NOT_NOW": _text(
        ("Isto não cabe neste passo.", "Siga a instrução da tela."),
        ("That does not fit this step.", "Follow the screen."),
    ),
    "NO_SUBSTITUTE": _text(
        ("Este pedido não aceita substituto para {name}.", "Registre a falta."),
        ("This order takes no substitute for {name}.", "Report it short."),
    ),
    "NO_ALTERNATIVE": _text(
        ("{bin} não tem {name}.", "Escolha outro endereço da lista, ou registre a falta."),
        ("{bin} has no {name}.", "Choose another bin on the list, or report it short."),
    ),
    "BIN_FIRST": _text(
        ("Há {units} de {name} na sua mão.", "Bipe o endereço {bin} para devolver."),
        ("There are {units} of {name} in your hand.", "Scan bin {bin} to put them back."),
    ),
    "BIN_FULL": _text(
        ("{bin} recebe {quantity}, você tem {scanned}.", "Bipe o outro endereço do produto."),
        ("{bin} takes {quantity}, you hold {scanned}.", "Scan the item's other bin."),
    ),
    "NOT_OWED": _text(
        ("{name} não está a devolver no pedido {order}.", "Bipe uma unidade da lista."),
        ("{name} is not owed by order {order}.", "Scan a unit on the list."),
    ),
    "UNIT_IN_HAND": _text(
        ("{done} de {quantity} na mão.", "Bipe o endereço para devolver."),
        ("{done} of {quantity} in hand.", "Scan the bin to put them back."),
    ),
    "PUT_BACK": _text(
        ("{units} de volta em {bin}.", "Bipe a próxima unidade."),
        ("{units} back in {bin}.", "Scan the next unit."),
        ("O estoque está certo de novo.", "The stock is right again."),
    ),
    "HAND_EMPTIED": _text(  # units, sku
        ("Nada mais na mão: {units} de {sku} esquecidas.", "Bipe de novo o que for devolver."),
        ("Nothing in hand any more: {units} of {sku} forgotten.", "Scan again what goes back."),
        ("As unidades continuam a devolver.", "The units are still owed."),
    ),
    "PUTBACK_COMPLETE": _text(
        ("Pedido {order}: tudo devolvido.", "Busque o próximo trabalho."),
        ("Order {order}: all put back.", "Take the next work."),
        ("O estoque está certo de novo.", "The stock is right again."),
    ),
    "PICK_CLAIMED": _text(
        ("{orders} pedidos, {units} unidades.", "Siga a tela."),
        ("{orders} orders, {units} units.", "Follow the screen."),
        ("Os pedidos são seus.", "The orders are yours."),
    ),
    "PUTBACK_CLAIMED": _text(
        ("Devolução do pedido {order}.", "Bipe a primeira unidade."),
        ("Put-back of order {order}.", "Scan the first unit."),
        ("{units} unidades a devolver.", "{units} units to put back."),
    ),
}

PROMPTS: dict[str, dict[str, str]] = {
    "PICK_LOAD_TOTE": {"pt": "Bipe a caixa {n} de {total}", "en": "Scan tote {n} of {total}"},
    "PICK_GO_TO_BIN": {
        "pt": "Vá para {bin} e bipe o endereço",
        "en": "Go to {bin} and scan the bin",
    },
    "PICK_SCAN_ITEM": {"pt": "Bipe o produto", "en": "Scan the item"},
    "PICK_SCAN_MORE": {"pt": "Bipe mais {units}", "en": "Scan {units} more"},
    "PICK_PUT_IN_TOTE": {
        "pt": "Coloque na caixa {tote} e bipe",
        "en": "Put it in tote {tote} and scan",
    },
    "PICK_CONFIRM_SHORT": {
        "pt": "Sem estoque: {units} de {name}. Bipe FALTA para confirmar",
        "en": "No stock: {units} of {name}. Scan FALTA to confirm",
    },
    "PICK_ZERO_CHECK": {
        "pt": "{bin} ficou sem {name}? OK = vazio, FALTA = ainda há",
        "en": "Is {bin} out of {name}? OK = empty, FALTA = some left",
    },
    "PICK_SET_ASIDE": {
        "pt": "Pedido {order} cancelado: tire a caixa {tote} do carrinho e bipe",
        "en": "Order {order} is cancelled: take tote {tote} off the cart and scan it",
    },
    "PICK_SET_ASIDE_UNITS": {
        "pt": "Pedido {order} cancelado: devolva {units} da mão ao endereço e bipe a caixa {tote}",
        "en": "Order {order} is cancelled: put {units} in hand back and scan tote {tote}",
    },
    "PICK_CANCELLED": {
        "pt": "Pedido {order} cancelado: devolva {units} da mão ao endereço e bipe OK",
        "en": "Order {order} is cancelled: put {units} in hand back in the bin and scan OK",
    },
    "PICK_DROP": {"pt": "Leve à bancada e bipe a bancada", "en": "Take to the bench and scan it"},
    "PICK_DONE": {"pt": "Separação entregue", "en": "Pick delivered"},
    "PUTBACK_ITEM": {
        "pt": "Devolva {units} a {bin}: bipe o produto, depois o endereço",
        "en": "Put {units} back in {bin}: scan the item, then the bin",
    },
    "PUTBACK_BIN": {
        "pt": "{units} na mão: bipe mais uma, ou o endereço {bin}",
        "en": "{units} in hand: scan another, or the bin {bin}",
    },
    "PUTBACK_NONE": {"pt": "Tudo devolvido", "en": "All put back"},
}
