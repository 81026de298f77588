"""One order's whole story, and what a supervisor may do to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.texts import word
from app.station.views import GateView, HandoverView, OrderStory, StationView
from ui.console import Console
from ui.widgets.choice import Choice
from ui.widgets.order_table import short_time
from ui.widgets.parts import button, columns, label, rows
from ui.widgets.second_factor import do_guarded
from ui.widgets.take_over import TakeOver


class Story(QWidget):
    """Everything known of one order, and what a supervisor may do to it."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._number = ""
        self._title = label(self.tr("Escolha um pedido"), "big")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("História do pedido"))
        self._choice = Choice()
        self._pin = button(self.tr("Fixar"), lambda: self._do("pin"), key="Alt+P")
        self._unpin = button(self.tr("Desafixar"), lambda: self._do("unpin"), key="Alt+U")
        self._hold = button(self.tr("Bloquear"), self._ask_hold, key="Alt+B")
        self._lift = button(self.tr("Desbloquear"), lambda: self._do("lift"), key="Alt+D")
        self._release = button(self.tr("Liberar"), lambda: self._do("release"), key="Alt+L")
        self._settle = button(self.tr("Resolver"), self._ask_settle, key="Alt+R")
        self._cancel = button(self.tr("Cancelar"), self._ask_cancel, key="Alt+C")
        self._putback = button(
            self.tr("Devolver ao estoque"),
            lambda: console.do(console.station.start_putback, self._number),
            key="Alt+V",
            main=True,
        )
        self._supervise = (
            self._pin, self._unpin, self._hold, self._lift, self._release, self._settle,
            self._cancel,
        )  # fmt: skip
        self._take = button(self.tr("Assumir"), self._ask_take_over, key="Alt+A")
        self._claim: Mapping[str, object] = {}
        self._take_over = TakeOver(console)
        self._reveal = button(self.tr("Ver cliente"), self._ask_reveal, key="Alt+M")
        self._revealed = False
        layout = rows(self._title, self._choice, self._take_over, self._reveal)
        layout.addWidget(self._text, 1)
        layout.addLayout(columns(self._pin, self._unpin, self._hold, self._lift))
        layout.addLayout(columns(self._release, self._settle, self._cancel))
        layout.addLayout(columns(self._putback, self._take))
        self.setLayout(layout)
        for one in (*self._supervise, self._putback, self._reveal, self._take):
            one.hide()

    def show_permissions(self, view: StationView) -> None:
        if "orders.supervise" not in view.session.permissions:
            for one in self._supervise:
                one.hide()
        if "work.take_over" not in view.session.permissions:
            self._take.hide()
        if "personal.reveal" not in view.session.permissions:
            self._reveal.hide()
        if self._revealed and view.session.revealed != self._number:
            self._revealed = False
            self._text.clear()  # at once: nothing of a customer stays while it is read again
            self.reread()

    def open(self, number: str) -> None:
        self._number = number
        self._console.story_number = number
        self._console.bridge.background(self._console.station.story, number, done=self._show)

    def reread(self) -> None:
        if self._number:
            self.open(self._number)

    def _show(self, story: object) -> None:
        if not isinstance(story, OrderStory) or story.row.number != self._number:
            return
        row = story.row
        self._title.setText(
            self.tr("Pedido {number}").format(number=row.number)
            + f" · {word(row.state, self._console.lang)}"
        )
        self._text.setPlainText("\n".join(self._lines(story)))
        view = self._console.view
        self._revealed = view is not None and view.session.revealed == row.number
        self._reveal.setVisible(self._console.allows("personal.reveal") and not self._revealed)
        may = self._console.allows("orders.supervise")
        over = row.state in ("CANCELLED", "PUTBACK_PENDING", "PUTBACK_DONE")
        gone = row.state in ("MANIFESTED", "SHIPPED", "DELIVERED")
        self._pin.setVisible(may and not row.pinned and not over and not gone)
        self._unpin.setVisible(may and row.pinned)
        self._hold.setVisible(may and not row.hold and not over and not gone)
        self._lift.setVisible(may and bool(row.hold))
        self._release.setVisible(may and row.state in ("RECEIVED", "SHORT"))
        self._settle.setVisible(may and bool(row.problem))
        self._cancel.setVisible(may and not over and not gone)
        self._claim = story.claim
        here = view.session.station if view else ""
        elsewhere = bool(story.claim) and story.claim["bench"] != here
        self._take.setVisible(elsewhere and self._console.allows("work.take_over"))
        self._putback.setVisible(
            row.state == "PUTBACK_PENDING" and self._console.allows("pick.work")
        )

    def _customer(self, story: OrderStory) -> str:
        if story.erased:
            return self.tr("Cliente: dados apagados no prazo")
        shown = " · ".join(part for part in (story.recipient, story.address) if part)
        return shown or self.tr("Cliente: dados ocultos")

    def _lines(self, story: OrderStory) -> list[str]:
        row, zone = story.row, self._console.engine.settings.zone()
        lang = self._console.lang
        lines = [
            f"{row.channel} · {row.carrier} {row.service}",
            self.tr("Despachar até {time}").format(time=short_time(row.ship_by, zone) or "—"),
            self._customer(story),
        ]
        if story.hold:
            lines.append(
                self.tr("⛔ Bloqueado por {person} desde {since}: {reason}").format(**story.hold)
            )
        if story.claim:
            lines.append(
                self.tr("● {work} em {bench} ({operator})").format(
                    **{**story.claim, "work": word(str(story.claim["work"]), lang)}
                )
            )
        if row.problem:
            lines.append(self.tr("▲ Pendência: {what}").format(what=word(row.problem, lang)))
        if story.note:
            lines.append(f"✎ {story.note}")
        lines += ["", self.tr("ITENS")]
        lines += [
            f"  {line.done}/{line.quantity}  {line.sku}  {line.name}  {line.bin}".rstrip()
            for line in story.lines
        ]
        if story.gates:
            lines += ["", self.tr("CONDIÇÕES")]
            lines += [self._gate(gate) for gate in story.gates]
        if story.packages:
            lines += ["", self.tr("VOLUMES")]
            lines += [
                f"  {p.package_no}  {p.box}  {p.tracking}  {word(p.state, lang)}  x{p.copies}"
                for p in story.packages
            ]
        if story.handovers:
            lines += ["", self.tr("ROMANEIO")]
            lines += [self._handover(one) for one in story.handovers]
        lines += ["", self.tr("DIÁRIO")]
        lines += [
            f"  {e.at.astimezone(zone):%d/%m %H:%M:%S}  {word(e.kind, lang)}"
            f"  {e.operator}  {e.text}".rstrip()
            for e in story.journal
        ]
        return lines

    def _handover(self, one: HandoverView) -> str:
        """The manifest that the boxes are on, and once they are gone who took them."""
        parts = [one.manifest_id, one.carrier, word(one.state, self._console.lang)]
        parts += [self.tr("placa {plate}").format(plate=one.plate)] if one.plate else []
        parts += [self.tr("motorista {who}").format(who=one.driver)] if one.driver else []
        return f"  {' · '.join(parts)}"

    def _gate(self, gate: GateView) -> str:
        """One gate in a line: how it stands, why, who has it, since when, what comes next."""
        lang, zone = self._console.lang, self._console.engine.settings.zone()
        sign = {"done": "✔", "failed": "✖"}.get(gate.status, "…")
        parts = [f"{word(f'gate.{gate.gate}', lang)}: {word(gate.status, lang)}"]
        parts += [word(gate.reason, lang)] if gate.reason else []
        parts += [word(gate.system, lang)] if gate.system else []
        if gate.since:
            parts.append(self.tr("desde {time}").format(time=short_time(gate.since, zone)))
        if gate.next_try_at:
            at = gate.next_try_at.astimezone(zone)
            parts.append(self.tr("próxima tentativa {time}").format(time=f"{at:%H:%M:%S}"))
        if gate.due_by != "never" and gate.status != "done":
            parts.append(self.tr("até {step}").format(step=word(f"by.{gate.due_by}", lang)))
        return f"  {sign} {' · '.join(parts)}"

    def _do(self, action: str, reason: str = "") -> None:
        self._console.do(self._console.station.supervise, self._number, action, reason)

    def _ask_take_over(self) -> None:
        if self._claim:
            self._take_over.offer(str(self._claim["task"]), str(self._claim["bench"]))

    def _ask_reveal(self) -> None:
        """The reasons that a warehouse meets; any other is typed."""
        reasons = [
            self.tr("O cliente ligou"),
            self.tr("Endereço a corrigir"),
            self.tr("Entrega devolvida"),
            self.tr("Reclamação da transportadora"),
        ]
        answers = [(text, text) for text in reasons]
        self._choice.ask(
            self.tr("Por que ver os dados do cliente? Fica registrado."),
            [*answers, ("", self.tr("Outro motivo…"))], self._answer_reveal, self.tr("Voltar"),
        )  # fmt: skip

    def _answer_reveal(self, reason: str) -> None:
        if reason:
            self._do_reveal(reason)
        else:
            self._choice.ask_text(
                self.tr("Por que ver os dados do cliente? Fica registrado."),
                self.tr("Confirmar"), self._do_reveal, self.tr("Voltar"),
            )  # fmt: skip

    def _do_reveal(self, reason: str) -> None:
        station = self._console.station
        do_guarded(self._console, self._choice, station.reveal, self._number, reason)

    def _ask_hold(self) -> None:
        self._ask(self.tr("Por que bloquear o pedido?"), "hold")

    def _ask_cancel(self) -> None:
        self._ask(self.tr("Por que cancelar o pedido?"), "cancel")

    def _ask_settle(self) -> None:
        self._ask(self.tr("Como a pendência foi resolvida?"), "settle")

    def _ask(self, question: str, action: str) -> None:
        self._choice.ask_text(
            question, self.tr("Confirmar"), lambda text: self._do(action, text.strip()),
            self.tr("Voltar"),
        )  # fmt: skip
