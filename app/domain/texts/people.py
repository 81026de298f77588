"""Texts of signing in, operators and permissions."""

from __future__ import annotations

_NO_MATCH = {  # one text for both, so that nobody learns from it which badges exist
    "pt": (
        "Crachá ou PIN não confere.",
        "Ninguém entrou; a tarefa continua guardada.",
        "Bipe o crachá e digite o PIN de novo.",
    ),
    "en": (
        "Badge and PIN do not match.",
        "Nobody was signed in; the task is kept.",
        "Scan the badge and type the PIN again.",
    ),
}

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "PIN_WRONG": _NO_MATCH,
    "BADGE_UNKNOWN": _NO_MATCH,
    "PIN_NOT_YOURS": {  # of whoever is signed in already
        "pt": (
            "Este não é o seu PIN.",
            "Nada mudou; você continua na estação.",
            "Digite de novo o PIN com que você entra.",
        ),
        "en": (
            "This is not your PIN.",
            "Nothing changed; you are still signed in.",
            "Type the PIN again that you sign in with.",
        ),
    },
    "PIN_WAIT": {  # wait_s
        "pt": (
            "Espere {wait_s} s para tentar outro PIN.",
            "Ninguém entrou; a tarefa continua guardada.",
            "Espere a contagem, ou peça um PIN novo ao supervisor.",
        ),
        "en": (
            "Wait {wait_s} s before another PIN.",
            "Nobody was signed in; the task is kept.",
            "Wait for the countdown, or ask the supervisor for a new PIN.",
        ),
    },
    "PIN_FORMAT": {
        "pt": (
            "O PIN tem de 4 a 8 números.",
            "Nada foi gravado.",
            "Digite só números, de 4 a 8.",
        ),
        "en": ("A PIN has 4 to 8 digits.", "Nothing was saved.", "Type digits only, 4 to 8."),
    },
    "PIN_TRIVIAL": {
        "pt": (
            "Este PIN é fácil de adivinhar.",
            "Nada foi gravado.",
            "Evite sequências, repetições e o número do crachá.",
        ),
        "en": (
            "This PIN is easy to guess.",
            "Nothing was saved.",
            "Avoid sequences, repeats and the badge's number.",
        ),
    },
    "BADGE_FORMAT": {
        "pt": (
            "Este código não serve de crachá.",
            "Nada foi gravado.",
            "Use de 1 a 20 letras sem acento, números ou hífen.",
        ),
        "en": (
            "This code cannot be a badge.",
            "Nothing was saved.",
            "Use 1 to 20 plain letters, digits or hyphens.",
        ),
    },
    "BADGE_TAKEN": {  # badge
        "pt": (
            "O crachá {badge} já é de outra pessoa.",
            "Nada foi gravado.",
            "Use outro código de crachá.",
        ),
        "en": (
            "Badge {badge} already belongs to someone.",
            "Nothing was saved.",
            "Use another badge code.",
        ),
    },
    "OPERATOR_NAME": {
        "pt": (
            "Falta o nome do operador.",
            "Nada foi gravado.",
            "Digite um nome de até 80 letras.",
        ),
        "en": (
            "The operator's name is missing.",
            "Nothing was saved.",
            "Type a name of up to 80 letters.",
        ),
    },
    "OPERATOR_ROLE": {  # role, roles
        "pt": ("A função {role} não existe.", "Nada foi gravado.", "Escolha uma: {roles}."),
        "en": ("There is no role {role}.", "Nothing was saved.", "Choose one: {roles}."),
    },
    "OPERATOR_ADDED": {  # name, badge
        "pt": (
            "{name} pode entrar com o crachá {badge}.",
            "O operador foi gravado.",
            "Imprima o crachá na folha de códigos.",
        ),
        "en": (
            "{name} can sign in with badge {badge}.",
            "The operator was saved.",
            "Print the badge on a code sheet.",
        ),
    },
    "OPERATOR_REMOVED": {  # name
        "pt": (
            "{name} não entra mais.",
            "O trabalho já feito continua no diário.",
            "Recolha o crachá.",
        ),
        "en": (
            "{name} can no longer sign in.",
            "The work already done stays in the journal.",
            "Collect the badge.",
        ),
    },
    "OPERATOR_DISABLED": {
        "pt": (
            "Este acesso foi desativado.",
            "Ninguém entrou; a tarefa continua guardada.",
            "Fale com o supervisor.",
        ),
        "en": (
            "This access was taken away.",
            "Nobody was signed in; the task is kept.",
            "Talk to the supervisor.",
        ),
    },
    "OPERATOR_UNKNOWN": {  # badge
        "pt": (
            "Nenhum operador tem o crachá {badge}.",
            "Nada foi mudado.",
            "Veja os crachás na lista de operadores.",
        ),
        "en": (
            "No operator has badge {badge}.",
            "Nothing was changed.",
            "See the badges in the list of operators.",
        ),
    },
    "OPERATOR_LAST_SUPERVISOR": {  # name
        "pt": (
            "{name} é o último supervisor.",
            "Nada foi mudado.",
            "Cadastre outro supervisor antes.",
        ),
        "en": (
            "{name} is the last supervisor.",
            "Nothing was changed.",
            "Add another supervisor first.",
        ),
    },
    "OPERATOR_NOT_FIRST": {
        "pt": (
            "Esta estação já tem operadores.",
            "Nada foi gravado.",
            "Entre com um crachá de supervisor.",
        ),
        "en": (
            "This station already has operators.",
            "Nothing was saved.",
            "Sign in with a supervisor's badge.",
        ),
    },
    "BADGE_READ": {
        "pt": ("Crachá lido.", "Uma tarefa em mãos continua guardada.", "Digite seu PIN."),
        "en": ("Badge read.", "A task in hand is kept.", "Type your PIN."),
    },
    "SIGNED_IN": {  # operator
        "pt": ("Olá, {operator}.", "A estação é sua.", "Escolha o trabalho."),
        "en": ("Hello, {operator}.", "The station is yours.", "Choose the work."),
    },
    "SIGNED_OUT": {
        "pt": ("Até logo.", "Tudo está gravado.", "Bipe seu crachá para entrar."),
        "en": ("Goodbye.", "Everything is saved.", "Scan your badge to sign in."),
    },
    "LOCKED": {
        "pt": (
            "Estação bloqueada.",
            "A tarefa continua guardada.",
            "Bipe seu crachá para voltar.",
        ),
        "en": ("Station locked.", "The task is kept.", "Scan your badge to come back."),
    },
    "NOT_PERMITTED": {  # permission
        "pt": (
            "Sua função não permite {permission:the}.",
            "Nada mudou no pedido.",
            "Chame o supervisor.",
        ),
        "en": (
            "Your role does not allow {permission:the}.",
            "Nothing changed in the order.",
            "Call the supervisor.",
        ),
    },
}

