"""What is fuzzed: bytes in; anything but a named refusal is a failure."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from app.connectors import binsfile, cataloguefile, hotfolder, nfexml, orderfile
from app.connectors.records import Bad, detect
from app.domain.scan import classify
from app.domain.texts import TEXTS
from tests.support import warehouse
from tests.support.nfe import nfe_proc

_FOLDER = Path(tempfile.mkdtemp(prefix="expedita-fuzz-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


class Nothing:
    """A warehouse that knows no code."""

    def products(self, code: str) -> tuple[tuple[str, int], ...]:
        return ()

    def is_bin(self, code: str) -> bool:
        return False

    is_tote = is_tracking = order_number = is_bin


def file_target(suffix: str, read: Callable[..., Iterator[Any]]) -> Callable[[bytes], None]:
    path = _FOLDER / f"{os.getpid()}{suffix}"

    def target(data: bytes) -> None:
        path.write_bytes(data)
        detect(path)
        end = 0
        for record in read(path):
            assert end <= record.end <= len(data)
            end = record.end
            if isinstance(record, Bad):
                assert record.code in TEXTS, record.code
            else:
                can_be_stored(record.value)
            text_can_be_stored(record.raw if isinstance(record, Bad) else "")

    return target


def can_be_stored(value: Any) -> None:
    """Every text of a record can go into the store, which takes UTF-8 without NUL."""
    if isinstance(value, str):
        assert "\x00" not in value
        text_can_be_stored(value)
    elif isinstance(value, Struct):
        for part in structs.astuple(value):
            can_be_stored(part)
    elif isinstance(value, tuple | list):
        for part in value:
            can_be_stored(part)
    elif isinstance(value, int) and not isinstance(value, bool):
        assert abs(value) < 2**63


def text_can_be_stored(text: str) -> None:
    text.encode("utf-8")


def nfe(data: bytes) -> None:
    try:
        found = nfexml.parse(data)
    except nfexml.NfeError as refused:
        if refused.code not in TEXTS:
            raise AssertionError(refused.code) from refused
        return
    can_be_stored(found)


def tracking(data: bytes) -> None:
    path = _FOLDER / f"{os.getpid()}-tracking.csv"
    path.write_bytes(data)
    for event in hotfolder.events_of([path], frozenset({"QC123456785BR"})).values():
        can_be_stored(event)


def scan(data: bytes) -> None:
    classify(data.decode("utf-8", "surrogateescape"), Nothing())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "orders-jsonl": file_target(".jsonl", orderfile.read),
    "orders-csv": file_target(".csv", orderfile.read),
    "products-jsonl": file_target(".jsonl", cataloguefile.read),
    "products-csv": file_target(".csv", cataloguefile.read),
    "bins-csv": file_target(".csv", binsfile.read),
    "tracking-csv": tracking,
    "nfe": nfe,
    "scan": scan,
}


def seeds(name: str) -> list[bytes]:
    """Good inputs to start from, so that the fuzzer need not find out what a file looks like."""
    folder = warehouse.write(_FOLDER / f"seeds-{os.getpid()}", 4)
    orders, products, bins = (
        (folder / file).read_bytes() for file in ("orders.jsonl", "catalogue.jsonl", "bins.csv")
    )
    return {
        "orders-jsonl": orders.splitlines(),
        "orders-csv": [
            b"source,external_id,number,placed_at,payment_status,status,recipient.name,"
            b"address.cep,address.street,address.city,address.state,line_id,sku,quantity,"
            b"unit_price\n"
            b'loja,x1,1,2026-11-03T10:00:00Z,paid,open,"Ana\nB",01310100,Rua,SP,SP,1,A,2,1.50\n'
        ],
        "products-jsonl": products.splitlines(),
        "products-csv": [b"sku;name;gtins;packs\nA;B;7890001000015;17890001000012:12\n"],
        "bins-csv": [bins],
        "tracking-csv": [
            b"tracking,at,status,text\nQC123456785BR,2026-11-25T10:00:00-03:00,posted,Postado\n"
        ],
        "nfe": [nfe_proc("1042", [("A", 2, "39.80")])],
        "scan": [b"7890001000015", b"]C10107890001000015211234", b"XC.OK.42", b"QC123456785BR"],
    }[name]
