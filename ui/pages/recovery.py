"""The recovery key, shown once to whoever looks after the backups: to print, and to keep."""

from __future__ import annotations

from pathlib import Path

from app.station.views import StationView
from ui.console import Console
from ui.pages.page import Page
from ui.widgets.barcode import Barcode
from ui.widgets.file_choice import save_file
from ui.widgets.parts import Card, button, columns, label, personal, rows


class RecoveryPage(Page):
    """Comes after a supervisor's sign-in until somebody says that the key is on paper. Work can
    begin before that: a scan or any page's key leaves it."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._key = label("", "big", centre=True)
        self._key.setAccessibleName(self.tr("Chave de recuperação"))
        self._bars = Barcode()
        for secret in (self._key, self._bars):  # a ticket's picture never shows it
            personal(secret)
        card = Card()
        card.box.addWidget(label(self.tr("Guarde a chave de recuperação"), "prompt", centre=True))
        card.box.addWidget(
            label(
                self.tr(
                    "Com ela as cópias de segurança abrem em outro computador. Sem ela e sem esta "
                    "estação, os pedidos se perdem. Imprima e guarde num cofre: quem a tem pode "
                    "ler as cópias. Depois de guardada, ela não é mostrada de novo."
                ),
                centre=True,
            )
        )
        card.box.addWidget(self._key)
        card.box.addWidget(self._bars)
        card.box.addLayout(
            columns(
                1,
                button(
                    self.tr("Folha para imprimir (PDF)…"), self._choose_file, key="F9", main=True
                ),
                button(self.tr("Já está guardada"), self._kept, key="F10"),
                button(self.tr("Depois"), lambda: console.opened.emit("pick"), key="F11"),
                1,
            )
        )
        self.setLayout(rows(1, columns(1, card, 1), 1))

    def show_view(self, view: StationView) -> None:
        if view.session.state != "signed_in":
            self._show_key("")  # nobody else reads it off the screen

    def entered(self) -> None:
        self.console.bridge.call(self.console.engine.recovery_key, done=self._show_key)

    def _show_key(self, key: object) -> None:
        text = key if isinstance(key, str) else ""
        groups = text.split()
        self._key.setText("  ".join(groups[:5]) + "\n" + "  ".join(groups[5:]))
        self._bars.show_code("".join(groups))

    def _choose_file(self) -> None:
        title = self.tr("Folha para imprimir (PDF)")
        save_file(self, title, "expedita-chave.pdf", self._write)

    def _write(self, path: Path) -> None:
        self.console.do(self.console.engine.write_recovery_sheet, path)

    def _kept(self) -> None:
        self.console.do(self.console.engine.keep_recovery_key)
        self._show_key("")
        self.console.opened.emit("pick")
