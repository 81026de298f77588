<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="pt_BR">
<context>
    <name>AuditPage</name>
    <message>
        <source>Assunto</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Tudo</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>Entradas e saídas</source>
        <translation>Comings and goings</translation>
    </message>
    <message>
        <source>Recusas, consultas e exportações</source>
        <translation>Refusals, reveals and exports</translation>
    </message>
    <message>
        <source>Operadores</source>
        <translation>Operators</translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Reimpressões e decisões de supervisor</source>
        <translation>Reprints and supervisors&apos; decisions</translation>
    </message>
    <message>
        <source>Quando</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Quem</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>Detalhe</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Registro</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>Auditoria</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Conferir o diário</source>
        <translation>Check the journal</translation>
    </message>
    <message>
        <source>Exportar planilha</source>
        <translation>Export a spreadsheet</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>pedido {number}</source>
        <translation>order {number}</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Cópias de segurança</source>
        <translation>Backups</translation>
    </message>
    <message>
        <source>Copiar agora</source>
        <translation>Back up now</translation>
    </message>
    <message>
        <source>Copiando e conferindo…</source>
        <translation>Copying and checking…</translation>
    </message>
    <message>
        <source>Pasta: {folder}</source>
        <translation>Folder: {folder}</translation>
    </message>
    <message>
        <source>As cópias estão no mesmo disco dos pedidos. Escolha outro disco abaixo, em “Cópias de segurança: pasta”.</source>
        <translation>The backups are on the same disk as the orders. Choose another disk below, under “Backups: folder”.</translation>
    </message>
    <message>
        <source>Nenhuma cópia ainda. A primeira é feita logo, sozinha.</source>
        <translation>No backup yet. The first is made soon, by itself.</translation>
    </message>
    <message>
        <source>✔ Última: {at}, há {hours} h, {size} MB, conferida. {count} guardadas.</source>
        <translation>✔ Last: {at}, {hours} h ago, {size} MB, checked. {count} kept.</translation>
    </message>
    <message>
        <source>▲ A última tentativa falhou: {why}.</source>
        <translation>▲ The last try failed: {why}.</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>Crachá</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Entrar</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Uma tarefa em mãos fica guardada</source>
        <translation>A task in hand is kept</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>F12  Pedir ajuda</source>
        <translation>F12  Ask for help</translation>
    </message>
    <message>
        <source>Ajuda</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Leituras: {read} · gravadas: {saved}</source>
        <translation>Scans: {read} · saved: {saved}</translation>
    </message>
