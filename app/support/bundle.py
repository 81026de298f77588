"""Makes a ticket's bundle: a ZIP of redacted evidence that keeps to a size, the best first."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from app.domain.plain import plain
from app.support import personal
from app.support.case import Case, Picture
from app.support.evidence import Sources, collect
from app.support.redaction import Redactor

SUMMARY, CONTENTS, SCREEN = "summary.json", "contents.json", "screen.png"
SMALLEST = 200_000  # bytes; no helpdesk takes less
_SPARE = 20_000  # for the list of contents and the ZIP's own lists
_AFTER_SCREEN = ("settings.json", "versions.json", "database.json", "machine.json")


class Breath:
    """Lets other threads go on after some milliseconds of work. The interpreter runs one thread at
    a time: whoever only computes keeps the window from drawing its next frame."""

    WORK_S, PAUSE_S = 0.002, 0.001

    def __init__(self) -> None:
        self._until = 0.0

    def __call__(self) -> None:
        if time.perf_counter() >= self._until:
            time.sleep(self.PAUSE_S)
            self._until = time.perf_counter() + self.WORK_S


class Bundle(Struct, frozen=True):
    """A finished bundle: `items` by name, in the order of use, as they go out."""

    zip: bytes
    items: dict[str, bytes]
    missing: dict[str, str]


def make(
    sources: Sources,
    case: Case,
    *,
    limit: int,
    picture: Picture | None = None,
    secrets: Iterable[str] = (),
) -> tuple[Bundle, Redactor]:
    """Collect, redact and pack; `limit` is the ZIP's size in bytes.

    The redactor comes back with it, so that the ticket's own words hide the same values in the
    same way.
    """
    found, missing = collect(sources, case)
    texts = {name: _text(piece) for name, piece in found.items()}
    redactor = Redactor(secrets, Breath())
    about = _about(case)
    looked = _learn(redactor, sources, [*texts.values(), _text(about), *_texts(picture)])
    about["known_values_looked_for"] = looked
    items = {SUMMARY: _bytes(redactor.value(_json_ready(about)))}
    for name, piece in found.items():
        items[name] = _redacted(redactor, piece)
    if picture is not None:
        try:
            items[SCREEN] = picture.png(lambda text: redactor.text(text) != text)
        except Exception as error:  # a picture is not worth the rest
            missing[SCREEN] = type(error).__name__
    else:
        missing[SCREEN] = "no_screen"
    return pack(_ordered(items), missing, limit), redactor


def pack(items: dict[str, bytes], missing: dict[str, str], limit: int) -> Bundle:
    """As much as `limit` lets into a ZIP, in the items' order; texts may lose their beginning."""
    left = max(limit, SMALLEST) - _SPARE
    kept: dict[str, bytes] = {}
    missing = dict(missing)
    for name, data in items.items():
        size = _packed_size(data)
        if size > left and name.endswith(".txt"):
            data = _last_part(data, left)
            size = _packed_size(data)
            missing[name] = "shortened"
        if size > left:
            missing[name] = "too_large"
            continue
        left -= size
        kept[name] = data
    contents = {
        "items": [{"name": name, "bytes": len(data)} for name, data in kept.items()],
        "missing": [{"name": name, "reason": reason} for name, reason in missing.items()],
    }
    kept[CONTENTS] = _bytes(contents)
    return Bundle(_zip(kept), kept, missing)


def read(data: bytes) -> dict[str, bytes]:
    """The items of a bundle; empty for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()}
    except (zipfile.BadZipFile, OSError):
        return {}


def shrink(data: bytes, limit: int) -> bytes:
    """The same bundle for a helpdesk that takes less."""
    if len(data) <= limit:
        return data
    items = read(data)
    contents = json.loads(items.pop(CONTENTS, b"{}"))
    missing = {part["name"]: part["reason"] for part in contents.get("missing", [])}
    return pack(items, missing, limit).zip


def _learn(redactor: Redactor, sources: Sources, texts: list[str]) -> int:
    if sources.store is None:
        return redactor.learn(texts, ())
    try:
        with sources.store.read() as c:
            return redactor.learn(texts, personal.known(c))
    except Exception:  # a broken store: what it knows can't be looked for, the patterns can
        return redactor.learn(texts, ())


def _about(case: Case) -> dict[str, Any]:
    return {
        "ticket": case.tag,
        "made_at": case.made_at.isoformat(),
        "station": case.station,
        "cause": case.cause,
        "operator": case.operator_id,
        "order": case.order_number,
        "code": case.code,
        "detail": case.detail,
        "system": case.system,
        "trouble": case.trouble,
        "page": case.page,
        "prompt": case.prompt,
        "language": case.language,
        "words": case.words,
    }


def _ordered(items: dict[str, bytes]) -> dict[str, bytes]:
    """The picture goes before what an order seldom hangs on."""
    return dict(sorted(items.items(), key=lambda item: item[0] in _AFTER_SCREEN))


def _texts(picture: Picture | None) -> tuple[str, ...]:
    return picture.texts if picture is not None else ()


def _text(piece: Any) -> str:
    return piece if isinstance(piece, str) else _dumps(piece)


def _redacted(redactor: Redactor, piece: Any) -> bytes:
    if isinstance(piece, str):
        return redactor.text(piece).encode()
    return _bytes(redactor.value(_json_ready(piece)))


def _json_ready(piece: Any) -> Any:
    return json.loads(_dumps(piece))


def _bytes(value: Any) -> bytes:
    return (_dumps(value) + "\n").encode()


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=plain)


def _packed_size(data: bytes) -> int:
    return len(_zip({"x": data}))


def _last_part(data: bytes, limit: int) -> bytes:
    """The end of a text that fits, by halving: logs are read from their end."""
    while data and _packed_size(data) > limit:
        half = data[len(data) // 2 :]
        data = half[half.find(b"\n") + 1 :] if b"\n" in half else b""
    return data


def _zip(items: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in items.items():
            file.writestr(name, data)
    return out.getvalue()