PROMPTS: dict[str, dict[str, str]] = {
    "FIRST_START": {
        "pt": "Crie o primeiro supervisor",
        "en": "Create the first supervisor",
    },
    "SIGN_IN": {"pt": "Bipe seu crachá", "en": "Scan your badge"},
    "ENTER_PIN": {"pt": "Digite seu PIN", "en": "Type your PIN"},
    "LOCKED": {"pt": "Bipe seu crachá para voltar", "en": "Scan your badge to come back"},
    "CHOOSE_WORK": {"pt": "Escolha o trabalho", "en": "Choose the work"},
}

_PERMISSIONS = {
    "pick.work": ("separar pedidos", "picking"),
    "pick.typed_quantity": ("digitar a quantidade", "typing the quantity"),
    "pack.work": ("embalar pedidos", "packing"),
    "pack.override_weight": ("aceitar peso fora da tolerância", "accepting this weight"),
    "pack.reprint": ("reimprimir etiquetas", "reprinting labels"),
    "print.documents": ("imprimir documentos", "printing documents"),
    "dispatch.work": ("expedir volumes", "dispatching"),
    "dispatch.close_incomplete": (
        "fechar romaneio incompleto",
        "closing an incomplete manifest",
    ),
    "pick.confirm_bin": ("confirmar outro endereço", "confirming another bin"),
    "stock.count": ("corrigir o estoque", "correcting the stock"),
    "catalogue.link": ("vincular códigos", "linking codes"),
    "orders.view": ("ver pedidos", "seeing orders"),
    "orders.supervise": ("supervisionar pedidos", "supervising orders"),
    "work.take_over": ("assumir o trabalho de outra estação", "taking over another's work"),
    "flow.repair": ("resolver chamadas a outros sistemas", "mending calls to other systems"),
    "support.work": ("atender chamados", "answering tickets"),
    "personal.first_name": ("ver o nome do cliente", "seeing the customer's name"),
    "personal.reveal": ("ver os dados do cliente", "seeing the customer's data"),
    "data.export": ("exportar dados", "exporting data"),
    "security.change": ("mudar a segurança", "changing security"),
    "store.restore": ("restaurar uma cópia", "restoring a backup"),
    "operators.manage": ("cadastrar operadores", "managing operators"),
    "audit.read": ("ler a auditoria", "reading the audit"),
    "settings.change": ("mudar as configurações", "changing settings"),
    "import.run": ("importar arquivos", "importing files"),
    "backup.manage": ("cuidar das cópias de segurança", "looking after the backups"),
}

WORDS: dict[str, dict[str, dict[str, str]]] = {
    code: {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in _PERMISSIONS.items()
}
