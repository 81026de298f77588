"""Texts of the store, its key and its folder."""

from __future__ import annotations

TEXTS: dict[str, dict[str, tuple[str, str, str]]] = {
    "STORE_KEY_WRONG": {
        "pt": (
            "A chave não abre os dados desta estação.",
            "Nada foi lido nem mudado; os pedidos continuam guardados.",
            "Abra com o mesmo usuário, senha ou arquivo de chave de antes, ou chame o suporte.",
        ),
        "en": (
            "The key does not open this station's data.",
            "Nothing was read or changed; the orders are still there.",
            "Open with the user, passphrase or key file used before, or call support.",
        ),
    },
    "STORE_NEWER": {
        "pt": (
            "Os dados são de uma versão mais nova do Expedita, e esta não trabalha com eles.",
            "Nada foi mudado; os pedidos continuam guardados.",
            "Instale a versão mais nova nesta estação.",
        ),
        "en": (
            "The data is of a newer version of Expedita, and this one can't work on it.",
            "Nothing was changed; the orders are still there.",
            "Install the newer version on this station.",
        ),
    },
    "STORE_FULL": {
        "pt": (
            "O disco está cheio.",
            "Esta leitura ou este comando não contou; o que já estava gravado está a salvo.",
            "Libere espaço no disco e bipe, ou tente, de novo.",
        ),
        "en": (
            "The disk is full.",
            "This scan or command did not count; what was saved before is safe.",
            "Free some disk space, and scan or try again.",
        ),
    },
    "STORE_READ_ONLY": {
        "pt": (
            "O Expedita não pode gravar na pasta de dados.",
            "Esta leitura ou este comando não contou; o que já estava gravado está a salvo.",
            "Dê ao seu usuário permissão de gravar na pasta, ou chame o suporte.",
        ),
        "en": (
            "Expedita may not write to its data folder.",
            "This scan or command did not count; what was saved before is safe.",
            "Let your user write to the folder, or call support.",
        ),
    },
    "STORE_BUSY": {
        "pt": (
            "Outro programa está usando os dados.",
            "Esta leitura ou este comando não contou.",
            "Espere a importação ou a cópia terminar e tente de novo.",
        ),
        "en": (
            "Another program is using the data.",
            "This scan or command did not count.",
            "Wait for the import or the copy to end, and try again.",
        ),
    },
    "SHEET_NOT_WRITTEN": {  # file, detail
        "pt": (
            "A folha {file} não foi gravada: {detail}.",
            "Nada mudou no armazém.",
            "Escolha outra pasta com -o, ou confira o espaço e a permissão.",
        ),
        "en": (
            "The sheet {file} was not written: {detail}.",
            "Nothing changed in the warehouse.",
            "Choose another folder with -o, or check its space and permission.",
        ),
    },
    "STORE_UNUSABLE": {
        "pt": (
            "Os dados desta estação não podem ser usados.",
            "Esta leitura ou este comando não contou.",
            "Confira o disco e as permissões da pasta de dados, ou chame o suporte.",
        ),
        "en": (
            "This station's data cannot be used.",
            "This scan or command did not count.",
            "Check the disk and the data folder's permissions, or call support.",
        ),
    },
    "STORE_FAILED": {
        "pt": (
            "O disco falhou ao ler ou gravar.",
            "Esta leitura ou este comando não contou; o que já estava gravado está a salvo.",
            "Bipe, ou tente, de novo. Se repetir, pare de usar esta estação e chame o suporte.",
        ),
        "en": (
            "The disk failed to read or write.",
            "This scan or command did not count; what was saved before is safe.",
            "Scan or try again. If it happens again, stop using this station and call support.",
        ),
    },
    "STORE_SLOW": {
        "pt": (
            "O disco está lento para gravar.",
            "Nada se perde; cada leitura espera até estar gravada.",
            "Espere o verde antes da próxima leitura e avise o suporte.",
        ),
        "en": (
            "The disk is slow to save.",
            "Nothing is lost; each scan waits until it is saved.",
            "Wait for the green before the next scan, and tell support.",
        ),
    },
    "STORE_DAMAGED": {
        "pt": (
            "O arquivo dos pedidos está danificado.",
            "O que não pode ser lido não foi mudado; há como recuperar da última cópia boa.",
            "Feche o Expedita e abra de novo: ele oferece a recuperação. Ou: expedita restore.",
        ),
        "en": (
            "The file of the orders is damaged.",
            "What cannot be read was not changed; it can be recovered from the last good backup.",
            "Close Expedita and open it again: it offers the recovery. Or: expedita restore.",
        ),
    },
    "STORE_BEHIND": {  # detail
        "pt": (
            "Faltam leituras que já tinham sido gravadas ({detail}).",
            "Um arquivo foi apagado (expedita.db-wal) ou trocado por uma cópia antiga; "
            "nada mais foi mudado.",
            "Devolva o arquivo que falta, ou recupere: expedita restore.",
        ),
        "en": (
            "Scans that had been saved are missing ({detail}).",
            "A file was deleted (expedita.db-wal) or replaced by an old copy; "
            "nothing else was changed.",
            "Put the missing file back, or recover: expedita restore.",
        ),
    },
    "STORE_GONE": {  # detail
        "pt": (
            "O arquivo dos pedidos ({detail}) não está mais na pasta de dados.",
            "Um armazém vazio não foi criado no lugar dele.",
            "Devolva o arquivo, ou recupere da última cópia: expedita restore.",
        ),
        "en": (
            "The file of the orders ({detail}) is no longer in the data folder.",
            "No empty warehouse was made in its place.",
            "Put the file back, or recover from the last backup: expedita restore.",
        ),
    },
    "HOME_IN_USE": {
        "pt": (
            "O Expedita já está aberto com esta pasta de dados.",
            "O trabalho em andamento continua na outra janela.",
            "Use a janela aberta, ou feche-a antes.",
        ),
        "en": (
            "Expedita is already open on this data folder.",
            "The work in hand goes on in the other window.",
            "Use the open window, or close it first.",
        ),
    },
    "KEY_MISSING": {  # detail
        "pt": (
            "A chave dos dados não foi encontrada.",
            "Os pedidos continuam guardados, mas fechados.",
            "Devolva a chave ao lugar de antes (cofre do sistema ou arquivo), "
            "ou restaure uma cópia.",
        ),
        "en": (
            "The key of the data was not found.",
            "The orders are still there, but locked.",
            "Put the key back where it was (system keyring or file), or restore a backup.",
        ),
    },
    "KEY_WRONG_PASSPHRASE": {
        "pt": (
            "A senha dos dados não confere.",
            "Nada foi aberto nem mudado.",
            "Digite a senha de novo; confira maiúsculas e o idioma do teclado.",
        ),
        "en": (
            "That is not the passphrase of the data.",
            "Nothing was opened or changed.",
            "Type it again; check capitals and the keyboard's language.",
        ),
    },
    "KEY_PASSPHRASE_NEEDED": {
        "pt": (
            "Os dados desta estação pedem uma senha.",
            "Nada foi aberto.",
            "Abra o Expedita onde se possa digitar a senha.",
        ),
        "en": (
            "This station's data needs its passphrase.",
            "Nothing was opened.",
            "Open Expedita where the passphrase can be typed.",
        ),
    },
    "KEY_PASSPHRASE_SHORT": {
        "pt": (
            "A senha é curta demais.",
            "Nada foi criado.",
            "Escolha uma senha de 12 letras ou mais; quatro palavras servem bem.",
        ),
        "en": (
            "The passphrase is too short.",
            "Nothing was made.",
            "Choose one of 12 characters or more; four words do well.",
        ),
    },
    "KEY_FILE_OPEN": {  # detail
        "pt": (
            "Outros usuários podem ler o arquivo de chave.",
            "Os dados não foram abertos.",
            "Deixe o arquivo só para o usuário do Expedita (chmod 600) e abra de novo.",
        ),
        "en": (
            "Other users can read the key file.",
            "The data was not opened.",
            "Keep the file to Expedita's user alone (chmod 600) and open again.",
        ),
    },
    "KEY_LOCKED": {
        "pt": (
            "O cofre de senhas deste computador está bloqueado.",
            "Os dados não foram abertos; os pedidos continuam guardados.",
            "Entre na sessão com a senha do usuário, ou desbloqueie o cofre (Senhas e chaves), e "
            "abra de novo.",
        ),
        "en": (
            "This computer's keyring is locked.",
            "The data was not opened; the orders are still there.",
            "Log in with the user's password, or unlock the keyring (Passwords and Keys), and open "
            "again.",
        ),
    },
    "KEY_NO_KEYRING": {
        "pt": (
            "Este computador não tem um cofre de senhas em uso.",
            "Os dados não foram abertos; nada fica gravado sem proteção.",
            "Abra na sessão do usuário de antes, com o cofre ativo. Na primeira vez: escolha uma "
            "senha, ou um arquivo de chave (EXPEDITA_KEY_FILE).",
        ),
        "en": (
            "This computer has no keyring that can be used.",
            "The data was not opened; nothing is ever written unprotected.",
            "Open in the session of the user from before, with its keyring running. At the first "
            "start: choose a passphrase, or a key file (EXPEDITA_KEY_FILE).",
        ),
    },
    "KEY_DAMAGED": {  # detail
        "pt": (
            "O arquivo que guarda a chave está danificado.",
            "Os pedidos continuam guardados, mas fechados.",
            "Restaure da cópia os arquivos da chave (key.json, store.key).",
        ),
        "en": (
            "The file that holds the key is damaged.",
            "The orders are still there, but locked.",
            "Restore the key's files from a backup (key.json, store.key).",
        ),
    },
    "KEY_CHOSEN": {
        "pt": (
            "Esta pasta de dados já tem a sua chave.",
            "Nada foi mudado.",
            "Abra o Expedita normalmente.",
        ),
        "en": (
            "This data folder already has its key.",
            "Nothing was changed.",
            "Open Expedita as usual.",
        ),
    },
    "KEY_IN_FILE": {
        "pt": (
            "A chave está num arquivo ao lado dos dados.",
            "O trabalho segue normal, mas quem copiar a pasta lê os pedidos.",
            "Guarde o arquivo em outro disco e aponte EXPEDITA_KEY_FILE para ele.",
        ),
        "en": (
            "The key is in a file beside the data.",
            "Work goes on, but whoever copies the folder can read the orders.",
            "Keep the file on another disk and point EXPEDITA_KEY_FILE to it.",
        ),
    },
    "DEMO_HOME": {
        "pt": (
            "Armazém de demonstração.",
            "Estes pedidos não são reais.",
            "Para trabalhar, abra o Expedita sem a demonstração.",
        ),
        "en": (
            "Demonstration warehouse.",
            "These orders are not real.",
            "To work, open Expedita without the demonstration.",
        ),
    },
    "INTERNAL": {
        "pt": (
            "Algo deu errado no Expedita.",
            "O pedido está como no último passo confirmado.",
            "Tente de novo; se repetir, chame o suporte.",
        ),
        "en": (
            "Something went wrong in Expedita.",
            "The order stands at its last confirmed step.",
            "Try again; if it happens again, call support.",
        ),
    },
}
