"""Texts of orders as a supervisor handles them, of work taken and given back, and of settings."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "CLAIMED": {  # order, work, bench, operator, minutes
        "pt": (
            "{order}: {work:a} em {bench} ({operator}, {minutes} min).",
            "O trabalho continua com quem o assumiu.",
            "Pegue outro, ou chame um supervisor para assumir este.",
        ),
        "en": (
            "{order}: {work:a} at {bench} ({operator}, {minutes} min).",
            "The work stays with whoever took it.",
            "Take another, or call a supervisor to take this one over.",
        ),
    },
    "TAKEN_OVER": {  # station
        "pt": (
            "Trabalho assumido de {station}.",
            "Nada se perdeu: ele segue do passo em que estava.",
            "Siga a tela. Confira o que já está nas caixas.",
        ),
        "en": (
            "Work taken over from {station}.",
            "Nothing is lost: it goes on at the step where it stood.",
            "Follow the screen. Check what is in the totes already.",
        ),
    },
    "TASK_OVER": {
        "pt": (
            "Este trabalho já terminou.",
            "Não há o que assumir.",
            "Veja a história do pedido.",
        ),
        "en": (
            "This work is over already.",
            "There is nothing to take over.",
            "See the order's story.",
        ),
    },
    "TASK_RELEASED": {
        "pt": ("Tarefa devolvida.", "Os pedidos voltaram para a fila.", "Escolha o trabalho."),
        "en": ("Task given back.", "Its orders are back in the queue.", "Choose the work."),
    },
    "TASK_IN_HAND": {
        "pt": (
            "Você já tem uma tarefa em mãos.",
            "Nada mudou nos pedidos.",
            "Termine a tarefa, ou devolva-a antes.",
        ),
        "en": (
            "You already have a task in hand.",
            "Nothing changed in the orders.",
            "Finish it, or give it back first.",
        ),
    },
    "TASK_HAS_UNITS": {
        "pt": (
            "Já há unidades nesta tarefa.",
            "Devolvê-la agora deixaria produtos sem dono.",
            "Termine a tarefa, ou desfaça os passos antes.",
        ),
        "en": (
            "This task already has units in it.",
            "Giving it back now would leave goods without an owner.",
            "Finish it, or undo its steps first.",
        ),
    },
    "ACKNOWLEDGED": {
        "pt": ("Aviso confirmado.", "Nada mudou no pedido.", "Siga o que a tela pede."),
        "en": ("Acknowledged.", "Nothing changed in the order.", "Do as the screen asks."),
    },
    "TOTE_EMPTY": {  # tote
        "pt": (
            "A caixa {tote} está livre.",
            "Nenhum pedido está nela.",
            "Bipe a caixa com o pedido, ou o próprio pedido.",
        ),
        "en": (
            "Tote {tote} is free.",
            "No order is in it.",
            "Scan the tote with the order, or the order itself.",
        ),
    },
    "LABEL_OF": {  # order, tracking
        "pt": (
            "Etiqueta do pedido {order}.",
            "Código de rastreio {tracking}.",
            "Para carregar, abra antes o romaneio da transportadora.",
        ),
        "en": (
            "Label of order {order}.",
            "Tracking code {tracking}.",
            "To load it, open the carrier's manifest first.",
        ),
    },
    "SHORT_WAITS": {  # goods
        "pt": (
            "Faltam unidades: {goods}.",
            "O pedido espera; o que foi separado está guardado.",
            "Reponha e libere o pedido, ou cancele-o.",
        ),
        "en": (
            "Units are missing: {goods}.",
            "The order waits; what was picked is kept.",
            "Restock and release the order, or cancel it.",
        ),
    },
    "PROBLEM_WAITS": {  # reason
        "pt": (
            "Há um problema a resolver: {reason:a}",
            "O pedido espera na prateleira de problemas.",
            "Veja a história do pedido e resolva a pendência.",
        ),
        "en": (
            "There is a problem to settle: {reason:a}",
            "The order waits on the problem shelf.",
            "See the order's story and settle the matter.",
        ),
    },
    "COUNT_OPEN": {  # bin, sku, name, units
        "pt": (
            "Contagem pendente em {bin}: {name}, registro {units}.",
            "O estoque registrado deste endereço não merece confiança.",
            "Conte as unidades no endereço e informe quantas há (F11).",
        ),
        "en": (
            "Count open at {bin}: {name}, record {units}.",
            "The stock record of this bin can't be trusted.",
            "Count the units in the bin and enter how many there are (F11).",
        ),
    },
    "COUNT_BAD": {  # counted
        "pt": (
            "Quantidade não entendida: {counted}",
            "A contagem continua aberta.",
            "Digite um número inteiro, zero se o endereço estiver vazio.",
        ),
        "en": (
            "Quantity not understood: {counted}",
            "The count stays open.",
            "Type a whole number, zero for an empty bin.",
        ),
    },
    "COUNTED": {  # bin, sku, units
        "pt": (
            "Contagem gravada: {units} de {sku} em {bin}.",
            "O registro do endereço está certo de novo.",
            "Siga para a próxima pendência.",
        ),
        "en": (
            "Count recorded: {units} of {sku} at {bin}.",
            "The bin's record is right again.",
            "Go on with the next matter.",
        ),
    },
    "PUTBACK_OWED": {
        "pt": (
            "Pedido cancelado com produtos fora do lugar.",
            "As unidades ainda não voltaram ao estoque.",
            "Faça a devolução ao endereço.",
        ),
        "en": (
            "Cancelled order with goods out of their bins.",
            "The units are not back in stock yet.",
            "Put them back.",
        ),
    },
    "LABEL_WAITS": {
        "pt": (
            "A etiqueta ainda não saiu.",
            "O pedido está conferido e espera; nada se perdeu.",
            "Confira a impressora e abra o pedido na embalagem.",
        ),
        "en": (
            "The label is not out yet.",
            "The order is verified and waits; nothing is lost.",
            "Check the printer and open the order at packing.",
        ),
    },
    "NOTHING_TO_PICK": {
        "pt": (
            "Não há pedidos para separar.",
            "Nenhum pedido espera separação agora.",
            "Importe pedidos, ou veja as Pendências.",
        ),
        "en": (
            "There is nothing to pick.",
            "No order waits to be picked now.",
            "Import orders, or look at Exceptions.",
        ),
    },
    "ORDER_UNKNOWN": {  # number
        "pt": (
            "O pedido {number} não existe aqui.",
            "Nada foi mudado.",
            "Confira o número, ou importe o pedido.",
        ),
        "en": (
            "There is no order {number} here.",
            "Nothing was changed.",
            "Check the number, or import the order.",
        ),
    },
    "ORDER_NOT_READY": {  # number, state
        "pt": (
            "O pedido {number} está {state:the}.",
            "Este passo ainda não, ou não mais, cabe nele.",
            "Veja a história do pedido e siga a etapa em que ele está.",
        ),
        "en": (
            "Order {number} is {state:the}.",
            "This step does not fit it now.",
            "See the order's story and go on from where it stands.",
        ),
    },
    "ORDER_PINNED": {  # number
        "pt": ("Pedido {number} fixado no topo.", "É o próximo da fila.", "Siga o trabalho."),
        "en": ("Order {number} pinned to the top.", "It is next in the queue.", "Carry on."),
    },
    "ORDER_UNPINNED": {  # number
        "pt": (
            "Pedido {number} solto do topo.",
            "Voltou ao seu lugar na fila.",
            "Siga o trabalho.",
        ),
        "en": (
            "Order {number} unpinned.",
            "It is back in its place in the queue.",
            "Carry on.",
        ),
    },
    "ORDER_HELD": {  # number
        "pt": (
            "Pedido {number} bloqueado.",
            "Ele espera em Pendências; ninguém o separa nem embala.",
            "Desbloqueie quando o motivo acabar.",
        ),
        "en": (
            "Order {number} is on hold.",
            "It waits in Exceptions; nobody picks or packs it.",
            "Lift the hold when its reason is gone.",
        ),
    },
    "ORDER_LIFTED": {  # number
        "pt": ("Pedido {number} desbloqueado.", "Ele voltou para a fila.", "Siga o trabalho."),
        "en": ("Order {number} is off hold.", "It is back in its queue.", "Carry on."),
    },
    "ORDER_RELEASED": {  # number
        "pt": ("Pedido {number} liberado.", "Ele está na fila de separação.", "Siga o trabalho."),
        "en": ("Order {number} released.", "It is in the picking queue.", "Carry on."),
    },
    "ORDER_CANCELLED_OK": {  # number, units
        "pt": (
            "Pedido {number} cancelado.",
            "Unidades a devolver ao estoque: {units}.",
            "Faça a devolução em Pendências, se houver.",
        ),
        "en": (
            "Order {number} cancelled.",
            "Units to put back: {units}.",
            "Put them back from Exceptions, if any.",
        ),
    },
    "ORDER_SETTLED": {  # number
        "pt": ("Pendência do pedido {number} resolvida.", "Ele voltou para a fila.", "Siga."),
        "en": ("Order {number}: matter settled.", "It is back in its queue.", "Carry on."),
    },
    "REASON_NEEDED": {
        "pt": ("Falta o motivo.", "Nada foi mudado.", "Escreva o motivo e confirme."),
        "en": ("A reason is missing.", "Nothing was changed.", "Write the reason and confirm."),
    },
    "PROBLEM_RAISED": {  # number
        "pt": (
            "Problema do pedido {number} registrado.",
            "Ele espera em Pendências; nada se perdeu.",
            "Deixe-o na prateleira de problemas.",
        ),
        "en": (
            "Order {number}: problem noted.",
            "It waits in Exceptions; nothing is lost.",
            "Leave it on the problem shelf.",
        ),
    },
    "UNDONE": {
        "pt": ("Desfeito.", "O último passo não conta mais.", "Siga o que a tela pede."),
        "en": ("Undone.", "The last step no longer counts.", "Do as the screen asks."),
    },
    "NOTHING_TO_UNDO": {
        "pt": (
            "Não há o que desfazer.",
            "O último passo não tem volta, ou não há nenhum.",
            "Siga o que a tela pede.",
        ),
        "en": (
            "There is nothing to undo.",
            "The last step cannot be taken back, or there is none.",
            "Do as the screen asks.",
        ),
    },
    "SETTING_SAVED": {  # key
        "pt": ("Configuração salva.", "Já vale nesta estação ({key}).", "Siga o trabalho."),
        "en": ("Setting saved.", "It holds on this station now ({key}).", "Carry on."),
    },
    "SETTING_BAD": {  # key, value, expected
        "pt": (
            "“{value}” não serve para {key}.",
            "A configuração de antes continua valendo.",
            "Use um destes: {expected}.",
        ),
        "en": (
            "“{value}” does not fit {key}.",
            "The setting stays as it was.",
            "Use one of these: {expected}.",
        ),
    },
    "SETTING_LOCKED": {  # key
        "pt": (
            "{key} vem dos ajustes do local.",
            "O valor do local continua valendo nesta estação.",
            "Peça a mudança a quem cuida dos ajustes do local.",
        ),
        "en": (
            "{key} comes from the site's settings.",
            "The site's value goes on holding at this station.",
            "Ask whoever keeps the site's settings for the change.",
        ),
    },
    "SITE_FILE_OK": {  # file, settings, locked
        "pt": (
            "{file} está certo.",
            "{settings} ajustes do local, {locked} deles travados.",
            "Valem na próxima vez que o console abrir.",
        ),
        "en": (
            "{file} is right.",
            "{settings} settings of the site, {locked} of them locked.",
            "They hold the next time that the console opens.",
        ),
    },
    "SITE_FILE_BAD": {
        "pt": (
            "O arquivo de ajustes do local tem erros.",
            "O trabalho segue; o que não serve no arquivo não vale.",
            "Chame o suporte: `expedita setting --site` diz o que corrigir.",
        ),
        "en": (
            "The file of the site's settings has faults.",
            "Work goes on; what doesn't fit in the file doesn't hold.",
            "Call support: `expedita setting --site` says what to mend.",
        ),
    },
    "SITE_FILE_AWAY": {
        "pt": (
            "O arquivo de ajustes do local não pôde ser lido.",
            "O trabalho segue com os ajustes que ele trazia da última vez.",
            "Chame o suporte: a pasta de rede do arquivo não responde.",
        ),
        "en": (
            "The file of the site's settings could not be read.",
            "Work goes on with the settings that it had last time.",
            "Call support: the network folder of the file does not answer.",
        ),
    },
    "SETTING_UNKNOWN": {  # key
        "pt": (
            "Não há a configuração {key}.",
            "Nada foi mudado.",
            "Veja os nomes na tela de Configurações.",
        ),
        "en": (
            "There is no setting {key}.",
            "Nothing was changed.",
            "See the names on the Settings page.",
        ),
    },
    "TRACKING_RANGE_ADDED": {  # carrier, count
        "pt": (
            "{count} códigos de rastreio guardados para {carrier}.",
            "Cada um é usado uma só vez.",
            "Siga o trabalho.",
        ),
        "en": (
            "{count} tracking codes kept for {carrier}.",
            "Each is used only once.",
            "Carry on.",
        ),
    },
    "TRACKING_RANGE_BAD": {
        "pt": (
            "A faixa de códigos de rastreio não serve.",
            "Nada foi guardado.",
            "Informe duas letras, o país e dois números de 8 dígitos, do menor ao maior.",
        ),
        "en": (
            "This range of tracking codes does not fit.",
            "Nothing was kept.",
            "Give two letters, the country and two 8-digit numbers, low to high.",
        ),
    },
    "TRACKING_RANGE_OVERLAPS": {  # carrier
        "pt": (
            "A faixa repete códigos de rastreio já guardados.",
            "Nada foi guardado.",
            "Peça à transportadora {carrier} uma faixa nova.",
        ),
        "en": (
            "This range repeats tracking codes already kept.",
            "Nothing was kept.",
            "Ask {carrier} for a new range.",
        ),
    },
    "TRACKING_LOW": {  # carrier, left
        "pt": (
            "Restam {left} códigos de rastreio de {carrier}.",
            "As etiquetas ainda saem.",
            "Peça outra faixa à transportadora; quem administra a guarda (expedita tracking add).",
        ),
        "en": (
            "{left} tracking codes of {carrier} are left.",
            "Labels still come out.",
            "Ask the carrier for another range; the administrator adds it (expedita tracking add).",
        ),
    },
    "TRACKING_NONE": {  # carrier
        "pt": (
            "Não há códigos de rastreio de {carrier}.",
            "O pedido espera pela etiqueta; nada se perdeu.",
            "Peça uma faixa à transportadora; quem administra a guarda (expedita tracking add). "
            "Depois bipe OK.",
        ),
        "en": (
            "There are no tracking codes of {carrier} left.",
            "The order waits for its label; nothing is lost.",
            "Ask the carrier for a range; the administrator adds it (expedita tracking add). "
            "Then scan OK.",
        ),
    },
}

_WORK = {
    "work.pick": ("em separação", "being picked"),
    "work.pack": ("em conferência", "being packed"),
    "work.dispatch": ("em expedição", "being loaded"),
    "work.putback": ("em devolução", "being put back"),
    "renamed": ("estação renomeada", "station renamed"),
}
_STATES = {
    "RECEIVED": ("recebido", "received"),
    "RELEASED": ("a separar", "released to pick"),
    "PICKING": ("em separação", "being picked"),
    "PICKED": ("separado", "picked"),
    "PACKING": ("em conferência", "being packed"),
    "PACKED": ("embalado", "packed"),
    "MANIFESTED": ("em um romaneio", "on a manifest"),
    "SHIPPED": ("expedido", "shipped"),
    "DELIVERED": ("entregue", "delivered"),
    "SHORT": ("com falta", "short"),
    "CANCELLED": ("cancelado", "cancelled"),
    "PUTBACK_PENDING": ("cancelado, a devolver ao estoque", "cancelled, to be put back"),
    "PUTBACK_DONE": ("cancelado e devolvido ao estoque", "cancelled and put back"),
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in (_STATES | _WORK).items()
}
