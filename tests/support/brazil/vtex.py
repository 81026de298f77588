"""A simulator of VTEX's OMS and its feed, made from its documents: no real server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.support.brazil.server import Asked, Reply, Service

KEY, TOKEN = "vtexappkey-loja-1", "only-here"
OMS = "/api/oms/pvt/orders"


class SimulatedVtex(Service):
    """`queue` has (handle, order) until it is committed; `invoices` counts each order's."""

    def __init__(self) -> None:
        super().__init__()
        self.url = self.root
        self.orders: dict[str, dict[str, Any]] = {}
        self.queue: dict[str, str] = {}
        self.handed: set[str] = set()  # what a pull holds and has not committed yet
        self.configured: dict[str, Any] | None = None
        self.handles = 0
        self.invoices: dict[str, int] = {}
        self.on("GET", "/api/orders/feed/config", self._config)
        self.on("POST", "/api/orders/feed/config", self._configure)
        self.on("GET", "/api/orders/feed", self._feed)
        self.on("POST", "/api/orders/feed", self._commit)
        self.on("GET", OMS, self._list)
        self.on("GET", f"{OMS}/([^/]+)", self._one)
        self.on("POST", f"{OMS}/([^/]+)/start-handling", self._handle)
        self.on("POST", f"{OMS}/([^/]+)/invoice", self._invoice)
        self.on("PATCH", f"{OMS}/([^/]+)/invoice/([^/]+)", self._track)

    def allow(self, asked: Asked) -> None:
        given = (asked.headers.get("X-VTEX-API-AppKey"), asked.headers.get("X-VTEX-API-AppToken"))
        if given != (KEY, TOKEN):
            raise Reply(401, {"message": "Acesso não autorizado"})

    def _routed(self, asked: Asked) -> Any:
        self.allow(asked)
        return super()._routed(asked)

    # --- by the system's own means ----------------------------------------------------------

    def add(self, status: str = "ready-for-handling") -> str:
        number = f"v{1400000 + len(self.orders)}loja-01"
        self.orders[number] = {
            "orderId": number, "sequence": str(500 + len(self.orders)), "status": status,
            "creationDate": "2026-11-25T09:00:00.0000000+00:00", "affiliateId": "",
            "authorizedDate": "2026-11-25T09:05:00.0000000+00:00",
            "lastChange": datetime.now(UTC).isoformat(), "salesChannel": "1", "value": 4980,
            "totals": [{"id": "Items", "value": 3980}, {"id": "Shipping", "value": 1000}],
            "items": [
                {"uniqueId": f"{number}-{n}", "id": str(70 + n), "refId": f"SKU-{n}", "ean": None,
                 "quantity": n, "price": 1990, "sellingPrice": 1990, "unitMultiplier": 1.0,
                 "measurementUnit": "un", "name": f"Produto {n}"}
                for n in (1, 2)
            ],
            "clientProfileData": {
                "firstName": "Pessoa", "lastName": "Inventada", "document": "00000000191",
                "documentType": "cpf", "phone": "+5511900000000", "isCorporate": False,
                "email": "0a1b@ct.vtex.com.br",
            },
            "shippingData": {
                "address": {
                    "receiverName": "Pessoa Inventada", "postalCode": "01310-200",
                    "city": "São Paulo", "state": "SP", "country": "BRA", "number": "1578",
                    "street": "Avenida Paulista", "neighborhood": "Bela Vista",
                    "complement": None,
                },
                "logisticsInfo": [
                    {"itemIndex": 0, "selectedSla": "SEDEX", "deliveryCompany": "Correios",
                     "shippingEstimateDate": "2026-11-30T20:00:00.0000000+00:00",
                     "deliveryIds": [{"courierId": "1", "courierName": "Correios"}]}
                ],
            },
            "packageAttachment": {"packages": []},
            "openTextField": {"value": "Deixar na portaria"},
        }  # fmt: skip
        self.touch(number)
        return number

    def touch(self, number: str) -> None:
        self.handles += 1
        self.queue[f"h{self.handles}"] = number

    def set(self, number: str, **facts: Any) -> None:
        self.orders[number] |= facts
        self.touch(number)

    def give_back(self) -> None:
        """What was handed out and not committed becomes visible again."""
        self.handed.clear()

    # --- what it answers --------------------------------------------------------------------

    def _config(self, asked: Asked) -> Any:
        if self.configured is None:
            return 404, {"message": "Feed not configured"}
        return self.configured

    def _configure(self, asked: Asked) -> Any:
        self.configured = asked.json()
        return self.configured

    def _feed(self, asked: Asked) -> Any:
        if self.configured is None:
            return 404, {"message": "Feed not configured"}
        most = min(int(asked.one("maxlot", "10")), 10)
        free = [h for h in self.queue if h not in self.handed][:most]
        self.handed.update(free)
        return [
            {"eventId": h, "handle": h, "domain": "Fulfillment", "orderId": self.queue[h],
             "state": self.orders[self.queue[h]]["status"], "lastState": ""}
            for h in free
        ]  # fmt: skip

    def _commit(self, asked: Asked) -> Any:
        for handle in asked.json()["handles"]:
            self.queue.pop(handle, None)
        return {}

    def _list(self, asked: Asked) -> Any:
        wanted = asked.one("f_status").split(",")
        rows = [o for o in self.orders.values() if o["status"] in wanted]
        page, size = int(asked.one("page", "1")), int(asked.one("per_page", "15"))
        if page > 30:
            return 400, {"error": {"code": "OMS007", "message": "page limit"}}
        part = rows[(page - 1) * size : page * size]
        return {
            "list": [{"orderId": o["orderId"], "status": o["status"]} for o in part],
            "paging": {"total": len(rows), "pages": -(-len(rows) // size), "currentPage": page},
        }

    def _order(self, number: str) -> dict[str, Any]:
        if number not in self.orders:
            raise Reply(404, {"error": {"code": "OMS004", "message": "Order not found"}})
        return self.orders[number]

    def _one(self, asked: Asked, number: str) -> Any:
        return self._order(number)

    def _handle(self, asked: Asked, number: str) -> Any:
        order = self._order(number)
        if order["status"] != "ready-for-handling":
            return 409, {"error": {"code": "OMS003", "message": "Order status is invalid"}}
        order["status"] = "handling"
        return 204, None

    def _invoice(self, asked: Asked, number: str) -> Any:
        order, body = self._order(number), asked.json()
        needed = ("type", "issuanceDate", "invoiceNumber", "invoiceValue", "items")
        if any(not body.get(name) for name in needed) or "." in body["invoiceValue"]:
            return 422, {"error": {"code": "OMS001", "message": "Invalid invoice"}}
        if order["status"] not in ("handling", "invoiced"):
            return 409, {"error": {"code": "OMS003", "message": "Order status is invalid"}}
        self.invoices[number] = self.invoices.get(number, 0) + 1
        order["packageAttachment"]["packages"].append(
            {k: body.get(k) for k in (*needed, "invoiceKey", "courier", "trackingNumber")}
        )
        order["status"] = "invoiced"
        return {"date": datetime.now(UTC).isoformat(), "orderId": number, "receipt": "r-1"}

    def _track(self, asked: Asked, number: str, invoice: str) -> Any:
        for package in self._order(number)["packageAttachment"]["packages"]:
            if package["invoiceNumber"] == invoice:
                package |= asked.json()
                return {"date": datetime.now(UTC).isoformat(), "orderId": number, "receipt": "r-2"}
        return 404, {"error": {"code": "OMS004", "message": "Invoice not found"}}
