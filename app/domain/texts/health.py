"""Texts of the systems that an order depends on: their names and states, why they are not well,
and what can still be done while one is down.

`STILL_<KIND>` has for each kind of system: what stands still, what goes on, what to do.
"""

from __future__ import annotations


def _words(names: dict[str, tuple[str, str]]) -> dict[str, dict[str, dict[str, str]]]:
    return {
        code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
        for code, (pt, en) in names.items()
    }


_KINDS = {
    "system.store": ("Dados", "Data"),
    "system.warehouse": ("Armazém", "Warehouse"),
    "system.disk": ("Disco", "Disk"),
    "system.clock": ("Relógio", "Clock"),
    "system.printer": ("Impressora", "Printer"),
    "system.scanner": ("Leitor", "Scanner"),
    "system.scale": ("Balança", "Scale"),
    "system.gateway": ("Rede", "Network"),
    "system.names": ("DNS", "DNS"),
    "system.door": ("Acesso", "Access"),
    "system.backup": ("Cópia", "Backup"),
    "system.journal": ("Envio ao armazém", "Sending to warehouse"),
    "system.outbox": ("Fila de envio", "Outbox"),
    "system.orders": ("Pedidos", "Orders"),
    "system.payments": ("Pagamentos", "Payments"),
    "system.invoices": ("NF-e", "NF-e"),
    "system.carrier": ("Transportadora", "Carrier"),
    "system.tracking": ("Rastreio", "Tracking"),
    "system.stock": ("Estoque", "Stock"),
    "system.notice": ("Avisos ao cliente", "Customer notices"),
    "system.helpdesk": ("Chamados", "Helpdesk"),
    "system.mail": ("E-mail", "E-mail"),
    "system.answer": ("Resposta à leitura", "Answer to a scan"),
    "system.label": ("Item até etiqueta", "Item to label"),
    "system.proof": ("Etiqueta até prova", "Label to proof"),
}
_STATES = {
    "state.up": ("funciona", "up"),
    "state.warn": ("atenção", "attention"),
    "state.slow": ("lento", "slow"),
    "state.down": ("fora do ar", "down"),
    "state.unknown": ("sem notícia", "unknown"),
}
WORDS = _words(_KINDS | _STATES)

