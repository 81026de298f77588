"""Texts of the doctor: what it checks, and the mend for each cause, for whoever looks after the
machine."""

from __future__ import annotations

# What is looked at besides the systems, which have names of their own.
_CHECKS = {
    "home": ("Pasta de dados", "Data folder"),
    "key": ("Chave dos dados", "Key of the data"),
    "write": ("Gravação durável", "Durable write"),
    "integrity": ("Integridade dos dados", "Integrity of the data"),
    "journal": ("Corrente do registro", "Chain of the journal"),
    "supervisor": ("Supervisor cadastrado", "A supervisor"),
    "company": ("Remetente das etiquetas", "Sender on labels"),
    "tracking": ("Códigos de rastreio", "Tracking codes"),
    "console": ("Janela instalada", "Window installed"),
}
WORDS: dict[str, dict[str, dict[str, str]]] = {
    f"check.{code}": {"pt": {"a": pt, "the": pt}, "en": {"a": en, "the": en}}
    for code, (pt, en) in _CHECKS.items()
}

# What was found, for causes that only the doctor gives.
_CAUSES: dict[str, tuple[str, str]] = {
    "HOME_OPEN": (
        "Outros usuários deste computador podem abrir {detail}.",
        "Other users of this computer may open {detail}.",
    ),
    "PAGES_DAMAGED": ("Há páginas danificadas ({detail}).", "Pages are damaged ({detail})."),
    "CHAIN_BROKEN": (
        "O registro foi alterado ou cortado ({detail}).",
        "The journal was changed or cut ({detail}).",
    ),
    "NO_SUPERVISOR": ("Nenhum supervisor pode entrar.", "No supervisor can sign in."),
    "NO_SENDER": (
        "Faltam dados da empresa ({detail}).",
        "Data of the company is missing ({detail}).",
    ),
    "CODES_LOW": (
        "Restam poucos códigos de rastreio ({detail}).",
        "Few tracking codes are left ({detail}).",
    ),
    "NO_WINDOW": ("A janela não está instalada.", "The window is not installed."),
}

