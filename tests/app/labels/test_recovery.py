from __future__ import annotations

from app.labels import recovery
from app.security.recovery import backup_key, grouped, recovery_key
from tests.support.raster import codes, pdf_pages


def test_the_sheets_barcode_is_the_key() -> None:
    key = recovery_key(b"k" * 32, 1)
    for language in ("pt", "en"):
        pdf = recovery.sheet(grouped(key), "Armazém Inventado", "24/11/2026", language)
        (read,) = {code for page in pdf_pages(pdf) for code in codes(page)}
        assert read == key
        assert backup_key(read)
