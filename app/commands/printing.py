"""`expedita print`, `printers` and `label`: documents on paper or in a file, and where they go."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from msgspec import structs

from app.commands import data_folder, language, shell
from app.commands.parsing import add_json, count
from app.domain.printing import Document
from app.domain.security_entries import DataExported
from app.domain.texts import word
from app.engine import Engine
from app.station.paper import Paper
from app.station.views import Feedback

NUMBER = "the order's number"
_OF_ORDERS = tuple(
    kind.value for kind in Document if kind not in (Document.ROMANEIO, Document.TEST_PAGE)
)


def add(commands: Any) -> None:
    _print_parser(commands)
    _printers_parser(commands)
    label = commands.add_parser("label", help="labels that a carrier made").add_subparsers(
        required=True, metavar="supply"
    )
    supply = label.add_parser("supply", help="keep the carrier's ZPL or PDF for an order's box")
    supply.add_argument("number", help=NUMBER)
    supply.add_argument("file", type=Path, help="the label, as ZPL or PDF")
    supply.add_argument("--tracking", required=True, help="the code that the label bears")
    supply.add_argument(
        "--package",
        type=count(),
        default=1,
        metavar="N",
        help="which package of the order; %(default)s else",
    )
    supply.set_defaults(run=_supply)


def _print_parser(commands: Any) -> None:
    printing = commands.add_parser("print", help="a document, or a test page").add_subparsers(
        required=True, metavar="order|manifest|test"
    )
    order = printing.add_parser("order", help="a document of an order")
    order.add_argument("number", help=NUMBER)
    order.add_argument(
        "--document",
        choices=_OF_ORDERS,
        default=Document.SHIPPING_LABEL.value,
        help="which document; %(default)s else",
    )
    _where(order)
    order.set_defaults(run=_print_order)
    manifest = printing.add_parser("manifest", help="both copies of a romaneio")
    manifest.add_argument("number", help="the manifest's number")
    _where(manifest)
    manifest.set_defaults(run=_print_manifest)
    test = printing.add_parser("test", help="a test page")
    test.add_argument("printer", help="its code")
    test.set_defaults(run=_print_test)


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", default="", help="a printer's code, or a file; none: the station's")
    parser.add_argument("--format", choices=("pdf", "zpl"), help="of a file; none: by its ending")
    _add_dpi(parser)
    parser.add_argument("--reason", default="", help="why a further copy (2ª via) is needed")


def _add_dpi(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dpi",
        type=int,
        choices=(203, 300, 600),
        default=203,
        help="dots an inch of the printer; %(default)s else",
    )


def _printers_parser(commands: Any) -> None:
    printers = commands.add_parser("printers", help="the warehouse's printers and their state")
    add_json(printers)
    printers.set_defaults(run=_list)
    more = printers.add_subparsers(metavar="[add|remove|use]")
    new = more.add_parser("add", help="add a printer, or change one")
    new.add_argument("code", help="letters and digits, for its barcode")
    new.add_argument(
        "uri", help="its address: socket://IP:9100?zebra=1, ipp://..., device:..., folder:..."
    )
    new.add_argument("--name", default="", help="how people call it; its code else")
    _add_dpi(new)
    new.set_defaults(run=_add)
    remove = more.add_parser("remove", help="take a printer out")
    remove.add_argument("code", help="its code")
    remove.set_defaults(run=_remove)
    use = more.add_parser("use", help="let this station print on it")
    use.add_argument("code", help="its code")
    use.add_argument(
        "--document",
        choices=[kind.value for kind in Document],
        default="",
        help="for this document only; none: for all",
    )
    use.set_defaults(run=_use)


def _print_order(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        if _is_file(options.to):
            return _write(engine, options, options.document)
        desk = engine.printing_unattended()
        asked = desk.document(options.document, options.number, options.reason, options.to)
        return shell.said(asked)


def _print_manifest(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        if _is_file(options.to):
            return _write(engine, options, Document.ROMANEIO)
        desk = engine.printing_unattended()
        return shell.said(desk.romaneio(options.number, options.reason, options.to))


def _print_test(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        return shell.said(engine.printing_unattended().test(options.printer))


def _is_file(target: str) -> bool:
    """A printer's code has neither a dot nor a slash."""
    return "." in target or "/" in target or "\\" in target


def _write(engine: Engine, options: argparse.Namespace, document: str) -> int:
    path = Path(options.to)
    kind = options.format or ("zpl" if path.suffix.lower() == ".zpl" else "pdf")
    made = engine.printing_unattended().render(document, options.number, Paper(kind, options.dpi))
    if isinstance(made, Feedback):
        return shell.said(made)
    path.write_bytes(made)
    engine.audit.record(DataExported(document, 1))
    print(path)
    return shell.DONE


def _list(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        desk = engine.printing_unattended()
        states = desk.states()
        rows = [
            {**structs.asdict(one), "state": structs.asdict(states[one.code])}
            for one in desk.printers()
        ]
        if options.json:
            shell.print_json(rows)
            return shell.DONE
        lang = language.spoken()
        for row in rows:
            state = row["state"]
            how = "✔" if state["ready"] else f"✖ {word(state['detail'] or state['code'], lang)}"
            used = " ".join(word(kind, lang) if kind else "*" for kind in row["documents"])
            print(f"{row['code']:<20} {row['name']:<20} {how:<28} {row['uri']}  {used}")
        return shell.DONE


def _add(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        name = options.name or options.code
        desk = engine.printing_unattended()
        return shell.said(desk.put_printer(options.code, name, options.uri, options.dpi))


def _remove(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        return shell.said(engine.printing_unattended().remove_printer(options.code))


def _use(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        desk = engine.printing_unattended()
        return shell.said(desk.use(options.code, options.document))


def _supply(options: argparse.Namespace) -> int:
    with data_folder.engine(options) as engine:
        data = options.file.read_bytes()
        kept = engine.supply_label(options.number, options.package, options.tracking, data)
        return shell.said(kept)
