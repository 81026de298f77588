"""A simulator of Focus NFe (API v2), made from its documents: no real server."""

from __future__ import annotations

import base64
from typing import Any

from tests.support.brazil.server import Asked, Reply, Service
from tests.support.nfe import key, nfe_proc

TOKEN = "only-here"
_NEEDED = (
    "natureza_operacao", "data_emissao", "tipo_documento", "finalidade_emissao", "cnpj_emitente",
    "nome_destinatario", "logradouro_destinatario", "municipio_destinatario", "uf_destinatario",
    "items",
)  # fmt: skip
_NEEDED_OF_ITEM = (
    "numero_item", "codigo_produto", "descricao", "cfop", "codigo_ncm", "unidade_comercial",
    "quantidade_comercial", "valor_unitario_comercial", "icms_origem",
    "icms_situacao_tributaria", "pis_situacao_tributaria", "cofins_situacao_tributaria",
)  # fmt: skip


class SimulatedFocus(Service):
    """`notes` are by reference; `made` counts how many SEFAZ was asked for of each."""

    def __init__(self) -> None:
        super().__init__()
        self.url = self.root
        self.notes: dict[str, dict[str, Any]] = {}
        self.made: dict[str, int] = {}
        self.becomes = "autorizado"
        self.on("POST", "/v2/nfe", self._post)
        self.on("GET", "/v2/nfe/([0-9A-Za-z]+)", self._one)
        self.on("GET", "/arquivos/([0-9A-Za-z]+).xml", self._xml)

    def allow(self, asked: Asked) -> None:
        basic = base64.b64encode(f"{TOKEN}:".encode()).decode()
        if asked.headers.get("Authorization") != f"Basic {basic}":
            raise Reply(401, {"codigo": "nao_autorizado", "mensagem": "Token inválido"})

    def _routed(self, asked: Asked) -> Any:
        self.allow(asked)
        return super()._routed(asked)

    def put(self, ref: str, status: str, wanted: dict[str, Any] | None = None) -> None:
        """A note as it stands, an ERP's where nothing was wanted of us."""
        number = list(self.notes).index(ref) + 1 if ref in self.notes else len(self.notes) + 1
        note = self.notes.setdefault(ref, {"wanted": wanted or {"items": []}, "number": number})
        note |= {"ref": ref, "status": status, "cnpj_emitente": "12345678000195"}
        if wanted is not None:
            note["wanted"] = wanted
        if status in ("autorizado", "cancelado"):
            note |= {
                "status_sefaz": "100" if status == "autorizado" else "135",
                "mensagem_sefaz": "Autorizado o uso da NF-e",
                "chave_nfe": f"NFe{key(number)}",
                "caminho_xml_nota_fiscal": f"/arquivos/{ref}.xml",
            }
        if status == "erro_autorizacao":
            note |= {"status_sefaz": "232", "mensagem_sefaz": "IE do destinatario nao informada"}

    def _post(self, asked: Asked) -> Any:
        ref, body = asked.one("ref"), asked.json()
        if not ref.isalnum():
            return 400, {"codigo": "requisicao_invalida", "mensagem": "ref inválida"}
        known = self.notes.get(ref, {}).get("status")
        if known in ("autorizado", "processando_autorizacao", "cancelado"):
            return 422, {"codigo": "already_processed", "mensagem": "A nota já foi processada"}
        wrong = [{"campo": n, "mensagem": "obrigatório"} for n in _NEEDED if not body.get(n)]
        wrong += [
            {"campo": f"items.{n}", "mensagem": "obrigatório"}
            for item in body.get("items") or []
            for n in _NEEDED_OF_ITEM
            if item.get(n) in (None, "")
        ]
        if wrong:
            return 422, {"codigo": "requisicao_invalida", "mensagem": "Inválida", "erros": wrong}
        self.made[ref] = self.made.get(ref, 0) + 1
        self.put(ref, self.becomes, body)
        return 202, {"cnpj_emitente": body["cnpj_emitente"], "ref": ref,
                     "status": "processando_autorizacao"}  # fmt: skip

    def _one(self, asked: Asked, ref: str) -> Any:
        if ref not in self.notes:
            return 404, {"codigo": "nao_encontrado", "mensagem": "NFe não encontrada"}
        hidden = ("wanted", "number")
        return {k: v for k, v in self.notes[ref].items() if k not in hidden}

    def _xml(self, asked: Asked, ref: str) -> Any:
        note = self.notes[ref]
        items = [
            (i["codigo_produto"], int(i["quantidade_comercial"]), i["valor_bruto"])
            for i in note["wanted"]["items"]
        ]
        return nfe_proc(ref, items or [("SKU-1", 1, "1.00")], number=note["number"])
