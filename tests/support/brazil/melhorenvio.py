"""A simulator of Melhor Envio, made from its documents: no real server."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.brazil.server import Asked, OAuthService, Reply

PAGE = 3


class SimulatedMelhorEnvio(OAuthService):
    """`spent` counts how often a posting was paid for; a second checkout of one is an error."""

    def __init__(self) -> None:
        super().__init__("/oauth/token")
        self.url = self.root
        self.postings: dict[str, dict[str, Any]] = {}
        self.spent: dict[str, int] = {}
        self.balance = 1000
        self.cancels = 0
        self.asleep: dict[str, int] = {}  # how often a label is still without its code
        me = "/api/v2/me"
        self.on("GET", me, lambda asked: {"id": "1", "firstname": "Loja", "lastname": "Inventada"})
        self.on("POST", f"{me}/cart", self._put)
        self.on("GET", f"{me}/cart", lambda asked: self._listed(asked, in_cart=True))
        self.on("GET", f"{me}/orders", lambda asked: self._listed(asked, in_cart=False))
        self.on("GET", f"{me}/orders/search", self._search)
        self.on("GET", f"{me}/cart/([^/]+)", lambda asked, n: self._one(asked, n, in_cart=True))
        self.on("GET", f"{me}/orders/([^/]+)", lambda asked, n: self._one(asked, n, in_cart=False))
        self.on("DELETE", f"{me}/cart/([^/]+)", self._drop)
        self.on("POST", f"{me}/shipment/checkout", self._checkout)
        self.on("POST", f"{me}/shipment/generate", self._generate)
        self.on("POST", f"{me}/shipment/cancel", self._cancel)
        self.on("GET", f"{me}/imprimir/(pdf|zpl)/([^/]+)", self._print)

    def _routed(self, asked: Asked) -> Any:
        if asked.path.startswith("/api/"):
            self.allow(asked)
            if "@" not in (asked.headers.get("User-Agent") or ""):
                raise Reply(403, {"message": "User-Agent com contato é obrigatório"})
        return super()._routed(asked)

    def _put(self, asked: Asked) -> Any:
        body = asked.json()
        wrong = {
            name: ["obrigatório"]
            for name in ("service", "from", "to", "volumes")
            if not body.get(name)
        }
        for side in ("from", "to"):
            for name in ("name", "address", "city", "postal_code"):
                if not (body.get(side) or {}).get(name):
                    wrong[f"{side}.{name}"] = ["obrigatório"]
        options = body.get("options") or {}
        if not options.get("non_commercial") and not (options.get("invoice") or {}).get("key"):
            wrong["options.invoice.key"] = ["obrigatório"]
        if wrong:
            return 422, {"message": "The given data was invalid.", "errors": wrong}
        number = str(uuid.uuid4())
        self.postings[number] = {
            "id": number, "protocol": f"ORD-{len(self.postings)}", "service_id": body["service"],
            "status": "pending", "tracking": None, "self_tracking": None, "generated_at": None,
            "posted_at": None, "delivered_at": None, "tags": options.get("tags") or [],
            "to": {"postal_code": body["to"]["postal_code"]},
        }  # fmt: skip
        return 201, self.postings[number]

    def _listed(self, asked: Asked, *, in_cart: bool) -> Any:
        rows = [p for p in self.postings.values() if (p["status"] == "pending") == in_cart]
        rows.reverse()
        page = int(asked.one("page", "1"))
        last = max(-(-len(rows) // PAGE), 1)
        return {
            "current_page": page,
            "data": rows[(page - 1) * PAGE : page * PAGE],
            "last_page": last,
        }

    def _one(self, asked: Asked, number: str, *, in_cart: bool) -> Any:
        found = self.postings.get(number)
        if found is None or (found["status"] == "pending") != in_cart:
            return 404, {"message": "Recurso não encontrado"}
        if found["generated_at"] and not found["tracking"]:
            left = self.asleep[number] = self.asleep.get(number, 1) - 1
            if left < 0:
                found["tracking"] = f"ME{list(self.postings).index(number):09d}BR"
        return found

    def _named(self, asked: Asked) -> list[dict[str, Any]]:
        numbers = asked.json()["orders"]
        if any(number not in self.postings for number in numbers):
            raise Reply(422, {"message": "Etiqueta inválida", "errors": {"orders": ["?"]}})
        return [self.postings[number] for number in numbers]

    def _checkout(self, asked: Asked) -> Any:
        rows = self._named(asked)
        if any(row["status"] != "pending" for row in rows):
            return 422, {"error": "Etiqueta já paga"}
        if self.balance < 20 * len(rows):
            return 422, {"error": "Saldo insuficiente para a compra"}
        for row in rows:
            self.balance -= 20
            row["status"] = "released"
            self.spent[row["id"]] = self.spent.get(row["id"], 0) + 1
        return {"purchase": {"id": "p-1", "status": "paid"}}

    def _generate(self, asked: Asked) -> Any:
        for row in self._named(asked):
            row["generated_at"] = "2026-11-25 12:00:00"
        return {row["id"]: {"status": True, "message": "ok"} for row in self._named(asked)}

    def _print(self, asked: Asked, form: str, number: str) -> Any:
        row = self.postings.get(number)
        if row is None or not row["tracking"]:
            return 404, {"message": "Etiqueta não gerada"}
        text = f"{row['tracking']} {row['to']['postal_code']}".encode()
        return b"%PDF-1.4 " + text if form == "pdf" else b"^XA^FD" + text + b"^FS^XZ"

    def _cancel(self, asked: Asked) -> Any:
        number = asked.json()["order"]["id"]
        row = self.postings[number]
        row["status"] = "canceled"
        self.cancels += 1
        return {number: {"canceled": True}}

    def _drop(self, asked: Asked, number: str) -> Any:
        del self.postings[number]
        return 204, None

    def _search(self, asked: Asked) -> Any:
        code = asked.one("q")
        return [row for row in self.postings.values() if code and row["tracking"] == code]
