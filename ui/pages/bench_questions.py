"""What the bench asks in its page: box, weight, why a further copy, where to, which product."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.domain.pack_actions import ChooseBox, OverrideWeight, Park, Reprint, Weigh
from app.station.views import LineView, PrinterView
from ui.console import Console
from ui.widgets.choice import MOST, Choice
from ui.widgets.copy_reason import ask_copy_reason


class BenchQuestions(QObject):
    """Each puts one question into `choice`; its answer is carried out by the station."""

    def __init__(self, console: Console, choice: Choice) -> None:
        super().__init__(choice)
        self._console = console
        self._choice = choice

    def link(self, lines: Sequence[LineView]) -> None:
        names = {line.sku: line.name for line in lines}
        link = self._console.station.link_unknown
        self._choice.ask(
            self.tr("De qual produto é o código?"), list(names.items())[:MOST],
            lambda sku: self._console.do(link, sku), self.tr("Voltar"),
        )  # fmt: skip

    def box(self, boxes: Sequence[str]) -> None:
        self._choice.ask(
            self.tr("Qual embalagem?"), [(code, code) for code in boxes[:MOST]],
            lambda code: self._console.act(ChooseBox(code)), self.tr("Voltar"),
        )  # fmt: skip

    def weight(self) -> None:
        self._choice.ask_text(
            self.tr("Peso do volume fechado, em gramas"), self.tr("Confirmar"),
            lambda text: self._console.act(Weigh(_grams(text))), self.tr("Voltar"),
        )  # fmt: skip

    def override(self) -> None:
        self._choice.ask_lines(
            self.tr("Aceitar um peso fora do esperado"),
            [(self.tr("Peso em gramas"), ""), (self.tr("Motivo"), "")], self.tr("Aceitar o peso"),
            lambda typed: self._console.act(OverrideWeight(_grams(typed[0]), typed[1].strip())),
            self.tr("Voltar"),
        )  # fmt: skip

    def reprint(self) -> None:
        ask_copy_reason(
            self._choice, self._console.lang, lambda reason: self._console.act(Reprint(reason))
        )

    def printer(self, printers: Sequence[PrinterView]) -> None:
        use = self._console.station.printing.use
        self._choice.ask(
            self.tr("Em qual impressora?"), [(one.code, one.name) for one in printers[:MOST]],
            lambda code: self._console.do(use, code), self.tr("Voltar"),
        )  # fmt: skip

    def park(self) -> None:
        shelves = [
            ("invoice", self.tr("Espera a NF-e")),
            ("problem", self.tr("Tem um problema")),
        ]
        self._choice.ask(
            self.tr("Por que o pedido sai da bancada?"), shelves,
            lambda shelf: self._console.act(Park(shelf)), self.tr("Voltar"),
        )  # fmt: skip


def _grams(text: str) -> int:
    """Whole grams; anything else is -1, which the bench refuses with its reason."""
    clean = text.strip().removesuffix("g").strip()
    return int(clean) if clean.isdecimal() and len(clean) < 8 else -1
