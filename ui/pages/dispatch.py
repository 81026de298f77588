"""Dispatch (Expedição): the carrier's manifest, its packages, its closing, the handover."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout

from app.domain.dispatch import Close, Handover, Unload
from app.domain.manifest_orders import OrderOnManifest
from app.station.views import DispatchView, ManifestChoice, StationView
from ui.console import Console
from ui.pages.idle import Idle
from ui.pages.page import Page
from ui.pages.work import Work
from ui.widgets.choice import MOST
from ui.widgets.long_table import LongTable
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
            self._manifest.forget()
            self._stack.setCurrentWidget(self._idle)
            self._idle.show_idle(view)

    def ask_unload(self) -> None:
        self._manifest.ask_unload()

    def ask_driver(self) -> None:
        self._manifest.ask_driver()


class Nothing(Idle):
    """No manifest open here."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._prompt = label("", "prompt", centre=True)
        self._hint = label("", "title", centre=True)
        self._choices = rows()
        self._shown: tuple[ManifestChoice, ...] | None = None
        self.setLayout(rows(1, self._prompt, self._hint, self._take_over, self._choices, 2))

    def show_idle(self, view: StationView) -> None:
        choices = view.dispatch.choices if view.dispatch else ()
        text, free = self.sentence(
            view,
            "dispatch.work",
            self.tr("Bipe a doca ou um volume, ou escolha o romaneio")
            if choices
            else self.tr("Nenhum volume espera transportadora"),
            self.tr("Sua função não expede pedidos"),
        )
        self._prompt.setText(text)
        dock = view.dispatch.dock if view.dispatch and free else ""
        self._hint.setText(
            self.tr("Doca {dock}: o próximo volume abre o romaneio dele").format(dock=dock)
            if dock
            else ""
        )
        choices = choices if free else ()
        if choices == self._shown:
            return
        self._shown = choices
        clear(self._choices)
        for n, one in enumerate(choices, 1):
            self._choices.addWidget(
                button(
                    self._text(one),
                    lambda a=one: self._console.do(
                        self._console.station.open_manifest,
                        a.carrier,
                        a.service_code,
                        a.manifest_id,
                    ),
                    key=f"Alt+{n}" if n <= MOST else "",
                    main=n == 1,
                )
            )

    def _text(self, one: ManifestChoice) -> str:
        if one.state == "CLOSED":
            text = self.tr("{carrier} · {service} · {manifest} fechado, a entregar")
        elif one.manifest_id:
            text = self.tr("{carrier} · {service} · {manifest} aberto · pedidos: {count}")
        else:
            text = self.tr("{carrier} · {service} · pedidos: {count}")
        return text.format(
            carrier=one.carrier,
            service=one.service,
            manifest=one.manifest_id,
            count=one.waiting,
        )


class Manifest(Work):
    """The manifest in hand: loaded n/N, each order's packages, close, handover."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.questions["PLATE_NEEDED"] = self.questions["DRIVER_NEEDED"] = self.ask_driver
        self._view: DispatchView | None = None
        self._taker = ["", "", ""]  # plate, driver, document as they were typed
        self._prompt = label("", "prompt")
        self._carrier = label("", "big", centre=True)
        self._count = label("", "huge", centre=True)
        self._cutoff = label("", "title", centre=True)
        self._late = label(self.tr("Depois do corte"), "warning", centre=True)
        self._orders = LongTable(
            (self.tr("Pedido"), self.tr("Volumes"), self.tr("Situação")),
            self.tr("Pedidos do romaneio"),
        )
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
            self.tr("Entregar à transportadora"), self.ask_driver, key="F9", main=True
        )
        self._unload = button(self.tr("Retirar volume"), self.ask_unload, key="F10")
        self._release = button(
            self.tr("Deixar para depois"), lambda: console.do(console.station.release_task),
            key="Ctrl+D",
        )  # fmt: skip
        layout = rows(self._prompt, self._choice)
        layout.addLayout(body, 1)
        layout.addLayout(
            columns(self._undo, self._close, self._hand, self._unload, 1, self._release)
        )
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
        self._orders.fill(view.orders, self._cells)
        is_open = view.state in ("OPEN", "LOADING")
        self._undo.setEnabled(undo)
        self._close.setVisible(is_open)
        self._hand.setVisible(view.state == "CLOSED")
        self._unload.setVisible(is_open)
        self._unload.setEnabled(view.loaded > 0)

    def forget(self) -> None:
        """The manifest is out of the hands: a driver's data stays for no other."""
        self._view = None
        self._taker = ["", "", ""]
        self._choice.hide()

    def _cells(self, row: OrderOnManifest) -> tuple[str, ...]:
        return row.number, f"{row.loaded}/{row.packages}", self._row_state(row)

    def _row_state(self, row: OrderOnManifest) -> str:
        if row.loaded >= row.packages:
            return self.tr("✔ completo")
        if row.loaded:
            return self.tr("▲ faltam {n}").format(n=row.packages - row.loaded)
        return self.tr("na doca")

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

    def ask_driver(self) -> None:
        names = (
            self.tr("Placa do veículo"),
            self.tr("Nome do motorista"),
            self.tr("Documento do motorista (CPF, RG ou CNH)"),
        )
        self._choice.ask_lines(
            self.tr("Quem leva os volumes? Fica no romaneio; só a placa entra no diário."),
            list(zip(names, self._taker, strict=True)), self.tr("Entregar"), self._hand_over,
            self.tr("Voltar"),
        )  # fmt: skip

    def _hand_over(self, typed: list[str]) -> None:
        self._taker = [text.strip() for text in typed]
        self._console.act(Handover(*self._taker))

    def ask_unload(self) -> None:
        """Of the chosen order; with none chosen, of the first ones that are on."""
        if self._view is None:
            return
        at = self._orders.chosen
        chosen = self._view.orders[at : at + 1] if at >= 0 else ()
        found = chosen if any(row.on for row in chosen) else self._view.orders
        packages = [
            (
                tracking,
                self.tr("Pedido {number}, volume {package} · {tracking}").format(
                    number=row.number, package=package, tracking=tracking
                ),
            )
            for row in found
            for package, tracking in row.on
        ]
        self._choice.ask(
            self.tr("Qual volume sai do romaneio?"), packages[:MOST],
            lambda tracking: self._console.act(Unload(tracking)), self.tr("Voltar"),
        )  # fmt: skip
