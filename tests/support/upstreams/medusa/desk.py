"""The customer and the office in a test: they use Medusa as people do, beside the connector."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.support.upstreams.medusa.server import PASSWORD, USER, MedusaServer

PRODUCTS = (("CAM-P", "Camiseta P", 19.9), ("CAN-01", "Caneca", 29.9), ("GAR-05", "Garrafa", 59.9))
_WHOLE = (
    "id,status,payment_status,fulfillment_status,updated_at,metadata,*items,*fulfillments,"
    "*fulfillments.items,*fulfillments.labels,*payment_collections.payments"
)


class Desk:
    def __init__(self, server: MedusaServer) -> None:
        self.server = server
        self._office = httpx.Client(base_url=server.url, timeout=120)
        who = {"email": USER, "password": PASSWORD}
        token = self._office.post("/auth/user/emailpass", json=who).raise_for_status().json()
        self._office.headers["Authorization"] = f"Bearer {token['token']}"
        self._variants: dict[str, str] = {}
        self._furnish()
        self.key = self._key("secret", "expedita")["token"]
        public = self._key("publishable", "loja")
        self._post(f"api-keys/{public['id']}/sales-channels", add=[self._sales_channel])
        headers = {"x-publishable-api-key": public["token"]}
        self._customer = httpx.Client(base_url=server.url, timeout=120, headers=headers)

    def close(self) -> None:
        self._office.close()
        self._customer.close()

    def _furnish(self) -> None:
        """A shop in Brazil that sells three products and sends them by PAC; all of it invented."""
        store = self._get("stores")["stores"][0]
        real = {"currency_code": "brl", "is_default": True}
        self._post(f"stores/{store['id']}", supported_currencies=[real])
        self._sales_channel = self._get("sales-channels")["sales_channels"][0]["id"]
        country = {"name": "Brasil", "currency_code": "brl", "countries": ["br"]}
        region = self._post("regions", **country, payment_providers=["pp_system_default"])
        self._region = region["region"]["id"]
        place = self._post("stock-locations", name="CD Barueri")["stock_location"]["id"]
        self.location = place
        self._post(f"stock-locations/{place}/sales-channels", add=[self._sales_channel])
        self._post(f"stock-locations/{place}/fulfillment-providers", add=["manual_manual"])
        profile = self._post("shipping-profiles", name="Padrão", type="default")["shipping_profile"]
        self._option = self._shipping_option(place, profile["id"])
        for sku, title, price in PRODUCTS:
            self._variants[sku] = self._product(sku, title, price, profile["id"])
        for item in self._get("inventory-items", limit=100)["inventory_items"]:
            levels = f"inventory-items/{item['id']}/location-levels"
            self._post(levels, location_id=place, stocked_quantity=5000)

    def _shipping_option(self, place: str, profile: str) -> str:
        path = f"stock-locations/{place}/fulfillment-sets?fields=*fulfillment_sets"
        made = self._post(path, name="Entrega", type="shipping")["stock_location"]
        path = f"fulfillment-sets/{made['fulfillment_sets'][0]['id']}/service-zones"
        zone = self._post(
            f"{path}?fields=*service_zones",
            name="Brasil",
            geo_zones=[{"type": "country", "country_code": "br"}],
        )["fulfillment_set"]["service_zones"][0]
        option = self._post(
            "shipping-options",
            name="Correios PAC",
            service_zone_id=zone["id"],
            shipping_profile_id=profile,
            provider_id="manual_manual",
            price_type="flat",
            type={"label": "PAC", "description": "PAC", "code": "pac"},
            prices=[{"currency_code": "brl", "amount": 19.9}],
            rules=[],
        )["shipping_option"]
        return str(option["id"])

    def _product(self, sku: str, title: str, price: float, profile: str) -> str:
        variant = {
            "title": "Único",
            "sku": sku,
            "manage_inventory": True,
            "options": {"Padrão": "Único"},
            "prices": [{"currency_code": "brl", "amount": price}],
        }
        made = self._post(
            "products",
            title=title,
            status="published",
            shipping_profile_id=profile,
            sales_channels=[{"id": self._sales_channel}],
            options=[{"title": "Padrão", "values": ["Único"]}],
            variants=[variant],
        )
        return str(made["product"]["variants"][0]["id"])

    def _key(self, kind: str, title: str) -> dict[str, Any]:
        return dict(self._post("api-keys", title=title, type=kind)["api_key"])

    # --- the shop ---------------------------------------------------------------------------

    def sell(
        self, *orders: Sequence[tuple[str, int]], cep: str = "01304-001", paid: bool = True
    ) -> list[str]:
        """Place orders, each of (SKU, units) lines, authorised or paid; gives their ids."""
        return [self._place(lines, cep, paid) for lines in orders]

    def _place(self, lines: Sequence[tuple[str, int]], cep: str, paid: bool) -> str:
        address = {
            "first_name": "Ana",
            "last_name": "Souza",
            "address_1": "Rua Augusta, 1578",
            "address_2": "Apto 41",
            "city": "São Paulo",
            "province": "SP",
            "postal_code": cep,
            "country_code": "br",
            "phone": "+55 11 90000-0000",
            "metadata": {"bairro": "Consolação"},
        }
        cart = self._buy(
            "carts",
            region_id=self._region,
            email="cliente@example.com",
            shipping_address=address,
            billing_address=address,
            metadata={"cpf": "529.982.247-25"},
            items=[{"variant_id": self._variants[sku], "quantity": n} for sku, n in lines],
        )["cart"]["id"]
        self._buy(f"carts/{cart}/shipping-methods", option_id=self._option)
        payment = self._buy("payment-collections", cart_id=cart)["payment_collection"]["id"]
        sessions = f"payment-collections/{payment}/payment-sessions"
        self._buy(sessions, provider_id="pp_system_default")
        order = str(self._buy(f"carts/{cart}/complete")["order"]["id"])
        if paid:
            self.capture(order)
        return order

    def _buy(self, path: str, **body: Any) -> Any:
        return _good(self._customer.post(f"/store/{path}", json=body))

    # --- the office -------------------------------------------------------------------------

    def capture(self, order: str) -> None:
        for collection in self.order(order)["payment_collections"]:
            for payment in collection["payments"]:
                self._post(f"payments/{payment['id']}/capture")

    def cancel(self, order: str) -> None:
        self._post(f"orders/{order}/cancel")

    def change_quantity(self, order: str, units: int) -> None:
        """As a clerk edits the largest line of an order, and confirms it."""
        line = max(self.order(order)["items"], key=lambda item: int(item["quantity"]))["id"]
        self._post("order-edits", order_id=order)
        self._post(f"order-edits/{order}/items/item/{line}", quantity=units)
        self._post(f"order-edits/{order}/confirm")

    def fulfil(self, order: str, line: str, units: int) -> None:
        """Send units by hand, as a clerk at the shop's own screen does."""
        self._post(f"orders/{order}/fulfillments", items=[{"id": line, "quantity": units}])

    def fulfil_in_a_race(
        self, order: str, lines: dict[str, int], metadata: dict[str, Any], clients: int = 8
    ) -> int:
        """The same fulfilment by some clients at once; how many Medusa takes."""
        items = [{"id": line, "quantity": units} for line, units in lines.items()]
        body = {"items": items, "metadata": metadata}

        def one(_: int) -> bool:
            path = f"/admin/orders/{order}/fulfillments"
            with httpx.Client(
                base_url=self.server.url, timeout=120, headers=self._office.headers
            ) as client:
                return client.post(path, json=body).is_success

        with ThreadPoolExecutor(clients) as pool:
            return sum(pool.map(one, range(clients)))

    def order(self, order: str) -> dict[str, Any]:
        return dict(self._get(f"orders/{order}", fields=_WHOLE)["order"])

    def fulfilments(self, order: str) -> list[dict[str, Any]]:
        """The living ones."""
        return [f for f in self.order(order)["fulfillments"] if not f["canceled_at"]]

    def stock(self, sku: str) -> int:
        items = self._get("inventory-items", sku=sku, fields="sku,stocked_quantity")
        return int(items["inventory_items"][0]["stocked_quantity"])

    # --- the wire ---------------------------------------------------------------------------

    def _post(self, path: str, **body: Any) -> Any:
        return _good(self._office.post(f"/admin/{path}", json=body))

    def _get(self, path: str, **params: Any) -> Any:
        return _good(self._office.get(f"/admin/{path}", params=params))


def _good(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise AssertionError(f"{answer.request.url.path}: {answer.status_code} {answer.text}")
    return answer.json()
