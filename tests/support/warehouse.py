"""Files of a small made-up warehouse, as an outside system would write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.codes import gtin_is_valid

SKUS = [f"SKU-{n:02d}" for n in range(1, 9)]


def gtin(n: int) -> str:
    root = f"7890001{n:05d}"
    return next(root + str(d) for d in range(10) if gtin_is_valid(root + str(d)))


def write(folder: Path, count: int = 20) -> Path:
    """Orders for one carrier and service, products, bins; `folder` is ready to import."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    products = [
        {
            "sku": sku, "name": f"Produto {n}", "gtins": [gtin(n)], "weight_g": 300,
            "length_mm": 100, "width_mm": 80, "height_mm": 40, "category": "casa",
            "packs": [],
            "aliases": [f"ALT-{n}"],
        }
        for n, sku in enumerate(SKUS, 1)
    ]  # fmt: skip
    orders = [
        {
            "source": "loja", "external_id": f"x{n}", "number": str(5000 + n), "channel": "loja",
            "placed_at": (now - timedelta(hours=2)).isoformat(),
            "paid_at": (now - timedelta(hours=1)).isoformat(),
            "payment_status": "paid", "status": "open",
            "ship_by": (now + timedelta(hours=8)).isoformat(),
            "promised_at": (now + timedelta(days=3)).isoformat(),
            "carrier": "correios", "service_code": "03220", "service_name": "SEDEX",
            "recipient": {"name": f"Pessoa Inventada {n}", "document": "00000000191",
                          "email": "ninguem@example.com", "phone": ""},
            "address": {"cep": "01310100", "street": f"Rua Inventada {n}", "number": str(n),
                        "complement": "", "district": "Centro", "city": "São Paulo",
                        "state": "SP"},
            "lines": [
                {"line_id": str(k + 1), "sku": SKUS[(n + 3 * k) % len(SKUS)],
                 "quantity": 1 + (n + k) % 2, "unit_price": "19.90"}
                for k in range(1 + n % 2)
            ],
            "freight": "10.00", "total": "49.80", "payment_kinds": ["pix"],
            **({"note": "Embrulhar para presente"} if n == 3 else {}),
        }
        for n in range(1, count + 1)
    ]  # fmt: skip
    bins = ["bin,zone,pick_sequence,sku,quantity"]
    bins += [f"A-01-{n:02d},A,{n},{sku},500" for n, sku in enumerate(SKUS, 1)]
    _lines(folder / "catalogue.jsonl", products)
    _lines(folder / "orders.jsonl", orders)
    (folder / "bins.csv").write_text("\n".join(bins) + "\n", encoding="utf-8")
    return folder


def _lines(path: Path, records: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
