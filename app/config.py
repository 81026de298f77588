"""Where the data lies, and the catalogue of settings: every key, its default and what fits it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
from msgspec import Struct

from app.domain.codes import cnpj_is_valid
from app.domain.gates import USUAL, DueBy, Policy
from app.domain.gates import parse as parse_gates
from app.domain.model import Gate

SECURITY = "security."  # settings that only a supervisor may change
SECOND_FACTOR = "security.second_factor"
GATES = "gates."  # "gates.loja" = "invoice:release": by which step a gate must be done
SHOWN = 60  # letters of a value that doesn't fit
# Empty, or a whole path: a part of one would be another folder wherever the program is started.
_PLACE = r"(?:(?:/|[A-Za-z]:[\\/]|\\\\).{0,399})?"
CUTOFF = "cutoff."  # "cutoff.correios" = "16:30": when the carrier's pickup closes


def data_home(
    chosen: str | Path | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    demo: bool = False,
) -> Path:
    """The data folder: as chosen (--home), else EXPEDITA_HOME, else the system's place for it.

    A demonstration that names no folder gets one of its own, away from real orders.
    """
    named = str(chosen or "") or environ.get("EXPEDITA_HOME", "")
    if named:
        return Path(named).expanduser().absolute()
    name = "expedita-demo" if demo else "expedita"
    return platformdirs.user_data_path(name, appauthor=False)


class SettingError(Exception):
    """A value doesn't fit its setting; the text is SETTING_BAD or SETTING_UNKNOWN.

    `params` hold the key, the value and what would fit (`expected`).
    """

    def __init__(self, code: str, key: str, value: str, expected: str = "") -> None:
        super().__init__(f"{code} {key}")
        self.code = code
        self.params: Mapping[str, object] = {
            "key": key,
            "value": value[:40],
            "expected": expected,
        }


class Setting(Struct, frozen=True):
    """One key of the catalogue.

    `expected` says what fits, in words that need no translation; `clean` gives the value as it
    is kept, or raises ValueError. `choices` is for a screen's list, empty where there is none.
    """

    key: str
    kind: str  # choice, flag, number, text, list, time, zone
    default: str
    expected: str
    clean: Callable[[str], str]
    choices: tuple[str, ...] = ()


def setting(key: str) -> Setting | None:
    """The catalogue's entry for `key`; every `cutoff.<carrier>` and `gates.<channel>` has one."""
    if key.startswith(GATES) and key[len(GATES) :].strip():
        return Setting(key, "text", "", "payment:release,stock:release,invoice:pack", _gates)
    if key.startswith(CUTOFF) and key[len(CUTOFF) :].strip():
        return Setting(key, "time", "", "HH:MM", _clock_time)
    return CATALOGUE.get(key)


def check(key: str, value: str) -> str:
    """The value as it is kept.

    Raises:
        SettingError: SETTING_UNKNOWN, SETTING_BAD.
    """
    entry = setting(key)
    if entry is None:
        raise SettingError("SETTING_UNKNOWN", key, value)
    try:
        return entry.clean(value.strip())
    except (ValueError, KeyError, OSError):
        shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
        raise SettingError("SETTING_BAD", key, shown, entry.expected) from None


