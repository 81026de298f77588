"""Labels as pictures: ZPL drawn by Node, PDF by pdfium; and what a scanner reads from them."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

_FOLDER = Path(__file__).parent / "zpl"


@cache
def _renderer() -> subprocess.Popen[str]:
    beside = Path(sys.executable).parent
    node = shutil.which("node", path=str(beside)) or shutil.which("node")
    if node is None or not (_FOLDER / "node_modules").is_dir():
        raise RuntimeError("The ZPL renderer is missing: run `python3 packaging/dev.py test`.")
    return subprocess.Popen(
        [node, str(_FOLDER / "render.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def zpl_pages(
    zpl: bytes, *, dpi: int = 203, width: float = 100, height: float = 150
) -> list[Image.Image]:
    """One picture a label, in the printer's own dots; as wide as the label says, if it does.

    On wider paper the renderer centres it dot by dot, which takes longer than all the rest.
    """
    dpmm = {203: 8, 300: 12}[dpi]
    said = {int(dots) for dots in re.findall(rb"\^PW(\d+)", zpl)}
    assert all(dots <= width * dpmm for dots in said), f"wider than its paper: {said}"
    if said:
        width = max(said) / dpmm
    request = {"zpl": zpl.decode("ascii"), "width": width, "height": height, "dpmm": dpmm}
    renderer = _renderer()
    assert renderer.stdin is not None
    assert renderer.stdout is not None
    renderer.stdin.write(json.dumps(request) + "\n")
    renderer.stdin.flush()
    answer = json.loads(renderer.stdout.readline())
    assert "images" in answer, answer.get("error")
    return [
        Image.open(io.BytesIO(base64.b64decode(image))).convert("L") for image in answer["images"]
    ]


def pdf_pages(pdf: bytes, *, dpi: int = 406) -> list[Image.Image]:
    """One picture a page, as a printer of that resolution would draw it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def pdf_text(pdf: bytes) -> str:
    """All text of all pages, spaces and line ends made one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(texts).split())


def codes(picture: Image.Image) -> list[str]:
    """Every Code 128 on the picture, from top to bottom."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]
