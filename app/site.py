"""What a site's one file says to all of its stations: settings, some of them locked."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from app.config import SettingError, check

VARIABLE = "EXPEDITA_SITE"
OWN = Path("/etc/expedita/site.toml")
PACKAGED = Path("/usr/share/expedita/site.toml")  # brought by the package expedita-site
COPY = "site.toml"  # in a data folder: what a file of another computer said last

T = TypeVar("T", bool, str)


class Site(Struct, frozen=True):
    """A site's file, read.

    `defaults` hold instead of the program's own; `locked` hold over everything. `faults` names
    what doesn't fit: it counts as not said, and the rest of the file holds. `is_away` where the
    file that is named couldn't be reached: what it said last time holds.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    kiosk_at_sign_in: bool = False
    wanted_version: str = ""  # empty: none in particular
    faults: tuple[str, ...] = ()
    is_away: bool = False


NO_SITE = Site()


def site_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the site's file is: EXPEDITA_SITE, else the system's place for whole machines.

    On Debian that is the computer's own file, else the one that the warehouse's package brought.
    """
    if named := environ.get(VARIABLE, ""):
        return Path(named)
    if sys.platform == "win32":
        return Path(environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Expedita" / "site.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Expedita/site.toml")
    return PACKAGED if PACKAGED.exists() and not OWN.exists() else OWN


def stamp(environ: Mapping[str, str] = os.environ) -> tuple[str, int]:
    """Another one whenever the site's file of this computer is another; costs next to nothing.

    A file that EXPEDITA_SITE names isn't looked at: its computer may take long to answer.
    """
    if environ.get(VARIABLE, ""):
        return ("", 0)
    path = site_file(environ)
    try:
        return (str(path), path.stat().st_ctime_ns)
    except OSError:
        return ("", 0)


def site_of(home: Path, environ: Mapping[str, str] = os.environ) -> Site:
    """The site's file for the data folder `home`. Never fails: see `Site.faults`.

    A file that EXPEDITA_SITE names may lie on another computer. Its content is kept in `home`, and
    holds while the other computer can't be reached: what is locked stays locked.
    """
    if not environ.get(VARIABLE, ""):
        return read_site(site_file(environ))
    copy = home / COPY
    try:
        content = site_file(environ).read_bytes()
    except OSError:
        return replace(read_site(copy), is_away=True)
    try:
        if not copy.exists() or copy.read_bytes() != content:
            written = copy.with_suffix(".new")
            written.write_bytes(content)
            written.replace(copy)
    except OSError:
        pass  # a full disk is told of elsewhere; the file itself was read
    return _understood(content)


def read_site(path: Path | None = None) -> Site:
    """The site's file; one that isn't there says nothing. Never fails: see `Site.faults`."""
    path = path or site_file()
    try:
        return _understood(path.read_bytes())
    except FileNotFoundError:
        return NO_SITE
    except OSError as error:
        return Site(faults=(str(error),))


def _understood(content: bytes) -> Site:
    import tomllib  # most computers have no such file

    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Site(faults=(str(error),))
    faults = [f"[{name}]" for name in tables if name not in _TABLES]
    defaults = _settings(tables, "settings", faults)
    locked = _settings(tables, "locked", faults)
    at_sign_in = _value(tables, "kiosk", "at_sign_in", False, faults)
    wanted = _value(tables, "update", "version", "", faults)
    return Site(defaults, locked, at_sign_in, wanted, tuple(faults))


_TABLES = ("settings", "locked", "kiosk", "update")


def _settings(tables: Mapping[str, object], name: str, faults: list[str]) -> dict[str, str]:
    """The settings of a table, each in the form in which it is kept."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        faults.append(f"[{name}]")
        return {}
    kept = {}
    for key, value in table.items():
        try:
            kept[key] = check(key, _as_text(value))
        except SettingError as error:
            expected = error.params["expected"]
            faults.append(f"[{name}] {key}" + (f" ({expected})" if expected else ""))
    return kept


def _as_text(value: object) -> str:
    """TOML's own kinds, as the settings write them."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ",".join(_as_text(one) for one in value)
    return str(value)


def _value(tables: Mapping[str, object], name: str, key: str, default: T, faults: list[str]) -> T:
    """One value of a table that is of the default's kind."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        faults.append(f"[{name}]")
        return default
    faults += [f"[{name}] {other}" for other in table if other != key]
    value = table.get(key, default)
    if not isinstance(value, type(default)):
        faults.append(f"[{name}] {key}")
        return default
    return value
