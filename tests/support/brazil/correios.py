"""A simulator of Correios' CWS (token, tracking, pre-posting), made from its documents: no real
server.

It refuses what the service is known to refuse: no Accept-Language, more than fifty codes, a token
that has ended, a field that is too long, a package without an NF-e or a declaration of content.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from app.domain.codes import s10_check_digit
from tests.support.brazil.server import Asked, Reply, Service

CARD = "0012345678"
USER, ACCESS_CODE, KEY = "loja", "only-here", "cws-only-here"
BRASILIA = timezone(timedelta(hours=-3))
PREPOST = "/prepostagem/v1/prepostagens"
_LONGEST = {"logradouro": 50, "numero": 6, "complemento": 30, "bairro": 30, "cidade": 30}


class SimulatedCorreios(Service):
    """`tokens` are those that were given out; `postings` are by id, newest last."""

    def __init__(self) -> None:
        super().__init__()
        self.url = self.root
        self.tokens: list[str] = []
        self.objects: dict[str, list[dict[str, Any]]] = {}
        self.calls = 0
        self.postings: dict[str, dict[str, Any]] = {}
        self.receipts: dict[str, tuple[str, int]] = {}
        self.refuse = ""
        self.cancels = 0
        self.shows_marks = True
        self.on("POST", "/token/v1/autentica/cartaopostagem", self._sign_in)
        self.on("GET", "/srorastro/v1/objetos", self._track)
        self.on("POST", PREPOST, self._prepost)
        self.on("GET", "/prepostagem/v2/prepostagens", self._list)
        self.on("DELETE", f"{PREPOST}/([^/]+)", self._cancel)
        self.on("POST", f"{PREPOST}/rotulo/assincrono/pdf", self._ask_label)
        self.on("GET", f"{PREPOST}/rotulo/download/assincrono/([^/]+)", self._label)

    def happened(self, code: str, *events: tuple[str, str, str, str]) -> None:
        """Events of a package as (codigo, tipo, dtHrCriado, descricao), newest first."""
        place = {"tipo": "Unidade de Tratamento", "endereco": {"cidade": "RECIFE", "uf": "PE"}}
        self.objects[code] = [
            {"codigo": c, "tipo": t, "dtHrCriado": at, "descricao": text, "unidade": place}
            for c, t, at, text in events
        ]

    def allow(self, asked: Asked) -> None:
        good = {f"Bearer {KEY}", *(f"Bearer {token}" for token in self.tokens[-1:])}
        if asked.headers.get("Authorization") not in good:
            raise Reply(401, {"msgs": ["Token inválido"]})

    # --- token and tracking -----------------------------------------------------------------

    def _sign_in(self, asked: Asked) -> Any:
        basic = base64.b64encode(f"{USER}:{ACCESS_CODE}".encode()).decode()
        if asked.headers.get("Authorization") != f"Basic {basic}":
            return 401, {"msgs": ["Credenciais inválidas"]}
        if asked.json() != {"numero": CARD}:
            return 400, {"msgs": ["Cartão de postagem inválido"]}
        self.tokens.append(f"jwt-{len(self.tokens) + 1}")
        ends = datetime.now(UTC).astimezone(BRASILIA) + self.clock_off + timedelta(hours=24)
        return 201, {
            "ambiente": "PRODUCAO",
            "token": self.tokens[-1],
            "expiraEm": ends.strftime("%Y-%m-%dT%H:%M:%S"),
        }

    def _track(self, asked: Asked) -> Any:
        self.calls += 1
        self.allow(asked)
        if asked.headers.get("Accept-Language") != "pt-BR":
            return 400, {"msgs": ["SRO-018: Idioma não suportado"]}
        codes = asked.query.get("codigosObjetos", [])
        if asked.one("resultado") != "T" or len(codes) > 50:
            return 400, {"msgs": ["SRO-011: Limite de objetos"]}
        return {"versao": "1.0", "quantidade": len(codes), "objetos": list(map(self._one, codes))}

    def _one(self, code: str) -> dict[str, Any]:
        if code not in self.objects:
            return {
                "codObjeto": code,
                "mensagem": "SRO-020: Objeto não encontrado na base de dados",
            }
        return {"codObjeto": code, "eventos": self.objects[code]}

    # --- pre-posting ------------------------------------------------------------------------

    def _prepost(self, asked: Asked) -> Any:
        self.allow(asked)
        if self.refuse:
            return 400, {"msgs": [self.refuse]}
        body = asked.json()
        wrong = [
            f"{name} excede {most} caracteres"
            for side in ("remetente", "destinatario")
            for name, most in _LONGEST.items()
            if len(body[side]["endereco"].get(name, "")) > most
        ]
        wrong += [
            f"{name} deve ser texto"
            for name in ("pesoInformado", "alturaInformada", "larguraInformada", "codigoServico")
            if not isinstance(body.get(name), str)
        ]
        if len(body.get("pedidoExternoOrigem", "")) > 25 or len(body.get("observacao", "")) > 50:
            wrong.append("campo excede o tamanho")
        if len(body["destinatario"].get("celular", "9" * 9)) != 9:
            wrong.append("Telefone do destinatário inválido")
        if not body.get("itensDeclaracaoConteudo"):
            wrong.append("itensDeclaracaoConteudo é obrigatório")
        if not body.get("chaveNFe") and body.get("emiteDCe") != "S":
            wrong.append("Informe chaveNFe ou emiteDCe")
        if wrong:
            return 400, {"msgs": wrong}
        serial = f"{len(self.postings) + 1:08d}"
        number = f"PR{len(self.postings) + 1}"
        self.postings[number] = {
            **body,
            "id": number,
            "codigoObjeto": f"AN{serial}{s10_check_digit(serial)}BR",
            "statusAtual": 2,
            "descStatusAtual": "Pré-postado",
        }
        return self.postings[number]

    def _list(self, asked: Asked) -> Any:
        self.allow(asked)
        rows = list(reversed(self.postings.values()))
        if wanted := asked.one("id"):
            rows = [row for row in rows if row["id"] == wanted]
        page, size = int(asked.one("page", "0")), int(asked.one("size", "50"))
        part = rows[page * size : (page + 1) * size]
        if not self.shows_marks:
            part = [{k: v for k, v in row.items() if k != "pedidoExternoOrigem"} for row in part]
        pages = max(-(-len(rows) // size), 1)
        return {"itens": part, "page": {"totalPages": pages, "count": len(rows)}}

    def _cancel(self, asked: Asked, number: str) -> Any:
        self.allow(asked)
        row = self.postings.get(number)
        if row is None or row["statusAtual"] != 2:
            return 400, {"msgs": ["PPN-295: Objeto não pode ser cancelado"]}
        row |= {"statusAtual": 5, "descStatusAtual": "Cancelado"}
        self.cancels += 1
        return {"mensagem": "Pré-postagem cancelada"}

    def _ask_label(self, asked: Asked) -> Any:
        self.allow(asked)
        (number,) = asked.json()["idsPrePostagem"]
        if number not in self.postings:
            return 400, {"msgs": ["Pré-postagem não encontrada"]}
        receipt = f"r{len(self.receipts) + 1}"
        self.receipts[receipt] = (number, 1)
        return {"idRecibo": receipt}

    def _label(self, asked: Asked, receipt: str) -> Any:
        self.allow(asked)
        number, left = self.receipts.get(receipt, ("", 1))
        if left > 0:  # not ready the first time that it is asked for
            self.receipts[receipt] = (number, left - 1)
            return 404, {"msgs": ["PPN-291: Rótulo em processamento"]}
        row = self.postings[number]
        text = f"%PDF-1.4 {row['codigoObjeto']} {row['destinatario']['endereco']['cep']}".encode()
        return {"nome": f"{number}.pdf", "dados": base64.b64encode(text).decode()}
