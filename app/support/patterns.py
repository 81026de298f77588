"""What personal data and secrets look like in text, whoever wrote them.

The patterns lean to the safe side: a code that happens to be a valid CPF is hidden too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.domain.codes import cnpj_is_valid, cpf_is_valid
from app.support.names import GIVEN

SECRET = "[segredo]"
Name = Callable[[str, str], str]  # (kind, value) -> what stands for it

_SECRET_WORDS = (
    r"password|passwd|passphrase|passwort|pwd|senha|secret|segredo|token|api[_-]?key|apikey|"
    r"access[_-]?key|private[_-]?key|client[_-]?secret|session[_-]?id|cookie|(?<![a-z])pin(?![a-z])|chave[_-]?api|"
    r"authorization|autoriza[cç][aã]o|credential|credencial"
)
_BLOCKS = (  # what may go over several lines
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.S),
    re.compile(r"(?<=\^FD).*?(?=\^FS|$)", re.S | re.M),  # what a ZPL label prints
)
_SECRETS = (
    re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}(\.[\w-]*)?"),  # a JSON web token
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # user:password@host
    re.compile(r"\b(?:Bearer|Basic|Token|Digest)\s+[\w.~+/=-]{6,}", re.I),
    # Its own name says that it is one, in text, in JSON, in a query or in a header.
    re.compile(
        rf"(?<![A-Za-z])[\w-]*(?:{_SECRET_WORDS})[\w-]*[\"']?\s*[:=]\s*"
        r"(?:\"[^\"\n]*\"|'[^'\n]*'|(?:(?:Bearer|Basic|Token|Digest)\s+)?[^\s,;&\"']+)",
        re.I,
    ),
    re.compile(
        r"\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abp]|shpat|shpss|APP_USR|TEST|AKIA|AIza)"
        r"[_-]?[\w-]{12,}"
    ),
    re.compile(r"\b[0-9a-fA-F]{32,}\b(?!-)"),
    # Long runs of mixed letters and digits: keys in base64 and the like.
    re.compile(r"(?<![\w/+-])(?=[\w/+-]*[0-9])(?=[\w/+-]*[a-z])(?=[\w/+-]*[A-Z])[\w/+]{24,}={0,2}"),
)
_EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_NFE_KEY = re.compile(r"(?<![0-9A-Z])(?:NFe)?[0-9]{6}[0-9A-Z]{12}[0-9]{26}(?![0-9A-Z])")
_CNPJ = re.compile(
    r"(?<![\w.])[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-?[0-9]{2}(?!\w)"
    r"|(?<!\w)[0-9A-Z]{8}/[0-9A-Z]{4}-?[0-9]{2}(?!\w)"
)
_CPF = re.compile(
    r"(?<![\w.])[0-9]{3}\.[0-9]{3}\.[0-9]{3}[-. /]?[0-9]{2}(?!\w)|(?<!\w)[0-9]{9}-[0-9]{2}(?!\w)"
)
_BARE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Z]{12}[0-9]{2}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9]{11}(?![0-9A-Za-z])"
)
_PHONE = re.compile(
    r"(?<![\w.])(?:\+?55[\s.-]?)?(?:\([1-9][0-9]\)\s?|[1-9][0-9][\s.-])(?:9[\s.]?[0-9]{4}|[2-9][0-9]{3})"
    r"[\s.-]?[0-9]{4}(?!\w)"
    r"|\+?(?<!\w)55[1-9][0-9]9?[2-9][0-9]{7}(?!\w)"
    r"|(?<!\w)[1-9][0-9](?:9[0-9]{8}|[2-5][0-9]{7})(?!\w)"
    r"|(?<![\w.-])9?[2-9][0-9]{3}-[0-9]{4}(?![\w-])"
)
_CEP = re.compile(
    r"(?<![\w-])[0-9]{2}\.?[0-9]{3}-[0-9]{3}(?![\w-])|(?<=CEP )[0-9]{8}|(?<=cep )[0-9]{8}"
)
_UPPER = "A-ZÀ-ÖØ-Þ"
_ADDRESS = re.compile(
    r"\b(?:Rua|R\.|RUA|Avenida|AVENIDA|Av\.?|AV\.?|Travessa|TRAVESSA|Tv\.|Alameda|ALAMEDA|Al\.|"
    r"Praça|Praca|PRAÇA|PRACA|Pç\.?|Rodovia|RODOVIA|Rod\.|Estrada|ESTRADA|Estr\.|Largo|LARGO|"
    rf"Viela|VIELA)\s+(?:(?:d[aeo]s?|D[AEO]S?)\s+)?[{_UPPER}0-9][^\n;|\"<>{{}}]{{0,80}}"
)
_LABELLED = re.compile(
    r"\b(nome|name|cliente|customer|destinat[aá]rio|recipient|comprador|buyer|operador|operator|"
    r"usu[aá]rio|username|user|motorista|driver|endere[cç]o|address|logradouro|street|bairro|"
    r"district|complemento|complement)(\"?'?\s*[:=]\s*\"?'?)([^\"'\n,;|]{2,80})",
    re.I,
)
_WORD = rf"[{_UPPER}][\w'’-]+"
_PEOPLE = re.compile(rf"\b{_WORD}(?:\s+(?:(?:da|de|do|das|dos|e|DA|DE|DO|DAS|DOS|E)\s+)?{_WORD})*")
_HOME = re.compile(r"((?:/home/|/Users/|\\Users\\|/users/))([^/\\\s\"':]+)")
_PLAIN = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ",
    "aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUY",
)


def plain(text: str) -> str:
    """The text in small letters without accents, character for character as long as before."""
    small = text.translate(_PLAIN).lower()
    return small if len(small) == len(text) else text.translate(_PLAIN)


def names_a_secret(key: str) -> bool:
    """Whether a field of this name holds one."""
    return bool(re.search(_SECRET_WORDS, key, re.I))


def hide_blocks(text: str) -> str:
    """Put `SECRET` in the place of keys and labels, which may go over several lines."""
    for pattern in _BLOCKS:
        text = pattern.sub(SECRET, text)
    return text


def hide_secrets(text: str) -> str:
    """Put `SECRET` in the place of what can open something and stands on one line."""
    for pattern in _SECRETS:
        text = pattern.sub(SECRET, text)
    return text


def hide_personal(text: str, name: Name) -> str:
    """Put `name(kind, value)` in the place of what looks like personal data."""
    text = _EMAIL.sub(lambda m: name("email", m[0].lower()), text)
    text = _NFE_KEY.sub(lambda m: name("nfe", m[0].removeprefix("NFe")), text)
    text = _CNPJ.sub(lambda m: name("cnpj", _signs(m[0])), text)
    text = _CPF.sub(lambda m: name("cpf", _signs(m[0])), text)
    text = _BARE.sub(lambda m: _bare(m[0], name), text)
    text = _PHONE.sub(lambda m: name("telefone", _signs(m[0])[-11:]), text)
    text = _CEP.sub(lambda m: name("cep", _signs(m[0])), text)
    text = _LABELLED.sub(
        lambda m: m[0] if _is_hidden(m[3]) else m[1] + m[2] + name("dado", plain(m[3].strip())),
        text,
    )
    text = _ADDRESS.sub(lambda m: name("endereco", plain(m[0].strip())), text)
    text = _PEOPLE.sub(lambda m: _person(m[0], name), text)
    return _HOME.sub(lambda m: m[1] + name("usuario", m[2].lower()), text)


def mask(text: str) -> str:
    """The text with a plain sign in each place: for what has no ticket, as a line of the log."""
    return hide_personal(hide_secrets(hide_blocks(text)), lambda kind, value: f"[{kind}]")


def _signs(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _bare(code: str, name: Name) -> str:
    if len(code) == 14:
        return name("cnpj", code) if cnpj_is_valid(code) else code
    return name("cpf", code) if cpf_is_valid(code) else code


def _person(words: str, name: Name) -> str:
    """Names come in two or more words, one of the first two a known given name."""
    parts = [plain(word) for word in words.split()]
    if len(parts) > 1 and any(part in GIVEN for part in parts[:2]):
        return name("pessoa", " ".join(parts))
    return words


def _is_hidden(value: str) -> bool:
    return value.strip().startswith("[")
