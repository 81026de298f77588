"""The sign-in before the store is open: it takes badges and PINs at once, and keeps them.

Nothing of the engine is needed for it, nor read before it is painted: `app.look` says how it looks.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.codes import CodeKind, parse_own_code
from app.domain.scan import code_text
from app.domain.texts import message, prompt
from app.look import Look
from ui.bar import Bar
from ui.kept import Kept
from ui.language import use_language
from ui.pages.badge import Badge
from ui.receiver import ScanReceiver, typing_of
from ui.theme import THEMES, stylesheet, unit_px
from ui.widgets.parts import label, room

SAY_AFTER_MS = 3000  # a usual start is over by then
SAY_AFTER_PIN_MS = 1000  # somebody waits


class Entrance(QWidget):
    """Stands in the window until the console can, and looks as its sign-in does."""

    def __init__(self, look: Look, receiver: ScanReceiver, kept: Kept) -> None:
        super().__init__()
        self._look = look
        self._lang = look.settings["language"]
        self._kept = kept
        self._receiver = receiver
        receiver.configure(typing_of(look.settings))
        use_language(self._lang)
        nothing = QWidget()  # where the lights of other systems will be
        nothing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._bar = Bar(
            nothing, guides=lambda: kept.wish("guides"), ask=lambda: kept.wish("ticket")
        )
        self._bar.show_who(look.settings["station.name"])
        self._bar.show_scans(0, 0)
        warnings = label("", "warning")
        said = (" ".join(message(code, self._lang, {})[:2]) for code in look.warnings)
        warnings.setText("   ".join(said))
        self.badge = Badge()
        self.badge.entered.connect(self._entered)
        self._show("signed_out", "SIGN_IN")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(room((self._bar, warnings), self.badge))
        warnings.setVisible(bool(look.warnings))  # not before it is in the window
        for key in ("F12", "Ctrl+F12"):
            QShortcut(key, self, lambda: kept.wish("ticket"))
        receiver.scanned.connect(self._scanned)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_time)
        self._tick.start(1000)
        self._say = QTimer(self)
        self._say.setSingleShot(True)
        self._say.timeout.connect(self._say_why)
        self._say.start(SAY_AFTER_MS)
        self._show_time()
        self._unit = 0

    def leave_scans(self) -> None:
        """Keep no further scan: somebody else hears of them from here on."""
        self._receiver.scanned.disconnect(self._scanned)

    def _scanned(self, raw: str) -> None:
        self._kept.scan(raw)
        own = parse_own_code(code_text(raw).upper())
        if own and own[0] == CodeKind.BADGE:
            self._show("awaiting_pin", "ENTER_PIN")

    def _entered(self, badge: str, pin: str) -> None:
        self._kept.sign_in(badge, pin)
        self._say.start(min(SAY_AFTER_PIN_MS, max(0, self._say.remainingTime())))

    def _show(self, state: str, code: str) -> None:
        self.badge.show_state(state, prompt(code, self._lang, {}))

    def _say_why(self) -> None:
        self.badge.tell(
            self.tr(
                "O armazém ainda está abrindo. Depois de uma atualização isso pode levar alguns "
                "minutos. O que você bipa e digita fica guardado por um minuto; não desligue a "
                "estação."
            )
        )

    def _show_time(self) -> None:
        self._bar.show_time(datetime.now(UTC).astimezone(self._look.settings.zone()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Its first touch comes before its focus.
        self._receiver.stand_before(self.window().windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        unit = unit_px(self.width(), self.height())
        if unit != self._unit:
            self._unit = unit
            self.setStyleSheet(stylesheet(THEMES[self._look.settings["theme"]], unit))
