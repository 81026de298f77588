from __future__ import annotations

import re
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


NFE = nfe_proc("1042", [("A", 2, "39.80")])
BOMB = b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
)


@pytest.mark.parametrize(
    "xml",
    [
        b"<!DOCTYPE a [" + BOMB + b"]><a>&a11;</a>",
        b"<!DOCTYPE a [" + BOMB + b']><a b="&a11;"/>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><a/>',
        NFE.replace(b"?>", b'?><!DOCTYPE nfeProc [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1),
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a" + b" b='c'" * 100_000,
        NFE + b" " * nfexml.MAX_BYTES,
        NFE.replace(b"39.80", b"1e999999999"),
        NFE.replace(b"39.80", b"9" * 5000),
        NFE.replace(b"39.80", b"-Infinity"),
        "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16-be"),
        b"<?xml version='1.0' encoding='no-such'?><a/>",
    ],
    ids=range(13),
)
def test_a_hostile_document_is_refused_and_reads_nothing_else(
    xml: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(*_: object) -> None:
        pytest.fail("it went to the network")

    monkeypatch.setattr("socket.socket.connect", reached)
    with pytest.raises(NfeError) as refused:
        nfexml.parse(xml)
    assert refused.value.code in ("NFE_UNREADABLE", "NFE_UNKNOWN")


def test_a_file_that_is_included_is_not_read() -> None:
    include = (
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        b'href="file:///etc/passwd" parse="text"/>'
    )
    found = nfexml.parse(NFE.replace(b"<xNome>", b"<xNome>" + include, 1))
    assert isinstance(found, Invoice)
    assert "root" not in str(found)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_the_end_of_the_calendar_is_refused(moment: str) -> None:
    xml = re.sub(rb"<dhEmi>[^<]*", b"<dhEmi>" + moment.encode(), NFE)
    assert xml != NFE
    with pytest.raises(NfeError):
        nfexml.parse(xml)


def test_of_a_huge_file_no_more_is_read_than_a_document_may_have(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # sparse: it takes no room
    assert len(nfexml.read(path)) == nfexml.MAX_BYTES + 1
