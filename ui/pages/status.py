"""Status (Situação): every system at a glance, its last day, and what can still be done."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHeaderView,
    QScrollArea,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.health import backlog, wording
from app.health.backlog import Backlog
from app.health.day import Day, IncidentView, availability, day
from app.health.model import State, SystemState
from app.health.overview import worst_first
from app.station.views import StationView
from ui.console import Console
from ui.pages.page import Page
from ui.theme import STATE_SIGNS, state_colour
from ui.widgets.latency_chart import LatencyChart
from ui.widgets.order_table import short_time
from ui.widgets.parts import Card, label, rows
from ui.widgets.table import table


class StatusPage(Page):
    """At the left every system, the worst first; at the right the one that is chosen."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._states: list[SystemState] = []
        self._shares: dict[str, float] = {}
        self._chosen = ""
        self._title = label("", "prompt")
        self._table = table(
            [self.tr("Sistema"), self.tr("Situação"), self.tr("Tempo"), self.tr("24 h")],
            self.tr("Sistemas"),
        )
        self._table.setWordWrap(False)
        heads = self._table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.currentCellChanged.connect(self._choose)
        self._detail = SystemDetail(console)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._table)
        split.addWidget(self._detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 500])
        split.setChildrenCollapsible(False)
        layout = rows(self._title)
        layout.addWidget(split, 1)
        self.setLayout(layout)
        console.bridge.states_changed.connect(self._turned)

    def entered(self) -> None:
        self._fill()
        self._read_day()

    def show_view(self, view: StationView) -> None:
        if self.isVisible():
            self._fill()

    def _turned(self) -> None:
        if self.isVisible():
            self.entered()

    def _fill(self) -> None:
        """Draw the lights of this moment; nothing is asked for that."""
        lang = self.console.lang
        self._states = worst_first(self.console.engine.health.states())
        worst = max((s.state for s in self._states), key=lambda s: s.rank, default=State.UNKNOWN)
        self._title.setText(self._headline(worst))
        ids = [s.system.id for s in self._states]
        at = ids.index(self._chosen) if self._chosen in ids else 0
        self._table.blockSignals(True)
        self._table.setRowCount(len(self._states))
        for row, state in enumerate(self._states):
            share = self._shares.get(state.system.id)
            cells = (
                wording.title(state.system, lang),
                f"{STATE_SIGNS[state.state]}  {wording.state_word(state.state, lang)}",
                wording.seconds_text(state.seconds, lang),
                "" if share is None else percent(share, lang),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column == 1:
                    item.setForeground(QColor(state_colour(self.console.theme, state.state)))
                self._table.setItem(row, column, item)
        if self._states:
            self._table.selectRow(at)
            self._chosen = self._states[at].system.id
            self._detail.show_state(self._states[at])
        self._table.blockSignals(False)

    def _headline(self, worst: State) -> str:
        if not self._states:
            return self.tr("Os sistemas ainda não foram verificados")
        down = sum(s.state is State.DOWN for s in self._states)
        if down:
            return self.tr("{count} fora do ar: veja o que ainda pode ser feito").format(count=down)
        if worst.is_trouble:
            return self.tr("Tudo responde, mas há o que cuidar")
        return self.tr("✔ Tudo funciona")

    def _choose(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._states):
            self._chosen = self._states[row].system.id
            self._detail.show_state(self._states[row])
            self._read_day()

    def _read_day(self) -> None:
        if self._chosen:
            self.console.bridge.background(_read, self.console, self._chosen, done=self._came)

    def _came(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        system, one, self._shares, owed = found
        if system == self._chosen:
            self._detail.show_day(one)
            self._detail.show_backlog(owed if system == "outbox" else None)
            self._fill()


class SystemDetail(QWidget):
    """One system: how it stands and why, what can still be done, its day and its incidents."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._state: SystemState | None = None
        self._name, self._how = label("", "big"), label()
        self._still = [label("", "title"), label(), label("", "title")]
        self._card = Card()
        for one in self._still:
            self._card.box.addWidget(one)
        self._owed = label()
        self._share = label("", "muted")
        self._chart = LatencyChart()
        self._incidents = label("", "muted")
        inner = QWidget()
        inner.setObjectName("page")
        layout = QVBoxLayout(inner)
        for one in (self._name, self._how, self._card, self._owed, self._share):
            layout.addWidget(one)
        layout.addWidget(self._chart, 1)
        layout.addWidget(self._incidents)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.setLayout(rows(area))

    def show_state(self, state: SystemState) -> None:
        if self._state is None or self._state.system.id != state.system.id:
            self._owed.hide()  # it is read with the day
        self._state = state
        lang, zone = self._console.lang, self._console.engine.settings.zone()
        self._name.setText(wording.title(state.system, lang))
        since = short_time(state.since, zone)
        parts = [
            f"{STATE_SIGNS[state.state]} {wording.state_word(state.state, lang)}",
            self.tr("desde {time}").format(time=since) if since else "",
            wording.why(state.cause, lang),
        ]
        if state.usual_s is not None:
            usual = wording.seconds_text(state.usual_s, lang)
            parts.append(self.tr("O normal dele é {usual}.").format(usual=usual))
        self._how.setText("  ".join(part for part in parts if part))
        trouble = state.state.is_trouble
        self._card.setVisible(trouble)
        if trouble:
            told = wording.still(state.system, lang)
            for one, texts in zip(self._still, zip(*told, strict=True), strict=True):
                one.setText("\n".join(dict.fromkeys(texts)))

    def show_backlog(self, owed: Backlog | None) -> None:
        """What is done here and not yet told elsewhere; None where that is no matter of it."""
        self._owed.setVisible(owed is not None)
        if owed is None:
            return
        since = short_time(owed.oldest, self._console.engine.settings.zone())
        lines = [
            self.tr("{name}: {count} à espera").format(name=name, count=count)
            for name, count in sorted(owed.calls.items())
        ] or [self.tr("Nada espera para ser enviado.")]
        if since:
            lines.append(self.tr("O mais antigo é de {time}.").format(time=since))
        if owed.dead:
            text = self.tr("{count} esperam por uma pessoa: veja Pendências.")
            lines.append(text.format(count=owed.dead))
        if owed.tickets:
            lines.append(self.tr("{count} chamados a enviar").format(count=owed.tickets))
        self._owed.setText("\n".join(lines))

    def show_day(self, day: Day) -> None:
        console = self._console
        lang, zone = console.lang, console.engine.settings.zone()
        if day.availability is None:
            self._share.setText(self.tr("Ainda não foi observado."))
        else:
            text = self.tr("Disponível {share} das últimas 24 horas.")
            self._share.setText(text.format(share=percent(day.availability, lang)))
        usual_s = self._state.usual_s if self._state else None
        self._chart.show_day(day, usual_s, lang, console.theme, console.unit, zone)
        lines = [self._incident(one, zone, lang) for one in day.incidents[:8]]
        self._incidents.setText(
            "\n".join(lines) or self.tr("Nenhum incidente nas últimas 24 horas.")
        )

    def _incident(self, one: IncidentView, zone: ZoneInfo, lang: str) -> str:
        end = short_time(one.ended_at, zone) or self.tr("agora")
        sign, cause = STATE_SIGNS[one.worst], wording.why(one.cause, lang)
        return f"{sign} {short_time(one.began_at, zone)} – {end}   {cause}"


def percent(share: float, lang: str) -> str:
    """A share with one decimal; never 100 % where something was missed."""
    text = f"{min(share * 100, 100.0):.1f}"
    if share < 1 and text == "100.0":
        text = "99.9"
    return (text.replace(".", ",") if lang == "pt" else text) + " %"


def _read(console: Console, system: str) -> tuple[str, Day, dict[str, float], Backlog]:
    """On a background thread: a system's day, the availability of all, and what is still owed."""
    engine = console.engine
    station, now = engine.settings["station.name"], engine.clock()
    with engine.store.read() as c:
        shares = availability(c, station, now)
        return system, day(c, system, station, now), shares, backlog.read(c)