</context>
<context>
    <name>Bench</name>
    <message>
        <source>Volumes</source>
        <translation>Packages</translation>
    </message>
    <message>
        <source>Desfazer</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Li a observação</source>
        <translation>I have read the note</translation>
    </message>
    <message>
        <source>Escolher embalagem</source>
        <translation>Choose box</translation>
    </message>
    <message>
        <source>Ler a balança</source>
        <translation>Read the scale</translation>
    </message>
    <message>
        <source>Digitar peso</source>
        <translation>Type weight</translation>
    </message>
    <message>
        <source>Digitar</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Aceitar peso</source>
        <translation>Accept weight</translation>
    </message>
    <message>
        <source>Vincular código</source>
        <translation>Link code</translation>
    </message>
    <message>
        <source>Novo volume</source>
        <translation>New package</translation>
    </message>
    <message>
        <source>Reimprimir</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>A etiqueta não saiu</source>
        <translation>The label did not come out</translation>
    </message>
    <message>
        <source>Outra impressora</source>
        <translation>Another printer</translation>
    </message>
    <message>
        <source>Estante de pendências</source>
        <translation>Problem shelf</translation>
    </message>
    <message>
        <source>Devolver tarefa</source>
        <translation>Release task</translation>
    </message>
    <message>
        <source>Pedido {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>{done} de {total} conferidas</source>
        <translation>{done} of {total} checked</translation>
    </message>
    <message>
        <source>mais {count} itens a conferir</source>
        <translation>{count} more items to check</translation>
    </message>
    <message>
        <source>aberto</source>
        <translation>open</translation>
    </message>
    <message>
        <source>fechado</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>etiqueta impressa, bipe-a</source>
        <translation>label printed, scan it</translation>
    </message>
    <message>
        <source>pronto</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>etiqueta à espera da impressora</source>
        <translation>label waits for the printer</translation>
    </message>
    <message>
        <source>{n} vias</source>
        <translation>{n} copies</translation>
    </message>
    <message>
        <source>Sugerida: {box}</source>
        <translation>Suggested: {box}</translation>
    </message>
    <message>
        <source>não chegou</source>
        <translation>has not come</translation>
    </message>
    <message>
        <source>em autorização</source>
        <translation>being authorised</translation>
    </message>
    <message>
        <source>autorizada</source>
        <translation>authorised</translation>
    </message>
    <message>
        <source>rejeitada</source>
        <translation>rejected</translation>
    </message>
    <message>
        <source>cancelada</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>diferente do pedido</source>
        <translation>differs from the order</translation>
    </message>
    <message>
        <source>NF-e: </source>
        <translation>NF-e: </translation>
    </message>
    <message>
        <source>{what}: pedido {ours}, nota {theirs}</source>
        <translation>{what}: order {ours}, invoice {theirs}</translation>
    </message>
</context>
<context>
    <name>BenchQuestions</name>
    <message>
        <source>De qual produto é o código?</source>
        <translation>Which product has the code?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Qual embalagem?</source>
        <translation>Which box?</translation>
    </message>
    <message>
        <source>Peso do volume fechado, em gramas</source>
        <translation>Weight of the closed package, in grams</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Aceitar um peso fora do esperado</source>
        <translation>Accept a weight other than expected</translation>
    </message>
    <message>
        <source>Peso em gramas</source>
        <translation>Weight in grams</translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Aceitar o peso</source>
        <translation>Accept the weight</translation>
    </message>
    <message>
        <source>Em qual impressora?</source>
        <translation>On which printer?</translation>
    </message>
    <message>
        <source>Espera a NF-e</source>
        <translation>Waits for the NF-e</translation>
    </message>
    <message>
        <source>Tem um problema</source>
        <translation>There is a problem</translation>
    </message>
    <message>
        <source>Por que o pedido sai da bancada?</source>
        <translation>Why does the order leave the bench?</translation>
    </message>
</context>
<context>
    <name>CopyReason</name>
    <message>
        <source>Por que outra via?</source>
        <translation>Why another copy?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>O armazém ainda está abrindo. Depois de uma atualização isso pode levar alguns minutos. O que você bipa e digita fica guardado por um minuto; não desligue a estação.</source>
        <translation>The warehouse is still opening. After an update that may take some minutes. What you scan and type is kept for a minute; do not switch the station off.</translation>
    </message>
</context>
<context>
    <name>ExceptionsPage</name>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Desde</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>O que fazer</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>Pendências</source>
        <translation>Exceptions</translation>
    </message>
    <message>
        <source>Pedido e resposta do sistema</source>
        <translation>Request and answer of the system</translation>
    </message>
    <message>
        <source>Abrir pedido</source>
        <translation>Open order</translation>
    </message>
    <message>
        <source>Devolver ao estoque</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>Informar contagem</source>
        <translation>Enter count</translation>
    </message>
    <message>
        <source>Tentar de novo</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Tentar todas</source>
        <translation>Try all</translation>
    </message>
    <message>
        <source>Corrigir</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>Descartar</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>Pendências que esperam por uma pessoa: {count}</source>
        <translation>Matters that wait for a person: {count}</translation>
    </message>
    <message>
        <source>✔ Nada espera por uma pessoa</source>
        <translation>✔ Nothing waits for a person</translation>
    </message>
    <message>
        <source>Quantas unidades de {name} há em {bin}?</source>
        <translation>How many units of {name} are at {bin}?</translation>
    </message>
    <message>
        <source>Gravar</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Por que não será feito?</source>
        <translation>Why shall it not be done?</translation>
    </message>
    <message>
        <source>Corrija o registro</source>
        <translation>Correct the record</translation>
    </message>
    <message>
        <source>Receber</source>
        <translation>Take in</translation>
    </message>
    <message>
        <source>O que corrigir no pedido {number}?</source>
        <translation>What is to be corrected in order {number}?</translation>
    </message>
</context>
<context>
    <name>FeedbackOverlay</name>
    <message>
        <source>F12 ou bipe OK para continuar</source>
        <translation>F12 or scan OK to go on</translation>
    </message>
    <message>
        <source>Ctrl+F12 ou bipe PROBLEMA: pedir ajuda</source>
        <translation>Ctrl+F12 or scan PROBLEMA: ask for help</translation>
    </message>
    <message>
        <source>Esta leitura não foi contada. F12 ou bipe OK para continuar</source>
        <translation>This scan was not counted. F12 or scan OK to go on</translation>
    </message>
</context>
<context>
    <name>FileChoice</name>
    <message>
        <source>Pasta:</source>
        <translation>Folder:</translation>
    </message>
    <message>
        <source>Tipo:</source>
        <translation>Type:</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Seu nome</source>
        <translation>Your name</translation>
    </message>
    <message>
        <source>Código do crachá (letras e números)</source>
        <translation>Badge code (letters and digits)</translation>
    </message>
    <message>
        <source>PIN de 4 a 8 números</source>
        <translation>PIN of 4 to 8 digits</translation>
    </message>
    <message>
        <source>O mesmo PIN de novo</source>
        <translation>The same PIN again</translation>
    </message>
    <message>
        <source>Quem se cadastra agora é o supervisor: cadastra os outros, e decide o que espera por uma pessoa. Anote o crachá e o PIN.</source>
        <translation>Whoever signs up now is the supervisor: adds the others, and decides what waits for a person. Write down badge and PIN.</translation>
    </message>
    <message>
        <source>Criar e entrar</source>
        <translation>Create and sign in</translation>
    </message>
    <message>
        <source>Os dois PINs são diferentes. Digite de novo.</source>
        <translation>The two PINs differ. Type them again.</translation>
    </message>
</context>
<context>
    <name>GuidePanel</name>
    <message>
        <source>Resolvido</source>
        <translation>Solved</translation>
    </message>
    <message>
        <source>Enviar mesmo assim</source>
        <translation>Send all the same</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>O que está acontecendo?</source>
        <translation>What is happening?</translation>
    </message>
    <message>
        <source>Outra coisa: pedir ajuda</source>
        <translation>Something else: ask for help</translation>
    </message>
    <message>
        <source>Voltar à entrada</source>
        <translation>Back to sign-in</translation>
    </message>
    <message>
        <source>De todas as estações</source>
        <translation>Of all stations</translation>
    </message>
    <message>
        <source>Hora</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Chamado</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Assunto</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Chamados</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Abrir chamado</source>
        <translation>Open ticket</translation>
    </message>
    <message>
        <source>O que se repete</source>
        <translation>What recurs</translation>
    </message>
    <message>
        <source>Chamados de todas as estações: {count}</source>
        <translation>Tickets of all stations: {count}</translation>
    </message>
    <message>
        <source>Chamados desta estação: {count}</source>
        <translation>Tickets of this station: {count}</translation>
    </message>
    <message>
        <source>encerrado</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>juntado a outro</source>
        <translation>joined to another</translation>
    </message>
    <message>
        <source>aberto</source>
        <translation>open</translation>
    </message>
    <message>
        <source>espera por você</source>
        <translation>waits for you</translation>
    </message>
    <message>
        <source>sem conexão: tenta de novo</source>
        <translation>no connection: trying again</translation>
    </message>
    <message>
        <source>a enviar</source>
        <translation>to be sent</translation>
    </message>
    <message>
        <source>resolvido pelo guia</source>
        <translation>solved by the guide</translation>
    </message>
    <message>
        <source>não enviado</source>
        <translation>not sent</translation>
    </message>
</context>
<context>
    <name>Helper</name>
    <message>
        <source>Chamado em preparo. Continue o trabalho; ele segue sozinho.</source>
        <translation>Ticket being made. Go on working; it goes by itself.</translation>
    </message>
    <message>
        <source>Chamado a caminho.</source>
        <translation>Ticket on its way.</translation>
    </message>
    <message>
        <source>O chamado não foi enviado.</source>
        <translation>The ticket was not sent.</translation>
    </message>
    <message>
        <source>O chamado não pôde ser feito. Ligue para o suporte.</source>
        <translation>The ticket could not be made. Call support.</translation>
    </message>
    <message>
        <source>Resolvido. Bom trabalho.</source>
        <translation>Solved. Good work.</translation>
    </message>
    <message>
        <source>Há um guia para isto: {title}.</source>
        <translation>There is a guide for this: {title}.</translation>
    </message>
    <message>
        <source>Ver o guia</source>
        <translation>See the guide</translation>
    </message>
    <message>
        <source>Enviar mesmo assim</source>
        <translation>Send all the same</translation>
    </message>
    <message>
        <source>Resolvido</source>
        <translation>Solved</translation>
    </message>
    <message>
        <source>Ver o que vai</source>
        <translation>See what goes</translation>
    </message>
    <message>
        <source>Enviar já</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>Não enviar</source>
        <translation>Don&apos;t send</translation>
    </message>
    <message>
        <source>Chamado {tag} pronto: vai em {left} s.</source>
        <translation>Ticket {tag} is ready: it goes in {left} s.</translation>
    </message>
    <message>
        <source>O chamado {tag} espera por você: ver, enviar ou não.</source>
        <translation>Ticket {tag} waits for you: look, send or not.</translation>
    </message>
    <message>
        <source>O suporte respondeu ao chamado {tag}.</source>
        <translation>Support has answered ticket {tag}.</translation>
    </message>
    <message>
        <source>Ler</source>
        <translation>Read</translation>
    </message>
</context>
<context>
    <name>Idle</name>
    <message>
        <source>Há uma separação em mãos: F1 volta a ela</source>
        <translation>A pick is in hand: F1 goes back to it</translation>
    </message>
    <message>
        <source>Há um pedido na bancada: F2 volta a ele</source>
        <translation>An order is on the bench: F2 goes back to it</translation>
    </message>
    <message>
        <source>Há um romaneio em mãos: F3 volta a ele</source>
        <translation>A manifest is in hand: F3 goes back to it</translation>
    </message>
</context>
<context>
    <name>LatencyChart</name>
    <message>
        <source>Nenhum tempo medido</source>
        <translation>No time was measured</translation>
    </message>
</context>
<context>
    <name>Manifest</name>
    <message>
        <source>Depois do corte</source>
        <translation>After the cut-off</translation>
    </message>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Packages</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Pedidos do romaneio</source>
        <translation>Orders on the manifest</translation>
    </message>
    <message>
        <source>Desfazer</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Fechar romaneio</source>
        <translation>Close manifest</translation>
    </message>
    <message>
        <source>Entregar à transportadora</source>
        <translation>Hand over to carrier</translation>
    </message>
    <message>
        <source>Retirar volume</source>
        <translation>Take a package off</translation>
    </message>
    <message>
        <source>Deixar para depois</source>
        <translation>Leave for later</translation>
    </message>
    <message>
        <source>Corte às {time}</source>
        <translation>Cut-off at {time}</translation>
    </message>
    <message>
        <source>✔ completo</source>
        <translation>✔ complete</translation>
    </message>
    <message>
        <source>▲ faltam {n}</source>
        <translation>▲ {n} missing</translation>
    </message>
    <message>
        <source>na doca</source>
        <translation>at the dock</translation>
    </message>
    <message>
        <source>Faltam {n} volumes. Por que ficam para trás?</source>
        <translation>{n} packages are missing. Why do they stay behind?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Placa do veículo</source>
        <translation>Vehicle&apos;s plate</translation>
    </message>
    <message>
        <source>Nome do motorista</source>
        <translation>Driver&apos;s name</translation>
    </message>
    <message>
        <source>Documento do motorista (CPF, RG ou CNH)</source>
        <translation>Driver&apos;s document (CPF, RG or CNH)</translation>
    </message>
    <message>
        <source>Quem leva os volumes? Fica no romaneio; só a placa entra no diário.</source>
        <translation>Who takes the packages? It stays on the manifest; only the plate enters the journal.</translation>
    </message>
    <message>
        <source>Pedido {number}, volume {package} · {tracking}</source>
        <translation>Order {number}, package {package} · {tracking}</translation>
    </message>
    <message>
        <source>Qual volume sai do romaneio?</source>
        <translation>Which package comes off the manifest?</translation>
    </message>
    <message>
        <source>Entregar</source>
        <translation>Hand over</translation>
    </message>
</context>
<context>
    <name>Nothing</name>
    <message>
        <source>Bipe a doca ou um volume, ou escolha o romaneio</source>
        <translation>Scan the dock or a package, or choose the manifest</translation>
    </message>
    <message>
        <source>Nenhum volume espera transportadora</source>
        <translation>No package waits for a carrier</translation>
    </message>
    <message>
        <source>Sua função não expede pedidos</source>
        <translation>Your role doesn&apos;t dispatch orders</translation>
    </message>
    <message>
        <source>Doca {dock}: o próximo volume abre o romaneio dele</source>
        <translation>Dock {dock}: the next package opens its manifest</translation>
    </message>
    <message>
        <source>{carrier} · {service} · {manifest} fechado, a entregar</source>
        <translation>{carrier} · {service} · {manifest} closed, to be handed over</translation>
    </message>
    <message>
        <source>{carrier} · {service} · {manifest} aberto · pedidos: {count}</source>
        <translation>{carrier} · {service} · {manifest} open · orders: {count}</translation>
    </message>
    <message>
        <source>{carrier} · {service} · pedidos: {count}</source>
        <translation>{carrier} · {service} · orders: {count}</translation>
    </message>
    <message>
        <source>Número do pedido</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>Abrir pedido</source>
        <translation>Open order</translation>
    </message>
    <message>
        <source>ou digite o número do pedido</source>
        <translation>or type the order number</translation>
    </message>
    <message>
        <source>Bipe a caixa ou o pedido para conferir</source>
        <translation>Scan the tote or the order to check</translation>
    </message>
    <message>
        <source>Sua função não confere pedidos</source>
        <translation>Your role doesn&apos;t pack orders</translation>
    </message>
    <message>
        <source>Um pedido</source>
        <translation>One order</translation>
    </message>
    <message>
        <source>Carrinho: uma caixa por pedido</source>
        <translation>Cart: one tote an order</translation>
    </message>
    <message>
        <source>Lote: todos numa caixa</source>
        <translation>Batch: all in one tote</translation>
    </message>
    <message>
        <source>Aguardando separação</source>
        <translation>Waiting to be picked</translation>
    </message>
    <message>
        <source>Pedidos por carrinho ou lote:</source>
        <translation>Orders a cart or batch:</translation>
    </message>
    <message>
        <source>Buscar trabalho: escolha como separar</source>
        <translation>Get work: choose how to pick</translation>
    </message>
    <message>
        <source>Sua função não separa pedidos</source>
        <translation>Your role doesn&apos;t pick orders</translation>
    </message>
    <message>
        <source>{late} atrasados · {risk} em risco</source>
        <translation>{late} late · {risk} at risk</translation>
    </message>
</context>
<context>
    <name>OperatorsPage</name>
    <message>
        <source>Nome</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Crachá</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>Função</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Acesso</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>Segundo fator</source>
        <translation>Second factor</translation>
    </message>
    <message>
        <source>Operadores</source>
        <translation>Operators</translation>
    </message>
    <message>
        <source>Desativar</source>
        <translation>Disable</translation>
    </message>
    <message>
        <source>Reativar</source>
        <translation>Enable</translation>
    </message>
    <message>
        <source>Trocar PIN</source>
        <translation>Change PIN</translation>
    </message>
    <message>
        <source>Retirar segundo fator</source>
        <translation>Remove second factor</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Código do crachá (letras e números)</source>
        <translation>Badge code (letters and digits)</translation>
    </message>
    <message>
        <source>PIN de 4 a 8 números</source>
        <translation>PIN of 4 to 8 digits</translation>
    </message>
    <message>
        <source>O mesmo PIN de novo</source>
        <translation>The same PIN again</translation>
    </message>
    <message>
        <source>Novo operador</source>
        <translation>New operator</translation>
    </message>
    <message>
        <source>Cadastrar</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>✖ desativado</source>
        <translation>✖ disabled</translation>
    </message>
    <message>
        <source>✔ ativo</source>
        <translation>✔ active</translation>
    </message>
    <message>
        <source>✔ sim</source>
        <translation>✔ yes</translation>
    </message>
    <message>
        <source>Tirar o acesso de {name}?</source>
        <translation>Take {name}&apos;s access away?</translation>
    </message>
    <message>
        <source>Retirar o segundo fator de {name}? Só se o celular e os códigos se perderam.</source>
        <translation>Remove {name}&apos;s second factor? Only if phone and codes are lost.</translation>
    </message>
    <message>
        <source>Retirar</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>PIN novo de {name}</source>
        <translation>New PIN of {name}</translation>
    </message>
    <message>
        <source>Continuar</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>OrderTable</name>
    <message>
        <source>Pedido</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Corte</source>
        <translation>Cut-off</translation>
    </message>
    <message>
        <source>Transportadora</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>Prazo</source>
        <translation>Ship by</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Unid.</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>✖ atrasado</source>
        <translation>✖ late</translation>
    </message>
    <message>
        <source>▲ em risco</source>
        <translation>▲ at risk</translation>
    </message>
    <message>
        <source>no prazo</source>
        <translation>on time</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Buscar por pedido, canal, transportadora ou SKU (Ctrl+B)</source>
        <translation>Search by order, channel, carrier or SKU (Ctrl+B)</translation>
    </message>
    <message>
        <source>Buscar</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Fila</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Todos os pedidos</source>
        <translation>All orders</translation>
    </message>
    <message>
        <source>Recebidos</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Aguardando separação</source>
        <translation>Waiting to be picked</translation>
    </message>
    <message>
        <source>Em separação</source>
        <translation>Being picked</translation>
    </message>
    <message>
        <source>Separados</source>
        <translation>Picked</translation>
    </message>
    <message>
        <source>Embalados</source>
        <translation>Packed</translation>
    </message>
    <message>
        <source>Aguardando nota</source>
        <translation>Waiting for invoice</translation>
    </message>
    <message>
        <source>Aguardando etiqueta</source>
        <translation>Waiting for label</translation>
    </message>
    <message>
        <source>Prontos para expedição</source>
        <translation>Ready to ship</translation>
    </message>
    <message>
        <source>Expedidos</source>
        <translation>Shipped</translation>
    </message>
    <message>
        <source>Pendências</source>
        <translation>Exceptions</translation>
    </message>
    <message>
        <source>Devolver ao estoque</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>Encerrados</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>Os {count} primeiros de muitos: digite mais</source>
        <translation>The first {count} of many: type more</translation>
    </message>
    <message>
        <source>{count} encontrados</source>
        <translation>{count} found</translation>
    </message>
    <message>
        <source>{total} pedidos · ✖ {late} atrasados · ▲ {risk} em risco</source>
        <translation>{total} orders · ✖ {late} late · ▲ {risk} at risk</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Documento</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Pedido ou romaneio</source>
        <translation>Order or manifest</translation>
    </message>
    <message>
        <source>Ver antes</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>Imprimir</source>
        <translation>Print</translation>
    </message>
</context>
<context>
    <name>PrintersPage</name>
    <message>
        <source>Impressoras</source>
        <translation>Printers</translation>
    </message>
    <message>
        <source>Código</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Nome</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Estado</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Imprime aqui</source>
        <translation>Prints here</translation>
    </message>
    <message>
        <source>Endereço</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Usar nesta estação</source>
        <translation>Use at this station</translation>
    </message>
    <message>
        <source>Página de teste</source>
        <translation>Test page</translation>
    </message>
    <message>
        <source>Procurar</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Cadastrar</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Retirar</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>tudo</source>
        <translation>everything</translation>
    </message>
    <message>
        <source>Tudo</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>O que esta estação imprime em {name}?</source>
        <translation>What does this station print on {name}?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Código, endereço, pontos por polegada e nome (ex.: Z-01 socket://10.0.0.9 203 Bancada 1)</source>
        <translation>Code, address, dots per inch and name (as in: Z-01 socket://10.0.0.9 203 Bench 1)</translation>
    </message>
    <message>
        <source>Gravar</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Procurando impressoras…</source>
        <translation>Searching for printers…</translation>
    </message>
    <message>
        <source>Qual cadastrar?</source>
        <translation>Add which?</translation>
    </message>
    <message>
        <source>Nenhuma impressora encontrada</source>
        <translation>No printer found</translation>
    </message>
</context>
<context>
    <name>PrintingPage</name>
    <message>
        <source>Documento</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Impressora</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>Por que espera</source>
        <translation>Why it waits</translation>
    </message>
    <message>
        <source>O que espera</source>
        <translation>What waits</translation>
    </message>
    <message>
        <source>Saiu</source>
        <translation>It came out</translation>
    </message>
    <message>
        <source>Não saiu</source>
        <translation>It did not</translation>
    </message>
    <message>
        <source>Cancelar lote</source>
        <translation>Cancel the batch</translation>
    </message>
    <message>
        <source>Reimprimir de N a M</source>
        <translation>Reprint from N to M</translation>
    </message>
    <message>
        <source>Consultar de novo</source>
        <translation>Ask again</translation>
    </message>
    <message>
        <source>Outra impressora</source>
        <translation>Another printer</translation>
    </message>
    <message>
        <source>Imprimir lote</source>
        <translation>Print a batch</translation>
    </message>
    <message>
        <source>Impressoras</source>
        <translation>Printers</translation>
    </message>
    <message>
        <source>Documentos que esperam: {count}</source>
        <translation>Documents that wait: {count}</translation>
    </message>
    <message>
        <source>✔ Nenhum documento espera</source>
        <translation>✔ No document waits</translation>
    </message>
    <message>
        <source>Em qual impressora?</source>
        <translation>On which printer?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Nenhum lote nesta estação</source>
        <translation>No batch at this station</translation>
    </message>
    <message>
        <source>Lote: {document} · {state}</source>
        <translation>Batch: {document} · {state}</translation>
    </message>
    <message>
        <source>{done} de {total} impressos</source>
        <translation>{done} of {total} printed</translation>
    </message>
    <message>
        <source>Pausar</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Continuar</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Do número ao número, e o motivo (ex.: 12 30 papel preso)</source>
        <translation>From number to number, and the reason (as in: 12 30 paper jam)</translation>
    </message>
    <message>
        <source>Reimprimir</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>O que imprimir?</source>
        <translation>Print what?</translation>
    </message>
    <message>
        <source>Aguardando separação</source>
        <translation>Waiting to be picked</translation>
    </message>
    <message>
        <source>Em separação</source>
        <translation>Being picked</translation>
    </message>
    <message>
        <source>Separados</source>
        <translation>Picked</translation>
    </message>
    <message>
        <source>Embalados</source>
        <translation>Packed</translation>
    </message>
    <message>
        <source>De quais pedidos?</source>
        <translation>Of which orders?</translation>
    </message>
</context>
<context>
    <name>PutBack</name>
    <message>
        <source>Desfazer</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Devolver tarefa</source>
        <translation>Release task</translation>
    </message>
    <message>
        <source>{units} na mão</source>
        <translation>{units} in hand</translation>
    </message>
    <message>
        <source>{count} a devolver</source>
        <translation>{count} to put back</translation>
    </message>
    <message>
        <source>Pedido {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>lote {lot}</source>
        <translation>lot {lot}</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>Chave de recuperação</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>Guarde a chave de recuperação</source>
        <translation>Keep the recovery key</translation>
    </message>
    <message>
        <source>Com ela as cópias de segurança abrem em outro computador. Sem ela e sem esta estação, os pedidos se perdem. Imprima e guarde num cofre: quem a tem pode ler as cópias. Depois de guardada, ela não é mostrada de novo.</source>
        <translation>With it the backups open on another computer. Without it and without this station the orders are lost. Print it and keep it in a safe: whoever has it can read the backups. Once kept, it is not shown again.</translation>
    </message>
    <message>
        <source>Folha para imprimir (PDF)…</source>
        <translation>Sheet to print (PDF)…</translation>
    </message>
    <message>
        <source>Já está guardada</source>
        <translation>It is kept</translation>
    </message>
    <message>
        <source>Depois</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Folha para imprimir (PDF)</source>
        <translation>Sheet to print (PDF)</translation>
    </message>
</context>
<context>
    <name>RecoveryWindow</name>
    <message>
        <source>Procurando a última cópia boa…</source>
        <translation>Looking for the last good backup…</translation>
    </message>
    <message>
        <source>Abrir o Expedita</source>
        <translation>Open Expedita</translation>
    </message>
    <message>
        <source>Recuperar agora</source>
        <translation>Recover now</translation>
    </message>
    <message>
        <source>Fechar</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Recuperando. Não desligue a estação…</source>
        <translation>Recovering. Do not turn the station off…</translation>
    </message>
</context>
<context>
    <name>RecurringPanel</name>
    <message>
        <source>O que se repete nos últimos {days} dias</source>
        <translation>What recurred in the last {days} days</translation>
    </message>
    <message>
        <source>Vezes</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>O que houve</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>Estações</source>
        <translation>Stations</translation>
    </message>
    <message>
        <source>Operadores</source>
        <translation>Operators</translation>
    </message>
    <message>
        <source>Guia</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>Resolvidos / enviados</source>
        <translation>Solved / sent</translation>
    </message>
    <message>
        <source>O que se repete</source>
        <translation>What recurs</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>nenhum: vale escrever um</source>
        <translation>none: worth writing one</translation>
    </message>
</context>
<context>
    <name>SecondFactor</name>
    <message>
        <source>Código do seu aplicativo autenticador</source>
        <translation>Code of your authenticator app</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>SecondFactorPage</name>
    <message>
        <source>Segundo fator</source>
        <translation>Second factor</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Seu PIN</source>
        <translation>Your PIN</translation>
    </message>
    <message>
        <source>Tenha em mãos um celular com um aplicativo autenticador. Digite seu PIN: o QR code aparece uma vez só.</source>
        <translation>Have a phone with an authenticator app at hand. Type your PIN: the QR code is shown only once.</translation>
    </message>
    <message>
        <source>Mostrar o QR code</source>
        <translation>Show the QR code</translation>
    </message>
    <message>
        <source>Código de 6 números</source>
        <translation>6-digit code</translation>
    </message>
    <message>
        <source>1. Leia o QR code com o aplicativo, ou digite nele esta chave:</source>
        <translation>1. Scan the QR code with the app, or type this key into it:</translation>
    </message>
    <message>
        <source>2. Digite o código que o aplicativo mostra agora:</source>
        <translation>2. Type the code that the app shows now:</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Códigos de recuperação</source>
        <translation>Recovery codes</translation>
    </message>
    <message>
        <source>Anote estes códigos em papel e guarde-os longe do celular. Cada um vale uma vez no lugar do aplicativo. Eles não aparecem de novo.</source>
        <translation>Write these codes down on paper and keep them away from the phone. Each counts once in place of the app. They are not shown again.</translation>
    </message>
    <message>
        <source>Já anotei</source>
        <translation>I have written them down</translation>
    </message>
    <message>
        <source>✔ Cadastrado. Um novo cadastro troca o aplicativo e os códigos.</source>
        <translation>✔ Set up. Setting it up anew replaces app and codes.</translation>
    </message>
    <message>
        <source>▲ Ainda não cadastrado.</source>
        <translation>▲ Not set up yet.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Aparência</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>Estação</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Importar pedidos, produtos e NF-e</source>
        <translation>Import orders, products and NF-e</translation>
    </message>
    <message>
        <source>Parar</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Arquivo…</source>
        <translation>File…</translation>
    </message>
    <message>
        <source>Pasta…</source>
        <translation>Folder…</translation>
    </message>
    <message>
        <source>Impressoras</source>
        <translation>Printers</translation>
    </message>
    <message>
        <source>Operadores</source>
        <translation>Operators</translation>
    </message>
    <message>
        <source>Auditoria</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Meu segundo fator</source>
        <translation>My second factor</translation>
    </message>
    <message>
        <source>Pessoas e segurança</source>
        <translation>People and security</translation>
    </message>
    <message>
        <source>Expedita, versão {here}</source>
        <translation>Expedita, version {here}</translation>
    </message>
    <message>
        <source>Expedita, versão {here}; o local quer a versão {wanted}</source>
        <translation>Expedita, version {here}; the site wants version {wanted}</translation>
    </message>
    <message>
        <source>Corte de {carrier}</source>
        <translation>Cut-off of {carrier}</translation>
    </message>
    <message>
        <source>{name} (definido pelo local)</source>
        <translation>{name} (set by the site)</translation>
    </message>
    <message>
        <source>Importar</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Claro</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Escuro</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Alto contraste</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Sim</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>Não</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Nenhum</source>
        <translation>None</translation>
    </message>
    <message>
        <source>Quando perguntada (Toledo Prix, Filizola)</source>
        <translation>When asked (Toledo Prix, Filizola)</translation>
    </message>
    <message>
        <source>Sem parar (Toledo, saída contínua)</source>
        <translation>All the time (Toledo, continuous output)</translation>
    </message>
    <message>
        <source>Uma linha de texto por peso</source>
        <translation>A line of text a weight</translation>
    </message>
    <message>
        <source>Caixa de entrada do Expedita</source>
        <translation>Expedita&apos;s own inbox</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Idioma</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Nome da estação</source>
        <translation>Name of the station</translation>
    </message>
    <message>
        <source>Bancada</source>
        <translation>Bench</translation>
    </message>
    <message>
        <source>Fuso horário</source>
        <translation>Time zone</translation>
    </message>
    <message>
        <source>Bloquear após minutos parada</source>
        <translation>Lock after idle minutes</translation>
    </message>
    <message>
        <source>Pedir o segundo fator em ações sensíveis</source>
        <translation>Ask for the second factor before sensitive actions</translation>
    </message>
    <message>
        <source>Apagar dados pessoais após dias do fim do pedido (0: nunca)</source>
        <translation>Erase personal data so many days after an order ended (0: never)</translation>
    </message>
    <message>
        <source>Leitor: prefixo</source>
        <translation>Scanner: prefix</translation>
    </message>
    <message>
        <source>Leitor: sufixo</source>
        <translation>Scanner: suffix</translation>
    </message>
    <message>
        <source>Leitor: tecla final</source>
        <translation>Scanner: end key</translation>
    </message>
    <message>
        <source>Leitor: intervalo máximo entre teclas (ms)</source>
        <translation>Scanner: longest gap between keys (ms)</translation>
    </message>
    <message>
        <source>Leitor: ignorar repetição por (ms)</source>
        <translation>Scanner: ignore a repeat for (ms)</translation>
    </message>
    <message>
        <source>Leitor serial: porta</source>
        <translation>Serial scanner: port</translation>
    </message>
    <message>
        <source>Leitor serial: velocidade</source>
        <translation>Serial scanner: speed</translation>
    </message>
    <message>
        <source>Fotos dos produtos (arquivos com o nome do SKU): pasta</source>
        <translation>Product pictures (files named by SKU): folder</translation>
    </message>
    <message>
        <source>Balança: porta</source>
        <translation>Scale: port</translation>
    </message>
    <message>
        <source>Balança: como fala</source>
        <translation>Scale: how it talks</translation>
    </message>
    <message>
        <source>Balança: velocidade</source>
        <translation>Scale: speed</translation>
    </message>
    <message>
        <source>Balança: bits, paridade e parada</source>
        <translation>Scale: bits, parity and stop</translation>
    </message>
    <message>
        <source>Peso: tolerância em gramas</source>
        <translation>Weight: tolerance in grams</translation>
    </message>
    <message>
        <source>Peso: tolerância em %</source>
        <translation>Weight: tolerance in %</translation>
    </message>
    <message>
        <source>Pesar cada volume</source>
        <translation>Weigh each package</translation>
    </message>
    <message>
        <source>Canais que exigem NF-e antes da etiqueta</source>
        <translation>Channels that need the NF-e before the label</translation>
    </message>
    <message>
        <source>Cópias de segurança: pasta</source>
        <translation>Backups: folder</translation>
    </message>
    <message>
        <source>Correios: cartão de postagem</source>
        <translation>Correios: posting card</translation>
    </message>
    <message>
        <source>Avisar quando restarem códigos de rastreio</source>
        <translation>Warn when this many tracking codes are left</translation>
    </message>
    <message>
        <source>Alertas: e-mails que os recebem</source>
        <translation>Alerts: e-mail addresses that get them</translation>
    </message>
    <message>
        <source>Alertas: só depois de (segundos)</source>
        <translation>Alerts: only after (seconds)</translation>
    </message>
    <message>
        <source>Situação: porta de /metrics do worker</source>
        <translation>Status: port of the worker&apos;s /metrics</translation>
    </message>
    <message>
        <source>Situação: endereços a vigiar</source>
        <translation>Status: addresses to watch</translation>
    </message>
    <message>
        <source>Situação: servidor de hora</source>
        <translation>Status: time server</translation>
    </message>
    <message>
        <source>Situação: avisar com menos MB livres no disco</source>
        <translation>Status: warn when fewer MB are free on the disk</translation>
    </message>
    <message>
        <source>Suporte: para onde vão os chamados</source>
        <translation>Support: where tickets go</translation>
    </message>
    <message>
        <source>Suporte: endereço do sistema</source>
        <translation>Support: address of the helpdesk</translation>
    </message>
    <message>
        <source>Suporte: conta ou e-mail</source>
        <translation>Support: account or e-mail</translation>
    </message>
    <message>
        <source>Suporte: fila, projeto ou grupo</source>
        <translation>Support: queue, project or group</translation>
    </message>
    <message>
        <source>Suporte: número do tipo ou da categoria</source>
        <translation>Support: number of the type or category</translation>
    </message>
    <message>
        <source>Suporte: tamanho máximo do anexo em MB (0: o usual)</source>
        <translation>Support: largest attachment in MB (0: the usual)</translation>
    </message>
    <message>
        <source>Suporte: segundos para olhar um chamado antes que vá</source>
        <translation>Support: seconds to look at a ticket before it goes</translation>
    </message>
    <message>
        <source>E-mail: servidor</source>
        <translation>E-mail: server</translation>
    </message>
    <message>
        <source>E-mail: porta</source>
        <translation>E-mail: port</translation>
    </message>
    <message>
        <source>E-mail: proteção da conexão</source>
        <translation>E-mail: security of the connection</translation>
    </message>
    <message>
        <source>E-mail: conta</source>
        <translation>E-mail: account</translation>
    </message>
    <message>
        <source>E-mail: remetente</source>
        <translation>E-mail: sender</translation>
    </message>
    <message>
        <source>E-mail: servidor das respostas (IMAP)</source>
        <translation>E-mail: server of the answers (IMAP)</translation>
    </message>
    <message>
        <source>E-mail: porta das respostas (IMAP)</source>
        <translation>E-mail: port of the answers (IMAP)</translation>
    </message>
    <message>
        <source>Empresa: CNPJs</source>
        <translation>Company: CNPJs</translation>
    </message>
    <message>
        <source>Empresa: nome</source>
        <translation>Company: name</translation>
    </message>
    <message>
        <source>Empresa: rua</source>
        <translation>Company: street</translation>
    </message>
    <message>
        <source>Empresa: número</source>
        <translation>Company: number</translation>
    </message>
    <message>
        <source>Empresa: complemento</source>
        <translation>Company: address line 2</translation>
    </message>
    <message>
        <source>Empresa: bairro</source>
        <translation>Company: district</translation>
    </message>
    <message>
        <source>Empresa: cidade</source>
        <translation>Company: city</translation>
    </message>
    <message>
        <source>Empresa: estado</source>
        <translation>Company: state</translation>
    </message>
    <message>
        <source>Empresa: CEP</source>
        <translation>Company: CEP</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>Sistemas</source>
        <translation>Systems</translation>
    </message>
    <message>
        <source>Sistema</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>Os sistemas ainda não foram verificados</source>
        <translation>The systems were not checked yet</translation>
    </message>
    <message>
        <source>{count} fora do ar: veja o que ainda pode ser feito</source>
        <translation>{count} down: see what can still be done</translation>
    </message>
    <message>
        <source>Tudo responde, mas há o que cuidar</source>
        <translation>Everything answers, but something needs care</translation>
    </message>
    <message>
        <source>✔ Tudo funciona</source>
        <translation>✔ Everything works</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>Escolha um pedido</source>
        <translation>Choose an order</translation>
    </message>
    <message>
        <source>História do pedido</source>
        <translation>Story of the order</translation>
    </message>
    <message>
        <source>Fixar</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>Desafixar</source>
        <translation>Unpin</translation>
    </message>
    <message>
        <source>Bloquear</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>Desbloquear</source>
        <translation>Lift hold</translation>
    </message>
    <message>
        <source>Liberar</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Resolver</source>
        <translation>Settle</translation>
    </message>
    <message>
        <source>Cancelar</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Devolver ao estoque</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>Assumir</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>Ver cliente</source>
        <translation>Show customer</translation>
    </message>
    <message>
        <source>Pedido {number}</source>
        <translation>Order {number}</translation>
    </message>
    <message>
        <source>Despachar até {time}</source>
        <translation>Ship by {time}</translation>
    </message>
    <message>
        <source>Cliente: dados ocultos</source>
        <translation>Customer: data hidden</translation>
    </message>
    <message>
        <source>Cliente: dados apagados no prazo</source>
        <translation>Customer: data erased on schedule</translation>
    </message>
    <message>
        <source>▲ Pendência: {what}</source>
        <translation>▲ Open matter: {what}</translation>
    </message>
    <message>
        <source>ITENS</source>
        <translation>ITEMS</translation>
    </message>
    <message>
        <source>VOLUMES</source>
        <translation>PACKAGES</translation>
    </message>
    <message>
        <source>ROMANEIO</source>
        <translation>MANIFEST</translation>
    </message>
    <message>
        <source>DIÁRIO</source>
        <translation>JOURNAL</translation>
    </message>
    <message>
        <source>placa {plate}</source>
        <translation>plate {plate}</translation>
    </message>
    <message>
        <source>motorista {who}</source>
        <translation>driver {who}</translation>
    </message>
    <message>
        <source>desde {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>próxima tentativa {time}</source>
        <translation>next try {time}</translation>
    </message>
    <message>
        <source>até {step}</source>
        <translation>by {step}</translation>
    </message>
    <message>
        <source>O cliente ligou</source>
        <translation>The customer called</translation>
    </message>
    <message>
        <source>Endereço a corrigir</source>
        <translation>Address to correct</translation>
    </message>
    <message>
        <source>Entrega devolvida</source>
        <translation>Delivery returned</translation>
    </message>
    <message>
        <source>Reclamação da transportadora</source>
        <translation>Carrier&apos;s complaint</translation>
    </message>
    <message>
        <source>Por que ver os dados do cliente? Fica registrado.</source>
        <translation>Why see the customer&apos;s data? It is recorded.</translation>
    </message>
    <message>
        <source>Outro motivo…</source>
        <translation>Another reason…</translation>
    </message>
    <message>
        <source>Por que bloquear o pedido?</source>
        <translation>Why hold the order?</translation>
    </message>
    <message>
        <source>Por que cancelar o pedido?</source>
        <translation>Why cancel the order?</translation>
    </message>
    <message>
        <source>Como a pendência foi resolvida?</source>
        <translation>How was the matter settled?</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>⛔ Bloqueado por {person} desde {since}: {reason}</source>
        <translation>⛔ Held by {person} since {since}: {reason}</translation>
    </message>
    <message>
        <source>● {work} em {bench} ({operator})</source>
        <translation>● {work} at {bench} ({operator})</translation>
    </message>
    <message>
        <source>CONDIÇÕES</source>
        <translation>GATES</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>SystemDetail</name>
    <message>
        <source>desde {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>O normal dele é {usual}.</source>
        <translation>Its usual is {usual}.</translation>
    </message>
    <message>
        <source>{name}: {count} à espera</source>
        <translation>{name}: {count} waiting</translation>
    </message>
    <message>
        <source>Nada espera para ser enviado.</source>
        <translation>Nothing waits to be sent.</translation>
    </message>
    <message>
        <source>O mais antigo é de {time}.</source>
        <translation>The oldest is of {time}.</translation>
    </message>
    <message>
        <source>{count} esperam por uma pessoa: veja Pendências.</source>
        <translation>{count} wait for a person: see Exceptions.</translation>
    </message>
    <message>
        <source>{count} chamados a enviar</source>
        <translation>{count} tickets to send</translation>
    </message>
    <message>
        <source>Ainda não foi observado.</source>
        <translation>It was not watched yet.</translation>
    </message>
    <message>
        <source>Disponível {share} das últimas 24 horas.</source>
        <translation>Available {share} of the last 24 hours.</translation>
    </message>
    <message>
        <source>Nenhum incidente nas últimas 24 horas.</source>
        <translation>No incident in the last 24 hours.</translation>
    </message>
    <message>
        <source>agora</source>
        <translation>now</translation>
    </message>
</context>
<context>
    <name>TakeOver</name>
    <message>
        <source>A estação parou</source>
        <translation>The station stopped</translation>
    </message>
    <message>
        <source>A pessoa saiu</source>
        <translation>The person left</translation>
    </message>
    <message>
        <source>Combinado com a pessoa</source>
        <translation>Agreed with the person</translation>
    </message>
    <message>
        <source>Assumir o trabalho de {station}? Por quê?</source>
        <translation>Take over the work of {station}? Why?</translation>
    </message>
    <message>
        <source>Não assumir</source>
        <translation>Don&apos;t take over</translation>
    </message>
</context>
<context>
    <name>TicketPanel</name>
    <message>
        <source>Respostas do suporte</source>
        <translation>Answers of support</translation>
    </message>
    <message>
        <source>O que vai no chamado</source>
        <translation>What goes with the ticket</translation>
    </message>
    <message>
        <source>Conteúdo</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>Enviar</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>Não enviar</source>
        <translation>Don&apos;t send</translation>
    </message>
    <message>
        <source>Resposta a quem pediu ajuda</source>
        <translation>Answer to whoever asked for help</translation>
    </message>
    <message>
        <source>Responder</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Encerrar</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>nº {number}</source>
        <translation>no. {number}</translation>
    </message>
    <message>
        <source>encerrado</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>o mesmo problema que {tag}</source>
        <translation>the same problem as {tag}</translation>
    </message>
    <message>
        <source>provas de mais {count}</source>
        <translation>evidence of {count} more</translation>
    </message>
    <message>
        <source>a resposta vem por e-mail a {address}, e não aparece aqui</source>
        <translation>the answer comes by e-mail to {address}, and does not show here</translation>
    </message>
    <message>
        <source>Resumo</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>Pedido em mãos</source>
        <translation>Order in hand</translation>
    </message>
    <message>
        <source>Sistemas</source>
        <translation>Systems</translation>
    </message>
    <message>
        <source>Fechamento sem aviso</source>
        <translation>End without warning</translation>
    </message>
    <message>
        <source>Diário da estação</source>
        <translation>Station&apos;s journal</translation>
    </message>
    <message>
        <source>Registro do programa</source>
        <translation>Program&apos;s log</translation>
    </message>
    <message>
        <source>Impressora e leitor</source>
        <translation>Printer and scanner</translation>
    </message>
    <message>
        <source>Imagem da tela</source>
        <translation>Picture of the screen</translation>
    </message>
    <message>
        <source>Ajustes, sem segredos</source>
        <translation>Settings, without secrets</translation>
    </message>
    <message>
        <source>Versões</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Banco de dados</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>Computador e rede</source>
        <translation>Computer and network</translation>
    </message>
    <message>
        <source>O que foi e o que faltou</source>
        <translation>What went and what is missing</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>Endereço</source>
        <translation>Bin</translation>
    </message>
    <message>
        <source>Quantidade</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>Caixas</source>
        <translation>Totes</translation>
    </message>
    <message>
        <source>Desfazer</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Falta</source>
        <translation>Short</translation>
    </message>
    <message>
        <source>Pular</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>Digitar quantidade</source>
        <translation>Type quantity</translation>
    </message>
    <message>
        <source>Outra opção</source>
        <translation>Other option</translation>
    </message>
    <message>
        <source>Não está vazio</source>
        <translation>It is not empty</translation>
    </message>
    <message>
        <source>Está vazio</source>
        <translation>It is empty</translation>
    </message>
    <message>
        <source>Caixa separada</source>
        <translation>Tote set aside</translation>
    </message>
    <message>
        <source>Devolver tarefa</source>
        <translation>Release task</translation>
    </message>
    <message>
        <source>Confirmar endereço lido</source>
        <translation>Confirm scanned bin</translation>
    </message>
    <message>
        <source>Vincular código</source>
        <translation>Link code</translation>
    </message>
    <message>
        <source>Caixa {tote}</source>
        <translation>Tote {tote}</translation>
    </message>
    <message>
        <source>{done} de {total} unidades</source>
        <translation>{done} of {total} units</translation>
    </message>
    <message>
        <source>Sem estoque</source>
        <translation>Out of stock</translation>
    </message>
    <message>
        <source>Avariado</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>Não localizado</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>Endereço errado</source>
        <translation>Wrong bin</translation>
    </message>
    <message>
        <source>Vencido</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Por que faltam unidades?</source>
        <translation>Why are units missing?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Quantas unidades você contou?</source>
        <translation>How many units did you count?</translation>
    </message>
    <message>
        <source>Confirmar</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Endereço {bin}: tem {count}</source>
        <translation>Bin {bin}: holds {count}</translation>
    </message>
    <message>
        <source>Trocar por {name}, em {bin}</source>
        <translation>Replace with {name}, at {bin}</translation>
    </message>
    <message>
        <source>De onde vem o que falta?</source>
        <translation>Where does the rest come from?</translation>
    </message>
    <message>
        <source>lote {lot}</source>
        <translation>lot {lot}</translation>
    </message>
    <message>
        <source>validade {day}</source>
        <translation>expires {day}</translation>
    </message>
    <message>
        <source>pedido {number}</source>
        <translation>order {number}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Separação</source>
        <translation>Picking</translation>
    </message>
    <message>
        <source>Conferência</source>
        <translation>Packing</translation>
    </message>
    <message>
        <source>Expedição</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>Pedidos</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Pendências</source>
        <translation>Exceptions</translation>
    </message>
    <message>
        <source>Ajustes</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Impressão</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>Situação</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Bloquear</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>Sair</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>Qual é o produto?</source>
        <translation>Which product is it?</translation>
    </message>
    <message>
        <source>Voltar</source>
        <translation>Back</translation>
    </message>
</context>
</TS>
