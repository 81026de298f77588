"""Reading files record by record: what is good, what is not and why, and how far it was read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

_NEVER_KEPT = re.compile("[\x00\ud800-\udfff]")
_PLAIN_MONEY = re.compile(r"[0-9]{1,8}(\.[0-9]{1,8})?", re.ASCII)  # needs no look at its limits

TOLD_BY_CONTENT = (".csv", ".jsonl", ".ndjson", ".json")
MAX_LINE = 1_000_000  # bytes; a longer line is no record
MAX_QUANTITY = 1_000_000
MAX_MONEY = Decimal("1e9")
MAX_DECIMALS = 30  # a sum that a source made of floats has up to 17
YEARS = range(2000, 2200)  # beyond them a time zone can push a moment out of the calendar


class Good(Struct, Generic[T], frozen=True):
    """A record that can be taken. `end` is the byte after it: a reading resumes there."""

    value: T
    line_no: int
    digest: str
    end: int


class Bad(Struct, frozen=True):
    """A record that can't. `detail` names field and mistake, never the value: it may be personal.

    `raw` is the record as it came, at most `MAX_LINE` bytes, for the person who repairs it.
    """

    line_no: int
    code: str
    detail: str
    raw: str
    end: int


class Fault(Exception):
    """A record is wrong: `code` and the field at fault."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def json_lines(
    path: Path, start: int, take: Callable[[bytes], tuple[T, str]]
) -> Iterator[Good[T] | Bad]:
    """Every record of a JSON Lines file from byte `start`; whatever the bytes, it never raises
    for their content. `take` makes a line a record and its digest, or raises a `Fault`."""
    for line_no, raw, end in _lines(path, start):
        if not raw.strip():
            continue
        try:
            value, mark = take(raw)
        except Fault as fault:
            text = raw.decode("utf-8", "replace")
            yield Bad(line_no, fault.code, fault.detail, text, end)
        else:
            yield Good(value, line_no, mark, end)


def by(convert: Callable[[Mapping[str, Any]], T]) -> Callable[[bytes], tuple[T, str]]:
    """What `json_lines` takes, for records whose digest is that of all they say."""

    def take(line: bytes) -> tuple[T, str]:
        record = json_record(line)
        return convert(record), digest(record)

    return take


def csv_rows(path: Path, start: int) -> Iterator[tuple[int, dict[str, str], int]]:
    """Line number, row by column name, and the byte after the row, from byte `start`."""
    header: list[str] | None = None
    delimiter = ","
    for line_no, raw, end in _lines(path, 0, whole_quotes=True):
        text = _text(raw)
        if header is None:
            text = text.lstrip("\ufeff")
            delimiter = ";" if text.count(";") > text.count(",") else ","
            header = [name.strip() for name in _cells(text, delimiter) or []]
            continue
        if end <= start or not text.strip():
            continue
        values = _cells(text, delimiter)
        # More cells than columns: an unquoted comma has moved them all, so that none is to be
        # believed. Such a row has no fields, and is kept aside for the first that is missing.
        fits = values is not None and len(values) <= len(header)
        yield line_no, dict(zip(header, values or [], strict=False)) if fits else {}, end


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The fields of one row; None where it is none (a stray carriage return, an endless field)."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return None


def digest(record: Any) -> str:
    """A stable hash of a record's content, whatever the order of its fields."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def files_in(folder: Path) -> list[Path]:
    """The folder's own files by name. A link that leads out of it is none: who may write here
    could have any file of this user read through it."""
    here = folder.resolve()
    return sorted(p for p in folder.iterdir() if p.is_file() and p.resolve().parent == here)


def detect(path: Path) -> str | None:
    """orders, catalogue, bins or nfe, by the file's content; None for anything else."""
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            head = stream.read(65536)
    except OSError:
        return None
    if suffix == ".xml" or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "nfe" if suffix == ".xml" else None
    first = next((line for line in head.splitlines() if line.strip()), b"")
    if suffix == ".csv":
        names = {
            n.strip().strip('"') for n in _text(first).lstrip("\ufeff").replace(";", ",").split(",")
        }
        return _kind_of(names)
    if suffix in TOLD_BY_CONTENT:
        for line in head.splitlines():
            try:
                record = json_record(line)
            except Fault:
                continue
            if kind := _kind_of(set(record)):  # else a bad record, which may come first
                return kind
    return None


def _kind_of(names: set[str]) -> str | None:
    if {"external_id", "number"} <= names:
        return "orders"
    if {"bin", "sku"} <= names:
        return "bins"
    return "catalogue" if {"sku", "name"} <= names else None