_MENDS: dict[str, tuple[str, str]] = {
    "REFUSED": (
        "Veja se o programa está ligado naquele endereço e porta, e se o firewall o permite.",
        "See whether the program runs at that address and port, and whether a firewall stops it.",
    ),
    "RESET": (
        "Veja o firewall ou proxy do caminho e os registros do outro sistema.",
        "Look at the firewall or proxy in between, and at the other system's log.",
    ),
    "TIMEOUT": (
        "Confira se está ligado e na rede; teste com ping do mesmo computador.",
        "Check that it is switched on and on the network; ping it from this computer.",
    ),
    "NO_ROUTE": (
        "Confira cabo ou Wi-Fi, o endereço IP deste computador e o roteador.",
        "Check cable or Wi-Fi, this computer's IP address, and the router.",
    ),
    "UNREACHABLE": (
        "Confira o endereço nos ajustes, o cabo e o roteador.",
        "Check its address in the settings, the cable, and the router.",
    ),
    "NAME_UNKNOWN": (
        "Confira o nome nos ajustes e o servidor DNS deste computador.",
        "Check the name in the settings, and this computer's DNS server.",
    ),
    "NO_GATEWAY": (
        "Ligue o cabo ou o Wi-Fi; confira o DHCP ou configure o roteador padrão.",
        "Plug in the cable or join the Wi-Fi; check DHCP, or set the default gateway.",
    ),
    "TLS_EXPIRED": (
        "Renove o certificado do outro sistema; confira também o relógio deste computador.",
        "Renew the other system's certificate; check this computer's clock too.",
    ),
    "TLS_NAME": (
        "Use nos ajustes o nome que está no certificado, ou emita um para este nome.",
        "Use the name of its certificate in the settings, or issue one for this name.",
    ),
    "TLS_UNTRUSTED": (
        "Instale neste computador o certificado da autoridade que o emitiu.",
        "Install the certificate of the authority that issued it on this computer.",
    ),
    "TLS_FAILED": (
        "Confira se a porta fala TLS 1.2 ou mais novo e se um proxy não a intercepta.",
        "Check that the port speaks TLS 1.2 or newer, and that no proxy intercepts it.",
    ),
    "CERT_EXPIRES": (
        "Renove o certificado antes que vença.",
        "Renew the certificate before it expires.",
    ),
    "AUTH": (
        "Confira a chave de acesso no outro sistema e grave-a de novo aqui.",
        "Check the key at the other system, and save it here again.",
    ),
    "UNFIT": (
        "Grave-o de novo com o que sirva: expedita connector add.",
        "Store it again with what fits: expedita connector add.",
    ),
    "BAD_ANSWER": (
        "Confira o endereço e a versão do outro sistema.",
        "Check the address and the version of the other system.",
    ),
    "THROTTLED": (
        "Espere; se repetir, peça um limite maior ao fornecedor.",
        "Wait; if it comes again, ask its vendor for a higher limit.",
    ),
    "DISK_FULL": (
        "Libere espaço no disco agora.",
        "Free some disk space now.",
    ),
    "DISK_LOW": (
        "Libere espaço no disco ou troque-o por um maior.",
        "Free some disk space, or get a larger disk.",
    ),
    "NOT_WRITABLE": (
        "Dê ao usuário do Expedita permissão de gravar ali.",
        "Let Expedita's user write there.",
    ),
    "MISSING": (
        "Reconecte o aparelho; confira a porta nos ajustes.",
        "Reconnect the device; check its port in the settings.",
    ),
    "NOT_CONFIGURED": (
        "Grave o endereço nos ajustes.",
        "Save its address in the settings.",
    ),
    "CLOCK_BACK": (
        "Acerte o relógio e ligue a hora automática (NTP).",
        "Set the clock right and switch on automatic time (NTP).",
    ),
    "CLOCK_WRONG": (
        "Acerte o relógio e ligue a hora automática (NTP).",
        "Set the clock right and switch on automatic time (NTP).",
    ),
    "CLOCK_OFF": (
        "Ligue a hora automática (NTP) neste computador.",
        "Switch on automatic time (NTP) on this computer.",
    ),
    "CLOCK_UNCHECKED": (
        "Confira o servidor em health.time_server e a porta UDP 123.",
        "Check the server in health.time_server, and UDP port 123.",
    ),
    "SLOWER": (
        "Veja a carga do outro sistema e da rede nesta hora.",
        "Look at the load of the other system and of the network at this hour.",
    ),
    "NOT_HEARD": (
        "Abra o console ou o worker: nenhum deles está vigiando.",
        "Start the console or the worker: none of them watches.",
    ),
    "NOT_READY": (
        "Vá até a impressora: tampa, pausa, fita, aviso na tela.",
        "Go to the printer: cover, pause, ribbon, message on its display.",
    ),
    "PAPER_OUT": ("Reponha o papel.", "Load paper."),
    "BACKUP_OLD": (
        "Veja por que a cópia não foi feita e faça uma agora.",
        "See why no backup was made, and make one now.",
    ),
    "BACKUP_FAILED": (
        "Confira o destino da cópia: ligado, com espaço e com permissão.",
        "Check where backups go: connected, with room, and with permission.",
    ),
    "WAITING": (
        "Veja em Pendências o que está parado e por quê.",
        "See in Exceptions what waits, and why.",
    ),
    "CLOCK_DIFFERS": (
        "Confira o relógio deste computador e o do outro sistema.",
        "Check this computer's clock and the other system's.",
    ),
    "DEAD_CALLS": (
        "Corrija e repita em Pendências, ou use: expedita pending.",
        "Mend and repeat them in Exceptions, or use: expedita pending.",
    ),
    "PROBE_BROKE": (
        "Mande este resultado ao suporte.",
        "Send this result to support.",
    ),
    "HOME_OPEN": (
        "Tire dos outros usuários o acesso à pasta de dados (chmod 700).",
        "Take the other users' access to the data folder away (chmod 700).",
    ),
    "PAGES_DAMAGED": (
        "Pare o console, copie a pasta de dados inteira e restaure a última cópia boa.",
        "Stop the console, copy the whole data folder, and restore the last good backup.",
    ),
    "CHAIN_BROKEN": (
        "Guarde a pasta de dados como está e chame quem responde pela segurança.",
        "Keep the data folder as it is and call whoever answers for security.",
    ),
    "NO_SUPERVISOR": (
        "Cadastre um com: expedita operator add NOME CRACHÁ supervisor.",
        "Add one with: expedita operator add NAME BADGE supervisor.",
    ),
    "NO_SENDER": (
        "Preencha os dados da empresa nos ajustes.",
        "Fill in the company's data in the settings.",
    ),
    "CODES_LOW": (
        "Carregue uma faixa com: expedita tracking add.",
        "Load a range with: expedita tracking add.",
    ),
    "NO_WINDOW": (
        "Instale o Expedita de novo por inteiro.",
        "Install Expedita again, all of it.",
    ),
}
PROMPTS: dict[str, dict[str, str]] = {
    f"{kind}_{code}": {"pt": pt, "en": en}
    for kind, texts in (("CAUSE", _CAUSES), ("MEND", _MENDS))
    for code, (pt, en) in texts.items()
}
