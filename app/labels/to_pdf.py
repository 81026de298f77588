"""Pages as PDF with embedded fonts. The same pages give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.labels import code128
from app.labels.fonts import font_name
from app.labels.page import Bars, Mark, Matrix, Page, Rule, Text

rl_config.useA85 = 0  # nobody reads a label's PDF as text, and writing it so takes a fifth longer

_ASCENT = 0.93  # of DejaVu Sans: from the top of a line to its baseline


def write(pages: Iterable[Page], *, title: str) -> bytes:
    """A PDF of the pages in their own sizes. `title` must not hold personal data."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Expedita")
    for page in pages:
        canvas.setPageSize((page.width * mm, page.height * mm))
        for mark in page.marks:
            _draw(canvas, mark, page.height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _matrix(text: str) -> list[list[int]]:
    from ppf.datamatrix import DataMatrix  # slow to import, and only some carriers' labels need it

    return [list(row) for row in DataMatrix(text).matrix]


def _draw(canvas: Canvas, mark: Mark, top: float) -> None:
    match mark:
        case Text(x, y, text, size, bold):
            canvas.setFont(font_name(bold), size * mm)
            canvas.drawString(x * mm, (top - y - size * _ASCENT) * mm, text)
        case Rule(x, y, width, height):
            canvas.rect(x * mm, (top - y - height) * mm, width * mm, height * mm, 0, 1)
        case Matrix(x, y, module, text):
            cells = canvas.beginPath()
            for row, dark in enumerate(_matrix(text)):
                bottom = (top - y - (row + 1) * module) * mm
                for column, is_dark in enumerate(dark):
                    if is_dark:
                        cells.rect((x + column * module) * mm, bottom, module * mm, module * mm)
            canvas.drawPath(cells, stroke=0, fill=1)
        case Bars(center, y, height, code, module):
            bars = canvas.beginPath()
            x = center - code128.modules(code) * module / 2
            for i, width in enumerate(code128.bars(code)):
                if i % 2 == 0:
                    bars.rect(x * mm, (top - y - height) * mm, width * module * mm, height * mm)
                x += width * module
            canvas.drawPath(bars, stroke=0, fill=1)
