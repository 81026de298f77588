"""Dispatch (Expedição): the carrier's manifest, its packages, its closing, the handover."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QTableWidget, QTableWidgetItem, QWidget

from app.domain.dispatch import Close, Handover
from app.station.views import DispatchView, StationView
from ui.console import Console
from ui.pages.idle import Idle
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.parts import Card, button, clear, columns, label, rows


class DispatchPage(Page):
    """Empty hands: what waits by carrier. Else the manifest in hand."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._idle = Nothing(console)
        self._manifest = Manifest(console)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._idle)
        self._stack.addWidget(self._manifest)

    def show_view(self, view: StationView) -> None:
        found = view.dispatch
        if found and found.manifest_id:
            self._stack.setCurrentWidget(self._manifest)
            self._manifest.show_task(found, self.prompt_text(view), bool(view.undo))
        else:
            self._stack.setCurrentWidget(self._idle)
            self._idle.show_idle(view)


class Nothing(Idle):
    """No manifest open here."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._prompt = label("", "prompt", centre=True)
        self._choices = rows()
        self._shown: tuple[tuple[str, str, str, int], ...] | None = None
        self.setLayout(rows(1, self._prompt, self._choices, 2))

    def show_idle(self, view: StationView) -> None:
        choices = view.dispatch.choices if view.dispatch else ()
        text, free = self.sentence(
            view,
            "dispatch.work",
            self.tr("Escolha o romaneio para abrir")
            if choices
            else self.tr("Nenhum volume espera transportadora"),
            self.tr("Sua função não expede pedidos"),
        )
        self._prompt.setText(text)
        choices = choices if free else ()
        if choices == self._shown:
            return
        self._shown = choices
        clear(self._choices)
        for n, (carrier, code, service, count) in enumerate(choices, 1):
            waits = (
                self.tr("{carrier} · {service} · pedidos: {count}")
                if count
                else self.tr("{carrier} · {service} · romaneio fechado, a entregar")
            )
            text = waits.format(carrier=carrier, service=service or code, count=count)
            self._choices.addWidget(
                button(
                    text,
                    lambda a=carrier, b=code: self._console.do(
                        self._console.station.open_manifest, a, b
                    ),
                    key=f"Alt+{n}" if n < 10 else "",
                    main=n == 1,
                )
            )


class Manifest(QWidget):
    """The manifest in hand: loaded n/N, each order's packages, close, handover."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._view: DispatchView | None = None
        self._prompt = label("", "prompt")
        self._choice = Choice()
        self._carrier = label("", "big", centre=True)
        self._count = label("", "huge", centre=True)
        self._cutoff = label("", "title", centre=True)
        self._late = label(self.tr("Depois do corte"), "warning", centre=True)
        self._orders = QTableWidget(0, 3)
        self._orders.setHorizontalHeaderLabels(
            [self.tr("Pedido"), self.tr("Volumes"), self.tr("Situação")]
        )
        self._orders.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._orders.verticalHeader().hide()
        self._orders.horizontalHeader().setStretchLastSection(True)
        card = Card()
        for part in (self._carrier, self._count, self._cutoff, self._late):
            card.box.addWidget(part)
        card.box.addStretch()
        body = columns()
        body.addWidget(card, 2)
        body.addWidget(self._orders, 3)
        self._undo = button(self.tr("Desfazer"), lambda: console.do(console.station.undo), key="F8")
        self._close = button(self.tr("Fechar romaneio"), self._ask_close, key="F9", main=True)
        self._hand = button(
            self.tr("Entregar à transportadora"), self._ask_plate, key="F9", main=True
        )
        self._release = button(
            self.tr("Deixar para depois"), lambda: console.do(console.station.release_task),
            key="Ctrl+D",
        )  # fmt: skip
        layout = rows(self._prompt, self._choice)
        layout.addLayout(body, 1)
        layout.addLayout(columns(self._undo, self._close, self._hand, 1, self._release))
        self.setLayout(layout)

    def show_task(self, view: DispatchView, prompt: str, undo: bool) -> None:
        if self._view and self._view.state != view.state:
            self._choice.hide()
        self._view = view
        self._prompt.setText(prompt)
        self._carrier.setText(f"{view.carrier} · {view.service}\n{view.manifest_id} · {view.dock}")
        self._count.setText(f"{view.loaded} / {view.expected}")
        zone = self._console.engine.settings.zone()
        self._cutoff.setText(
            self.tr("Corte às {time}").format(
                time=view.cutoff_at.astimezone(zone).strftime("%H:%M")
            )
            if view.cutoff_at
            else ""
        )
        self._late.setVisible(view.late)
        self._orders.setRowCount(len(view.orders))
        for at, row in enumerate(view.orders):
            if row.loaded >= row.packages:
                state = self.tr("✔ completo")
            elif row.loaded:
                state = self.tr("▲ faltam {n}").format(n=row.packages - row.loaded)
            else:
                state = self.tr("na doca")
            for column, text in enumerate(
                (row.order_number, f"{row.loaded}/{row.packages}", state)
            ):
                self._orders.setItem(at, column, QTableWidgetItem(text))
        is_open = view.state in ("OPEN", "LOADING")
        self._undo.setEnabled(undo)
        self._close.setVisible(is_open)
        self._hand.setVisible(view.state == "CLOSED")

    def _ask_close(self) -> None:
        view = self._view
        if view is None or view.loaded >= view.expected:
            self._console.act(Close())
            return
        self._choice.ask_text(
            self.tr("Faltam {n} volumes. Por que ficam para trás?").format(
                n=view.expected - view.loaded
            ),
            self.tr("Fechar romaneio"), lambda text: self._console.act(Close(text.strip())),
            self.tr("Voltar"),
        )  # fmt: skip

    def _ask_plate(self) -> None:
        self._choice.ask_text(
            self.tr("Placa do veículo da transportadora"), self.tr("Entregar"),
            lambda text: self._console.act(Handover(text.strip().upper())), self.tr("Voltar"),
        )  # fmt: skip
