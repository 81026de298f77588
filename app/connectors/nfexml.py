"""Reads NF-e XML (nfeProc, a bare NFe, a cancellation event) into the domain's invoice."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.connectors.records import YEARS
from app.domain.nfe import Invoice, InvoiceItem

NS = "{http://www.portalfiscal.inf.br/nfe}"
CANCELLATION = "110111"
MAX_BYTES = 5_000_000
NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?", re.ASCII)


class NfeError(Exception):
    """The XML is no NF-e; `code` names the text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CancelEvent(Struct, frozen=True):
    """A registered cancellation (procEventoNFe with tpEvento 110111)."""

    key: str


def read(path: Path) -> bytes:
    """A file's bytes for `parse`, never many more than a document may have.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def parse(xml: bytes) -> Invoice | CancelEvent:
    """Read one document.

    Raises:
        NfeError: NFE_UNREADABLE (no XML, or a hostile one) or NFE_UNKNOWN (another document).
    """
    root = _root(xml)
    if root.tag in (f"{NS}procEventoNFe", f"{NS}evento"):
        event = root.find(f".//{NS}infEvento")
        if event is not None and _text(event, "tpEvento") == CANCELLATION:
            return CancelEvent(_text(event, "chNFe"))
        raise NfeError("NFE_UNKNOWN")
    info = root.find(f".//{NS}infNFe")
    if root.tag not in (f"{NS}nfeProc", f"{NS}NFe") or info is None:
        raise NfeError("NFE_UNKNOWN")
    try:
        return _invoice(root, info)
    except ValueError:
        raise NfeError("NFE_UNREADABLE") from None


def _root(xml: bytes) -> Any:
    if len(xml) > MAX_BYTES:
        raise NfeError("NFE_UNREADABLE")
    from lxml import etree  # slow to import, and the first NF-e comes when the console stands

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NfeError("NFE_UNREADABLE") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NfeError("NFE_UNREADABLE")  # an NF-e never declares entities
    return root


def _invoice(root: Any, info: Any) -> Invoice:
    ide, emit, dest = info.find(f"{NS}ide"), info.find(f"{NS}emit"), info.find(f"{NS}dest")
    protocol = root.find(f"{NS}protNFe/{NS}infProt")
    total = info.find(f"{NS}total/{NS}ICMSTot")
    place = info.find(f"{NS}entrega")
    if place is None and dest is not None:
        place = dest.find(f"{NS}enderDest")
    items = tuple(_item(prod) for prod in info.findall(f"{NS}det/{NS}prod"))
    volumes = info.findall(f"{NS}transp/{NS}vol")
    return Invoice(
        key=info.get("Id", "").removeprefix("NFe"),
        issued_at=_moment(_text(ide, "dhEmi")),
        cstat=_text(protocol, "cStat"),
        protocol=_text(protocol, "nProt"),
        environment=_text(ide, "tpAmb"),
        model=_text(ide, "mod"),
        tp_nf=_text(ide, "tpNF"),
        fin_nfe=_text(ide, "finNFe"),
        tp_emis=_text(ide, "tpEmis"),
        emitter_cnpj=_text(emit, "CNPJ") or _text(emit, "CPF"),
        emitter_name=_text(emit, "xNome"),
        emitter_uf=_text(emit, f"enderEmit/{NS}UF"),
        emitter_ie=_text(emit, "IE"),
        number=_text(ide, "nNF"),
        series=_text(ide, "serie"),
        recipient_document=_text(dest, "CPF")
        or _text(dest, "CNPJ")
        or _text(dest, "idEstrangeiro"),
        recipient_name=_text(dest, "xNome"),
        recipient_uf=_text(dest, f"enderDest/{NS}UF"),
        recipient_ie=_text(dest, "IE"),
        ship_cep=_text(place, "CEP"),
        ship_uf=_text(place, "UF"),
        ship_number=_text(place, "nro"),
        order_ref=next((_text(p, "xPed") for p in info.iter(f"{NS}prod") if _text(p, "xPed")), ""),
        items=items,
        total=_decimal(total, "vNF"),
        products=_decimal(total, "vProd"),
        freight=_decimal(total, "vFrete"),
        discount=_decimal(total, "vDesc"),
        packages=_sum(volumes, "qVol"),
        gross_weight_g=_grams(volumes),
        contingency_at=_moment(_text(ide, "dhCont")),
        contingency_reason=_text(ide, "xJust"),
        authorised_at=_moment(_text(protocol, "dhRecbto")),
    )


def _item(prod: Any) -> InvoiceItem:
    gtin = _text(prod, "cEAN")
    return InvoiceItem(
        sku=_text(prod, "cProd"),
        gtin="" if gtin.upper() == "SEM GTIN" else gtin,
        quantity=_decimal(prod, "qCom"),
        unit=_text(prod, "uCom"),
        total=_decimal(prod, "vProd"),
    )


def _text(element: Any, name: str) -> str:
    found = element.findtext(f"{NS}{name}") if element is not None else None
    return (found or "").strip()


def _decimal(element: Any, name: str) -> Decimal:
    return _number(_text(element, name) or "0")


def _number(text: str) -> Decimal:
    """The layout's numbers: digits and a point. Any other form could be of any size."""
    if not NUMBER.fullmatch(text):
        raise ValueError
    return Decimal(text)


def _moment(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text) if text else None
    if moment and moment.year not in YEARS:
        raise ValueError
    return moment if moment is None or moment.tzinfo else None


def _sum(volumes: Any, name: str) -> int | None:
    counts = [int(_number(text)) for volume in volumes if (text := _text(volume, name))]
    return sum(counts) if counts else None


def _grams(volumes: Any) -> int | None:
    kilos = [_number(text) for volume in volumes if (text := _text(volume, "pesoB"))]
    return int(sum(kilos) * 1000) if kilos else None