# Why a system is not well, as one sentence; {detail} is a host, a path, a number.
_CAUSES: dict[str, tuple[str, str]] = {
    "REFUSED": ("Recusou a conexão ({detail}).", "It refused the connection ({detail})."),
    "RESET": ("Cortou a conexão ({detail}).", "It cut the connection ({detail})."),
    "TIMEOUT": ("Não respondeu a tempo ({detail}).", "It did not answer in time ({detail})."),
    "NO_ROUTE": ("Não há caminho até lá ({detail}).", "There is no way to it ({detail})."),
    "UNREACHABLE": ("Não pôde ser alcançado ({detail}).", "It could not be reached ({detail})."),
    "NAME_UNKNOWN": (
        "O nome {detail} não foi encontrado na rede.",
        "The name {detail} was not found on the network.",
    ),
    "NO_GATEWAY": (
        "Este computador não tem saída para a rede.",
        "This computer has no way out to the network.",
    ),
    "TLS_EXPIRED": ("O certificado venceu ({detail}).", "Its certificate has expired ({detail})."),
    "TLS_NAME": (
        "O certificado é de outro endereço ({detail}).",
        "Its certificate is for another address ({detail}).",
    ),
    "TLS_UNTRUSTED": (
        "O certificado não é de confiança ({detail}).",
        "Its certificate is not trusted ({detail}).",
    ),
    "TLS_FAILED": (
        "A conexão segura falhou ({detail}).",
        "The secure connection failed ({detail}).",
    ),
    "CERT_EXPIRES": (
        "O certificado vence logo (endereço, dias: {detail}).",
        "Its certificate expires soon (address, days: {detail}).",
    ),
    "AUTH": ("A chave de acesso não é aceita.", "Its key is not accepted."),
    "UNFIT": (
        "O que foi gravado dele não serve ({detail}).",
        "What was stored of it does not fit ({detail}).",
    ),
    "BAD_ANSWER": (
        "Respondeu algo que não se entende ({detail}).",
        "It answered what can't be understood ({detail}).",
    ),
    "THROTTLED": ("Pede para esperar: chamadas demais.", "It asks to wait: too many calls."),
    "DISK_FULL": ("O disco está cheio (livre: {detail}).", "The disk is full (free: {detail})."),
    "DISK_LOW": (
        "O disco está quase cheio (livre: {detail}).",
        "The disk is nearly full (free: {detail}).",
    ),
    "NOT_WRITABLE": ("Não se pode gravar em {detail}.", "{detail} can't be written to."),
    "MISSING": ("{detail} não está conectado.", "{detail} is not connected."),
    "NOT_CONFIGURED": ("Falta o endereço nos ajustes.", "Its address is missing in the settings."),
    "CLOCK_BACK": (
        "O relógio foi atrasado: há registros {detail} à frente dele.",
        "The clock was set back: there are entries {detail} ahead of it.",
    ),
    "CLOCK_WRONG": (
        "O relógio está errado em {detail}.",
        "The clock is wrong by {detail}.",
    ),
    "CLOCK_OFF": ("O relógio está {detail} fora da hora.", "The clock is off by {detail}."),
    "CLOCK_UNCHECKED": (
        "O servidor de hora não respondeu; o relógio não foi conferido.",
        "The time server did not answer; the clock was not checked.",
    ),
    "SLOWER": ("Está mais lento que o normal.", "It is slower than usual."),
    "NOT_HEARD": ("Há tempo não se sabe dele.", "Nothing was heard of it for some time."),
    "NOT_READY": ("Não está pronta ({detail}).", "It is not ready ({detail})."),
    "PAPER_OUT": ("Está sem papel.", "It is out of paper."),
    "STORE_FULL": ("O disco está cheio: nada é gravado.", "The disk is full: nothing is saved."),
    "STORE_READ_ONLY": (
        "A pasta de dados não aceita gravações.",
        "The data folder takes no writes.",
    ),
    "STORE_BUSY": ("Outro programa está usando os dados.", "Another program is using the data."),
    "STORE_FAILED": ("O disco falhou.", "The disk failed."),
    "STORE_DAMAGED": ("Os dados estão danificados.", "The data is damaged."),
    "STORE_UNUSABLE": ("Os dados não puderam ser usados.", "The data could not be used."),
    "BACKUP_OLD": (
        "A última cópia é antiga ({detail}).",
        "The last backup is old ({detail}).",
    ),
    "BACKUP_FAILED": ("A última cópia falhou ({detail}).", "The last backup failed ({detail})."),
    "WAITING": ("Há envios parados ({detail}).", "Something waits to be sent ({detail})."),
    "CLOCK_DIFFERS": (
        "O relógio dele difere do nosso em {detail}.",
        "Its clock differs from ours by {detail}.",
    ),
    "DEAD_CALLS": (
        "Envios esperam por uma pessoa ({detail}).",
        "Calls wait for a person ({detail}).",
    ),
    "PROBE_BROKE": (
        "A verificação falhou por dentro ({detail}).",
        "The check itself failed ({detail}).",
    ),
}
PROMPTS: dict[str, dict[str, str]] = {
    f"CAUSE_{code}": {"pt": pt, "en": en} for code, (pt, en) in _CAUSES.items()
}

