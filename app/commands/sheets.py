"""`expedita sheet`: a PDF of codes to print and scan."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.commands import data_folder, shell, usage
from app.commands.parsing import misused


def add(commands: Any) -> None:
    sheet = commands.add_parser("sheet", help="a PDF of codes to print and scan")
    sheet.add_argument(
        "kind", help="commands, badges, totes, bins, benches, docks, boxes, printers or products"
    )
    sheet.add_argument("codes", nargs="*", help="codes; none: all that the warehouse knows")
    sheet.add_argument(
        "--output", "-o", type=Path, default=None, metavar="FILE.pdf", help="none: KIND.pdf here"
    )
    sheet.set_defaults(run=_sheet)


def _sheet(options: argparse.Namespace) -> int:
    from app.station.codesheet import BadCode, UnknownKind, make

    with data_folder.engine(options) as engine:
        language = engine.settings["language"]
        try:
            with engine.store.read() as c:
                pdf = make(c, options.kind, options.codes, engine.operators, language)
        except UnknownKind as unknown:
            return misused("expedita sheet", usage.says("there is no sheet of %s") % unknown)
        except BadCode as bad:
            problem = usage.says("%s can't be such a code: A-Z, 0-9 and -") % bad
            return misused("expedita sheet", problem)
    target = options.output or Path(f"{options.kind}.pdf")
    try:
        target.write_bytes(pdf)
    except OSError as error:
        params = {"file": str(target), "detail": error.strerror or ""}
        return shell.fail("SHEET_NOT_WRITTEN", params)
    print(target)
    return shell.DONE
