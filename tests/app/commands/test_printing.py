"""`expedita print`, `printers` and `label`, as a shell would run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from tests.support import homes
from tests.support.raster import codes, pdf_pages, pdf_text, zpl_pages
from tests.support.socket_printer import SocketPrinter

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on a demo warehouse of its own: exit code, output, error output."""
    homes.demo_home(tmp_path / "home")

    def command(*words: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), "--demo", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_slip_is_printed_and_a_further_copy_needs_its_reason(run: Run, tmp_path: Path) -> None:
    slip = ("print", "order", "10001", "--document", "packing-slip")
    assert run(*slip)[0] == 0
    code, _, error = run(*slip)
    assert code == 1
    assert error.startswith("PRINT_AGAIN_REASON · ")
    assert len(error.split(" · ")) == 4
    assert run(*slip, "--reason", "rasgou")[0] == 0
    assert len(list((tmp_path / "home" / "printed").glob("conteudo-*"))) == 2


@pytest.mark.parametrize("name", ["slip.pdf", "slip.zpl"])
def test_a_document_is_written_to_a_file_in_the_form_of_its_ending(
    run: Run, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    document = ("--document", "gift-slip", "--to", str(target))
    assert run("print", "order", "10001", *document) == (0, f"{target}\n", "")
    data = target.read_bytes()
    pages = zpl_pages(data) if name.endswith("zpl") else pdf_pages(data)
    assert codes(pages[0]) == ["10001"]
    code, listed, _ = run("audit", "list", "--group", "access", "--json")
    assert code == 0
    assert json.loads(listed)[0]["kind"] == "DataExported"


def test_what_can_not_be_printed_says_why(run: Run) -> None:
    assert run("print", "order", "99999")[2].startswith("ORDER_UNKNOWN · ")
    assert run("print", "order", "10001")[2].startswith("LABEL_NONE · ")
    assert run("print", "order", "10001", "--document", "danfe")[2].startswith("NFE_MISSING · ")
    assert run("print", "manifest", "R-0")[2].startswith("MANIFEST_UNKNOWN · ")
    assert run("print", "test", "NONE")[2].startswith("PRINTER_UNKNOWN · ")


def test_printers_are_added_listed_with_their_state_tested_and_removed(run: Run) -> None:
    with SocketPrinter() as printer:
        uri = f"socket://{printer.host}:{printer.port}?zebra=1"
        assert run("printers", "add", "Z-01", uri, "--name", "Bancada 1")[0] == 0
        assert run("printers", "use", "Z-01", "--document", "shipping-label")[0] == 0
        printer.head_open = True
        code, listed, _ = run("printers", "--json")
        assert code == 0
        first, folder = json.loads(listed)
        assert (first["code"], first["documents"]) == ("Z-01", ["shipping-label"])
        assert first["state"] == {"ready": False, "code": "PRINTER_DOWN", "detail": "head_open"}
        assert folder["state"]["ready"]
        assert "tampa aberta" in run("printers")[1]
        printer.head_open = False
        assert run("print", "test", "Z-01")[0] == 0
        (page,) = zpl_pages(printer.wait_for(1)[0])
        assert codes(page) == ["EXPEDITA-TESTE"]
    assert run("printers", "remove", "Z-01")[0] == 0
    assert run("printers", "add", "pdf", "folder:/tmp")[2].startswith("PRINTER_CODE_BAD · ")
    assert run("printers", "add", "X", "lpd://old")[2].startswith("PRINTER_ADDRESS · ")


def test_a_carriers_label_is_kept_and_shown_as_it_came(run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "label.pdf"
    assert run("print", "order", "10001", "--to", str(theirs))[0] == 0  # a draft of ours
    assert "PREVIA" in pdf_text(theirs.read_bytes())
    supply = ("label", "supply", "10001", str(theirs), "--tracking", "ME123456789BR")
    assert run(*supply)[0] == 0
    again = tmp_path / "again.pdf"
    assert run("print", "order", "10001", "--to", str(again))[0] == 0
    assert again.read_bytes() == theirs.read_bytes()
    other = ("label", "supply", "10002", str(theirs), "--tracking", "ME123456789BR")
    assert run(*other)[2].startswith("TRACKING_TAKEN · ")