# --- fields ---------------------------------------------------------------------------------


def text_of(record: Mapping[str, Any], name: str, *, needed: bool = False, limit: int = 500) -> str:
    value = record.get(name)
    if value.__class__ is not str:  # as most are
        if isinstance(value, bool | list | dict):
            raise Fault("FIELD_BAD", name)
        value = "" if value is None else str(value)
    text: str = value.strip()
    if needed and not text:
        raise Fault("FIELD_MISSING", name)
    if len(text) > limit or not can_be_kept(text):
        raise Fault("FIELD_BAD", name)
    return text


def can_be_kept(text: str) -> bool:
    """No NUL, and no half of a character (a lone surrogate), which JSON may hold and nothing can
    store or print."""
    return _NEVER_KEPT.search(text) is None


def whole_of(record: Mapping[str, Any], name: str, low: int, high: int = MAX_QUANTITY) -> int:
    """A whole number within bounds."""
    value = record.get(name)
    if value.__class__ is int and low <= value <= high:
        return value
    try:
        if isinstance(value, bool) or value is None or isinstance(value, float):
            raise ValueError
        number = int(str(value).strip()) if len(str(value)) < 20 else high + 1
    except ValueError:
        raise Fault("FIELD_BAD", name) from None
    if not low <= number <= high:
        raise Fault("FIELD_BAD", name)
    return number


def maybe_whole_of(record: Mapping[str, Any], name: str) -> int | None:
    value = record.get(name)
    return None if value in (None, "") else whole_of(record, name, 0, 10_000_000)


def money_of(record: Mapping[str, Any], name: str) -> Decimal:
    return money(record.get(name), name)


def money(value: Any, name: str = "") -> Decimal:
    """The value of the field `name` as money; nothing at all is zero."""
    if value.__class__ is str and (plain := _plain_money(value)) is not None:
        return plain
    try:
        amount = Decimal(str(value if value not in (None, "") else "0"))
    except InvalidOperation:
        raise Fault("FIELD_BAD", name) from None
    if not amount.is_finite() or not -MAX_MONEY <= amount <= MAX_MONEY:
        raise Fault("FIELD_BAD", name)
    if int(amount.as_tuple().exponent) < -MAX_DECIMALS:
        raise Fault("FIELD_BAD", name)
    return amount


@lru_cache(4096)  # a shop has few prices, and each comes again and again
def _plain_money(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN_MONEY.fullmatch(text) else None


def moment_of(record: Mapping[str, Any], name: str, *, needed: bool = False) -> datetime | None:
    """An ISO 8601 moment with its offset, as aware UTC."""
    return moment(text_of(record, name, needed=needed), name)


def moment(text: str | None, name: str = "") -> datetime | None:
    """The text of the field `name` as a moment."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None or found.year not in YEARS:
            raise ValueError
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Fault("FIELD_BAD", name) from None


# --- bytes ----------------------------------------------------------------------------------


def _lines(
    path: Path, start: int, *, whole_quotes: bool = False
) -> Iterator[tuple[int, bytes, int]]:
    """Numbered lines with the byte after each. A quoted CSV field may span several."""
    with path.open("rb") as stream:
        line_no = 0
        if start:
            for chunk in iter(lambda: stream.read(min(1 << 20, start - stream.tell())), b""):
                line_no += chunk.count(b"\n")
        while line := stream.readline(MAX_LINE):
            first = line_no = line_no + 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
            if whole_quotes:
                line, more = _to_closing_quote(line, stream)
                line_no += more
            yield first, line, stream.tell()


def _to_closing_quote(line: bytes, stream: BinaryIO) -> tuple[bytes, int]:
    """The row that `line` begins, and how many lines it took besides: a quoted field may hold
    line ends. Each line is looked at once, since a quote that never closes takes the whole file."""
    parts, size, is_open = [line], len(line), bool(line.count(b'"') % 2)
    while is_open and size < MAX_LINE:
        more = stream.readline(MAX_LINE)
        if not more:
            break
        parts.append(more)
        size += len(more)
        is_open ^= bool(more.count(b'"') % 2)
    return b"".join(parts), len(parts) - 1


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def json_record(raw: bytes) -> dict[str, Any]:
    """One line of a JSON Lines file.

    Raises:
        Fault: JSON_BAD or LINE_TOO_LONG.
    """
    if len(raw) >= MAX_LINE:
        raise Fault("LINE_TOO_LONG")
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Fault("JSON_BAD") from None
    if not isinstance(record, dict):
        raise Fault("JSON_BAD")
    return record
