"""`expedita backup`, `verify`, `restore`, `recovery`: copies of the store, and back from them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from app.backups import archive, helping, making, report
from app.backups.making import Check
from app.commands import data_folder, language, shell
from app.commands.parsing import add_json
from app.config import data_home
from app.security.recovery import RecoveryNote
from app.store.integrity import faults_of


def add(commands: Any) -> None:
    backup = commands.add_parser("backup", help="back the store up now, or list the backups")
    backup.add_argument("--list", action="store_true", help="show what backups there are")
    add_json(backup)
    backup.set_defaults(run=_backup)
    verify = commands.add_parser("verify", help="read the store and its backups whole")
    verify.add_argument("file", nargs="?", type=Path, help="one backup only")
    add_json(verify)
    verify.set_defaults(run=_verify)
    restore = commands.add_parser("restore", help="bring the store back from a backup")
    restore.add_argument("file", nargs="?", type=Path, help="the backup; none: the last good one")
    add_json(restore)
    data_folder.add_badge(restore)
    restore.set_defaults(run=_restore)
    recovery = commands.add_parser("recovery", help="the key that opens backups elsewhere")
    recovery.add_argument("--new", action="store_true", help="make another one")
    recovery.add_argument(
        "-o", "--output", type=Path, metavar="FILE.pdf", help="write it as a sheet"
    )
    data_folder.add_badge(recovery)
    recovery.set_defaults(run=_recovery)


def _backup(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        if not options.list:
            made = engine.backups.make()
            if options.json and made.code == "BACKUP_MADE":
                shell.print_json(dict(made.params))
                return shell.DONE
            return shell.said(made)
        found = archive.listed(engine.backups.folder)
        if options.json:
            shell.print_json([{**asdict(one), "size": one.size} for one in found])
            return shell.DONE
        zone = engine.settings.zone()
        for one in found:
            at = one.made_at.astimezone(zone)
            print(f"{at:%Y-%m-%d %H:%M:%S}  {one.kind:<8}{one.size:>14}  {one.path}")
        return shell.DONE


def _verify(options: argparse.Namespace) -> int:
    home = data_home(options.home, demo=options.demo)
    key = data_folder.open_key(options, home)
    if options.file:
        checks = {
            str(options.file): making.check(
                options.file, helping.keys_for(home, key, options.file, _ask)
            )
        }
    else:
        store = home / "expedita.db"
        faults = faults_of(store, key) if store.exists() else ["it is not there"]
        folder = archive.folder_of(RecoveryNote(home).folder, home, key)
        keys = making.keys_of(home, key)
        checks = {str(store): Check(faults=tuple(faults))}
        checks |= {str(one.path): making.check(one.path, keys) for one in archive.listed(folder)}
    bad = {name: found for name, found in checks.items() if not found.is_good}
    if options.json:
        shell.print_json(checks)
        return shell.REFUSED if bad else shell.DONE
    for name, found in bad.items():
        shell.fail("BACKUP_BAD", {"detail": f"{name}: {'; '.join(found.faults[:3])}"})
    if bad:
        return shell.REFUSED
    if options.file:
        return shell.tell("BACKUP_GOOD", {"file": str(options.file)})
    return shell.tell("VERIFIED", {"count": len(checks) - 1})


def _restore(options: argparse.Namespace) -> int:
    home = data_home(options.home, demo=options.demo)
    key = data_folder.open_key(options, home)
    if options.file:  # without one only a store that can't be used is replaced
        data_folder.guard_restore(options, home, key)
    done = helping.restore_into(home, key, options.file, _ask)
    if options.json:
        shell.print_json(done)
        return shell.DONE
    print(" ".join(helping.said(done, language.spoken())))
    print("\n".join(report.lines(done, language.spoken())))
    return shell.DONE


def _recovery(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data_folder.second_factor(engine, options, "data.export")  # it opens every backup
        if options.new:
            engine.backups.renew_key()
        if not engine.backups.key_is_due:
            return shell.fail("RECOVERY_KEY_SHOWN", {})
        if options.output:
            options.output.write_bytes(engine.recovery_sheet())
            print(options.output)
        else:
            print(engine.backups.recovery_key())
        engine.recovery_key_was_kept()
        return shell.DONE


def _ask() -> str:
    return data_folder.secret("Chave de recuperação / recovery key: ")
