"""The shop and the office in a test: they use Tryton as people do, beside the connector."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import httpx

from tests.support.upstreams.tryton.server import DATABASE, PASSWORD, USER, TrytonServer

SHIPMENT = "stock.shipment.out"


class Desk:
    def __init__(self, server: TrytonServer) -> None:
        self.server = server
        self._http = httpx.Client(base_url=server.url, timeout=60)
        self._path = f"/{DATABASE}/rpc/" if server.version.startswith("8") else f"/{DATABASE}/"
        self.uid, token = self._post("common.db.login", [USER, {"password": PASSWORD}, "pt"])[:2]
        session = base64.b64encode(f"{USER}:{self.uid}:{token}".encode()).decode()
        self._http.headers["Authorization"] = f"Session {session}"
        self._context = self._post("model.res.user.get_preferences", [True, {}])
        self._products = {
            row["code"]: row
            for row in self.find("product.product", [["type", "=", "goods"]], "code", "sale_uom")
        }
        self._people = {
            row["name"]: row for row in self.find("party.party", [], "name", "addresses")
        }
        self._carrier = self.find("carrier", [], "rec_name")[0]["id"]
        self._shop = self.find("web.shop", [], "name")[0]["id"]
        self._term = self.find("account.invoice.payment_term", [], "name")[0]["id"]
        self._placed = 0

    def close(self) -> None:
        self._http.close()

    # --- the shop ---------------------------------------------------------------------------

    def sell(
        self,
        *orders: Sequence[tuple[str, int]],
        customer: str = "Ana Souza",
    ) -> list[int]:
        """Place and confirm sales, each of (SKU, units) lines; gives their shipments."""
        party = self._people[customer]
        values = []
        for lines in orders:
            self._placed += 1
            values.append(
                {
                    "party": party["id"],
                    "invoice_address": party["addresses"][0],
                    "shipment_address": party["addresses"][0],
                    "payment_term": self._term,
                    "web_shop": self._shop,
                    "web_id": f"{100_000 + self._placed}",
                    "reference": f"WEB-{100_000 + self._placed}",
                    "carrier": self._carrier,
                    "shipment_cost_method": "order",
                    "lines": [["create", [self._line(sku, units) for sku, units in lines]]],
                }
            )
        sales = self.call("sale.sale", "create", values)
        self.call("sale.sale", "quote", sales)
        self.call("sale.sale", "confirm", sales)
        made = self.call("sale.sale", "read", sales, ["shipments"])
        by_sale = {row["id"]: row["shipments"] for row in made}
        return [by_sale[sale][0] for sale in sales]

    def _line(self, sku: str, units: int) -> dict[str, Any]:
        product = self._products[sku]
        price = {"__class__": "Decimal", "decimal": "19.90"}
        return {
            "type": "line",
            "product": product["id"],
            "quantity": float(units),
            "unit": product["sale_uom"],
            "unit_price": price,
        }

    # --- the office -------------------------------------------------------------------------

    def change_quantity(self, shipment: int, units: int) -> None:
        """As an office clerk edits a shipment that waits: back to draft, edit, wait again."""
        self.press(shipment, "draft")
        move = self.shipment(shipment)["outgoing_moves."][0]["id"]
        self.call("stock.move", "write", [move], {"quantity": float(units)})
        self.press(shipment, "wait")

    def change_cep(self, customer: str, cep: str) -> None:
        address = self._people[customer]["addresses"][0]
        self.call("party.address", "write", [address], {"postal_code": cep})

    def press(self, shipment: int, button: str) -> None:
        self.call(SHIPMENT, button, [shipment])

    def rest_key(self) -> str:
        made = self.call(
            "res.user.application", "create", [{"user": self.uid, "application": "rest"}]
        )
        return str(self.call("res.user.application", "read", made, ["key"])[0]["key"])

    # --- what is seen there -----------------------------------------------------------------

    def shipment(self, number: int) -> dict[str, Any]:
        names = [
            "state",
            "number",
            "shipping_reference",
            "outgoing_moves.quantity",
            "outgoing_moves.product.code",
            "outgoing_moves.sale.shipment_state",
            "packages.shipping_reference",
            "packages.moves.quantity",
        ]
        return dict(self.call(SHIPMENT, "read", [number], names)[0])

    def sibling(self, number: int) -> dict[str, Any] | None:
        """The other shipment of the same sale: what Tryton made of what was missing."""
        sale = self.call(SHIPMENT, "read", [number], ["outgoing_moves.sale"])[0]
        sale_id = sale["outgoing_moves."][0]["sale"]
        row = self.call("sale.sale", "read", [sale_id], ["shipments"])[0]
        others = [shipment for shipment in row["shipments"] if shipment != number]
        return self.shipment(others[0]) if others else None

    def stock(self, sku: str, bin_code: str) -> float:
        place = self.find("stock.location", [["code", "=", bin_code]], "code")[0]["id"]
        context = {"locations": [place]}
        product = self._products[sku]["id"]
        return float(
            self.call("product.product", "read", [product], ["quantity"], context=context)[0][
                "quantity"
            ]
        )

    # --- the wire ---------------------------------------------------------------------------

    def find(self, model: str, domain: list[Any], *names: str) -> list[dict[str, Any]]:
        return list(self.call(model, "search_read", domain, 0, None, [["id", "ASC"]], list(names)))

    def call(self, model: str, method: str, *args: Any, context: Any = None) -> Any:
        return self._post(f"model.{model}.{method}", [*args, {**self._context, **(context or {})}])

    def _post(self, method: str, params: list[Any]) -> Any:
        body = {"id": 1, "method": method, "params": params}
        answer = self._http.post(self._path, json=body).raise_for_status().json()
        if answer.get("error"):
            raise AssertionError(f"{method}: {answer['error']}")
        return answer["result"]
