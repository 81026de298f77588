"""Texts of printing and of the carriers' tracking codes."""

from __future__ import annotations

_REASONS = {
    "unreachable": ("não responde na rede", "does not answer on the network"),
    "not_connected": ("não está ligada ao computador", "is not connected to the computer"),
    "no_access": ("este usuário não pode usá-la", "this user may not use it"),
    "cut_off": ("a ligação caiu no meio", "the connection broke off"),
    "no_answer": ("não informou o estado", "did not tell its state"),
    "timeout": ("demorou demais", "took too long"),
    "paper_out": ("sem papel", "out of paper"),
    "paper_jam": ("papel preso", "paper jam"),
    "ribbon_out": ("sem ribbon ou tinta", "out of ribbon or ink"),
    "head_open": ("tampa aberta", "its head is open"),
    "head_hot": ("cabeça quente demais", "its head is too hot"),
    "cutter": ("falha no cortador", "cutter fault"),
    "paused": ("em pausa", "paused"),
    "stopped": ("parada", "stopped"),
    "rejected": ("recusou o documento", "refused the document"),
    "aborted": ("abandonou o documento", "gave the document up"),
    "cancelled": ("o documento foi cancelado nela", "the document was cancelled there"),
    "error": ("com defeito", "in error"),
    "folder": ("a pasta não aceita arquivos", "the folder takes no files"),
}
_DOCUMENTS = {
    "shipping-label": ("etiqueta de envio", "shipping label"),
    "danfe": ("DANFE simplificado", "simplified DANFE"),
    "packing-slip": ("lista de conteúdo", "packing slip"),
    "gift-slip": ("bilhete de presente", "gift slip"),
    "romaneio": ("romaneio", "manifest"),
    "test-page": ("página de teste", "test page"),
}
_STATES = {
    "PENDING": ("esperando", "waiting"),
    "SENT": ("enviado", "sent"),
    "PRINTED_UNVERIFIED": ("impresso", "printed"),
    "FAILED": ("não saiu", "did not come out"),
    "RUNNING": ("imprimindo", "printing"),
    "PAUSED": ("em pausa", "paused"),
    "DONE": ("completo", "complete"),
    "damaged": ("etiqueta danificada", "label damaged"),
    "not_out": ("não saiu da impressora", "did not come out"),
    "unreadable": ("código não lê", "code can't be read"),
    "jam": ("papel preso", "paper jam"),
}
WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in (_REASONS | _DOCUMENTS | _STATES).items()
}

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "PRINTER_DOWN": {  # printer, detail
        "pt": (
            "Impressora {printer} não está pronta: {detail:the}.",
            "O documento espera; nada sai duas vezes.",
            "Resolva na impressora e ele sai sozinho, ou bipe outra impressora.",
        ),
        "en": (
            "Printer {printer} is not ready: {detail:the}.",
            "The document waits; nothing comes out twice.",
            "Mend the printer and it comes out by itself, or scan another printer.",
        ),
    },
    "PRINTER_PAPER": {  # printer
        "pt": (
            "Impressora {printer} sem papel.",
            "O documento espera; nada sai duas vezes.",
            "Reponha o papel e ele sai sozinho, ou bipe outra impressora.",
        ),
        "en": (
            "Printer {printer} is out of paper.",
            "The document waits; nothing comes out twice.",
            "Load paper and it comes out by itself, or scan another printer.",
        ),
    },
    "PRINTER_TIMEOUT": {  # printer
        "pt": (
            "Impressora {printer} não respondeu a tempo.",
            "O documento espera; nada sai duas vezes.",
            "Veja se ela está ligada, ou bipe outra impressora.",
        ),
        "en": (
            "Printer {printer} did not answer in time.",
            "The document waits; nothing comes out twice.",
            "See whether it is switched on, or scan another printer.",
        ),
    },
    "PRINT_DOUBT": {  # printer, detail
        "pt": (
            "A impressora {printer} parou no meio: {detail:the}.",
            "O documento pode ter saído ou não.",
            "Se saiu, bipe a etiqueta; se não, bipe REIMPRIMIR ou responda na tela.",
        ),
        "en": (
            "Printer {printer} stopped half-way: {detail:the}.",
            "The document may have come out, or not.",
            "If it came out, scan the label; if not, scan REPRINT or answer on the screen.",
        ),
    },
    "PRINT_DOUBT_FIRST": {  # position
        "pt": (
            "Falta dizer se a etiqueta {position} do lote saiu.",
            "O lote continua na seguinte, sem pular nem repetir.",
            "Olhe a impressora e responda: saiu ou não saiu.",
        ),
        "en": (
            "First say whether label {position} of the batch came out.",
            "The batch goes on at the next, leaving none out and printing none twice.",
            "Look at the printer and answer: it came out, or it did not.",
        ),
    },
    "PRINT_SETTLED": {
        "pt": (
            "Este documento já não está em dúvida.",
            "Nada foi impresso de novo.",
            "Siga com o trabalho.",
        ),
        "en": (
            "This document is not in doubt any more.",
            "Nothing was printed again.",
            "Go on with your work.",
        ),
    },
    "PRINT_CAME_OUT": {
        "pt": ("Anotado: saiu.", "Não será impresso de novo.", "Siga com o trabalho."),
        "en": ("Noted: it came out.", "It is not printed again.", "Go on with your work."),
    },
    "PRINT_AGAIN": {
        "pt": (
            "Anotado: não saiu.",
            "Sai outra via, marcada como tal.",
            "Se a primeira aparecer, destrua-a.",
        ),
        "en": (
            "Noted: it did not come out.",
            "A further copy is printed, and says so.",
            "Destroy the first if it turns up.",
        ),
    },
    "PRINT_REQUESTED": {  # order
        "pt": (
            "Impressão pedida para o pedido {order}.",
            "O pedido não muda de etapa por isso.",
            "Pegue o documento na impressora.",
        ),
        "en": (
            "Printing asked for order {order}.",
            "The order stays at its step.",
            "Take the document from the printer.",
        ),
    },
    "PRINT_AGAIN_REASON": {  # order
        "pt": (
            "Este documento do pedido {order} já foi impresso.",
            "Outra via precisa de um motivo.",
            "Escolha o motivo e peça de novo.",
        ),
        "en": (
            "This document of order {order} was printed before.",
            "A further copy needs a reason.",
            "Choose the reason and ask again.",
        ),
    },
    "REVEAL_FIRST": {  # order
        "pt": (
            "Este documento mostra os dados do cliente do pedido {order}.",
            "Na tela eles só aparecem depois de revelados, com motivo.",
            "Em Pedidos, abra o pedido e use Ver cliente; depois veja o documento.",
        ),
        "en": (
            "This document shows the customer of order {order}.",
            "On the screen that data is shown only after a reveal, with a reason.",
            "Under Orders, open the order and reveal the customer; then look at the document.",
        ),
    },
    "CUSTOMER_ERASED": {  # order
        "pt": (
            "Os dados do cliente do pedido {order} já foram apagados, no prazo.",
            "Os documentos que os mostram não saem mais; o resto do pedido continua aqui.",
            "Se precisar deles, peça à loja ou ao ERP de onde o pedido veio.",
        ),
        "en": (
            "The customer's data of order {order} was erased, on schedule.",
            "Documents that show it don't come out any more; the rest of the order is still here.",
            "If you need it, ask the shop or ERP that the order came from.",
        ),
    },
    "PRINT_FORMAT": {
        "pt": (
            "A etiqueta da transportadora é ZPL, e esta impressora só recebe PDF.",
            "A etiqueta espera; não pode ser mudada.",
            "Bipe uma impressora de etiquetas ZPL.",
        ),
        "en": (
            "The carrier's label is ZPL, and this printer takes PDF only.",
            "The label waits; it may not be changed.",
            "Scan a printer of ZPL labels.",
        ),
    },
    "PRINTER_ADDRESS": {  # printer
        "pt": (
            "O endereço da impressora {printer} não serve.",
            "Nada é impresso nela.",
            "Use socket://IP:9100, ipp://IP/fila, device:/dev/usb/lp0, serial:PORTA, "
            "spooler:NOME ou folder:PASTA.",
        ),
        "en": (
            "The address of printer {printer} can't be one.",
            "Nothing is printed there.",
            "Use socket://IP:9100, ipp://IP/queue, device:/dev/usb/lp0, serial:PORT, "
            "spooler:NAME or folder:PATH.",
        ),
    },
    "PRINTER_CODE_BAD": {  # printer
        "pt": (
            "O código {printer} não serve para uma impressora.",
            "Nada foi mudado.",
            "Use até 20 letras maiúsculas, números e hífen, e dê um nome a ela.",
        ),
        "en": (
            "The code {printer} can't be a printer's.",
            "Nothing was changed.",
            "Use up to 20 capital letters, digits and hyphens, and give it a name.",
        ),
    },
    "PRINTER_UNKNOWN": {  # printer
        "pt": (
            "Não há impressora {printer}.",
            "Nada foi mudado.",
            "Veja a lista em Impressão, ou cadastre-a lá.",
        ),
        "en": (
            "There is no printer {printer}.",
            "Nothing was changed.",
            "See the list under Printing, or add it there.",
        ),
    },
    "PRINTER_CHOSEN": {  # printer
        "pt": (
            "Esta estação agora imprime em {printer}.",
            "O que esperava segue para ela.",
            "Pegue o documento lá.",
        ),
        "en": (
            "This station now prints on {printer}.",
            "What was waiting goes there.",
            "Take the document there.",
        ),
    },
    "PRINTER_SAVED": {  # printer
        "pt": (
            "Impressora {printer} gravada.",
            "As estações já podem usá-la.",
            "Imprima uma página de teste.",
        ),
        "en": ("Printer {printer} saved.", "Stations can use it now.", "Print a test page."),
    },
    "PRINTER_REMOVED": {  # printer
        "pt": (
            "Impressora {printer} retirada da lista.",
            "As estações que a usavam passam à pasta de PDFs.",
            "Escolha outra impressora para elas.",
        ),
        "en": (
            "Printer {printer} taken off the list.",
            "Stations that used it go back to the folder of PDFs.",
            "Choose another printer for them.",
        ),
    },
    "PRINTERS_ASKED": {
        "pt": (
            "Impressoras consultadas de novo.",
            "O que esperava sai se a impressora estiver pronta.",
            "Veja a lista de espera.",
        ),
        "en": (
            "Printers asked again.",
            "What waited comes out where the printer is ready.",
            "See what still waits.",
        ),
    },
    "TEST_PAGE_SENT": {  # printer
        "pt": (
            "Página de teste enviada para {printer}.",
            "Nenhum pedido foi tocado.",
            "Veja se as bordas saem inteiras e bipe o código.",
        ),
        "en": (
            "Test page sent to {printer}.",
            "No order was touched.",
            "See that all edges come out, and scan the code.",
        ),
    },
    "DOCUMENT_UNKNOWN": {  # document
        "pt": (
            "Não há documento {document}.",
            "Nada foi impresso.",
            "Use shipping-label, danfe, packing-slip, gift-slip ou romaneio.",
        ),
        "en": (
            "There is no document {document}.",
            "Nothing was printed.",
            "Use shipping-label, danfe, packing-slip, gift-slip or romaneio.",
        ),
    },
    "MANIFEST_UNKNOWN": {  # manifest
        "pt": (
            "Não há romaneio {manifest}.",
            "Nada foi impresso.",
            "Confira o número na lista de romaneios.",
        ),
        "en": (
            "There is no manifest {manifest}.",
            "Nothing was printed.",
            "Check the number in the list of manifests.",
        ),
    },
    "LABEL_NONE": {  # order
        "pt": (
            "O pedido {order} ainda não tem etiqueta.",
            "Ela nasce na conferência, ou num lote de etiquetas.",
            "Confira o pedido na bancada.",
        ),
        "en": (
            "Order {order} has no label yet.",
            "It is made at the bench, or in a batch of labels.",
            "Pack the order at the bench.",
        ),
    },
    "LABEL_SUPPLIED": {  # order, tracking
        "pt": (
            "Etiqueta da transportadora guardada para o pedido {order}: {tracking}.",
            "Ela sai sem mudança quando o volume estiver pronto.",
            "Siga com o pedido.",
        ),
        "en": (
            "The carrier's label for order {order} is kept: {tracking}.",
            "It is printed unchanged when the package is ready.",
            "Go on with the order.",
        ),
    },
    "LABEL_SUPPLIED_BAD": {  # order
        "pt": (
            "O arquivo não é uma etiqueta para o pedido {order}.",
            "Nada foi guardado.",
            "Envie o ZPL ou o PDF da transportadora, e o código de rastreio dela.",
        ),
        "en": (
            "The file is no label for order {order}.",
            "Nothing was kept.",
            "Give the carrier's ZPL or PDF, and its tracking code.",
        ),
    },
    "TRACKING_TAKEN": {  # tracking
        "pt": (
            "O código {tracking} já está na etiqueta de outro pedido.",
            "Nada foi guardado: dois volumes com um código se perdem.",
            "Peça outra etiqueta à transportadora.",
        ),
        "en": (
            "The code {tracking} is on another order's label.",
            "Nothing was kept: two packages with one code get lost.",
            "Ask the carrier for another label.",
        ),
    },
    "BATCH_STARTED": {  # count
        "pt": (
            "Lote de {count} documentos começado.",
            "Saem por rota: transportadora, serviço e CEP.",
            "Acompanhe em Impressão.",
        ),
        "en": (
            "A batch of {count} documents began.",
            "They come out by route: carrier, service and CEP.",
            "Follow it under Printing.",
        ),
    },
    "BATCH_EMPTY": {
        "pt": (
            "Não há nada para imprimir neste lote.",
            "Nenhum documento saiu.",
            "Mude a busca ou o intervalo.",
        ),
        "en": (
            "There is nothing to print in this batch.",
            "No document came out.",
            "Change the search or the range.",
        ),
    },
    "BATCH_OVER": {
        "pt": (
            "Este lote já terminou, ou já está assim.",
            "Nada foi mudado.",
            "Para repetir uma parte, use Reimprimir de N a M.",
        ),
        "en": (
            "This batch is over, or stands like that already.",
            "Nothing was changed.",
            "To print a part again, use Reprint from N to M.",
        ),
    },
    "BATCH_RUNNING": {
        "pt": (
            "O lote continua.",
            "Segue na etiqueta exata em que parou.",
            "Acompanhe em Impressão.",
        ),
        "en": (
            "The batch goes on.",
            "It continues at the exact label where it stopped.",
            "Follow it under Printing.",
        ),
    },
    "BATCH_PAUSED": {
        "pt": (
            "Lote em pausa.",
            "A etiqueta que está na impressora ainda sai; nenhuma outra.",
            "Continue quando quiser.",
        ),
        "en": (
            "The batch is paused.",
            "The label that is at the printer still comes out; no other does.",
            "Go on when you like.",
        ),
    },
    "BATCH_CANCELLED": {
        "pt": (
            "Lote cancelado.",
            "O que já saiu continua válido; o resto não será impresso.",
            "Para o resto, comece outro lote.",
        ),
        "en": (
            "The batch is cancelled.",
            "What came out stays good; the rest is not printed.",
            "For the rest, begin another batch.",
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
