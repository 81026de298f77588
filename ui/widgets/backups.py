"""The state of the backups on the Settings page: how old the last is, and what came of it."""

from __future__ import annotations

from app.backups.keeper import BackupStatus
from app.domain.texts import word
from ui.console import Console
from ui.widgets.parts import Card, button, columns, label


class BackupCard(Card):
    """Reads the state again whenever the page is opened, and after each backup."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._state = label()
        self._where = label("", "muted")
        self.box.addWidget(label(self.tr("Cópias de segurança"), "big"))
        self.box.addWidget(self._state)
        self.box.addWidget(self._where)
        self._now = button(self.tr("Copiar agora"), self._make, key="F11")
        self.box.addLayout(columns(self._now, 1))

    def read_again(self) -> None:
        self._console.bridge.background(self._console.engine.backups.status, done=self._show)

    def _make(self) -> None:
        self._now.setEnabled(False)
        self._state.setText(self.tr("Copiando e conferindo…"))
        self._console.bridge.background(self._console.engine.back_up, done=self._made)

    def _made(self, feedback: object) -> None:
        self._now.setEnabled(True)
        self._console.answered.emit(feedback)
        self.read_again()

    def _show(self, status: object) -> None:
        if not isinstance(status, BackupStatus):
            return
        self._state.setText(self._said(status))
        where = self.tr("Pasta: {folder}").format(folder=status.folder)
        if status.beside:
            where += "\n" + self.tr(
                "As cópias estão no mesmo disco dos pedidos. Escolha outro disco abaixo, em "
                "“Cópias de segurança: pasta”."
            )
        self._where.setText(where)

    def _said(self, status: BackupStatus) -> str:
        if status.newest is None:
            text = self.tr("Nenhuma cópia ainda. A primeira é feita logo, sozinha.")
        else:
            engine = self._console.engine
            at = status.newest.made_at.astimezone(engine.settings.zone())
            hours = int((engine.clock() - status.newest.made_at).total_seconds() // 3600)
            text = self.tr("✔ Última: {at}, há {hours} h, {size} MB, conferida. {count} guardadas.")
            text = text.format(
                at=f"{at:%d/%m/%Y %H:%M}",
                hours=max(hours, 0),
                size=f"{status.newest.size / 1e6:.1f}",
                count=status.count,
            )
        if status.trouble:
            why = word(status.trouble, self._console.lang)
            text += "\n" + self.tr("▲ A última tentativa falhou: {why}.").format(why=why)
        return text
