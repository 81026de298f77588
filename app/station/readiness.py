"""What the first label of a console would wait for, done while its order is packed.

It is a tenth of a second of Python, most of it to read ReportLab and the letters. A start does none
of it, and a station that only picks never does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from app.domain.codes import s10
from app.flow.courtesy import Courtesy
from app.station.printing import Press
from app.store.database import Store

_PAUSE_S = 0.03  # between two pieces, so that the window is painted meanwhile
_NOBODYS = s10("QB", 0, "BR")  # a code as carriers' are; nothing of it is kept


def get_ready(press: Press, store: Store, order_id: int, courtesy: Courtesy) -> None:
    """Read and lay out all of it in pieces, beside the station; scans go first.

    Args:
        order_id: its label is made for nobody; 0 where none is at hand.
    """
    for _ in _pieces(press, store, order_id):
        time.sleep(_PAUSE_S)
        courtesy.give_way()


def _pieces(press: Press, store: Store, order_id: int) -> Iterator[None]:
    documents = press.documents
    yield
    from reportlab.pdfbase import ttfonts  # noqa: F401

    yield
    from app.labels import fonts, to_pdf

    for bold in (False, True):
        fonts.face(bold)
        yield
    fonts.harmless()
    yield
    to_pdf.write([], title="")
    yield
    if not order_id:
        return
    with store.read() as c:
        data, dpi = documents.label_data(c, order_id, 1, _NOBODYS), press.labels.dpi(c)
    documents.new_label(data, dpi)
