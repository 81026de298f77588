"""The help of the command line in Portuguese, by the English that stands beside each word of it."""

from __future__ import annotations

PORTUGUESE = {
    "commands": "comandos",
    "options": "opções",
    "positional arguments": "argumentos",
    "The operator console of the warehouse workstation.":
        "O console do operador na estação do armazém.",
    "show this help message and exit": "mostra esta ajuda e sai",
    "show program's version number and exit": "mostra a versão e sai",
    "data folder (else EXPEDITA_HOME)": "pasta de dados (senão EXPEDITA_HOME)",
    "work on the demo warehouse": "trabalha no armazém de demonstração",
    "first start: keep the key in a private file":
        "primeiro início: guarda a chave num arquivo privado",
    "open the window full screen": "abre a janela em tela cheia",
    "full screen, and opened again after a crash": "tela cheia, e reabre depois de uma queda",
    "the same where the site's settings ask for it, else nothing":
        "o mesmo onde os ajustes do local pedem, senão nada",
    "take in orders, products, bins and NF-e": "recebe pedidos, produtos, endereços e NF-e",
    "all that is known of one order": "tudo o que se sabe de um pedido",
    "the queue, best rank first": "a fila, o mais urgente primeiro",
    "a document, or a test page": "um documento, ou uma página de teste",
    "the warehouse's printers and their state": "as impressoras do armazém e seu estado",
    "labels that a carrier made": "etiquetas feitas pela transportadora",
    "run the flow without a screen": "toca o fluxo sem tela",
    "the systems around": "os sistemas em volta",
    "what waits for a person": "o que espera por uma pessoa",
    "try again what waits for a person": "tenta de novo o que espera por uma pessoa",
    "who may work here": "quem pode trabalhar aqui",
    "who did what, and is the journal whole": "quem fez o quê, e se o diário está inteiro",
    "ranges of tracking codes": "faixas de códigos de rastreio",
    "list the settings, or change one": "lista os ajustes, ou muda um",
    "a PDF of codes to print and scan": "um PDF de códigos para imprimir e bipar",
    "back the store up now, or list the backups": "faz uma cópia agora, ou lista as cópias",
    "read the store and its backups whole": "lê os dados e as cópias por inteiro",
    "bring the store back from a backup": "traz os dados de volta de uma cópia",
    "the key that opens backups elsewhere": "a chave que abre as cópias em outra máquina",
    "how every system stands": "como está cada sistema",
    "check everything and name the mend": "confere tudo e diz o conserto",
    "evidence for IT support, and tickets": "evidências para o suporte de TI, e chamados",
    "rehearse power cuts on a made-up warehouse": "ensaia quedas de energia num armazém inventado",
    "measure on this machine": "mede nesta máquina",
    "a picture of every page and state": "uma imagem de cada página e estado",
    "which version is here, and which is wanted": "que versão está aqui, e qual é a desejada",
    "take the site's settings and the version that it wants (root)":
        "traz os ajustes do local e a versão que ele quer (root)",
    "load a range that the carrier gave": "carrega uma faixa dada pela transportadora",
    "how many codes each carrier has left": "quantos códigos restam a cada transportadora",
    "two letters, as in QC": "duas letras, como QC",
    "first serial, eight digits, no check digit":
        "primeiro número, oito dígitos, sem o verificador",
    "service code; none: every service": "código do serviço; nenhum: todos",
    "the backup; none: the last good one": "a cópia; nenhuma: a última boa",
    "who confirms it; their authenticator's code is asked for, or read from standard input":
        "quem confirma; o código do autenticador é pedido, ou lido da entrada padrão",
    "keep the carrier's ZPL or PDF for an order's box":
        "guarda o ZPL ou PDF da transportadora para um volume do pedido",
    "the code that the label bears": "o código que está na etiqueta",
    "evidence without personal data, as a ZIP file": "evidências sem dados pessoais, num ZIP",
    "send what waits now; --new makes a ticket first":
        "envia agora o que espera; --new faz um chamado antes",
    "the tickets, newest first": "os chamados, o mais novo primeiro",
    "keep a helpdesk's password or token": "guarda a senha ou o token de um helpdesk",
    "the order it is about": "o pedido de que se trata",
    "what happened, in a sentence": "o que houve, numa frase",
    "one backup only": "só uma cópia",
    "check a file of the site's settings (none: the one in use)":
        "confere um arquivo de ajustes do local (nenhum: o que está em uso)",
    "a file of orders coming in": "um arquivo de pedidos chegando",
    "a shift of scans instead, to watch the memory":
        "em vez disso um turno de leituras, para olhar a memória",
    "decisions of the rules alone, over a recorded shift":
        "só as decisões das regras, sobre um turno gravado",
    "from a scan's last key to the painted answer":
        "da última tecla de uma leitura à resposta pintada",
    "orders of another system, and a scan meanwhile":
        "pedidos de outro sistema, e uma leitura ao mesmo tempo",
    "what whoever begins a shift waits for: the sign-in, and from the PIN to a painted queue": (
        "o que espera quem começa um turno: a entrada, e do PIN à fila pintada"
    ),
    "labels made, one by one and in batches": "etiquetas feitas, uma a uma e em lotes",
    "scans, closing and handover of a large manifest":
        "leituras, fechamento e entrega de um romaneio grande",
    "how many packages it holds; %(default)s else": "quantos volumes ele tem; senão %(default)s",
    "how many of their scans are measured; %(default)s else":
        "quantas leituras são medidas; senão %(default)s",
    "the order list: opened, scrolled, filtered": "a lista de pedidos: aberta, rolada, filtrada",
    "the same while orders are imported": "o mesmo enquanto pedidos chegam",
    "a call for help in a window, with 50 MB of logs":
        "um pedido de ajuda numa janela, com 50 MB de registros",
    "words in number, channel, carrier or SKU":
        "palavras do número, canal, transportadora ou SKU",
    "add a printer, or change one": "cadastra uma impressora, ou muda uma",
    "let this station print on it": "faz esta estação imprimir nela",
    "letters and digits, for its barcode": "letras e números, para o código de barras dela",
    "with the customer's data; it is audited": "com os dados do cliente; fica na auditoria",
    "somebody new; the PIN is asked for, or read from standard input":
        "uma pessoa nova; o PIN é pedido, ou lido da entrada padrão",
    "they can't sign in any more": "a pessoa não entra mais",
    "they can sign in again": "a pessoa volta a entrar",
    "a new PIN: asked for, or read from standard input":
        "um PIN novo: é pedido, ou lido da entrada padrão",
    "for a lost phone without codes": "para um celular perdido, sem códigos",
    "a document of an order": "um documento de um pedido",
    "both copies of a romaneio": "as duas vias de um romaneio",
    "a test page": "uma página de teste",
    "a printer's code, or a file; none: the station's":
        "o código de uma impressora, ou um arquivo; nenhum: a da estação",
    "of a file; none: by its ending": "de um arquivo; nenhum: pela terminação",
    "why a further copy (2ª via) is needed": "por que é preciso outra via (2ª via)",
    "its code": "o código dela",
    "one round, then a report": "uma rodada, e um relatório",
    "commands, badges, totes, bins, benches, docks, boxes, printers or products":
        "comandos (commands), crachás (badges), caixas de coleta (totes), endereços (bins), "
        "bancadas (benches), docas (docks), embalagens (boxes), impressoras (printers) ou "
        "produtos (products)",
    "codes; none: all that the warehouse knows": "códigos; nenhum: todos os do armazém",
    "open the console unseen on a demo, and say if it can":
        "abre o console numa demonstração, sem mostrar, e diz se consegue",
    "this version, or latest, instead": "esta versão, ou latest, em vez daquela",
    "wait so long for a quiet moment": "quanto espera por um momento calmo",
    "list the records kept aside": "lista os registros postos de lado",
    "add one, or change the one of that name": "cadastra um, ou muda o desse nome",
    "reach it, changing nothing": "alcança-o, sem mudar nada",
    "let it into an account, by a browser": "dá acesso a uma conta, pelo navegador",
    "one round with this one only": "uma rodada só com este",
    "what could be added": "o que se pode cadastrar",
    "see connector list --kinds": "veja connector list --kinds",
    "asked for, or read from standard input, a line each":
        "são pedidos, ou lidos da entrada padrão, um por linha",
    "make another one": "faz outra",
    "write it as a sheet": "grava-a como folha",
    "sign-ins, refusals, changes and overrides": "entradas, recusas, mudanças e exceções",
    "check every link of the journal's chains": "confere cada elo das correntes do diário",
    "all of it as a spreadsheet (CSV)": "tudo como planilha (CSV)",
    "the end of a chain as an earlier verify told it":
        "o fim de uma corrente, como um verify anterior disse",
    "print JSON, for a program to read": "imprime JSON, para um programa ler",
    "a file, or a folder of files": "um arquivo, ou uma pasta de arquivos",
    "the order's number": "o número do pedido",
    "one queue only: received, to_pick, picking, picked, packed, awaiting_invoice, "
    "awaiting_label, to_ship, exceptions, putback, shipped or closed":
        "só uma fila: received (recebidos), to_pick (a separar), picking (em separação), "
        "picked (separados), packed (embalados), awaiting_invoice (esperando NF-e), "
        "awaiting_label (esperando etiqueta), to_ship (a despachar), exceptions (pendências), "
        "putback (devolver ao endereço), shipped (despachados) ou closed (encerrados)",
    "how many at most; %(default)s else": "quantos no máximo; senão %(default)s",
    "the label, as ZPL or PDF": "a etiqueta, em ZPL ou PDF",
    "which package of the order; %(default)s else": "qual volume do pedido; senão %(default)s",
    "which document; %(default)s else": "qual documento; senão %(default)s",
    "the manifest's number": "o número do romaneio",
    "dots an inch of the printer; %(default)s else":
        "pontos por polegada da impressora; senão %(default)s",
    "its address: socket://IP:9100?zebra=1, ipp://..., device:..., folder:...":
        "o endereço dela: socket://IP:9100?zebra=1, ipp://..., device:..., folder:...",
    "how people call it; its code else": "como as pessoas a chamam; senão o código",
    "take a printer out": "tira uma impressora",
    "for this document only; none: for all": "só para este documento; nenhum: para todos",
    "a name of your own for it": "um nome que você dá a ele",
    "where the system answers": "onde o sistema atende",
    "what it must be told; may be given again": "o que ele precisa saber; pode se repetir",
    "those that are joined, and how they answer": "os que estão ligados, e como respondem",
    "the connector's name": "o nome do conector",
    "one matter, as pending lists it": "um assunto, como pending o lista",
    "everything that waits": "tudo o que espera",
    "the person's name": "o nome da pessoa",
    "letters and digits of the badge": "letras e números do crachá",
    "what the person may do": "o que a pessoa pode fazer",
    "everybody, and what they may do": "todas as pessoas, e o que podem fazer",
    "the person's badge": "o crachá da pessoa",
    "entries of one kind only": "só entradas de um tipo",
    "where to write it": "onde gravar",
    "the carrier's name, as orders have it": "o nome da transportadora, como está nos pedidos",
    "last serial, eight digits, no check digit": "último número, oito dígitos, sem o verificador",
    "two letters; %(default)s else": "duas letras; senão %(default)s",
    "a setting's name; none: all of them": "o nome de um ajuste; nenhum: todos",
    "what it is to be; none: show it": "o que ele passa a ser; nada: mostra como está",
    "none: KIND.pdf here": "nenhum: TIPO.pdf nesta pasta",
    "show what backups there are": "mostra que cópias existem",
    "make a ticket first": "faz um chamado antes",
    "which secret; it is asked for": "qual segredo; ele é pedido",
    "how many; %(default)s else": "quantas; senão %(default)s",
    "the same number kills at the same places": "o mesmo número derruba nos mesmos lugares",
    "the folder to write them to": "a pasta onde gravar",
    "how many starts; %(default)s else": "quantos inícios; senão %(default)s",
    "how many scans; %(default)s else": "quantas leituras; senão %(default)s",
    "how many orders come in meanwhile; %(default)s else":
        "quantos pedidos chegam enquanto isso; senão %(default)s",
    "how many steps of the wheel; %(default)s else":
        "quantos passos da roda do mouse; senão %(default)s",
    "how many orders the warehouse has; %(default)s else":
        "quantos pedidos o armazém tem; senão %(default)s",
    "how many products the warehouse has; %(default)s else":
        "quantos produtos o armazém tem; senão %(default)s",
    "how many orders come in; %(default)s else": "quantos pedidos chegam; senão %(default)s",
    "how many labels; %(default)s else": "quantas etiquetas; senão %(default)s",
    "how many waves of orders; %(default)s else": "quantas ondas de pedidos; senão %(default)s",
    "how many calls; %(default)s else": "quantos pedidos de ajuda; senão %(default)s",
}  # fmt: skip
