"""The customer and the office in a test: they use Vendure as people do, beside the connector."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.support.upstreams.vendure.server import PASSWORD, USER, VendureServer

_ORDER = """query($id: ID!) { order(id: $id) { id code state updatedAt customFields { nfeKey }
  payments { id state } lines { id quantity productVariant { sku } }
  fulfillments { id state method trackingCode lines { orderLineId quantity } }
  history(options: { filter: { type: { eq: "ORDER_NOTE" } } }) { items { data } } } }"""
_PERMISSIONS = ("ReadOrder", "UpdateOrder", "ReadCatalog", "ReadStockLocation", "ReadCustomer")


class Desk:
    def __init__(self, server: VendureServer) -> None:
        self.server = server
        self._office = httpx.Client(timeout=60)
        self._log_in()
        items = self.ask("{ productVariants { items { id sku } } }")["productVariants"]["items"]
        self._variants = {item["sku"]: item["id"] for item in items}
        self.key = self._api_key()

    def close(self) -> None:
        self._office.close()

    # --- the shop ---------------------------------------------------------------------------

    def sell(
        self, *orders: Sequence[tuple[str, int]], cep: str = "01304-001", paid: bool = True
    ) -> list[str]:
        """Place orders, each of (SKU, units) lines, authorised or paid; gives their ids."""
        return [self._place(lines, cep, paid) for lines in orders]

    def _place(self, lines: Sequence[tuple[str, int]], cep: str, paid: bool) -> str:
        with httpx.Client(timeout=60) as customer:
            for sku, units in lines:
                self._buy(
                    customer,
                    "mutation($id: ID!, $n: Int!) { addItemToOrder(productVariantId: $id, "
                    "quantity: $n) { __typename } }",
                    id=self._variants[sku],
                    n=units,
                )
            person = {"firstName": "Ana", "lastName": "Souza", "phoneNumber": "+55 11 90000-0000"}
            person["emailAddress"] = "cliente@example.com"
            self._buy(
                customer,
                "mutation($i: CreateCustomerInput!) { setCustomerForOrder(input: $i) "
                "{ __typename } }",
                i=person,
            )
            address = {
                "fullName": "Ana Souza",
                "streetLine1": "Rua Augusta, 1578",
                "streetLine2": "Apto 41",
                "city": "São Paulo",
                "province": "SP",
                "postalCode": cep,
                "countryCode": "BR",
            }
            self._buy(
                customer,
                "mutation($i: CreateAddressInput!) { setOrderShippingAddress(input: $i) "
                "{ __typename } }",
                i=address,
            )
            methods = self._buy(customer, "{ eligibleShippingMethods { id } }", wanted="")
            self._buy(
                customer,
                "mutation($i: [ID!]!) { setOrderShippingMethod(shippingMethodId: $i) "
                "{ __typename } }",
                i=[methods[0]["id"]],
            )
            self._buy(
                customer,
                'mutation { transitionOrderToState(state: "ArrangingPayment") { __typename } }',
            )
            placed = self._buy(
                customer,
                'mutation { addPaymentToOrder(input: { method: "dummy-payment", metadata: {} }) '
                "{ __typename ... on Order { id payments { id } } } }",
            )
        if paid:
            self.settle(placed["id"])
        return str(placed["id"])

    def _buy(
        self, customer: httpx.Client, text: str, *, wanted: str = "Order", **values: Any
    ) -> Any:
        body = {"query": text, "variables": values}
        answer = customer.post(f"{self.server.url}/shop-api", json=body).raise_for_status()
        if token := answer.headers.get("vendure-auth-token"):
            customer.headers["Authorization"] = f"Bearer {token}"
        data = answer.json()
        if data.get("errors"):
            raise AssertionError(data["errors"])
        (given,) = data["data"].values()
        if wanted and given["__typename"] != wanted:
            raise AssertionError(f"{text}: {given}")
        return given

    # --- the office -------------------------------------------------------------------------

    def settle(self, order: str) -> None:
        for payment in self.order(order)["payments"]:
            self.change(
                "mutation($id: ID!) { settlePayment(id: $id) { __typename "
                "... on ErrorResult { errorCode } } }",
                id=payment["id"],
            )

    def cancel(self, order: str, lines: dict[str, int] | None = None) -> None:
        """The whole order, or units of lines."""
        wanted: dict[str, Any] = {"orderId": order, "reason": "desistência"}
        if lines is not None:
            wanted["lines"] = [{"orderLineId": k, "quantity": n} for k, n in lines.items()]
        wanted["cancelShipping"] = lines is None
        self.change(
            "mutation($i: CancelOrderInput!) { cancelOrder(input: $i) { __typename "
            "... on ErrorResult { errorCode message } } }",
            i=wanted,
        )

    def fulfil(self, order: str, line: str, units: int) -> None:
        """Send units by hand, as a clerk at the shop's own screen does."""
        handler = {
            "code": "manual-fulfillment",
            "arguments": [
                {"name": "method", "value": "Motoboy"},
                {"name": "trackingCode", "value": ""},
            ],
        }
        wanted = {"lines": [{"orderLineId": line, "quantity": units}], "handler": handler}
        self.change(
            "mutation($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { __typename "
            "... on ErrorResult { errorCode message } } }",
            i=wanted,
        )

    def fulfil_in_a_race(
        self, order: str, lines: dict[str, int], method: str, tracking: str, clients: int = 8
    ) -> int:
        """The same fulfilment by some clients at once; how many Vendure takes."""
        arguments = [
            {"name": "method", "value": method},
            {"name": "trackingCode", "value": tracking},
        ]
        wanted = {
            "lines": [{"orderLineId": k, "quantity": n} for k, n in lines.items()],
            "handler": {"code": "manual-fulfillment", "arguments": arguments},
        }
        text = (
            "mutation($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { __typename } }"
        )

        def one(_: int) -> bool:
            with httpx.Client(timeout=60, headers=self._office.headers) as client:
                body = {"query": text, "variables": {"i": wanted}}
                answer = client.post(self.server.admin, json=body).json()
            given = (answer.get("data") or {}).get("addFulfillmentToOrder") or {}
            return bool(given.get("__typename") == "Fulfillment")

        with ThreadPoolExecutor(clients) as pool:
            return sum(pool.map(one, range(clients)))

    def order(self, order: str) -> dict[str, Any]:
        return dict(self.ask(_ORDER, id=order)["order"])

    def notes(self, order: str) -> list[str]:
        return [item["data"]["note"] for item in self.order(order)["history"]["items"]]

    def stock(self, sku: str) -> int:
        levels = self.ask(
            "query($id: ID!) { productVariant(id: $id) { stockLevels { stockOnHand } } }",
            id=self._variants[sku],
        )
        return sum(n["stockOnHand"] for n in levels["productVariant"]["stockLevels"])

    # --- the wire ---------------------------------------------------------------------------

    def _log_in(self) -> None:
        self.change(
            "mutation($u: String!, $p: String!) { login(username: $u, password: $p) "
            "{ __typename ... on ErrorResult { errorCode } } }",
            u=USER,
            p=PASSWORD,
        )

    def _api_key(self) -> str:
        role = {"code": "expedita", "description": "Expedita", "permissions": _PERMISSIONS}
        made = self.change(
            "mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }", i=role
        )
        names = [{"languageCode": "en", "name": "expedita"}]
        wanted = {"roleIds": [made["id"]], "translations": names}
        return str(
            self.change(
                "mutation($i: CreateApiKeyInput!) { createApiKey(input: $i) "
                "{ __typename ... on CreateApiKeyResult { apiKey } } }",
                i=wanted,
            )["apiKey"]
        )

    def change(self, text: str, **values: Any) -> Any:
        (given,) = self.ask(text, **values).values()
        if given.get("errorCode"):
            raise AssertionError(f"{text}: {given}")
        return given

    def ask(self, text: str, **values: Any) -> Any:
        body = {"query": text, "variables": values}
        answer = self._office.post(self.server.admin, json=body).raise_for_status()
        if token := answer.headers.get("vendure-auth-token"):
            self._office.headers["Authorization"] = f"Bearer {token}"
        data = answer.json()
        if data.get("errors"):
            raise AssertionError(f"{text}: {data['errors']}")
        return data["data"]
