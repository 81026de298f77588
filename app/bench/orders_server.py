"""A local HTTP server of made-up orders, a page a call: the other side of `expedita bench sync`.

Run as a process of its own, so that what it costs is not counted to the console.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LINES = 5
_PLACED = datetime(2026, 11, 25, 9, tzinfo=UTC)


def order(n: int) -> dict[str, Any]:
    """The n-th order, in the format of the order files; always the same."""
    placed = _PLACED + timedelta(seconds=n)
    return {
        "source": "bench",
        "external_id": f"b{n}",
        "number": f"B{n:07d}",
        "channel": ("loja", "marketplace", "atacado")[n % 3],
        "placed_at": placed.isoformat(),
        "paid_at": placed.isoformat(),
        "promised_at": (placed + timedelta(days=4)).isoformat(),
        "payment_status": "paid",
        "status": "open",
        "carrier": ("correios", "jadlog")[n % 2],
        "service_code": "03220",
        "service_name": "SEDEX",
        "recipient": {
            "name": f"Pessoa Inventada {n}",
            "document": "00000000191",
            "email": "ninguem@example.com",
            "phone": "",
        },
        "address": {
            "cep": f"{1000000 + n % 90000000:08d}",
            "street": f"Rua Inventada {n % 977}",
            "number": str(n % 3000),
            "complement": "",
            "district": "Centro",
            "city": "São Paulo",
            "state": "SP",
        },
        "lines": [
            {
                "line_id": str(k),
                "sku": f"SKU-{(n * 7 + k * 131) % 5000:05d}",
                "quantity": 1 + (n + k) % 3,
                "unit_price": "19.90",
            }
            for k in range(LINES)
        ],
        "freight": "10.00",
        "total": "109.50",
    }


class Pages(BaseHTTPRequestHandler):
    """`/orders/FIRST/COUNT` gives that many orders as a JSON list."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        first, count = (int(part) for part in self.path.split("/")[-2:])
        body = json.dumps([order(n) for n in range(first, first + count)]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing: the numbers are the report."""


def main() -> None:
    """Serve on a free port, and say which on the first line of the standard output."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    print(server.server_address[1], flush=True)
    sys.stdin.close()
    server.serve_forever()


if __name__ == "__main__":
    main()
