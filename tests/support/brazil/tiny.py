"""A simulator of Olist Tiny (API v3), made from its documents: no real server."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.brazil.server import Asked, OAuthService, Reply

BASE = "/public-api/v3"
BRASILIA = ZoneInfo("America/Sao_Paulo")


class SimulatedTiny(OAuthService):
    """`shipped` counts how often an order was set to the state of a sent one."""

    def __init__(self) -> None:
        super().__init__("/realms/tiny/token")
        self.url = self.root + BASE
        self.orders: dict[int, dict[str, Any]] = {}
        self.changed: dict[int, datetime] = {}
        self.shipped: dict[int, int] = {}
        self.on("GET", f"{BASE}/pedidos", self._list)
        self.on("GET", f"{BASE}/pedidos/(\\d+)", self._one)
        self.on("PUT", f"{BASE}/pedidos/(\\d+)/despacho", self._dispatch)
        self.on("PUT", f"{BASE}/pedidos/(\\d+)/situacao", self._state)

    def add(self, state: int = 3) -> str:
        number = 2000 + len(self.orders)
        self.orders[number] = {
            "id": number, "numeroPedido": number - 1900, "situacao": state, "data": "2026-11-25",
            "dataPrevista": "2026-11-30", "valorTotalPedido": 49.8, "valorFrete": 10.0,
            "cliente": {
                "id": 7, "nome": "Pessoa Inventada", "tipoPessoa": "F", "cpfCnpj": "00000000191",
                "email": "pessoa@example.com", "celular": "(11) 90000-0000", "telefone": "",
                "endereco": {"endereco": "Rua Augusta", "numero": "10", "complemento": "",
                             "bairro": "Consolação", "municipio": "São Paulo", "cep": "01305-000",
                             "uf": "SP"},
            },
            "enderecoEntrega": {
                "endereco": "Avenida Paulista", "numero": "1578", "complemento": "ap 41",
                "bairro": "Bela Vista", "municipio": "São Paulo", "cep": "01310-200", "uf": "SP",
                "nomeDestinatario": "Outra Pessoa",
            },
            "ecommerce": {"id": 1, "nome": "Loja", "numeroPedidoEcommerce": f"WEB-{number}"},
            "transportador": {"nome": "", "formaEnvio": {"id": 1, "nome": "Correios"},
                              "formaFrete": {"id": 2, "nome": "SEDEX"}, "codigoRastreamento": ""},
            "itens": [
                {"produto": {"id": n, "sku": f"SKU-{n}", "descricao": f"Produto {n}"},
                 "quantidade": n, "valorUnitario": 19.9}
                for n in (1, 2)
            ],
            "observacoes": "",
        }  # fmt: skip
        self.touch(number)
        return str(number)

    def touch(self, number: int) -> None:
        self.changed[number] = datetime.now(BRASILIA) + self.clock_off

    def _order(self, asked: Asked, number: str) -> dict[str, Any]:
        self.allow(asked)
        if int(number) not in self.orders:
            raise Reply(404, {"mensagem": "Pedido não encontrado"})
        return self.orders[int(number)]

    def _list(self, asked: Asked) -> Any:
        self.allow(asked)
        rows = list(self.orders.values())
        if day := asked.one("dataAtualizacao"):
            rows = [r for r in rows if f"{self.changed[r['id']]:%Y-%m-%d}" >= day]
        if state := asked.one("situacao"):
            rows = [r for r in rows if str(r["situacao"]) == state]
        offset, limit = int(asked.one("offset", "0")), int(asked.one("limit", "100"))
        brief = ("id", "numeroPedido", "situacao", "data", "cliente", "ecommerce")
        return {
            "itens": [{k: r[k] for k in brief} for r in rows[offset : offset + limit]],
            "paginacao": {"limit": limit, "offset": offset, "total": len(rows)},
        }

    def _one(self, asked: Asked, number: str) -> Any:
        return self._order(asked, number)

    def _dispatch(self, asked: Asked, number: str) -> Any:
        order = self._order(asked, number)
        order["transportador"]["codigoRastreamento"] = asked.json()["codigoRastreamento"]
        self.touch(int(number))
        return 204, None

    def _state(self, asked: Asked, number: str) -> Any:
        order, state = self._order(asked, number), asked.json()["situacao"]
        if order["situacao"] == 2:
            return 400, {"mensagem": "Pedido cancelado não pode ser alterado"}
        order["situacao"] = state
        self.touch(int(number))
        if state == 5:
            self.shipped[int(number)] = self.shipped.get(int(number), 0) + 1
        return 204, None
