"""The pick in hand: the walk from bin to bin, and the totes."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QProgressBar

from app.domain.model import ShortReason
from app.domain.pick_actions import (
    ConfirmBin,
    SetAside,
    Short,
    Skip,
    Substitute,
    TypedQuantity,
    UseAlternative,
    ZeroCheck,
)
from app.station.views import LineView, PickView, StationView
from ui.console import Console
from ui.pages.work import Work
from ui.widgets.cells import Cells
from ui.widgets.parts import Card, button, columns, label, rows
from ui.widgets.picture import ProductPicture

_TOTES_ALONE = ("load_totes", "set_aside", "drop")


class Walk(Work):
    """The pick in hand: one prompt, the bin and the product large, the totes at the side."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.questions["CHOOSE_REASON"] = self.ask_short
        self._view: PickView | None = None
        self._prompt = label("", "prompt")
        self._bin = label("", "huge", centre=True)
        self._picture = ProductPicture()
        self._name = label("", "big")
        self._detail = label("", "title")
        self._count = label("", "huge", centre=True)
        self._tote = label("", "big", centre=True)
        self._progress = QProgressBar()
        place, product, side = Card(), Card(), Card()
        self._goods = (place, product)
        place.box.addWidget(label(self.tr("Endereço"), "muted", centre=True))
        place.box.addWidget(self._bin)
        place.box.addWidget(label(self.tr("Quantidade"), "muted", centre=True))
        place.box.addWidget(self._count)
        place.box.addWidget(self._tote)
        place.box.addStretch()
        product.box.addWidget(self._picture, 1)
        product.box.addWidget(self._name)
        product.box.addWidget(self._detail)
        self._totes = Cells()
        self._release = button(
            self.tr("Devolver tarefa"), lambda: console.do(console.station.release_task),
            key="Ctrl+D",
        )  # fmt: skip
        side.box.addWidget(label(self.tr("Caixas"), "muted"))
        side.box.addWidget(self._totes)
        side.box.addStretch()
        side.box.addWidget(self._release)
        body = columns()
        body.addWidget(place, 4)
        body.addWidget(product, 4)
        body.addWidget(side, 3)
        self._undo = button(self.tr("Desfazer"), lambda: console.do(console.station.undo), key="F8")
        self._short = button(self.tr("Falta"), self.ask_short, key="F9")
        self._skip = button(self.tr("Pular"), lambda: console.act(Skip()), key="F10")
        self._typed = button(self.tr("Digitar quantidade"), self._ask_quantity, key="F11")
        self._other = button(self.tr("Outra opção"), self.ask_other, key="Ctrl+O")
        self._confirm = button(
            self.tr("Confirmar endereço lido"), lambda: console.act(ConfirmBin()), key="Ctrl+B"
        )
        self._link = button(self.tr("Vincular código"), self._link_code, key="Ctrl+V")
        self._full = button(
            self.tr("Não está vazio"), lambda: console.act(ZeroCheck(False)), key="Ctrl+N"
        )
        self._empty = button(
            self.tr("Está vazio"), lambda: console.act(ZeroCheck(True)), key="Ctrl+E", main=True
        )
        self._aside = button(
            self.tr("Caixa separada"), lambda: console.act(SetAside()), key="Ctrl+K", main=True
        )
        layout = rows(self._prompt, self._choice)
        layout.addLayout(body, 1)
        layout.addWidget(self._progress)
        layout.addLayout(
            columns(
                self._undo, self._short, self._skip, self._typed, self._other, self._confirm,
                self._link,
                self._full, self._empty, self._aside, 1,
            )
        )  # fmt: skip
        self.setLayout(layout)

    def show_task(self, view: PickView, prompt: str, station: StationView) -> None:
        if self._view and self._view.step != view.step:
            self._choice.hide()
        self._view = view
        here = view.current
        self._prompt.setText(prompt)
        self._bin.setText(here.bin if here else "—")
        self._count.setText(_count_text(view))
        zero = view.step == "zero_check"
        tote = "" if zero else view.tote
        self._tote.setText(self.tr("Caixa {tote}").format(tote=tote) if tote else "")
        self._name.setText(here.name if here else "")
        self._detail.setText(self._product_line(here) if here else "")
        self._picture.show_product(*_pictured(here))
        self._progress.setRange(0, max(view.units_total, 1))
        self._progress.setValue(view.units_done)
        self._progress.setFormat(
            self.tr("{done} de {total} unidades").format(
                done=view.units_done, total=view.units_total
            )
        )
        self._show_totes(view)
        for card in self._goods:  # where it is about totes nothing else may draw the eye
            card.setVisible(view.step not in _TOTES_ALONE)
        at_item = view.step in ("bin", "item", "short")
        self._undo.setEnabled(bool(station.undo))
        for one in (self._short, self._skip):
            one.setVisible(at_item)
        self._link.setVisible(
            bool(station.unknown_code and here)
            and view.step == "item"
            and self._console.allows("catalogue.link")
        )
        self._confirm.setVisible(
            bool(view.wrong_bin and view.step == "bin") and self._console.allows("pick.confirm_bin")
        )
        self._typed.setVisible(view.step == "item" and view.typed_quantity_allowed)
        self._other.setVisible(at_item and bool(view.alternatives or view.substitutes))
        self._full.setVisible(zero)
        self._empty.setVisible(zero)
        self._aside.setVisible(view.step == "set_aside")
        self._release.setEnabled(view.units_done == 0 and view.in_hand == 0)
        if view.step == "short" and not self._choice.isVisible():
            self.ask_short()

    def ask_short(self) -> None:
        reasons = [
            (ShortReason.OUT_OF_STOCK, self.tr("Sem estoque")),
            (ShortReason.DAMAGED, self.tr("Avariado")),
            (ShortReason.NOT_FOUND, self.tr("Não localizado")),
            (ShortReason.WRONG_BIN, self.tr("Endereço errado")),
            (ShortReason.EXPIRED, self.tr("Vencido")),
        ]
        self._choice.ask(
            self.tr("Por que faltam unidades?"),
            [(str(reason), text) for reason, text in reasons],
            lambda value: self._console.act(Short(ShortReason(value))),
            self.tr("Voltar"),
        )

    def _ask_quantity(self) -> None:
        self._choice.ask_text(
            self.tr("Quantas unidades você contou?"), self.tr("Confirmar"), self._typed_in,
            self.tr("Voltar"),
        )  # fmt: skip

    def _typed_in(self, text: str) -> None:
        digits = text.strip()
        self._console.act(TypedQuantity(int(digits) if digits.isdecimal() else 0))

    def _link_code(self) -> None:
        if self._view and self._view.current:
            self._console.do(self._console.station.link_unknown, self._view.current.sku)

    def ask_other(self) -> None:
        if self._view is None:
            return
        bins = [
            (f"B{code}", self.tr("Endereço {bin}: tem {count}").format(bin=code, count=count))
            for code, count in self._view.alternatives
        ]
        skus = [
            (f"S{sku}", self.tr("Trocar por {name}, em {bin}").format(name=name, bin=code))
            for sku, name, code in self._view.substitutes
        ]
        self._choice.ask(
            self.tr("De onde vem o que falta?"), (bins + skus)[:9], self._other_chosen,
            self.tr("Voltar"),
        )  # fmt: skip

    def _other_chosen(self, value: str) -> None:
        what = UseAlternative(value[1:]) if value[0] == "B" else Substitute(value[1:])
        self._console.act(what)

    def _product_line(self, here: LineView) -> str:
        parts = [f"SKU {here.sku}"]
        if here.lot:
            parts.append(self.tr("lote {lot}").format(lot=here.lot))
        if here.expiry:
            day = f"{date.fromisoformat(here.expiry):%d/%m/%Y}"
            parts.append(self.tr("validade {day}").format(day=day))
        parts.append(self.tr("pedido {number}").format(number=here.order_number))
        return " · ".join(parts)

    def _show_totes(self, view: PickView) -> None:
        alone = view.step in _TOTES_ALONE
        size = "Big" if alone else ""
        first = next((number for number, tote in view.totes if not tote), "")
        owners = {line.order_number: [0, 0] for line in view.lines}
        for line in view.lines:
            owners[line.order_number][0] += line.done
            owners[line.order_number][1] += line.quantity - line.short
        across = 3 if alone else 2 if len(view.totes) > 9 else 1
        cells = []
        for number, tote in view.totes:
            done, total = owners.get(number, [0, 0])
            full = "✔" if total and done >= total else ""
            text = f"{tote or '—'}  {done}/{total} {full}\n{number}"
            here = tote == view.tote if tote else number == first
            cells.append((text, f"{'chosen' if here else 'cell'}{size}"))
        self._totes.show_cells(cells, across)


def _count_text(view: PickView) -> str:
    here = view.current
    if here is None:
        return ""
    if view.step == "zero_check":
        return "0 ?"
    if view.in_hand:
        return f"{view.in_hand} / {here.quantity - here.done - here.short}"
    return str(here.quantity - here.done - here.short)


def _pictured(line: LineView | None) -> tuple[str, str, str]:
    return (line.sku, line.category, line.picture) if line else ("", "", "")