class Settings(Mapping[str, str]):
    """The current settings, each as text or by its type.

    The program's defaults, over them the site's, over them what was changed here, and over all
    what the site has locked. A kept value that fits no more (a newer version wrote it) counts as
    unchanged.
    """

    def __init__(
        self,
        changed: Mapping[str, str] | None = None,
        *,
        site: Mapping[str, str] | None = None,
        locked: Mapping[str, str] | None = None,
    ) -> None:
        self._values = {key: entry.default for key, entry in CATALOGUE.items()}
        self.locked = frozenset(locked or ())
        for layer in (site, changed, locked):
            for key, value in (layer or {}).items():
                try:
                    self._values[key] = check(key, value)
                except SettingError:
                    continue

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def number(self, key: str) -> int:
        return int(self[key])

    def flag(self, key: str) -> bool:
        return self[key] == "on"

    def items_of(self, key: str) -> tuple[str, ...]:
        """The parts of a comma list."""
        return tuple(part for part in self[key].split(",") if part)

    def zone(self) -> ZoneInfo:
        """The warehouse's own time zone, for what people read."""
        return ZoneInfo(self["timezone"])

    def cutoffs(self) -> dict[str, str]:
        """Carrier -> "HH:MM" of its pickup, in the warehouse's zone."""
        return {
            key.removeprefix(CUTOFF): value
            for key, value in self.items()
            if key.startswith(CUTOFF) and value
        }

    def gates(self, channel: str) -> Policy:
        """By which step each gate of the channel's orders must be done: the channel's own word
        before that for all (`gates.*`), and that before what is usual."""
        policy = dict(USUAL)
        if self.invoice_required(channel):
            policy[Gate.INVOICE] = DueBy.PACK
        for key in (f"{GATES}*", f"{GATES}{channel.casefold()}"):
            policy |= parse_gates(self.get(key, ""))
        return policy

    def invoice_required(self, channel: str) -> bool:
        """Whether the channel's orders need their NF-e before the label."""
        wanted = self.items_of("invoice.channels")
        return "*" in wanted or channel in wanted


# --- what fits ------------------------------------------------------------------------------


def _choice(key: str, *choices: str) -> Setting:
    """The first choice is the default."""
    known = {choice.casefold(): choice for choice in choices}
    return Setting(
        key,
        "choice",
        choices[0],
        ", ".join(filter(None, choices)),
        lambda v: known[v.casefold()],
        choices,
    )


def _flag(key: str, default: str) -> Setting:
    known = {"on": "on", "off": "off"}
    return Setting(key, "flag", default, "on, off", lambda v: known[v.casefold()], ("on", "off"))


def _number(key: str, default: int, low: int, high: int) -> Setting:
    def clean(value: str) -> str:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError
        return str(int(value))

    return Setting(key, "number", str(default), f"{low}-{high}", clean)


def _text(
    key: str, default: str = "", pattern: str = ".{0,120}", expected: str = "0-120"
) -> Setting:
    def clean(value: str) -> str:
        if not re.fullmatch(pattern, value) or not (value.isprintable() or not value):
            raise ValueError
        return value

    return Setting(key, "text", default, expected, clean)


def _list(key: str, default: str, pattern: str, expected: str) -> Setting:
    def clean(value: str) -> str:
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(re.fullmatch(pattern, part) for part in parts):
            raise ValueError
        return ",".join(dict.fromkeys(parts))

    return Setting(key, "list", default, expected, clean)


def _cnpjs(value: str) -> str:
    """CNPJs without their punctuation; letters are of the form that starts in July 2026."""
    parts = [re.sub(r"[./\s-]", "", part).upper() for part in value.split(",")]
    parts = [part for part in parts if part]
    if not all(cnpj_is_valid(part) for part in parts):
        raise ValueError
    return ",".join(dict.fromkeys(parts))


def _cep(value: str) -> str:
    digits = value.replace("-", "").replace(".", "")
    if digits and not re.fullmatch(r"[0-9]{8}", digits):
        raise ValueError
    return digits


def _clock_time(value: str) -> str:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])", value)
    if value and not found:
        raise ValueError
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _gates(value: str) -> str:
    return ",".join(f"{gate.value}:{due.value}" for gate, due in parse_gates(value).items())


def _zone(value: str) -> str:
    return ZoneInfo(value).key


# fmt: off
_STATES = (
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB",
    "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
)
# fmt: on

