"""Other systems: how a call ended, what waits for a person, and what a person did about it."""

from __future__ import annotations


def _three(pt: tuple[str, str, str], en: tuple[str, str, str]) -> dict[str, tuple[str, str, str]]:
    return {"pt": pt, "en": en}


_WAITS_PT = "O pedido {order} segue na bancada; este passo espera e nada foi perdido."
_WAITS_EN = "Order {order} goes on at the bench; this step waits and nothing is lost."
_REPLAY_PT = "Corrija a causa e toque em Tentar de novo."
_REPLAY_EN = "Mend the cause and press Try again."

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    # --- how a call ended -------------------------------------------------------------------
    "CONNECTOR_DOWN": _three(
        (
            "{connector} não responde ({detail}).",
            _WAITS_PT,
            "O Expedita tenta de novo sozinho; confira a rede se durar.",
        ),
        (
            "{connector} does not answer ({detail}).",
            _WAITS_EN,
            "Expedita tries again by itself; check the network if it lasts.",
        ),
    ),
    "CONNECTOR_RATE_LIMITED": _three(
        (
            "{connector} pediu para esperar: chamadas demais.",
            _WAITS_PT,
            "Nada a fazer: segue sozinho na hora que o sistema indicou.",
        ),
        (
            "{connector} asked to wait: too many calls.",
            _WAITS_EN,
            "Nothing to do: it goes on by itself at the time the system named.",
        ),
    ),
    "CONNECTOR_UNAUTHORISED": _three(
        (
            "{connector} não aceita a chave ou a senha.",
            _WAITS_PT,
            "Grave a chave de novo (connector add) ou autorize de novo (connector authorise).",
        ),
        (
            "{connector} does not take the key or password.",
            _WAITS_EN,
            "Set the key again (connector add) or authorise it again (connector authorise).",
        ),
    ),
    "CONNECTOR_UNFIT": _three(
        (
            "O que foi gravado do conector {connector} não serve: {detail}.",
            _WAITS_PT,
            "Grave-o de novo (connector add); o que serve: expedita connector list --kinds.",
        ),
        (
            "What was stored of connector {connector} does not fit: {detail}.",
            _WAITS_EN,
            "Store it again (connector add); what fits: expedita connector list --kinds.",
        ),
    ),
    # What any of these means where no one order is meant.
    "CONNECTOR_STANDS": _three(
        (
            "{connector} não pôde ser usado.",
            "Os pedidos seguem na bancada; o que depende de {connector} espera e nada se perdeu.",
            "Veja como está: expedita connector list.",
        ),
        (
            "{connector} could not be used.",
            "Orders go on at the bench; what depends on {connector} waits and nothing is lost.",
            "See how it stands: expedita connector list.",
        ),
    ),
    "CONNECTOR_REFUSED": _three(
        ("{connector} recusou: {detail}.", _WAITS_PT, _REPLAY_PT),
        ("{connector} refused: {detail}.", _WAITS_EN, _REPLAY_EN),
    ),
    "CONNECTOR_UNKNOWN": _three(
        (
            "Foi enviado a {connector} e a resposta se perdeu ({detail}).",
            "Pode ter sido feito. Nada é enviado de novo sem antes consultar.",
            "Tentar de novo consulta primeiro; ou confira em {connector} e descarte.",
        ),
        (
            "It was sent to {connector} and the answer was lost ({detail}).",
            "It may have been done. Nothing is sent again before it was looked up.",
            "Try again looks it up first; or check in {connector} and discard.",
        ),
    ),
    "CONNECTOR_UNREADABLE": _three(
        (
            "{connector} deu uma resposta que não se entende ({detail}).",
            "Pode ter sido feito. Nada é enviado de novo sem antes consultar.",
            "Veja pedido e resposta; se a versão do sistema mudou, chame o suporte.",
        ),
        (
            "{connector} gave an answer that can't be read ({detail}).",
            "It may have been done. Nothing is sent again before it was looked up.",
            "See request and answer; if the system's version changed, call support.",
        ),
    ),
    "CONNECTOR_FAILED": _three(
        ("A chamada a {connector} falhou ({detail}).", _WAITS_PT, _REPLAY_PT),
        ("The call to {connector} failed ({detail}).", _WAITS_EN, _REPLAY_EN),
    ),
    "CALL_PENDING": _three(
        ("{connector} recebeu e ainda prepara a resposta.", _WAITS_PT, "Nada a fazer: aguarde."),
        ("{connector} has it and is still at work.", _WAITS_EN, "Nothing to do: wait."),
    ),
    "INVOICE_AWAITED": _three(
        (
            "A NF-e do pedido {order} ainda não foi emitida pelo ERP.",
            _WAITS_PT,
            "Emita-a no ERP; o Expedita a busca em {connector} sozinho.",
        ),
        (
            "The NF-e of order {order} has not been issued by the ERP yet.",
            _WAITS_EN,
            "Issue it in the ERP; Expedita fetches it from {connector} by itself.",
        ),
    ),
    "CALL_WITHOUT_CAUSE": _three(
        (
            "O motivo desta chamada a {connector} não existe mais, e ela pode ter sido feita.",
            "O pedido {order} mudou depois do envio.",
            "Confira em {connector} e descarte dizendo o que encontrou.",
        ),
        (
            "The cause of this call to {connector} is gone, and it may have been done.",
            "Order {order} changed after it was sent.",
            "Check in {connector}, and discard it saying what you found.",
        ),
    ),
    "LABEL_NEEDS_PARCEL": _three(
        (
            "Falta peso ou embalagem para pedir a etiqueta.",
            "O pedido {order} segue; a etiqueta é pedida quando o volume for fechado.",
            "Grave peso e medidas dos produtos no catálogo para pedir antes.",
        ),
        (
            "Weight or box is missing to ask for the label.",
            "Order {order} goes on; the label is asked for when the package is closed.",
            "Put the products' weights and sizes into the catalogue to have it earlier.",
        ),
    ),
    "LABEL_OTHER_CEP": _three(
        (
            "A etiqueta que {connector} deu traz outro CEP.",
            "Ela não será impressa; o pedido {order} fica sem etiqueta.",
            "Confira o endereço do pedido e tente de novo.",
        ),
        (
            "The label that {connector} gave bears another CEP.",
            "It will not be printed; order {order} has no label.",
            "Check the order's address and try again.",
        ),
    ),
    "LABEL_OTHER_SERVICE": _three(
        (
            "A etiqueta que {connector} deu é de outro serviço.",
            "Ela não será impressa; o pedido {order} fica sem etiqueta.",
            "Confira o serviço do pedido e o contrato, e tente de novo.",
        ),
        (
            "The label that {connector} gave is of another service.",
            "It will not be printed; order {order} has no label.",
            "Check the order's service and the contract, and try again.",
        ),
    ),
    "LABEL_OTHER_ORDER": _three(
        (
            "A etiqueta que {connector} deu é de outro pedido.",
            "Ela não será impressa; o pedido {order} fica sem etiqueta.",
            "Confira a postagem {detail} na transportadora e tente de novo.",
        ),
        (
            "The label that {connector} gave is of another order.",
            "It will not be printed; order {order} has no label.",
            "Check posting {detail} at the carrier and try again.",
        ),
    ),
    "LABEL_OTHER_PACKAGE": _three(
        (
            "A etiqueta foi feita para o volume {theirs}; este é o {ours} do pedido {order}.",
            "Ela foi devolvida à transportadora.",
            "Espere a etiqueta certa, que já foi pedida, e bipe OK.",
        ),
        (
            "The label was made for package {theirs}; this is {ours} of order {order}.",
            "It was given back to the carrier.",
            "Wait for the right label, which is asked for, and scan OK.",
        ),
    ),
    "LABEL_COMING": _three(
        (
            "A etiqueta da {carrier} ainda não chegou.",
            "A caixa do pedido {order} está conferida; nada se perde.",
            "Espere um pouco e bipe OK, ou leve à estante (Ctrl+P) e siga com outro.",
        ),
        (
            "{carrier}'s label has not come yet.",
            "The box of order {order} is verified; nothing is lost.",
            "Wait a little and scan OK, or park it (Ctrl+P) and go on with another.",
        ),
    ),
    "LABEL_STOPPED": _three(
        (
            "A {carrier} não deu a etiqueta do pedido {order}.",
            "A caixa está conferida e espera na etapa Etiqueta.",
            "Leve à estante (Ctrl+P); o motivo e o conserto estão em Pendências.",
        ),
        (
            "{carrier} did not give the label of order {order}.",
            "The box is verified and waits at the step Label.",
            "Park it (Ctrl+P); the reason and the mend are in Exceptions.",
        ),
    ),
    "LABEL_UNREADABLE": _three(
        (
            "A etiqueta que {connector} deu não é o que diz ser.",
            "Ela não será impressa; o pedido {order} fica sem etiqueta.",
            "Tente de novo; se repetir, chame o suporte.",
        ),
        (
            "The label that {connector} gave is not what it says to be.",
            "It will not be printed; order {order} has no label.",
            "Try again; if it repeats, call support.",
        ),
    ),
    "INVOICE_REJECTED": _three(
        (
            "A NF-e foi rejeitada: {detail}.",
            "O pedido {order} não pode sair sem ela.",
            "Corrija o cadastro e toque em Tentar de novo.",
        ),
        (
            "The NF-e was rejected: {detail}.",
            "Order {order} can't leave without it.",
            "Correct the data and press Try again.",
        ),
    ),
    "INVOICE_CANCELLED": _three(
        (
            "A NF-e foi cancelada.",
            "O pedido {order} não pode sair com ela.",
            "Emita outra nota ou cancele o pedido.",
        ),
        (
            "The NF-e was cancelled.",
            "Order {order} can't leave with it.",
            "Issue another one, or cancel the order.",
        ),
    ),
    "GATE_HOLDS": _three(
        (
            "O pedido {order} espera: {gate:a} ({system}).",
            "Ele não segue antes disso.",
            "Deixe na estante; a história do pedido diz o que falta.",
        ),
        (
            "Order {order} waits: {gate:a} ({system}).",
            "It goes no further before that.",
            "Leave it on the shelf; the order's story says what is missing.",
        ),
    ),
    "OUTAGE": _three(
        (
            "Sem resposta desde {since}: {systems}.",
            "{ready} pedidos podem ser separados e embalados sem rede. Avisos à espera: {calls}.",
            "Siga o trabalho; tudo segue em ordem quando voltar.",
        ),
        (
            "No answer since {since}: {systems}.",
            "{ready} orders can be picked and packed without the network. "
            "Messages waiting: {calls}.",
            "Go on working; all goes on in order when it is back.",
        ),
    ),
    "OUTAGE_HOLDS": _three(
        (
            "Sem resposta desde {since}: {systems}.",
            "{ready} pedidos seguem sem rede; {held} esperam nota ou etiqueta. Se durar até "
            "{until}, perdem a coleta: {missing}.",
            "Embale primeiro o que está completo; avise o supervisor.",
        ),
        (
            "No answer since {since}: {systems}.",
            "{ready} orders go on without the network; {held} wait for invoice or label. If it "
            "lasts until {until}, these miss their carrier: {missing}.",
            "Pack first what is complete; tell the supervisor.",
        ),
    ),
    "CARRYING_OVER": _three(
        (
            "Levando aos outros sistemas: faltam {left}.",
            "Cada um é feito uma vez, em ordem.",
            "Siga o trabalho.",
        ),
        (
            "Telling the other systems: {left} to go.",
            "Each is done once, in order.",
            "Go on working.",
        ),
    ),
    # --- configuring ------------------------------------------------------------------------
    "CONNECTOR_KIND_UNKNOWN": _three(
        (
            "Tipo de conector desconhecido: {detail}.",
            "Nada mudou.",
            "Veja os tipos instalados: expedita connector list --kinds.",
        ),
        (
            "Unknown kind of connector: {detail}.",
            "Nothing changed.",
            "See the installed kinds: expedita connector list --kinds.",
        ),
    ),
    "CONNECTOR_NAME_BAD": _three(
        (
            "{name} não serve de nome.",
            "Nada mudou.",
            "Use de 1 a 40 letras minúsculas, dígitos e hifens.",
        ),
        ("{name} is no name.", "Nothing changed.", "Use 1 to 40 small letters, digits, hyphens."),
    ),
    "CONNECTOR_OPTION_UNKNOWN": _three(
        ("{kind} não tem a opção {name}.", "Nada mudou.", "As opções são: {options}."),
        ("{kind} has no option {name}.", "Nothing changed.", "The options are: {options}."),
    ),
    "CONNECTOR_OPTION_BAD": _three(
        ("“{value}” não serve para {name}.", "Nada mudou.", "Use um número de {hint}."),
        ("“{value}” does not fit {name}.", "Nothing changed.", "Use a number of {hint}."),
    ),
    "CONNECTOR_OPTION_MISSING": _three(
        ("Falta dizer: {options}.", "Nada mudou.", "Dê cada uma com -o nome=valor ou --secret."),
        (
            "Still missing: {options}.",
            "Nothing changed.",
            "Give each with -o name=value or --secret.",
        ),
    ),
    "CONNECTOR_URL_BAD": _three(
        ("{url} não é um endereço da web.", "Nada mudou.", "Dê um como este: --url {hint}"),
        ("{url} is no address of the web.", "Nothing changed.", "Give one like this: --url {hint}"),
    ),
    "CONNECTOR_UNKNOWN_NAME": _three(
        ("Não há conector {name}.", "Nada mudou.", "Veja quais há: expedita connector list."),
        (
            "There is no connector {name}.",
            "Nothing changed.",
            "See which: expedita connector list.",
        ),
    ),
    "CONNECTOR_ADDED": _three(
        (
            "Conector {name} gravado.",
            "Os pedidos dele chegam com a origem {name}.",
            "Confira o acesso: expedita connector check {name}.",
        ),
        (
            "Connector {name} is kept.",
            "Its orders come under the source {name}.",
            "Check the access: expedita connector check {name}.",
        ),
    ),
    "CONNECTOR_AGREE": _three(
        (
            "Abra no navegador e autorize: {address}",
            "Até lá nenhum pedido é buscado nem avisado por este conector.",
            "Cole aqui o endereço a que o navegador foi levado (vale por um minuto).",
        ),
        (
            "Open this in a browser and agree: {address}",
            "Until then this connector pulls and tells no order.",
            "Paste the address that the browser was sent to (it is good for a minute).",
        ),
    ),
    "CONNECTOR_AUTHORISED": _three(
        (
            "Conector {name} autorizado.",
            "O que esperava pela autorização segue agora.",
            "Nada a fazer: as chaves se renovam sozinhas.",
        ),
        (
            "Connector {name} is authorised.",
            "What waited for it goes on now.",
            "Nothing to do: its keys renew by themselves.",
        ),
    ),
    "CONNECTOR_NO_LOGIN": _three(
        (
            "O conector {name} ({kind}) não se autoriza pelo navegador.",
            "Nada mudou.",
            "Grave a chave dele com expedita connector add.",
        ),
        (
            "Connector {name} ({kind}) is not let in by a browser.",
            "Nothing has changed.",
            "Set its key with expedita connector add.",
        ),
    ),
    "CONNECTOR_CHECKED": _three(
        ("{name}: {system} responde.", "{account} {clock}", "Nada a fazer."),
        ("{name}: {system} answers.", "{account} {clock}", "Nothing to do."),
    ),
    # --- running ----------------------------------------------------------------------------
    "FLOW_BUSY": _three(
        (
            "Outro processo já cuida do fluxo: {holder}.",
            "Nada foi enviado em dobro.",
            "Feche o outro, ou deixe que ele siga.",
        ),
        (
            "Another process runs the flow: {holder}.",
            "Nothing was sent twice.",
            "Close the other, or let it go on.",
        ),
    ),
    "ROUND_DONE": _three(
        (
            "{new} pedidos novos, {changed} alterados, {rejected} à parte; {done} chamadas feitas.",
            "{again} ficam para depois, {dead} esperam por uma pessoa.",
            "Veja em Pendências ou com expedita pending.",
        ),
        (
            "{new} new orders, {changed} changed, {rejected} kept aside; {done} calls made.",
            "{again} are left for later, {dead} wait for a person.",
            "See Exceptions or expedita pending.",
        ),
    ),
    # --- what a person does -----------------------------------------------------------------
    "REPLAYED": _three(
        (
            "{count} chamadas vão de novo.",
            "O que já tinha sido feito é consultado antes.",
            "Acompanhe em Pendências.",
        ),
        (
            "{count} calls go again.",
            "What may have been done is looked up first.",
            "Follow them in Exceptions.",
        ),
    ),
    "NOTHING_TO_REPLAY": _three(
        ("Nada a tentar de novo aqui.", "Nada mudou.", "Veja Pendências."),
        ("Nothing to try again here.", "Nothing changed.", "See Exceptions."),
    ),
    "MATTER_DISCARDED": _three(
        ("Descartado.", "O motivo fica na história do pedido.", "Siga com a próxima pendência."),
        ("Discarded.", "The reason stays in the order's story.", "Go on with the next matter."),
    ),
    "DISCARD_NEEDS_REASON": _three(
        ("Falta o motivo.", "Nada foi descartado.", "Escreva por que não será feito."),
        ("The reason is missing.", "Nothing was discarded.", "Write why it shall not be done."),
    ),
    "RECORD_TAKEN": _three(
        ("O registro corrigido entrou.", "O pedido {order} está na fila.", "Nada a fazer."),
        ("The corrected record is in.", "Order {order} is in the queue.", "Nothing to do."),
    ),
    "RECIPIENT_CORRECTED": _three(
        (
            "Os dados do pedido {order} foram corrigidos.",
            "Etiquetas com os dados antigos deixam de valer.",
            "Toque em Tentar de novo no que esperava por isso.",
        ),
        (
            "The data of order {order} were corrected.",
            "Labels with the old data are void.",
            "Press Try again on what waited for it.",
        ),
    ),
    "CALL_WAITS": _three(
        ("{connector}: {detail}.", _WAITS_PT, "Nada a fazer: o Expedita tenta de novo sozinho."),
        ("{connector}: {detail}.", _WAITS_EN, "Nothing to do: Expedita tries again by itself."),
    ),
    "SYSTEM_AWAY": _three(
        (
            "{connector} não responde. Chamadas à espera: {waiting}.",
            "Nada se perde; tudo segue em ordem quando voltar.",
            "Confira a rede e o sistema; o Expedita volta a perguntar sozinho.",
        ),
        (
            "{connector} does not answer. Calls waiting: {waiting}.",
            "Nothing is lost; all goes on in order when it is back.",
            "Check network and system; Expedita asks again by itself.",
        ),
    ),
}

PROMPTS: dict[str, dict[str, str]] = {}
