"""A simulator of Bling (API v3), made from its documents: no real server."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.brazil.server import Asked, OAuthService, Reply
from tests.support.nfe import key, nfe_proc

BASE = "/Api/v3"
BRASILIA = ZoneInfo("America/Sao_Paulo")


class SimulatedBling(OAuthService):
    """`shipped` counts how often an order was set to the state of a sent one."""

    def __init__(self) -> None:
        super().__init__(f"{BASE}/oauth/token")
        self.url = self.root + BASE
        self.orders: dict[int, dict[str, Any]] = {}
        self.changed: dict[int, datetime] = {}
        self.notes: dict[int, dict[str, Any]] = {}
        self.shipped: dict[int, int] = {}
        self.made: dict[int, int] = {}  # how many NF-e an order was made
        self.sent: dict[int, int] = {}
        self.sefaz = 5  # what a note becomes when it is sent
        self.on("GET", f"{BASE}/pedidos/vendas", self._list)
        self.on("GET", f"{BASE}/pedidos/vendas/(\\d+)", self._one)
        self.on("PATCH", f"{BASE}/pedidos/vendas/(\\d+)/situacoes/(\\d+)", self._state)
        self.on("POST", f"{BASE}/pedidos/vendas/(\\d+)/gerar-nfe", self._make_note)
        self.on("GET", f"{BASE}/nfe/(\\d+)", self._note)
        self.on("POST", f"{BASE}/nfe/(\\d+)/enviar", self._send_note)
        self.on("GET", f"{BASE}/relatorios/nfe.xml.php", self._xml)
        self.on("GET", f"{BASE}/contatos/(\\d+)", self._person)
        self.on("GET", f"{BASE}/logisticas/objetos/(\\d+)", self._object)
        self.on("PUT", f"{BASE}/logisticas/objetos/(\\d+)", self._put_object)

    # --- by the system's own means ----------------------------------------------------------

    def add(self, state: int = 6) -> str:
        number = 1000 + len(self.orders)
        self.orders[number] = {
            "id": number,
            "numero": number - 900,
            "numeroLoja": f"WEB-{number}",
            "data": "2026-11-25",
            "dataPrevista": "2026-11-30",
            "total": 49.8,
            "contato": {
                "id": 7,
                "nome": "Pessoa Inventada",
                "tipoPessoa": "F",
                "numeroDocumento": "000.000.001-91",
            },
            "situacao": {"id": state, "valor": 0},
            "loja": {"id": 222},
            "notaFiscal": {"id": 0},
            "observacoes": "",
            "itens": [
                {"id": number * 10 + n, "codigo": f"SKU-{n}", "unidade": "UN", "quantidade": n,
                 "valor": 19.9, "descricao": f"Produto {n}"}
                for n in (1, 2)
            ],
            "transporte": {
                "frete": 10.0,
                "contato": {"id": 0, "nome": "Correios"},
                "etiqueta": {
                    "nome": "Pessoa Inventada", "endereco": "Avenida Paulista", "numero": "1578",
                    "complemento": "", "municipio": "São Paulo", "uf": "SP", "cep": "01310-200",
                    "bairro": "Bela Vista",
                },
                "volumes": [{"id": number * 100, "servico": "SEDEX", "codigoRastreamento": ""}],
            },
        }  # fmt: skip
        self.touch(number)
        return str(number)

    def touch(self, number: int) -> None:
        self.changed[number] = datetime.now(BRASILIA) + self.clock_off

    def note_of(self, number: int) -> dict[str, Any]:
        return self.notes[self.orders[number]["notaFiscal"]["id"]]

    # --- what it answers --------------------------------------------------------------------

    def _order(self, asked: Asked, number: str) -> dict[str, Any]:
        self.allow(asked)
        if int(number) not in self.orders:
            raise Reply(404, {"error": {"type": "RESOURCE_NOT_FOUND"}})
        return self.orders[int(number)]

    def _list(self, asked: Asked) -> Any:
        self.allow(asked)
        rows = list(self.orders.values())
        since, states = asked.one("dataAlteracaoInicial"), asked.query.get("idsSituacoes[]")
        if since:
            at, until = (
                datetime.fromisoformat(text).replace(tzinfo=BRASILIA)
                for text in (since, asked.one("dataAlteracaoFinal"))
            )
            if (until - at).days > 365:
                return 400, {"error": {"type": "VALIDATION_ERROR"}}
            rows = [row for row in rows if self.changed[row["id"]] >= at]
        if states:
            rows = [row for row in rows if str(row["situacao"]["id"]) in states]
        page, size = int(asked.one("pagina", "1")), int(asked.one("limite", "100"))
        brief = ("id", "numero", "numeroLoja", "data", "total", "contato", "situacao", "loja")
        part = rows[(page - 1) * size : page * size]
        return {"data": [{name: row[name] for name in brief} for row in part]}

    def _one(self, asked: Asked, number: str) -> Any:
        return {"data": self._order(asked, number)}

    def _state(self, asked: Asked, number: str, state: str) -> Any:
        order = self._order(asked, number)
        if order["situacao"]["id"] == 12:
            return 400, {"error": {"type": "VALIDATION_ERROR"}}
        order["situacao"]["id"] = int(state)
        self.touch(int(number))
        if state == "9":
            self.shipped[int(number)] = self.shipped.get(int(number), 0) + 1
        return 204, None

    def _person(self, asked: Asked, number: str) -> Any:
        self.allow(asked)
        return {
            "data": {
                "id": int(number), "nome": "Pessoa Inventada", "email": "pessoa@example.com",
                "celular": "11 90000-0000", "telefone": "",
                "endereco": {"geral": {"endereco": "Rua Augusta", "numero": "10", "cep": "01305000",
                                       "bairro": "Consolação", "municipio": "São Paulo",
                                       "uf": "SP", "complemento": ""}},
            }
        }  # fmt: skip

    def _volume(self, asked: Asked, number: str) -> dict[str, Any]:
        order = self._order(asked, str(int(number) // 100))
        return dict(order["transporte"]["volumes"][0])

    def _object(self, asked: Asked, number: str) -> Any:
        volume = self._volume(asked, number)
        order = int(number) // 100
        return {
            "data": {
                "id": int(number), "pedidoVenda": {"id": order}, "notaFiscal": {"id": 0},
                "servico": {"id": 301}, "embalagem": {"id": 401},
                "rastreamento": {"codigo": volume["codigoRastreamento"]},
                "dimensao": {"altura": 10, "largura": 10, "comprimento": 20, "peso": 1},
                "dataSaida": "2026-11-25", "prazoEntregaPrevisto": 5, "fretePrevisto": 10,
                "valorDeclarado": 50, "avisoRecebimento": False, "maoPropria": False,
            }
        }  # fmt: skip

    def _put_object(self, asked: Asked, number: str) -> Any:
        self._volume(asked, number)
        body = asked.json()
        if "servico" not in body or "dimensao" not in body:  # it is written whole
            return 400, {"error": {"type": "VALIDATION_ERROR"}}
        volumes = self.orders[int(number) // 100]["transporte"]["volumes"]
        volumes[0]["codigoRastreamento"] = body["rastreamento"]["codigo"]
        self.touch(int(number) // 100)
        return {"data": {"id": int(number)}}

    def _make_note(self, asked: Asked, number: str) -> Any:
        order = self._order(asked, number)
        made = 5000 + len(self.notes)
        self.made[order["id"]] = self.made.get(order["id"], 0) + 1
        self.notes[made] = {
            "id": made, "tipo": 1, "situacao": 1, "numero": f"{made:09d}", "serie": 1,
            "chaveAcesso": "", "xml": "", "linkDanfe": "",
        }  # fmt: skip
        order["notaFiscal"] = {"id": made}
        return 201, {"data": {"idNotaFiscal": made}}

    def _note(self, asked: Asked, number: str) -> Any:
        self.allow(asked)
        if int(number) not in self.notes:
            return 404, {"error": {"type": "RESOURCE_NOT_FOUND"}}
        return {"data": self.notes[int(number)]}

    def _send_note(self, asked: Asked, number: str) -> Any:
        self.allow(asked)
        note = self.notes[int(number)]
        self.sent[int(number)] = self.sent.get(int(number), 0) + 1
        note["situacao"] = self.sefaz
        note["chaveAcesso"] = key(int(number))
        note["xml"] = f"{self.url}/relatorios/nfe.xml.php?chaveAcesso={note['chaveAcesso']}"
        note["linkDanfe"] = f"{self.url}/doc.view.php?id={number}"
        return {"data": {"xml": note["xml"]}}

    def _xml(self, asked: Asked) -> Any:
        if asked.headers.get("Authorization"):
            return 400, b"a token has no business here"
        number = next(n for n in self.notes if key(n) == asked.one("chaveAcesso"))
        order = next(o for o in self.orders.values() if o["notaFiscal"]["id"] == number)
        items = [(i["codigo"], i["quantidade"], "19.90") for i in order["itens"]]
        return nfe_proc(str(order["numero"]), items, number=number)
