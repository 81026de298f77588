"""A simulator of WooCommerce's REST v3, made from its documents and from what a real one showed.

It is no WooCommerce. It does what that is known for: stamps of whole seconds without a zone, pages
that a header counts, notes and fulfilments that double on a second try, any status after any other,
fulfilments and fields that don't move an order's stamp.
"""

from __future__ import annotations

import base64
import itertools
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, SECRET = "ck_only_here", "cs_only_here"
ROOT = "/wp-json/wc/v3/orders"
PRODUCTS = "/wp-json/wc/v3/products"
PRICES = {"CAM-P": 19.9, "CAN-01": 29.9, "GAR-05": 59.9}
Answer = tuple[int, Any, dict[str, str]]


class SimulatedWooCommerce:
    def __init__(self) -> None:
        self.orders: dict[int, dict[str, Any]] = {}
        self.notes: dict[int, list[dict[str, Any]]] = {}
        self.refunds: dict[int, list[dict[str, Any]]] = {}
        self.fulfilments: dict[int, list[dict[str, Any]]] = {}
        self.stock: dict[str, int] = dict.fromkeys(PRICES, 5000)
        self.variations: dict[str, int | None] = {}  # of the one variable product; None: its own
        self.counts_pages = True  # whether X-WP-TotalPages is sent; some caches drop it
        self._numbers = itertools.count(101)
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(shop.answer("GET", self.path, self.headers, None))

            def do_POST(self) -> None:
                self._answer(shop.answer("POST", self.path, self.headers, self._body()))

            def do_PUT(self) -> None:
                self._answer(shop.answer("PUT", self.path, self.headers, self._body()))

            def _body(self) -> Any:
                return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

            def _answer(self, answer: Answer) -> None:
                status, body, headers = answer
                text = json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- the shop ---------------------------------------------------------------------------

    def sell(
        self, *lines: tuple[str, int], status: str = "processing", postcode: str = "01304-001"
    ) -> int:
        """Place an order of (SKU, units) lines; its id."""
        number, now = next(self._numbers), _now()
        for sku, units in lines:
            self.stock[sku] -= units  # it takes them off when they are ordered
        items = [
            {
                "id": next(self._numbers),
                "name": sku,
                "product_id": 1,
                "variation_id": 0,
                "quantity": units,
                "sku": sku,
                "price": PRICES[sku],
                "subtotal": f"{PRICES[sku] * units:.2f}",
                "total": f"{PRICES[sku] * units:.2f}",
                "meta_data": [],
            }
            for sku, units in lines
        ]
        address = {
            "first_name": "Ana",
            "last_name": "Souza",
            "company": "",
            "address_1": "Rua Augusta",
            "address_2": "Apto 41",
            "city": "São Paulo",
            "state": "SP",
            "postcode": postcode,
            "country": "BR",
            "phone": "(11) 90000-0000",
        }
        total = sum(float(item["total"]) for item in items) + 19.9
        self.orders[number] = {
            "id": number,
            "number": str(number),
            "status": status,
            "currency": "BRL",
            "date_created_gmt": now,
            "date_modified_gmt": now,
            "date_paid_gmt": now if status == "processing" else None,
            "billing": {**address, "email": "cliente@example.com", "cpf": "529.982.247-25"},
            "shipping": {**address, "number": "1578", "neighborhood": "Consolação"},
            "shipping_lines": [
                {
                    "id": 1,
                    "method_title": "Correios PAC",
                    "method_id": "pac",
                    "total": "19.90",
                    "meta_data": [],
                }
            ],
            "shipping_total": "19.90",
            "total": f"{total:.2f}",
            "customer_note": "",
            "line_items": items,
            "meta_data": [],
            "refunds": [],
        }
        return number

    def change(self, number: int, **facts: Any) -> None:
        """As the shop's own screen does: the stamp moves."""
        self.orders[number].update(facts, date_modified_gmt=_now())

    def refund(self, number: int, line: int, units: int) -> None:
        refund = next(self._numbers)
        item = {
            "id": next(self._numbers),
            "product_id": 1,
            "variation_id": 0,
            "quantity": -units,
            "total": "-1.00",
            "meta_data": [{"id": 1, "key": "_refunded_item_id", "value": str(line)}],
        }
        facts = {"date_created_gmt": _now(), "amount": "1.00", "reason": "", "meta_data": []}
        self.refunds.setdefault(number, []).append({"id": refund, **facts, "line_items": [item]})
        refunds = [*self.orders[number]["refunds"], {"id": refund, "reason": "", "total": "-1.00"}]
        self.change(number, refunds=refunds)

    def field(self, number: int, name: str) -> Any:
        found = [m["value"] for m in self.orders[number]["meta_data"] if m["key"] == name]
        return found[0] if found else None

    # --- the service ------------------------------------------------------------------------

    def answer(self, method: str, path: str, headers: Any, body: Any) -> Answer:
        wanted = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if headers.get("Authorization") != f"Basic {wanted}":
            return _no(401, "woocommerce_rest_cannot_view")
        url = urlsplit(path)
        params = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if url.path.startswith(PRODUCTS):
            is_whole = url.path == PRODUCTS
            return self._page(self._products() if is_whole else self._variations(), params)
        if not url.path.startswith(ROOT):
            return _no(404, "rest_no_route")
        parts = [part for part in url.path[len(ROOT) :].split("/") if part]
        if not parts:
            return self._list(params)
        number = int(parts[0])
        if number not in self.orders:
            return _no(404, "woocommerce_rest_shop_order_invalid_id")
        if len(parts) == 1:
            return 200, self._put(number, body) if method == "PUT" else self.orders[number], {}
        kept = {"notes": self.notes, "refunds": self.refunds, "fulfillments": self.fulfilments}
        rows = kept[parts[1]].setdefault(number, [])
        if method == "POST":
            rows.append(self._added(parts[1], number, body))
            return 201, rows[-1], {}
        return self._page(rows, params) if parts[1] == "refunds" else (200, rows, {})

    def _added(self, kind: str, number: int, body: dict[str, Any]) -> dict[str, Any]:
        """A note or a fulfilment as the shop shows it afterwards."""
        row = {"id": next(self._numbers), **body}
        if kind == "notes":
            return {**row, "author": "loja", "date_created_gmt": _now()}
        entries = [{"id": next(self._numbers), **entry} for entry in body["meta_data"]]
        whose = {"entity_type": "WC_Order", "entity_id": str(number)}
        dates = {"date_updated": _now(), "date_deleted": None}
        return {**row, **whose, **dates, "meta_data": entries}

    def _list(self, params: dict[str, str]) -> Answer:
        statuses = params.get("status", "any").split(",")
        since = params.get("modified_after", "")
        if since and params.get("dates_are_gmt") != "true":
            return _no(400, "zone")  # it would read the stamp by the shop's own zone
        found = [
            order
            for order in sorted(self.orders.values(), key=lambda order: order["id"])
            if ("any" in statuses or order["status"] in statuses)
            and (not since or order["date_modified_gmt"] > since)
        ]
        return self._page(found, params)

    def _products(self) -> list[dict[str, Any]]:
        shown: dict[str, Any] = {"status": "publish", "stock_status": "instock", "variations": []}
        simple = [
            {
                **shown,
                "id": number,
                "name": sku,
                "type": "simple",
                "sku": sku,
                "manage_stock": True,
                "stock_quantity": units,
            }
            for number, (sku, units) in enumerate(self.stock.items(), 1)
        ]
        none = {"manage_stock": False, "stock_quantity": None}
        ids = list(range(51, 51 + len(self.variations)))
        named = {"id": 50, "name": "CAM", "type": "variable", "sku": "CAM"}
        return [*simple, {**shown, **named, **none, "variations": ids}]

    def _variations(self) -> list[dict[str, Any]]:
        return [
            {
                "id": number,
                "sku": sku,
                "status": "publish",
                "stock_status": "instock",
                "manage_stock": "parent" if units is None else True,
                "stock_quantity": 99 if units is None else units,
            }
            for number, (sku, units) in enumerate(self.variations.items(), 51)
        ]

    def _page(self, found: list[dict[str, Any]], params: dict[str, str]) -> Answer:
        size, page = int(params.get("per_page", 10)), int(params.get("page", 1))
        if size > 100:
            return _no(400, "rest_invalid_param")
        headers = {"X-WP-Total": str(len(found))}
        if self.counts_pages:
            headers["X-WP-TotalPages"] = str(ceil(len(found) / size))
        return 200, found[(page - 1) * size : page * size], headers

    def _put(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        order = self.orders[number]
        for entry in body.get("meta_data", ()):
            others = [m for m in order["meta_data"] if m["key"] != entry["key"]]
            order["meta_data"] = [*others, {"id": next(self._numbers), **entry}]
        if "status" in body and body["status"] != order["status"]:
            self.change(number, status=body["status"])
        return order


def _no(status: int, code: str) -> Answer:
    return status, {"code": code, "message": "Desculpe.", "data": {"status": status}}, {}


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
