from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from app.connectors import nfexml
from app.connectors.nfexml import NfeError
from app.domain.codes import nfe_key_is_valid
from app.domain.nfe import Invoice
from tests.support.nfe import key, nfe_proc

SAMPLES = sorted(Path(str(files("nfelib"))).glob("nfe/samples/v4_0/leiauteNFe/*.xml"))


def test_what_the_comparison_needs_is_read() -> None:
    found = nfexml.parse(nfe_proc("1042", [("A", 2, "39.80")]))
    assert isinstance(found, Invoice)
    assert (found.key, found.cstat, found.order_ref) == (key(), "100", "1042")
    assert [(item.sku, item.quantity, item.gtin) for item in found.items] == [("A", 2, "")]
    assert str(found.total) == "49.80"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_real_layouts_are_read(path: Path) -> None:
    found = nfexml.parse(path.read_bytes())
    assert isinstance(found, Invoice)
    assert nfe_key_is_valid(found.key)
    assert found.items
    assert found.emitter_cnpj


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "NFE_UNREADABLE"),
        (b"no xml at all", "NFE_UNREADABLE"),
        (b"<a/>", "NFE_UNKNOWN"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "NFE_UNREADABLE"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "NFE_UNREADABLE"),
        (nfe_proc("1", [("A", 1, "1.00")]).replace(b"1.0000", b"one"), "NFE_UNREADABLE"),
        (nfe_proc("1", [("A", 1, "1.00")])[:-300], "NFE_UNREADABLE"),
    ],
)
def test_what_is_no_nfe_is_refused_by_name(xml: bytes, code: str) -> None:
    with pytest.raises(NfeError) as refused:
        nfexml.parse(xml)
    assert refused.value.code == code
