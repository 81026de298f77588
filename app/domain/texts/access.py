"""Texts of the second factor, of reveals and of changes to operators."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "OPERATOR_ENABLED": {  # name
        "pt": (
            "{name} pode entrar de novo.",
            "O acesso voltou como era.",
            "Se o PIN foi esquecido, troque-o.",
        ),
        "en": (
            "{name} can sign in again.",
            "The access is as it was.",
            "If the PIN is forgotten, change it.",
        ),
    },
    "PIN_CHANGED": {  # name
        "pt": (
            "{name} tem um PIN novo.",
            "O anterior não vale mais.",
            "Diga o PIN só à própria pessoa.",
        ),
        "en": (
            "{name} has a new PIN.",
            "The old one no longer counts.",
            "Tell it to that person alone.",
        ),
    },
    "PIN_DIFFERENT": {
        "pt": ("Os dois PINs são diferentes.", "Nada foi gravado.", "Digite os dois de novo."),
        "en": ("The two PINs differ.", "Nothing was saved.", "Type both again."),
    },
    "OPERATOR_SELF": {
        "pt": (
            "Você não pode desativar a si mesmo.",
            "Nada foi mudado.",
            "Peça a outro supervisor.",
        ),
        "en": (
            "You can't take your own access away.",
            "Nothing was changed.",
            "Ask another supervisor.",
        ),
    },
    "SECOND_FACTOR_NEEDED": {
        "pt": (
            "Esta ação pede o segundo fator.",
            "Nada foi mostrado nem mudado ainda.",
            "Digite o código de 6 números do seu aplicativo autenticador.",
        ),
        "en": (
            "This action needs your second factor.",
            "Nothing was shown or changed yet.",
            "Type the 6-digit code of your authenticator app.",
        ),
    },
    "SECOND_FACTOR_BADGE": {
        "pt": (
            "Esta pasta de dados pede o segundo fator para este comando.",
            "Nada foi mudado.",
            "Repita com --as CRACHÁ e digite o código do autenticador dessa pessoa.",
        ),
        "en": (
            "This data folder wants the second factor for this command.",
            "Nothing was changed.",
            "Repeat with --as BADGE and type the code of that person's authenticator.",
        ),
    },
    "SECOND_FACTOR_ENROL": {
        "pt": (
            "Você ainda não cadastrou o segundo fator.",
            "Nada foi mostrado nem mudado.",
            "Cadastre em Ajustes (F6), Segundo fator; leva um minuto.",
        ),
        "en": (
            "You have not set up your second factor yet.",
            "Nothing was shown or changed.",
            "Set it up in Settings (F6), Second factor; it takes a minute.",
        ),
    },
    "SECOND_FACTOR_OK": {
        "pt": ("Código confirmado.", "Vale por cinco minutos nesta estação.", "Continue."),
        "en": ("Code confirmed.", "It holds for five minutes at this station.", "Go on."),
    },
    "SECOND_FACTOR_RECOVERED": {  # left
        "pt": (
            "Código de recuperação aceito; restam {left}.",
            "Ele não vale mais.",
            "Se perdeu o celular, cadastre o segundo fator de novo.",
        ),
        "en": (
            "Recovery code taken; {left} are left.",
            "It no longer counts.",
            "If the phone is lost, set the second factor up again.",
        ),
    },
    "SECOND_FACTOR_SET": {
        "pt": (
            "O segundo fator está cadastrado.",
            "O QR code não aparece mais.",
            "Anote os códigos de recuperação e guarde-os longe do celular.",
        ),
        "en": (
            "The second factor is set up.",
            "The QR code will not be shown again.",
            "Write the recovery codes down and keep them away from the phone.",
        ),
    },
    "SECOND_FACTOR_REMOVED": {  # name
        "pt": (
            "{name} não tem mais segundo fator.",
            "Os códigos antigos não valem mais.",
            "A pessoa cadastra outro em Ajustes.",
        ),
        "en": (
            "{name} has no second factor any more.",
            "The old codes no longer count.",
            "They set up another in Settings.",
        ),
    },
    "SECOND_FACTOR_WRONG": {
        "pt": (
            "Este código não confere.",
            "Nada foi mostrado nem mudado.",
            "Confira a hora do celular e digite o código que aparece agora.",
        ),
        "en": (
            "That code is not right.",
            "Nothing was shown or changed.",
            "Check the phone's clock and type the code that it shows now.",
        ),
    },
    "SECOND_FACTOR_USED": {
        "pt": (
            "Este código já foi usado.",
            "Nada foi mostrado nem mudado.",
            "Espere o aplicativo mostrar o próximo código.",
        ),
        "en": (
            "That code was used before.",
            "Nothing was shown or changed.",
            "Wait until the app shows the next code.",
        ),
    },
    "SECOND_FACTOR_WAIT": {  # wait_s
        "pt": (
            "Espere {wait_s} s para tentar outro código.",
            "Nada foi mostrado nem mudado.",
            "Espere a contagem, ou use um código de recuperação depois dela.",
        ),
        "en": (
            "Wait {wait_s} s before another code.",
            "Nothing was shown or changed.",
            "Wait for the countdown, or use a recovery code after it.",
        ),
    },
    "SECOND_FACTOR_NONE": {
        "pt": (
            "Não há segundo fator cadastrado.",
            "Nada foi mostrado nem mudado.",
            "Cadastre em Ajustes (F6), Segundo fator.",
        ),
        "en": (
            "There is no second factor.",
            "Nothing was shown or changed.",
            "Set it up in Settings (F6), Second factor.",
        ),
    },
    "REVEALED": {  # number
        "pt": (
            "Dados do cliente do pedido {number} à vista.",
            "A consulta e o motivo ficaram na auditoria.",
            "Eles somem em cinco minutos, ou ao bloquear a estação.",
        ),
        "en": (
            "The customer's data of order {number} is in sight.",
            "Who looked and why is in the audit.",
            "It goes away in five minutes, or when the station locks.",
        ),
    },
}
