"""A request and its answer as a person may see them later: without secrets or personal data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

HIDDEN = "•••"
MOST = 4000  # characters of a body

# Field names, lower case, letters only. What isn't named here is looked through by pattern too.
_SECRET = re.compile(
    r"(authori[sz]ation|token|secret|password|senha|apikey|appkey|session|cookie|credential"
    r"|signature|consumerkey)"
)
# fmt: off
_PERSONAL = frozenset((
    "name", "nome", "firstname", "lastname", "fullname", "razaosocial", "contato", "recipient",
    "recipientname", "receivername", "company", "fantasia", "xnome", "customername",
    "document", "documento", "numerodocumento", "cpf", "cnpj", "cpfcnpj", "vat", "rg", "ie",
    "email", "mail", "phone", "telefone", "celular", "fone", "mobile", "ddd", "dddcelular",
    "dddtelefone",
    "street", "streetname", "streetline", "streetline1", "streetline2", "logradouro", "endereco",
    "address", "address1", "address2", "streetnumber", "housenumber", "buildingnumber",
    "unitnumber", "complement", "complemento", "neighborhood", "bairro", "district", "reference",
    "referencia", "fulladdress", "xlgr", "nro", "xcpl", "xbairro",
    "zip", "cep", "postcode", "postalcode",
))
# fmt: on
_RECIPIENT = ("destinatario", "recipient")  # nome_destinatario, logradouro_destinatario...
# What we write to customers calls them by name. Hidden in what we send; in answers it is a reason.
_LETTERS = frozenset(("text", "subject"))
_PATTERNS = (
    (re.compile(r"(?i)\b(bearer|basic|session)\s+[A-Za-z0-9._~+/=:-]{6,}"), r"\1 " + HIDDEN),
    (re.compile(r"\beyJ[A-Za-z0-9._-]{10,}"), HIDDEN),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), HIDDEN),
    (re.compile(r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b"), HIDDEN),
    (re.compile(r"\b[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}\b"), HIDDEN),
    (re.compile(r"\(?\b\d{2}\)?\s?9\d{4}-?\d{4}\b"), HIDDEN),
    (
        re.compile(
            r"(?i)\b([\w-]*(?:token|secret|password|senha|api_?key|consumer_?key|signature))=[^&\s]+"
        ),
        r"\1=" + HIDDEN,
    ),
)


def masked_exchange(request: httpx.Request, response: httpx.Response | None, body: bytes) -> str:
    """Method, path, headers and bodies of a call, cut and masked."""
    path = masked_text(request.url.raw_path.decode("ascii", "replace"))
    parts = [f"{request.method} {path}", _body(request)]
    if response is not None:
        parts += [f"HTTP {response.status_code}", masked_body(body)]
    return "\n".join(part for part in parts if part)


def masked_body(body: bytes, more: frozenset[str] = frozenset()) -> str:
    """JSON by its field names, and by those of `more`; anything else by pattern."""
    text = body[: MOST * 16].decode("utf-8", "replace")
    try:
        text = json.dumps(masked_value(json.loads(body), more=more), ensure_ascii=False)
    except (ValueError, RecursionError):
        text = masked_text(text)
    return text if len(text) <= MOST else text[:MOST] + "…"


def masked_value(value: Any, name: str = "", more: frozenset[str] = frozenset()) -> Any:
    """The same shape with the values of secret and personal fields hidden."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    if isinstance(value, dict):
        return {key: masked_value(inner, str(key), more) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked_value(inner, name, more) for inner in value]
    if value in (None, "", True, False):
        return value
    of_person = plain in _PERSONAL or plain in more or plain.endswith(_RECIPIENT)
    if of_person or _SECRET.search(plain):
        return HIDDEN
    return masked_text(value) if isinstance(value, str) else value


def masked_text(text: str) -> str:
    """Free text without what looks like a secret, a document, an e-mail or a phone."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _body(request: httpx.Request) -> str:
    try:
        return masked_body(request.content, _LETTERS)
    except Exception:  # a streamed body is not kept
        return ""
