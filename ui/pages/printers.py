"""Printers (Impressoras): the warehouse's list, how each stands, and which this station uses."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from app.devices.printers.base import PrinterState
from app.devices.printers.discovery import Found, discover
from app.domain.texts import word
from app.station.views import PrinterView, StationView
from ui import spooler_printer
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.parts import button, columns, label, rows
from ui.widgets.table import fill, table


class PrintersPage(Page):
    """A row a printer; the buttons act on the chosen one."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._found: tuple[PrinterView, ...] = ()
        self._states: dict[str, PrinterState] = {}
        self._title = label(self.tr("Impressoras"), "prompt")
        self._choice = Choice()
        self._table = table(
            [
                self.tr("Código"),
                self.tr("Nome"),
                self.tr("Estado"),
                self.tr("Imprime aqui"),
                self.tr("Endereço"),
            ],
            self.tr("Impressoras"),
        )
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self._use = button(self.tr("Usar nesta estação"), self._ask_use, key="F9", main=True)
        self._test = button(self.tr("Página de teste"), self._print_test, key="F10")
        self._search = button(self.tr("Procurar"), self._discover, key="F11")
        self._add = button(self.tr("Cadastrar"), self._ask_add, key="Alt+C")
        self._remove = button(self.tr("Retirar"), self._take_off, key="Alt+T")
        layout = rows(self._title, self._choice)
        layout.addWidget(self._table, 1)
        layout.addLayout(columns(self._use, self._test, 1, self._search, self._add, self._remove))
        self.setLayout(layout)

    def show_view(self, view: StationView) -> None:
        may = "settings.change" in view.session.permissions
        for one in (self._search, self._add, self._remove):
            one.setVisible(may)
        if self.isVisible():
            self._read()

    def entered(self) -> None:
        self._read()
        self.console.bridge.background(self.console.station.printing.states, done=self._stand)

    def _read(self) -> None:
        self.console.bridge.background(self.console.station.printing.printers, done=self._show)

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        if {one.code for one in found} - {*self._states} and self._states:
            self._states = {}
            self.console.bridge.background(self.console.station.printing.states, done=self._stand)
        self._found = found
        lang = self.console.lang
        fill(
            self._table,
            [
                (
                    one.code,
                    one.name,
                    self._state(one.code),
                    ", ".join(
                        word(kind, lang) if kind else self.tr("tudo") for kind in one.documents
                    ),
                    one.uri,
                )
                for one in found
            ],
        )

    def _stand(self, states: object) -> None:
        if isinstance(states, dict):
            self._states = states
            self._show(self._found)

    def _state(self, code: str) -> str:
        state = self._states.get(code)
        if state is None:
            return "…"
        lang = self.console.lang
        return f"✖ {word(state.detail or state.code, lang)}" if not state.ready else "✔"

    def _chosen(self) -> PrinterView | None:
        at = self._table.currentRow()
        if len(self._found) == 1:
            return self._found[0]
        return self._found[at] if 0 <= at < len(self._found) else None

    def _ask_use(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        lang = self.console.lang
        kinds = [
            ("", self.tr("Tudo")),
            *(
                (kind, word(kind, lang))
                for kind in ("shipping-label", "danfe", "packing-slip", "gift-slip", "romaneio")
            ),
        ]
        use = self.console.station.printing.use
        self._choice.ask(
            self.tr("O que esta estação imprime em {name}?").format(name=chosen.name), kinds,
            lambda kind: self.console.do(use, chosen.code, kind), self.tr("Voltar"),
        )  # fmt: skip

    def _print_test(self) -> None:
        if chosen := self._chosen():
            self.console.do(self.console.station.printing.test, chosen.code)

    def _ask_add(self, start: str = "") -> None:
        self._choice.ask_text(
            self.tr("Código, endereço, pontos por polegada e nome (ex.: Z-01 socket://10.0.0.9 "
                    "203 Bancada 1)"),
            self.tr("Gravar"), self._put, self.tr("Voltar"), start,
        )  # fmt: skip

    def _put(self, text: str) -> None:
        code, uri, dpi, name = (text.split(maxsplit=3) + [""] * 4)[:4]
        dots = int(dpi) if dpi.isdecimal() and len(dpi) < 5 else 0
        put = self.console.station.printing.put_printer
        self.console.do(put, code, name or code, uri, dots)

    def _take_off(self) -> None:
        if chosen := self._chosen():
            self.console.do(self.console.station.printing.remove_printer, chosen.code)

    def _discover(self) -> None:
        self._title.setText(self.tr("Procurando impressoras…"))
        self.console.bridge.background(_everything, done=self._discovered)

    def _discovered(self, found: object) -> None:
        self._title.setText(self.tr("Impressoras"))
        if not isinstance(found, list):
            return
        number = len(self._found)
        offers = [(one.uri, f"{one.name} · {one.uri}") for one in found[:9]]
        self._choice.ask(
            self.tr("Qual cadastrar?") if offers else self.tr("Nenhuma impressora encontrada"),
            offers, lambda uri: self._ask_add(f"P-{number:02d} {uri} 203 "), self.tr("Voltar"),
        )  # fmt: skip


def _everything() -> list[Found]:
    system = [Found(name, f"{spooler_printer.SCHEME}:{name}") for name in spooler_printer.names()]
    return [*discover(), *system]
