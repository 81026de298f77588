"""Answers and prompts of dispatch."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "PACKAGE_LOADED": {  # order, package, packages, loaded, expected
        "pt": (
            "Pedido {order}, volume {package} de {packages}: carregado.",
            "No romaneio: {loaded}/{expected}.",
            "Bipe o próximo volume.",
        ),
        "en": (
            "Order {order}, package {package} of {packages}: loaded.",
            "On the manifest: {loaded}/{expected}.",
            "Scan the next package.",
        ),
    },
    "PACKAGE_LOADED_PART": {  # order, package, packages, missing
        "pt": (
            "Pedido {order}, volume {package} de {packages}: carregado.",
            "Falta volume {missing} de {packages}.",
            "Bipe o volume que falta.",
        ),
        "en": (
            "Order {order}, package {package} of {packages}: loaded.",
            "Package {missing} of {packages} is missing.",
            "Scan the missing package.",
        ),
    },
    "PACKAGE_UNLOADED": {  # tracking, package
        "pt": (
            "Volume retirado do romaneio: {tracking}.",
            "Ele volta a esperar a expedição.",
            "Tire-o do carregamento.",
        ),
        "en": (
            "Package taken off the manifest: {tracking}.",
            "It waits for dispatch again.",
            "Take it out of the load.",
        ),
    },
    "CUTOFF_CONFIRMED": {  # manifest
        "pt": (
            "Horário de corte passado, confirmado.",
            "O romaneio {manifest} segue aberto.",
            "Bipe o volume de novo.",
        ),
        "en": (
            "Past the cut-off, confirmed.",
            "Manifest {manifest} stays open.",
            "Scan the package again.",
        ),
    },
    "MANIFEST_READY": {  # manifest, orders, packages
        "pt": (
            "Romaneio {manifest} fechado.",
            "Pedidos: {orders}; volumes: {packages}.",
            "Assine as duas vias e entregue à transportadora.",
        ),
        "en": (
            "Manifest {manifest} closed.",
            "Orders: {orders}; packages: {packages}.",
            "Sign both copies and hand over to the carrier.",
        ),
    },
    "HANDED_OVER": {  # manifest, packages, plate
        "pt": (
            "Romaneio {manifest} entregue à transportadora.",
            "Volumes expedidos: {packages}.",
            "Guarde a via assinada.",
        ),
        "en": (
            "Manifest {manifest} handed over to the carrier.",
            "Packages shipped: {packages}.",
            "Keep the signed copy.",
        ),
    },
    "ALREADY_LOADED": {  # order, package, packages
        "pt": (
            "Já carregado: pedido {order}, volume {package} de {packages}.",
            "Não foi contado de novo.",
            "Bipe o próximo volume.",
        ),
        "en": (
            "Already loaded: order {order}, package {package} of {packages}.",
            "It was not counted again.",
            "Scan the next package.",
        ),
    },
    "WRONG_MANIFEST": {  # carrier, service, dock, manifest
        "pt": (
            "Este volume vai com {carrier} {service}.",
            "O pedido {order} não é deste romaneio. O dele: {manifest:a}, doca {dock:a}.",
            "Tire-o daqui e leve-o para onde {carrier} {service} carrega.",
        ),
        "en": (
            "This package goes with {carrier} {service}.",
            "Order {order} is not for this manifest. Its own: {manifest:a}, dock {dock:a}.",
            "Take it away, to where {carrier} {service} is loaded.",
        ),
    },
    "NOT_PACKED": {  # order, package
        "pt": (
            "O pedido {order} ainda não foi embalado até o fim.",
            "O volume {package} não pode sair.",
            "Leve-o à bancada de embalagem.",
        ),
        "en": (
            "Order {order} is not packed to the end.",
            "Package {package} can't leave.",
            "Take it to the packing bench.",
        ),
    },
    "MISSING_VOLUMES": {  # order, missing, packages
        "pt": (
            "Falta volume {missing} de {packages}.",
            "O pedido {order} não sai pela metade: o romaneio segue aberto.",
            "Carregue o que falta, ou retire os volumes deste pedido.",
        ),
        "en": (
            "Package {missing} of {packages} is missing.",
            "Order {order} does not leave by halves: the manifest stays open.",
            "Load what is missing, or take this order's packages off.",
        ),
    },
    "MANIFEST_CLOSED": {  # manifest
        "pt": (
            "O romaneio {manifest} está fechado.",
            "Nada mais entra ou sai dele.",
            "Entregue-o, ou abra outro para a próxima coleta.",
        ),
        "en": (
            "Manifest {manifest} is closed.",
            "Nothing more goes on or off it.",
            "Hand it over, or open another for the next pickup.",
        ),
    },
    "AFTER_CUTOFF": {  # carrier, order
        "pt": (
            "Passou o horário de corte da {carrier}.",
            "O pedido {order} pode ficar para a próxima coleta.",
            "Para carregar assim mesmo, bipe de novo.",
        ),
        "en": (
            "{carrier}'s cut-off is over.",
            "Order {order} may have to wait for the next pickup.",
            "To load it all the same, scan again.",
        ),
    },
    "INVOICE_GONE": {  # order, package
        "pt": (
            "A NF-e do pedido {order} foi cancelada.",
            "O volume {package} não pode sair sem NF-e que valha.",
            "Tire-o da carga e chame o supervisor: emita outra NF-e ou cancele o pedido.",
        ),
        "en": (
            "The NF-e of order {order} was cancelled.",
            "Package {package} may not leave without an NF-e that stands.",
            "Take it off the load and call the supervisor: issue another NF-e or cancel the order.",
        ),
    },
    "INVOICES_ASKED": {  # count, order
        "pt": (
            "Conferindo se as NF-e ainda valem: {count} pedido(s).",
            "O romaneio segue aberto até a resposta; nada sai com NF-e cancelada.",
            "Espere um instante e feche de novo.",
        ),
        "en": (
            "Asking whether the NF-e still stand: {count} order(s).",
            "The manifest stays open until the answer; nothing leaves under a cancelled NF-e.",
            "Wait a moment and close again.",
        ),
    },
    "INVOICES_WAITED_FOR": {  # count, order
        "pt": (
            "Sem resposta ainda: {count} NF-e, a começar pelo pedido {order}.",
            "O romaneio segue aberto; nada se perde.",
            "Feche de novo: após meio minuto sem nenhuma resposta, fecha assim mesmo.",
        ),
        "en": (
            "No answer yet: {count} NF-e, beginning with order {order}.",
            "The manifest stays open; nothing is lost.",
            "Close again: after half a minute without any answer it closes all the same.",
        ),
    },
    "NOTHING_TO_SHIP": {  # carrier, service
        "pt": (
            "Nada espera por {carrier} agora.",
            "Nenhum romaneio foi aberto.",
            "Escolha outra transportadora, ou espere o próximo volume conferido.",
        ),
        "en": (
            "Nothing waits for {carrier} now.",
            "No manifest was opened.",
            "Choose another carrier, or wait for the next verified package.",
        ),
    },
    "MANIFEST_OPENED": {  # manifest, carrier, service
        "pt": (
            "Romaneio {manifest} aberto.",
            "É de {carrier} {service}.",
            "Bipe a etiqueta de cada volume.",
        ),
        "en": (
            "Manifest {manifest} is open.",
            "It is for {carrier} {service}.",
            "Scan the label of each package.",
        ),
    },
    "MANIFEST_EMPTY": {  # manifest
        "pt": (
            "O romaneio {manifest} está vazio.",
            "Não há o que fechar.",
            "Bipe os volumes antes.",
        ),
        "en": (
            "Manifest {manifest} is empty.",
            "There is nothing to close.",
            "Scan the packages first.",
        ),
    },
    "LEFT_BEHIND": {  # count, orders
        "pt": (
            "Ficam para trás {count} pedidos: {orders}.",
            "O romaneio segue aberto.",
            "Carregue-os, ou feche com o motivo.",
        ),
        "en": (
            "{count} orders would be left behind: {orders}.",
            "The manifest stays open.",
            "Load them, or close it with a reason.",
        ),
    },
    "LEFT_BEHIND_DENIED": {  # count, orders
        "pt": (
            "Ficam para trás {count} pedidos: {orders}.",
            "Sua função não permite fechar o romaneio assim.",
            "Carregue-os, ou chame o supervisor.",
        ),
        "en": (
            "{count} orders would be left behind: {orders}.",
            "Your role does not allow closing it like this.",
            "Load them, or call the supervisor.",
        ),
    },
    "CLOSE_FIRST": {  # manifest
        "pt": (
            "O romaneio {manifest} ainda está aberto.",
            "Ele só é entregue fechado.",
            "Feche o romaneio antes.",
        ),
        "en": (
            "Manifest {manifest} is still open.",
            "Only a closed one is handed over.",
            "Close the manifest first.",
        ),
    },
    "PLATE_NEEDED": {  # manifest
        "pt": (
            "Falta a placa do veículo.",
            "O romaneio {manifest} está fechado e espera.",
            "Informe a placa.",
        ),
        "en": (
            "The vehicle's plate is missing.",
            "Manifest {manifest} is closed and waits.",
            "Give the plate.",
        ),
    },
    "DRIVER_NEEDED": {  # manifest
        "pt": (
            "Falta quem leva os volumes.",
            "O romaneio {manifest} está fechado e espera.",
            "Informe o nome do motorista e o documento que ele mostrou.",
        ),
        "en": (
            "Who takes the packages is missing.",
            "Manifest {manifest} is closed and waits.",
            "Give the driver's name and the document that was shown.",
        ),
    },
    "DOCK_READ": {  # dock, count
        "pt": (
            "Doca {dock}.",
            "Romaneios abertos aqui: {count}.",
            "Bipe um volume para abrir o romaneio dele, ou escolha na tela.",
        ),
        "en": (
            "Dock {dock}.",
            "Manifests open here: {count}.",
            "Scan a package to open its manifest, or choose on the screen.",
        ),
    },
    "MANIFEST_OFFERED": {  # order, tracking, carrier, service
        "pt": (
            "Pedido {order}: espera o romaneio de {carrier} {service}.",
            "Nada foi carregado ainda.",
            "Bipe a etiqueta de novo para abrir o romaneio e carregá-la.",
        ),
        "en": (
            "Order {order} waits for the manifest of {carrier} {service}.",
            "Nothing is loaded yet.",
            "Scan the label again to open the manifest and load it.",
        ),
    },
    "MANIFEST_WAITS": {  # manifest, carrier, service
        "pt": (
            "Romaneio {manifest}: fechado.",
            "Os volumes esperam {carrier} {service}.",
            "Quando o motorista chegar, entregue e informe quem levou.",
        ),
        "en": (
            "Manifest {manifest} is closed.",
            "Its packages wait for {carrier} {service}.",
            "When the driver comes, hand over and enter who took them.",
        ),
    },
    "NOT_LOADED": {  # tracking
        "pt": (
            "Este volume não está no romaneio.",
            "Nada mudou ({tracking}).",
            "Confira a lista de volumes.",
        ),
        "en": (
            "This package is not on the manifest.",
            "Nothing changed ({tracking}).",
            "Check the list of packages.",
        ),
    },
}

PROMPTS: dict[str, dict[str, str]] = {
    "DISPATCH_LOAD": {
        "pt": "Bipe a etiqueta do volume ({loaded}/{expected})",
        "en": "Scan the package's label ({loaded}/{expected})",
    },
    "DISPATCH_CLOSE": {
        "pt": "Tudo carregado: feche o romaneio",
        "en": "All loaded: close the manifest",
    },
    "DISPATCH_HANDOVER": {
        "pt": "Entregue à transportadora e informe quem levou",
        "en": "Hand over to the carrier and enter who took it",
    },
    "DISPATCH_DONE": {
        "pt": "Romaneio {manifest} entregue",
        "en": "Manifest {manifest} handed over",
    },
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    "manifest.none": {"pt": {"a": "ainda não aberto"}, "en": {"a": "not open yet"}},
    "dock.none": {"pt": {"a": "a definir"}, "en": {"a": "not set"}},
}
