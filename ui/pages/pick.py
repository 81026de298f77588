"""Picking (Separação): the claim of work; the pick or the put-back in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout

from app.station.claim import MAX_WAVE
from app.station.views import QueueCounts, StationView
from ui.console import Console
from ui.pages.idle import Idle
from ui.pages.page import Page
from ui.pages.putback import PutBack
from ui.pages.walk import Walk
from ui.widgets.parts import Card, button, columns, label, rows

WAVE = 6  # orders that a small cart carries


class PickPage(Page):
    """Empty hands: what waits, and the buttons that fetch work. Else the task in hand."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._idle = Nothing(console)
        self._task = Walk(console)
        self._putback = PutBack(console)
        self._stack = QStackedLayout(self)
        for part in (self._idle, self._task, self._putback):
            self._stack.addWidget(part)

    def show_view(self, view: StationView) -> None:
        if view.pick:
            self._stack.setCurrentWidget(self._task)
            self._task.show_task(view.pick, self.prompt_text(view), view)
        elif view.putback:
            self._stack.setCurrentWidget(self._putback)
            self._putback.show_task(view.putback, self.prompt_text(view))
        else:
            self._stack.setCurrentWidget(self._idle)
            self._idle.show_idle(view)

    def entered(self) -> None:
        self._idle.entered()

    def ask_other(self) -> None:
        self._task.ask_other()


class Nothing(Idle):
    """No pick in hand."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._prompt = label("", "prompt", centre=True)
        self._waiting = label("0", "huge", centre=True)
        self._late = label("", "big", centre=True)
        self._size = WAVE
        self._size_label = label(str(WAVE), "big", centre=True)
        claim = console.station.claim_pick
        self._single = button(
            self.tr("Um pedido"), lambda: console.do(claim, "single", 1), key="F9"
        )
        self._cluster = button(
            self.tr("Carrinho: uma caixa por pedido"),
            lambda: console.do(claim, "cluster", self._size),
            key="F10",
            main=True,
        )
        self._batch = button(
            self.tr("Lote: todos numa caixa"),
            lambda: console.do(claim, "batch", self._size),
            key="F11",
        )
        waiting = Card()
        waiting.box.addWidget(label(self.tr("Aguardando separação"), "title", centre=True))
        waiting.box.addWidget(self._waiting)
        waiting.box.addWidget(self._late)
        size = columns(
            1,
            label(self.tr("Pedidos por carrinho ou lote:"), wrap=False),
            button("−", lambda: self._resize_wave(-1)),
            self._size_label,
            button("+", lambda: self._resize_wave(1)),
            1,
        )
        self.setLayout(
            rows(
                1,
                self._prompt,
                self._take_over,
                waiting,
                columns(self._single, self._cluster, self._batch),
                size,
                2,
            )
        )

    def _resize_wave(self, step: int) -> None:
        self._size = max(2, min(self._size + step, MAX_WAVE))
        self._size_label.setText(str(self._size))

    def show_idle(self, view: StationView) -> None:
        text, free = self.sentence(
            view,
            "pick.work",
            self.tr("Buscar trabalho: escolha como separar"),
            self.tr("Sua função não separa pedidos"),
        )
        self._prompt.setText(text)
        for one in (self._single, self._cluster, self._batch):
            one.setEnabled(free)

    def entered(self) -> None:
        self._console.bridge.background(self._console.station.counts, done=self._counted)

    def _counted(self, counts: object) -> None:
        if not isinstance(counts, QueueCounts):
            return
        self._waiting.setText(str(counts.by_queue.get("to_pick", 0)))
        self._late.setText(
            self.tr("{late} atrasados · {risk} em risco").format(
                late=counts.late, risk=counts.at_risk
            )
        )