# What stands still, what goes on, what to do: for a person at the bench, not for a technician.
_STILL: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "STORE": (
        (
            "Nenhuma leitura é contada.",
            "O que já ficou verde está gravado; as caixas podem ficar onde estão.",
            "Pare de bipar e chame o suporte.",
        ),
        (
            "No scan is counted.",
            "What was green is saved; the boxes may stay where they are.",
            "Stop scanning and call support.",
        ),
    ),
    "WAREHOUSE": (
        (
            "Não há pedidos novos de outras estações, e ninguém vê o que esta faz.",
            "Separe, confira e embale o que esta estação já tem; tudo é enviado depois.",
            "Continue. Se faltar trabalho, chame o suporte.",
        ),
        (
            "No new orders from other stations, and nobody sees what this one does.",
            "Pick, check and pack what this station holds; all is sent later.",
            "Go on. If you run out of work, call support.",
        ),
    ),
    "DISK": (
        (
            "Quando o disco encher, nenhuma leitura será contada.",
            "Até lá tudo funciona.",
            "Chame o suporte agora para liberar espaço.",
        ),
        (
            "When the disk is full no scan will be counted.",
            "Until then everything works.",
            "Call support now to free some space.",
        ),
    ),
    "CLOCK": (
        (
            "Horários de corte e registros podem sair errados.",
            "Separar, conferir e expedir continuam.",
            "Confira o corte pelo relógio da parede e chame o suporte.",
        ),
        (
            "Cut-off times and records may be wrong.",
            "Picking, packing and dispatch go on.",
            "Check the cut-off by the wall clock and call support.",
        ),
    ),
    "PRINTER": (
        (
            "Etiquetas e romaneios não saem nesta impressora.",
            "Separe e confira; as etiquetas ficam guardadas e saem depois, sem segunda via.",
            "Confira papel, tampa e cabo, ou use outra impressora.",
        ),
        (
            "Labels and manifests don't come out of this printer.",
            "Pick and check; labels are kept and come out later, with no second one made.",
            "Check paper, cover and cable, or use another printer.",
        ),
    ),
    "SCANNER": (
        (
            "O leitor não lê.",
            "Códigos podem ser digitados; a tela não perde nada.",
            "Reconecte o leitor ou troque-o.",
        ),
        (
            "The scanner does not read.",
            "Codes can be typed; the screen loses nothing.",
            "Reconnect the scanner or swap it.",
        ),
    ),
    "SCALE": (
        (
            "O peso não vem sozinho.",
            "Pese em outra balança e digite o peso.",
            "Confira o cabo da balança.",
        ),
        (
            "The weight does not come by itself.",
            "Weigh elsewhere and type the weight.",
            "Check the scale's cable.",
        ),
    ),
    "GATEWAY": (
        (
            "Nada de fora chega e nada sai: pedidos novos, notas, etiquetas de transportadora.",
            "Separe, confira e embale o que esta estação já tem; tudo é enviado depois.",
            "Continue. Confira o cabo de rede ou o Wi-Fi e chame o suporte.",
        ),
        (
            "Nothing comes in or goes out: new orders, invoices, carriers' labels.",
            "Pick, check and pack what this station holds; all is sent later.",
            "Go on. Check the network cable or the Wi-Fi and call support.",
        ),
    ),
    "NAMES": (
        (
            "Sistemas de fora não são encontrados pelo nome.",
            "Separe, confira e embale o que esta estação já tem; tudo é enviado depois.",
            "Continue e chame o suporte.",
        ),
        (
            "Outside systems are not found by their names.",
            "Pick, check and pack what this station holds; all is sent later.",
            "Go on and call support.",
        ),
    ),
    "DOOR": (
        (
            "O que depende de {name} espera.",
            "Todo o resto continua.",
            "Continue e chame o suporte.",
        ),
        (
            "What depends on {name} waits.",
            "All else goes on.",
            "Go on and call support.",
        ),
    ),
    "BACKUP": (
        (
            "Se este computador quebrar, o trabalho desde a última cópia se perde.",
            "Tudo continua.",
            "Chame o suporte hoje.",
        ),
        (
            "If this computer breaks, the work since the last backup is lost.",
            "Everything goes on.",
            "Call support today.",
        ),
    ),
    "JOURNAL": (
        (
            "O armazém ainda não sabe do que esta estação fez.",
            "Continue; nada se perde e tudo é enviado depois.",
            "Não desligue o computador sem avisar o suporte.",
        ),
        (
            "The warehouse does not know yet what this station did.",
            "Go on; nothing is lost and all is sent later.",
            "Don't switch the computer off without telling support.",
        ),
    ),
    "OUTBOX": (
        (
            "A loja e os sistemas ainda não sabem do que já foi embalado e expedido.",
            "Separar, conferir e expedir continuam; tudo é enviado depois.",
            "Veja Pendências e chame o suporte.",
        ),
        (
            "The shop and other systems don't know yet what was packed and shipped.",
            "Picking, packing and dispatch go on; all is sent later.",
            "See Exceptions and call support.",
        ),
    ),
    "ORDERS": (
        (
            "Pedidos novos, mudanças e cancelamentos de {name} não chegam.",
            "Separe, confira, embale e expeça os pedidos que já estão aqui.",
            "Continue. Antes de expedir, pergunte ao supervisor por cancelamentos.",
        ),
        (
            "New orders, changes and cancellations from {name} don't arrive.",
            "Pick, check, pack and ship the orders that are here.",
            "Go on. Before shipping, ask the supervisor about cancellations.",
        ),
    ),
    "PAYMENTS": (
        (
            "Pagamentos novos não são confirmados.",
            "Pedidos já pagos seguem até o fim.",
            "Continue com o que está na fila.",
        ),
        (
            "New payments are not confirmed.",
            "Orders already paid go on to the end.",
            "Go on with what is in the queue.",
        ),
    ),
    "INVOICES": (
        (
            "Notas fiscais novas não saem.",
            "Separe e confira; embale os pedidos que já têm nota. Os outros esperam na etapa NF-e.",
            "Deixe os que esperam na prateleira e siga com o próximo.",
        ),
        (
            "No new invoices are issued.",
            "Pick and check; pack the orders that have theirs. The others wait at their NF-e.",
            "Leave those that wait on the shelf and take the next.",
        ),
    ),
    "CARRIER": (
        (
            "Etiquetas novas de {name} não saem.",
            "Embale os pedidos que já têm etiqueta e os de outras transportadoras.",
            "Confira o corte com o supervisor.",
        ),
        (
            "No new labels from {name}.",
            "Pack the orders that have their label, and those of other carriers.",
            "Check the cut-off with the supervisor.",
        ),
    ),
    "TRACKING": (
        (
            "Não se vê onde estão as encomendas já expedidas.",
            "Todo o trabalho do armazém continua.",
            "Nada a fazer no galpão.",
        ),
        (
            "It can't be seen where shipped parcels are.",
            "All of the warehouse's work goes on.",
            "Nothing to do on the floor.",
        ),
    ),
    "STOCK": (
        (
            "O estoque contado no outro sistema não chega aos endereços.",
            "A separação segue com o estoque que esta estação conhece.",
            "Se um endereço estiver vazio, registre a falta como de costume.",
        ),
        (
            "What the other system counts does not reach the bins.",
            "Picking goes on with the stock that this station knows.",
            "Where a bin is empty, report the short as usual.",
        ),
    ),
    "NOTICE": (
        (
            "O cliente é avisado mais tarde.",
            "Todo o trabalho do armazém continua.",
            "Nada a fazer no galpão.",
        ),
        (
            "The customer is told later.",
            "All of the warehouse's work goes on.",
            "Nothing to do on the floor.",
        ),
    ),
    "HELPDESK": (
        (
            "Chamados ficam guardados nesta estação.",
            "Todo o trabalho continua; os chamados são enviados depois.",
            "Se for urgente, telefone para o suporte.",
        ),
        (
            "Tickets are kept at this station.",
            "All work goes on; tickets are sent later.",
            "If it is urgent, call support by phone.",
        ),
    ),
    "MAIL": (
        (
            "Avisos por e-mail não saem.",
            "Todo o trabalho continua.",
            "Conte ao supervisor o que esta página mostra.",
        ),
        (
            "Alerts by e-mail don't go out.",
            "All work goes on.",
            "Tell the supervisor what this page shows.",
        ),
    ),
    "ANSWER": (
        (
            "A tela responde às leituras mais devagar que o normal.",
            "Toda leitura respondida em verde está gravada.",
            "Espere a resposta antes da próxima leitura e chame o suporte.",
        ),
        (
            "The screen answers scans slower than usual.",
            "Every scan that was answered in green is saved.",
            "Wait for the answer before the next scan, and call support.",
        ),
    ),
    "LABEL": (
        (
            "Do último item à etiqueta passa mais tempo que o normal.",
            "Conferir e embalar continuam.",
            "Veja a impressora e o que a tela pede; se não for isso, chame o suporte.",
        ),
        (
            "From the last item to the label it takes longer than usual.",
            "Checking and packing go on.",
            "Look at the printer and at what the screen asks; if it isn't that, call support.",
        ),
    ),
    "PROOF": (
        (
            "Da etiqueta à sua leitura passa mais tempo que o normal.",
            "Conferir e embalar continuam.",
            "Veja se a etiqueta sai logo e bem legível; se não, chame o suporte.",
        ),
        (
            "From the label to its scan it takes longer than usual.",
            "Checking and packing go on.",
            "See whether labels come out at once and are easy to read; if not, call support.",
        ),
    ),
}
TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    f"STILL_{kind}": {"pt": pt, "en": en} for kind, (pt, en) in _STILL.items()
}