CATALOGUE: Mapping[str, Setting] = {
    entry.key: entry
    for entry in (
        _choice("language", "pt", "en"),
        _choice("theme", "light", "dark", "contrast"),
        _text("station.name", "Estação 1", ".{1,40}", "1-40"),
        _text("station.bench", "B-01", "[A-Z0-9-]{1,20}", "A-Z 0-9 -"),
        Setting(
            "timezone", "zone", "America/Sao_Paulo", "America/Sao_Paulo, America/Manaus", _zone
        ),
        _number("lock.minutes", 10, 0, 240),  # 0: never
        _flag(SECOND_FACTOR, "on"),
        _number("security.keep_days", 90, 0, 3650),  # 0: for ever
        _text("scanner.prefix", "", r"[\x21-\x7e]{0,8}", "0-8 ASCII"),
        _text("scanner.suffix", "", r"[\x21-\x7e]{0,8}", "0-8 ASCII"),
        _choice("scanner.terminator", "enter", "tab", "none"),
        _number("scanner.max_gap_ms", 35, 5, 500),
        _number("scanner.cooldown_ms", 700, 0, 10_000),
        _text("scanner.serial_port", "", r"[\x21-\x7e]{0,120}", "COM3, /dev/ttyACM0"),
        _choice("scanner.serial_baud", "9600", "19200", "38400", "57600", "115200"),
        _text("scale.port", "", r"[\x21-\x7e]{0,120}", "COM4, /dev/ttyUSB0"),
        _choice("scale.protocol", "enq", "continuous", "lines"),
        _choice("scale.baud", "9600", "2400", "4800", "19200"),
        _choice("scale.framing", "8N1", "7E1", "7O1", "8N2"),
        # Where they are empty: a folder in the data folder.
        _text("pictures.folder", "", _PLACE, "/PATH, C:\\PATH"),
        _text("backup.folder", "", _PLACE, "/PATH, C:\\PATH"),
        _number("weight.tolerance_g", 50, 0, 5000),
        _number("weight.tolerance_percent", 5, 0, 50),
        _flag("pack.weigh", "off"),
        _list("invoice.channels", "", r"\*|[^,\x00-\x1f]{1,40}", "*, loja, marketplace"),
        Setting("company.cnpjs", "list", "", "CNPJ, CNPJ", _cnpjs),
        _text("company.name"),
        _text("company.street"),
        _text("company.number", "", ".{0,20}", "0-20"),
        _text("company.complement"),
        _text("company.district"),
        _text("company.city"),
        _choice("company.state", "", *_STATES),
        Setting("company.cep", "text", "", "00000-000", _cep),
        _list("health.hosts", "", r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?", "HOST:PORT, HOST:PORT"),
        _text("health.time_server", "", r"[A-Za-z0-9.-]{0,253}", "a.st1.ntp.br"),
        _number("health.disk_warn_mb", 2000, 100, 10_000_000),
        _list("alerts.mail_to", "", r"[^\s,@]{1,64}@[^\s,@]{1,190}", "E-MAIL, E-MAIL"),
        _number("alerts.after_s", 60, 0, 86_400),
        _number("health.port", 9464, 0, 65_535),  # of the worker's /metrics and /healthz; 0: none
        _text("correios.card", "", "[0-9]{0,10}", "0-10 digits"),  # cartão de postagem
        _number("tracking.low_at", 200, 0, 1_000_000),  # warn when fewer codes are left
        _choice("helpdesk.kind", "inbox", "email", "rt", "redmine", "glpi", "zammad", "jira"),
        _text("helpdesk.url", "", r"(https?://[^\s@]{3,200})?", "https://…"),
        _text("helpdesk.account", "", r"\S{0,120}", "E-MAIL"),
        _text("helpdesk.queue", "", ".{0,80}", "0-80"),
        _text("helpdesk.type", "", "[0-9]{0,10}", "0-9"),
        _number("helpdesk.limit_mb", 0, 0, 100),  # 0: what the helpdesk is known to take
        _number("helpdesk.review_s", 20, 0, 3600),  # to look at a ticket before it goes
        _text("mail.host", "", r"[A-Za-z0-9.:_-]{0,253}", "smtp.example.com"),
        _number("mail.port", 587, 1, 65_535),
        _choice("mail.security", "starttls", "tls", "none"),
        _text("mail.account", "", r"\S{0,120}", "E-MAIL"),
        _text("mail.sender", "", r"\S{0,120}", "E-MAIL"),
        _text("mail.imap_host", "", r"[A-Za-z0-9.:_-]{0,253}", "imap.example.com"),
        _number("mail.imap_port", 993, 1, 65_535),
    )
}
