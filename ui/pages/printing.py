"""Printing (Impressão): what waits at a printer, batches for a wave, and a look before printing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
)

from app.domain.printing import Document
from app.domain.texts import message, word
from app.labels.raster import Picture
from app.station.batches import KINDS, MOST
from app.station.views import Feedback, PrintBatchView, PrintJobView, StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.copy_reason import ask_copy_reason
from ui.widgets.parts import Card, button, choices, clear, columns, label, personal, rows
from ui.widgets.table import fill, table


class PrintingPage(Page):
    """Left: what waits, and the batches. Right: the document that somebody looks at."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._jobs: tuple[PrintJobView, ...] = ()
        self._batches: tuple[PrintBatchView, ...] = ()
        self._title = label("", "prompt")
        self._choice = Choice()
        self._waiting = table(
            [self.tr("Documento"), self.tr("Impressora"), self.tr("Por que espera")],
            self.tr("O que espera"),
        )
        heads = self._waiting.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        desk = console.station.printing
        self._came = button(self.tr("Saiu"), lambda: self._settle(True), key="Alt+S")
        self._absent = button(self.tr("Não saiu"), lambda: self._settle(False), key="Alt+N")
        self._batch = label("", "title")
        self._progress = QProgressBar()
        self._pause = button("", self._toggle, key="F10")
        self._cancel = button(self.tr("Cancelar lote"), self._give_up, key="F11")
        self._again = button(self.tr("Reimprimir de N a M"), self._ask_range, key="Alt+M")
        batch = Card()
        for part in (self._batch, self._progress):
            batch.box.addWidget(part)
        batch.box.addLayout(columns(self._pause, self._cancel, self._again, 1))
        left = rows(self._waiting)
        left.addLayout(
            columns(
                button(self.tr("Consultar de novo"), lambda: console.do(desk.retry), key="Alt+C"),
                button(self.tr("Outra impressora"), self._ask_printer, key="Ctrl+O"),
                self._came, self._absent, 1,
            )
        )  # fmt: skip
        left.addWidget(batch)
        self._preview = Preview(console, self._choice)
        body = columns()
        body.addLayout(left, 3)
        body.addWidget(self._preview, 2)
        layout = rows(self._title, self._choice)
        layout.addLayout(body, 1)
        layout.addLayout(
            columns(
                button(self.tr("Imprimir lote"), self._ask_batch, key="F9", main=True),
                button(
                    self.tr("Impressoras"), lambda: console.opened.emit("printers"), key="Alt+I"
                ),
                1,
            )
        )
        self.setLayout(layout)

    def entered(self) -> None:
        self.console.bridge.background(
            self.console.station.printing.batch_views, done=self._show_batches
        )

    def show_view(self, view: StationView) -> None:
        self._jobs = view.printing
        self._title.setText(
            self.tr("Documentos que esperam: {count}").format(count=len(view.printing))
            if view.printing
            else self.tr("✔ Nenhum documento espera")
        )
        lang = self.console.lang
        fill(
            self._waiting,
            [
                (
                    f"{word(job.document, lang)} {job.about}"
                    + (f" (nº {job.position})" if job.position else ""),
                    job.printer,
                    " ".join(
                        message(job.code, lang, {"printer": job.printer, "detail": job.detail})
                    ),
                )
                for job in view.printing
            ],
        )
        self._waiting.resizeRowsToContents()
        doubt = any(job.code == "PRINT_DOUBT" for job in view.printing)
        self._came.setVisible(doubt)
        self._absent.setVisible(doubt)
        if self.isVisible():
            self.entered()

    # --- what waits -------------------------------------------------------------------------

    def _settle(self, came_out: bool) -> None:
        """Of the chosen row, or of the one that is in doubt."""
        at = self._waiting.currentRow()
        chosen = self._jobs[at : at + 1] if at >= 0 else ()
        doubts = [job for job in (*chosen, *self._jobs) if job.code == "PRINT_DOUBT"]
        if doubts:
            settle = self.console.station.printing.settle
            self.console.do(settle, doubts[0].job_id, came_out)

    def _ask_printer(self) -> None:
        def ask(found: object) -> None:
            if isinstance(found, tuple):
                self._choice.ask(
                    self.tr("Em qual impressora?"), [(one.code, one.name) for one in found[:9]],
                    lambda code: self.console.do(self.console.station.printing.use, code),
                    self.tr("Voltar"),
                )  # fmt: skip

        self.console.bridge.background(self.console.station.printing.printers, done=ask)

    # --- batches ----------------------------------------------------------------------------

    def _show_batches(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        self._batches = found
        newest = found[0] if found else None
        for one in (self._progress, self._pause, self._cancel, self._again):
            one.setVisible(newest is not None)
        if newest is None:
            self._batch.setText(self.tr("Nenhum lote nesta estação"))
            return
        lang = self.console.lang
        self._batch.setText(
            self.tr("Lote: {document} · {state}").format(
                document=word(newest.document, lang), state=word(newest.state, lang)
            )
        )
        self._progress.setRange(0, max(newest.total, 1))
        self._progress.setValue(newest.printed)
        self._progress.setFormat(
            self.tr("{done} de {total} impressos").format(done=newest.printed, total=newest.total)
        )
        runs = newest.state == "RUNNING"
        verb = self.tr("Pausar") if runs else self.tr("Continuar")
        self._pause.setText(f"F10  {verb}")
        self._pause.setVisible(newest.state in ("RUNNING", "PAUSED"))
        self._cancel.setVisible(newest.state in ("RUNNING", "PAUSED"))

    def _toggle(self) -> None:
        if self._batches:
            newest = self._batches[0]
            state = "PAUSED" if newest.state == "RUNNING" else "RUNNING"
            change = self.console.station.printing.change_batch
            self.console.do(change, newest.batch_id, state)

    def _give_up(self) -> None:
        if self._batches:
            change = self.console.station.printing.change_batch
            self.console.do(change, self._batches[0].batch_id, "CANCELLED")

    def _ask_range(self) -> None:
        self._choice.ask_text(
            self.tr("Do número ao número, e o motivo (ex.: 12 30 papel preso)"),
            self.tr("Reimprimir"), self._reprint, self.tr("Voltar"),
        )  # fmt: skip

    def _reprint(self, text: str) -> None:
        first, _, rest = text.strip().partition(" ")
        last, _, reason = rest.strip().partition(" ")
        numbers = [int(part) if part.isdecimal() else 0 for part in (first, last)]
        if self._batches:
            reprint = self.console.station.printing.reprint_batch
            self.console.do(reprint, self._batches[0].batch_id, *numbers, reason)

    def _ask_batch(self) -> None:
        kinds = [(kind.value, word(kind.value, self.console.lang)) for kind in KINDS]
        self._choice.ask(self.tr("O que imprimir?"), kinds, self._ask_queue, self.tr("Voltar"))

    def _ask_queue(self, document: str) -> None:
        queues = [
            ("to_pick", self.tr("Aguardando separação")),
            ("picking", self.tr("Em separação")),
            ("picked", self.tr("Separados")),
            ("packed", self.tr("Embalados")),
        ]
        start = self.console.station.printing.start_batch
        self._choice.ask(
            self.tr("De quais pedidos?"), queues,
            lambda queue: self.console.do(start, document, "", queue, MOST),
            self.tr("Voltar"),
        )  # fmt: skip


class Preview(Card):
    """A document as it would come out of the printer."""

    def __init__(self, console: Console, choice: Choice) -> None:
        super().__init__()
        self._console = console
        self._choice = choice
        console.answered.connect(self._heard)
        self._kind = choices()
        self._kind.setAccessibleName(self.tr("Documento"))
        for kind in Document:
            self._kind.addItem(word(kind.value, console.lang), kind.value)
        self._number = QLineEdit()
        self._number.setPlaceholderText(self.tr("Pedido ou romaneio"))
        self._number.setAccessibleName(self.tr("Pedido ou romaneio"))
        self._number.returnPressed.connect(self._look)
        self._pages = rows()
        self._pages.addStretch()
        inner = Card()
        inner.box.addLayout(self._pages)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        self.box.addLayout(columns(self._kind, self._number))
        self.box.addLayout(
            columns(
                button(self.tr("Ver antes"), self._look, key="Alt+V"),
                button(self.tr("Imprimir"), lambda: self._print(), key="Alt+P"), 1,
            )
        )  # fmt: skip
        self.box.addWidget(scroll, 1)

    def _is_told(self) -> bool:
        """Whether it is said of what; else whoever asks is led to where it is to be typed."""
        told = bool(self._number.text().strip()) or self._kind.currentData() == Document.TEST_PAGE
        if not told:
            self._number.setFocus()
        return told

    def _look(self) -> None:
        if not self._is_told():
            return
        desk = self._console.station.printing
        self._console.bridge.background(
            desk.preview, self._kind.currentData(), self._number.text().strip(), done=self._show
        )

    def _print(self, reason: str = "") -> None:
        if not self._is_told():
            return
        desk, number = self._console.station.printing, self._number.text().strip()
        kind = self._kind.currentData()
        if kind == Document.ROMANEIO:
            self._console.do(desk.romaneio, number, reason)
        else:
            self._console.do(desk.document, kind, number, reason)

    def _heard(self, feedback: Feedback) -> None:
        """A further copy is printed for a reason only."""
        if feedback.code == "PRINT_AGAIN_REASON" and self.isVisible():
            ask_copy_reason(self._choice, self._console.lang, self._print)

    def _show(self, found: object) -> None:
        if isinstance(found, Feedback):
            self._console.answered.emit(found)
            return
        clear(self._pages)
        assert isinstance(found, tuple)
        for picture in found:
            self._pages.addWidget(self._page(picture))
        self._pages.addStretch()

    def _page(self, picture: Picture) -> QLabel:
        shape = picture.width, picture.height, picture.width
        image = QImage(b"".join(picture.rows), *shape, QImage.Format.Format_Grayscale8)
        wide = max(self.width() - 6 * self._console.unit, 200)
        shown = QPixmap.fromImage(image).scaledToWidth(
            min(wide, picture.width), Qt.TransformationMode.SmoothTransformation
        )
        page = label("", centre=True)
        personal(page)
        page.setPixmap(shown)
        return page
