"""Made-up labels and manifests for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.model import Address
from app.labels.data import DanfeData, LabelData, RomaneioData, RomaneioRow
from app.labels.page import Text
from app.labels.text import width

AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
KEY = "35261112345678000195550010000010421000010427"
LETTER_KEY = "35261112ABC34501DE35550010000010421000010426"
SENDER = Address("13347070", "Av. Três Pontes", "1500", "Galpão 4", "Pimenta", "Indaiatuba", "SP")
ADDRESS = Address("01310100", "Avenida Paulista", "1578", "ap 42", "Bela Vista", "São Paulo", "SP")


def danfe(**changes: object) -> DanfeData:
    values: dict[str, object] = {
        "key": KEY,
        "protocol": "135260000123456",
        "authorised_at": AT,
        "emitter_name": "Loja Exemplo Comércio Ltda",
        "emitter_uf": "SP",
        "emitter_cnpj": "12345678000195",
        "emitter_ie": "110042490114",
        "operation_type": "1",
        "series": "1",
        "number": "1042",
        "issued_at": AT,
        "recipient_name": "Conceição Araújo",
        "recipient_uf": "SP",
        "recipient_document": "52998224725",
    }
    return DanfeData(**(values | changes))  # type: ignore[arg-type]


def label(**changes: object) -> LabelData:
    values: dict[str, object] = {
        "order_number": "1042",
        "channel": "Loja própria",
        "carrier": "Correios",
        "service_name": "SEDEX",
        "tracking": "SO000641962BR",
        "package_no": 1,
        "package_count": 2,
        "weight_g": 1250,
        "recipient_name": "Conceição Araújo",
        "address": ADDRESS,
        "sender_name": "Loja Exemplo",
        "sender_address": SENDER,
    }
    return LabelData(**(values | changes))  # type: ignore[arg-type]


def line_width(text: Text) -> float:
    """How far a line reaches to the right of its start."""
    gap = width(" ", text.size, bold=True)
    runs = [width(words, text.size, bold=bold) for words, bold in text.runs]
    return sum(runs) + max(len(runs) - 1, 0) * gap


def romaneio(count: int) -> RomaneioData:
    rows = tuple(
        RomaneioRow(f"ORD-{n:06}", f"SO{n:09}BR", 1, 1, 1000 + n, "01310100") for n in range(count)
    )
    return RomaneioData("M-20261124-001", "Correios", "SEDEX", "D1", AT, AT, rows, "CD Indaiatuba")
