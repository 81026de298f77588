"""Texts of versions and updates."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "VERSION_WANTED": {  # here, wanted
        "pt": (
            "Esta estação tem a versão {here}; o local quer a {wanted}.",
            "O trabalho segue com a versão {here}.",
            "Instale a outra com `expedita update`, ou espere a atualização.",
        ),
        "en": (
            "This station has version {here}; the site wants {wanted}.",
            "Work goes on with version {here}.",
            "Install the other with `expedita update`, or wait for the update.",
        ),
    },
    "UPDATE_CURRENT": {  # version
        "pt": ("A versão {version} é a que o local quer.", "Nada mudou.", "Siga o trabalho."),
        "en": ("Version {version} is what the site wants.", "Nothing changed.", "Carry on."),
    },
    "UPDATE_DONE": {  # version
        "pt": (
            "A versão {version} está instalada e abre.",
            "Os pedidos ficaram como estavam.",
            "Os consoles abertos passam a ela assim que ninguém os usar.",
        ),
        "en": (
            "Version {version} is installed and opens.",
            "The orders stand as they were.",
            "Open consoles change to it as soon as nobody uses them.",
        ),
    },
    "UPDATE_RUNNING": {
        "pt": (
            "O Expedita está sendo atualizado.",
            "Os pedidos estão guardados; a leitura não contou.",
            "Espere: o console volta sozinho em um ou dois minutos.",
        ),
        "en": (
            "Expedita is being updated.",
            "The orders are safe; the scan did not count.",
            "Wait: the console comes back by itself in a minute or two.",
        ),
    },
    "UPDATE_NOT_HERE": {
        "pt": (
            "Só o pacote do Debian se atualiza por este comando.",
            "Nada mudou.",
            "No Windows e no macOS, instale a nova versão por cima da antiga.",
        ),
        "en": (
            "Only the Debian package updates itself by this command.",
            "Nothing changed.",
            "On Windows and macOS, install the new version over the old one.",
        ),
    },
    "UPDATE_NOT_ROOT": {
        "pt": (
            "Atualizar o programa é do administrador do computador.",
            "Nada mudou.",
            "Use `sudo expedita update`.",
        ),
        "en": (
            "Updating the program is for the computer's administrator.",
            "Nothing changed.",
            "Use `sudo expedita update`.",
        ),
    },
    "UPDATE_NO_SOURCE": {  # file
        "pt": (
            "Não há de onde atualizar: falta {file}.",
            "Nada mudou; o trabalho segue.",
            "Crie o arquivo como o guia do administrador mostra.",
        ),
        "en": (
            "There is nowhere to update from: {file} is missing.",
            "Nothing changed; work goes on.",
            "Make the file as the administrator's guide shows.",
        ),
    },
    "UPDATE_UNVERIFIED": {  # version, detail
        "pt": (
            "A versão {version} não foi obtida com assinatura válida: {detail}.",
            "Nada foi instalado; o trabalho segue com a versão de antes.",
            "Confira a rede, o repositório e a chave em expedita.sources.",
        ),
        "en": (
            "Version {version} could not be had with a valid signature: {detail}.",
            "Nothing was installed; work goes on with the version before.",
            "Check the network, the repository and the key in expedita.sources.",
        ),
    },
    "UPDATE_SITE_KEPT": {  # detail
        "pt": (
            "Os novos ajustes do local não puderam ser instalados: {detail}.",
            "Valem os ajustes de antes; o trabalho segue.",
            "Rode `apt-get install expedita-site` como administrador e veja o que ele diz.",
        ),
        "en": (
            "The site's new settings could not be installed: {detail}.",
            "The settings of before hold; work goes on.",
            "As administrator, run `apt-get install expedita-site` and see what it says.",
        ),
    },
    "UPDATE_FAILED_BEFORE": {  # version
        "pt": (
            "A versão {version} já falhou neste computador.",
            "O trabalho segue com a versão de antes.",
            "Peça outra versão, ou apague /var/cache/expedita/failed para tentar de novo.",
        ),
        "en": (
            "Version {version} has failed on this computer before.",
            "Work goes on with the version before.",
            "Ask for another version, or delete /var/cache/expedita/failed to try again.",
        ),
    },
    "UPDATE_NO_WAY_BACK": {  # version, detail
        "pt": (
            "O pacote da versão de agora ({version}) não está no repositório: {detail}.",
            "Nada foi instalado, porque não haveria volta.",
            "Ponha no repositório também a versão {version}.",
        ),
        "en": (
            "The package of the present version ({version}) is not in the repository: {detail}.",
            "Nothing was installed, since there would be no way back.",
            "Put version {version} into the repository too.",
        ),
    },
    "UPDATE_NOT_QUIET": {  # version
        "pt": (
            "Há quem trabalhe neste computador agora.",
            "A versão {version} já foi baixada e espera; nada mudou.",
            "Será instalada quando ninguém usar o console.",
        ),
        "en": (
            "Somebody is working at this computer now.",
            "Version {version} is here and waits; nothing changed.",
            "It is installed when nobody uses the console.",
        ),
    },
    "UPDATE_ROLLED_BACK": {  # version, installed, detail
        "pt": (
            "A versão {version} não pôde abrir: {detail}.",
            "A versão {installed} voltou; os pedidos estão como estavam.",
            "Envie esta mensagem a quem fornece o Expedita.",
        ),
        "en": (
            "Version {version} could not open: {detail}.",
            "Version {installed} is back; the orders stand as they were.",
            "Send this message to whoever provides Expedita.",
        ),
    },
    "UPDATE_STUCK": {  # version, installed, detail
        "pt": (
            "A versão {version} não pôde abrir, e a {installed} não pôde voltar: {detail}.",
            "Os pedidos estão guardados, mas o console pode não abrir aqui.",
            "Como administrador: `apt-get install --allow-downgrades expedita={installed}`.",
        ),
        "en": (
            "Version {version} could not open, and {installed} could not come back: {detail}.",
            "The orders are safe, but the console may not open here.",
            "As administrator: `apt-get install --allow-downgrades expedita={installed}`.",
        ),
    },
}
