"""The shop and the office in a test: they use Odoo as people do, beside the connector."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import httpx

from tests.support.upstreams.odoo.server import DATABASE, PASSWORD, OdooServer

PICKING = "stock.picking"
USER = "admin"
PRODUCTS = (("CAM-P", "Camiseta P"), ("CAN-01", "Caneca branca"), ("GAR-05", "Garrafa térmica"))


class Desk:
    def __init__(self, server: OdooServer) -> None:
        self.server = server
        self._http = httpx.Client(base_url=server.url, timeout=120)
        self._numbers = itertools.count(100_001)
        self._uid = self._rpc("common", "authenticate", [DATABASE, USER, PASSWORD, {}])
        ask = {"args": ["expedita.test_key"]}
        self._secret = PASSWORD
        self.key = str(self.call("ir.config_parameter", "get_param", **ask))
        self._secret = self.key  # a password is hashed anew at each call, and that takes long
        self._products: dict[str, int] = {}
        self.partners: dict[str, int] = {}
        self._furnish()

    def close(self) -> None:
        self._http.close()

    def _furnish(self) -> None:
        """Products in bins, a carrier and customers; all of them invented."""
        (country,) = self.call("res.country", "search", args=[[["code", "=", "BR"]]])
        (sp,) = self.call(
            "res.country.state",
            "search",
            args=[[["country_id", "=", country], ["code", "=", "SP"]]],
        )
        (stock,) = self.find("stock.warehouse", [], "lot_stock_id")[:1]
        for sku, name in PRODUCTS:
            values = {"name": name, "default_code": sku, "is_storable": True}
            self._products[sku] = self.call("product.product", "create", args=[values])
            bin_ = {
                "name": f"A-{sku}",
                "location_id": stock["lot_stock_id"][0],
                "usage": "internal",
            }
            place = self.call("stock.location", "create", args=[bin_])
            counted = {"product_id": self._products[sku], "location_id": place}
            quant = self.call(
                "stock.quant", "create", args=[{**counted, "inventory_quantity": 500}],
                context={"inventory_mode": True},
            )  # fmt: skip
            self.call("stock.quant", "action_apply_inventory", args=[[quant]])
        service = {"name": "Frete PAC", "type": "service"}
        freight = self.call("product.product", "create", args=[service])
        carrier = {"name": "Correios PAC", "product_id": freight, "delivery_type": "fixed"}
        self._carrier = self.call("delivery.carrier", "create", args=[carrier])
        for name, cep in (("Ana Souza", "01304-001"), ("João Lima", "01310-200"), ("Sem Cep", "")):
            person = {
                "name": name,
                "vat": "529.982.247-25",
                "street": "Rua Augusta, 1578",
                "street2": "Apto 41",
                "city": "São Paulo",
                "state_id": sp,
                "zip": cep,
                "country_id": country,
                "email": "cliente@example.com",
                "phone": "+55 11 90000-0000",
            }
            self.partners[name] = self.call("res.partner", "create", args=[person])

    def sell(self, *orders: Sequence[tuple[str, int]], customer: str = "Ana Souza") -> list[int]:
        """Place and confirm sales, each of (SKU, units) lines; gives their deliveries."""
        values = [
            {
                "partner_id": self.partners[customer],
                "client_order_ref": f"WEB-{next(self._numbers)}",
                "carrier_id": self._carrier,
                "order_line": [[0, 0, self._line(sku, units)] for sku, units in lines],
            }
            for lines in orders
        ]
        sales = self.call("sale.order", "create", args=[values])
        self.call("sale.order", "action_confirm", args=[sales])
        rows = self.call("sale.order", "read", args=[sales, ["picking_ids"]])
        by_sale = {row["id"]: row["picking_ids"] for row in rows}
        return [by_sale[sale][0] for sale in sales]

    def _line(self, sku: str, units: int) -> dict[str, Any]:
        product = self._products[sku]
        return {"product_id": product, "product_uom_qty": units, "price_unit": 19.9}

    def change_quantity(self, picking: int, units: int) -> None:
        """As an office clerk edits the demand of a delivery."""
        move = self.picking(picking)["move_ids"][0]
        self.call("stock.move", "write", args=[[move], {"product_uom_qty": units}])

    def change_cep(self, customer: str, cep: str) -> None:
        self.call("res.partner", "write", args=[[self.partners[customer]], {"zip": cep}])

    def cancel(self, picking: int) -> None:
        self.call(PICKING, "action_cancel", args=[[picking]])

    def picking(self, number: int) -> dict[str, Any]:
        names = [
            "name",
            "state",
            "move_ids",
            "move_line_ids",
            "carrier_tracking_ref",
            "backorder_ids",
        ]
        row: dict[str, Any] = self.call(PICKING, "read", args=[[number], names])[0]
        names = ["quantity", "picked", "result_package_id", "product_id"]
        row["lines"] = self.call("stock.move.line", "read", args=[row["move_line_ids"], names])
        return row

    def on_hand(self, sku: str) -> float:
        ids = [self._products[sku]]
        return float(
            self.call("product.product", "read", args=[ids, ["qty_available"]])[0]["qty_available"]
        )

    def find(self, model: str, domain: list[Any], *names: str) -> list[dict[str, Any]]:
        return list(self.call(model, "search_read", args=[domain], fields=list(names)))

    def call(self, model: str, method: str, args: Sequence[Any] = (), **named: Any) -> Any:
        call = [DATABASE, self._uid, self._secret, model, method, list(args), named]
        return self._rpc("object", "execute_kw", call)

    def _rpc(self, service: str, method: str, args: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self._http.post("/jsonrpc", json=body).raise_for_status().json()
        if answer.get("error"):
            raise AssertionError(f"{args[3:5]}: {answer['error']['data']['message']}")
        return answer.get("result")  # it leaves out a result of None
