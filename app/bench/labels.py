"""How fast labels are laid out and written, beside a naive page and a bare template."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from app.bench.report import Report, median, ratio
from app.domain.model import Address
from app.labels import shipping, shipping_pdf, shipping_zpl, to_pdf
from app.labels.data import DanfeData, LabelData

BATCH = 1_000
_SINCE = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
_FROM = Address("13347070", "Av. Três Pontes", "1500", "Galpão 4", "Pimenta", "Indaiatuba", "SP")
_TEMPLATE = (
    "^XA^CI28^LH0,0^PW799^LL1199^PQ1\n^FO32,24^A0N,37,40^FD{carrier}^FS\n"
    "^FO174,105^BY3^BCN,112,N,N,N,A^FD{tracking}^FS\n^FO270,224^A0N,32,35^FD{tracking}^FS\n"
    "^FO32,300^A0N,42,46^FD{name}^FS\n^FO32,350^A0N,42,46^FD{street}, {house}^FS\n"
    "^FO32,400^A0N,42,46^FD{district}^FS\n^FO32,550^A0N,46,51^FDCEP {cep}^FS\n"
    "^FO400,550^A0N,37,40^FD{city} / {state}^FS\n^FO32,700^BY2^BCN,68,N,N,N,A^FD{key}^FS\n^XZ\n"
)


def run(labels: int, repeats: int = 5) -> Report:
    """Labels a second, each made by itself and in batches of 1,000 in one file.

    The figure is of PDF, each label a file; its floor is a page drawn by ReportLab as one would
    who knows nothing but its examples: the same symbols, the same lines, its own letters. Of ZPL
    the floor is a template that is filled and fits nothing into its place. A ratio above 1 says
    that ours is the faster.
    """
    shipping_pdf.render(_label(0))  # fonts are read once
    found: dict[str, list[float]] = {name: [] for name in _WAYS}
    for repeat in range(repeats):
        # New ones each time: nothing that was kept of a label helps the next round.
        count = max(labels, BATCH)
        made = [_label(number) for number in range(repeat * count, repeat * count + count)]
        for name, work in _WAYS.items():
            some = made[:BATCH] if name.endswith("batch") else made[:labels]
            began = time.perf_counter()
            work(some)
            found[name].append(len(some) / (time.perf_counter() - began))
    batch = [_label(number) for number in range(BATCH)]
    pace = {name: median(each) for name, each in found.items()}
    return Report(
        "label",
        pace["pdf"],
        "labels/s",
        labels,
        floor=pace["pdf_naive"],
        more={
            **{f"{name}_per_s": round(each) for name, each in pace.items()},
            "pdf_batch_ratio": ratio(pace["pdf_batch"], pace["pdf_naive_batch"]),
            "zpl_ratio": ratio(pace["zpl"], pace["zpl_template"]),
            "pdf_batch_peak_mb": _peak_mb(lambda: _pdf_batch(batch)),
            "zpl_batch_peak_mb": _peak_mb(lambda: _zpl_batch(batch)),
        },
    )


def _label(number: int) -> LabelData:
    address = Address(
        "01310100", "Avenida Inventada", str(number), "ap 42", "Centro", "São Paulo", "SP"
    )
    issued_at = _SINCE + timedelta(seconds=37 * number)
    danfe = DanfeData(
        key=f"{35261112345678000195550010:026}{number:018}",
        protocol="135260000123456",
        authorised_at=issued_at + timedelta(seconds=4),
        emitter_name="Loja Exemplo Comércio Ltda",
        emitter_uf="SP",
        emitter_cnpj="12345678000195",
        emitter_ie="110042490114",
        operation_type="1",
        series="1",
        number=str(number),
        issued_at=issued_at,
        recipient_name=f"Conceição Inventada {number}",
        recipient_uf="SP",
        recipient_document="00000000191",
    )
    return LabelData(
        order_number=f"B{number:07}",
        channel="Loja própria",
        carrier="Correios",
        service_name="SEDEX",
        tracking=f"SO{number:09}BR",
        package_no=1,
        package_count=1,
        weight_g=1250,
        recipient_name=f"Conceição Inventada {number}",
        address=address,
        sender_name="Loja Exemplo",
        sender_address=_FROM,
        danfe=danfe,
    )


def _pdf(labels: Iterable[LabelData]) -> None:
    for label in labels:
        shipping_pdf.render(label)


def _pdf_batch(labels: Iterable[LabelData]) -> None:
    to_pdf.write((shipping.page(label) for label in labels), title="bench")


def _zpl(labels: Iterable[LabelData]) -> None:
    for label in labels:
        shipping_zpl.render(label)


def _zpl_batch(labels: Iterable[LabelData]) -> None:
    b"".join(map(shipping_zpl.render, labels))


def _zpl_template(labels: Iterable[LabelData]) -> None:
    for label in labels:
        to = label.address
        assert label.danfe is not None
        _TEMPLATE.format(
            carrier=label.carrier,
            tracking=label.tracking,
            name=label.recipient_name,
            street=to.street,
            house=to.number,
            district=to.district,
            cep=to.cep,
            city=to.city,
            state=to.state,
            key=label.danfe.key,
        ).encode()


def _pdf_naive(labels: Iterable[LabelData]) -> None:
    for label in labels:
        _naive([label])


def _naive(labels: Iterable[LabelData]) -> None:
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO(), pagesize=(100 * mm, 150 * mm))
    for label in labels:
        to, note = label.address, label.danfe
        assert note is not None
        canvas.setFont("Helvetica-Bold", 12)
        for row, text in enumerate(
            (label.carrier, label.service_name, label.tracking, label.recipient_name, to.street,
             to.complement, to.district, f"CEP {to.cep}", f"{to.city} / {to.state}")
        ):  # fmt: skip
            canvas.drawString(4 * mm, (118 - 6 * row) * mm, text)
        canvas.setFont("Helvetica", 7)
        for row, text in enumerate(
            (label.sender_name, label.order_number, "DANFE Simplificado - Etiqueta", note.key,
             note.protocol, note.number, note.series, note.emitter_name, note.emitter_cnpj,
             note.emitter_ie, note.recipient_name, note.recipient_document)
        ):  # fmt: skip
            canvas.drawString(4 * mm, (45 - 3 * row) * mm, text)
        Code128(label.tracking, barHeight=14 * mm, barWidth=0.375 * mm).drawOn(canvas, 0, 122 * mm)
        Code128(note.key, barHeight=8 * mm, barWidth=0.25 * mm).drawOn(canvas, 0, 50 * mm)
        canvas.showPage()
    canvas.save()


_WAYS: dict[str, Callable[[Iterable[LabelData]], None]] = {
    "pdf": _pdf,
    "pdf_naive": _pdf_naive,
    "pdf_batch": _pdf_batch,
    "pdf_naive_batch": _naive,
    "zpl": _zpl,
    "zpl_template": _zpl_template,
    "zpl_batch": _zpl_batch,
}


def _peak_mb(work: Callable[[], None]) -> float:
    """The most memory that `work` held at once, beyond what was there before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
