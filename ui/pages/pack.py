"""Packing (Conferência): the empty bench, or the order on it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QStackedLayout

from app.station.views import StationView
from ui.console import Console
from ui.pages.bench import Bench
from ui.pages.idle import Idle
from ui.pages.page import Page
from ui.widgets.parts import button, columns, label, rows


class PackPage(Page):
    """The bench: empty, it waits for a tote or an order; else the order on it."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._idle = Nothing(console)
        self._bench = Bench(console)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._idle)
        self._stack.addWidget(self._bench)

    def show_view(self, view: StationView) -> None:
        if view.pack:
            self._stack.setCurrentWidget(self._bench)
            self._bench.show_task(view.pack, self.prompt_text(view), view)
        else:
            self._stack.setCurrentWidget(self._idle)
            self._idle.show_idle(view)

    def entered(self) -> None:
        self._idle.entered()


class Nothing(Idle):
    """Nothing on the bench."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._prompt = label("", "prompt", centre=True)
        self._number = QLineEdit()
        self._number.setPlaceholderText(self.tr("Número do pedido"))
        self._number.setAccessibleName(self.tr("Número do pedido"))
        self._number.returnPressed.connect(self._open)
        self._go = button(self.tr("Abrir pedido"), self._open, key="F9", main=True)
        sign = label("▥", "huge", centre=True)
        hint = label(self.tr("ou digite o número do pedido"), "muted", centre=True)
        self.setLayout(
            rows(
                1,
                sign,
                self._prompt,
                hint,
                columns(1, self._number, self._go, 1),
                self._take_over,
                2,
            )
        )

    def show_idle(self, view: StationView) -> None:
        text, free = self.sentence(
            view,
            "pack.work",
            self.tr("Bipe a caixa ou o pedido para conferir"),
            self.tr("Sua função não confere pedidos"),
        )
        self._prompt.setText(text)
        self._number.setEnabled(free)
        self._go.setEnabled(free)

    def entered(self) -> None:
        """An order's number can be typed at once; a scan goes nowhere near the field."""
        self._number.setFocus()

    def _open(self) -> None:
        number = self._number.text().strip()
        if number:
            self._number.clear()
            self._console.do(self._console.station.open_pack, number)
