"""The order list as a table model that reads its pages when they come into sight."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor

from app.domain.texts import word
from app.station.queue import MOST_FOUND
from app.station.views import QueueRow
from ui.console import Console

PAGE = 100
MOST_PAGES = 16  # kept in memory, however far one scrolls
_Index = QModelIndex | QPersistentModelIndex


class OrderTable(QAbstractTableModel):
    """Rows are asked for a page at a time, beside the station, so that no scan waits for a search;
    until they come they are empty.

    What is typed while a search still runs is searched next; answers to older words are dropped.
    `found` tells how many orders the list shows, and whether more than those fit the words.
    """

    found = Signal(int, bool)

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._words = self._queue = ""
        self._total = 0
        self._search = 0
        self._pages: dict[int, tuple[QueueRow, ...]] = {}
        self._asked: set[int] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.reload)
        self._heads = (
            "",
            self.tr("Pedido"),
            self.tr("Situação"),
            self.tr("Corte"),
            self.tr("Transportadora"),
            self.tr("Prazo"),
            self.tr("Canal"),
            self.tr("Unid."),
        )
        self._sla = {
            "late": self.tr("✖ atrasado"),
            "at_risk": self.tr("▲ em risco"),
            "on_time": self.tr("no prazo"),
            "over": "",
        }

    def search(self, words: str, queue: str) -> None:
        """Filter as one types."""
        self._words, self._queue = words, queue
        self._pause.start()

    def reload(self) -> None:
        self._search += 1
        self._asked = set()
        self._ask(0)

    def order_at(self, row: int) -> QueueRow | None:
        page = self._pages.get(row // PAGE, ())
        return page[row % PAGE] if row % PAGE < len(page) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole):
            return None
        row = self.order_at(index.row())
        if row is None:
            if index.row() // PAGE not in self._asked:
                self._ask(index.row() // PAGE)
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            late = index.column() == 0 and row.sla == "late"
            return QColor(self._console.theme.late) if late else None
        return self._text(row, index.column())

    def _text(self, row: QueueRow, column: int) -> str:
        zone = self._console.engine.settings.zone()
        match column:
            case 0:
                return ("★ " if row.pinned else "") + self._sla.get(row.sla, row.sla)
            case 1:
                return row.number
            case 2:
                mark = " ⛔" if row.hold else " ▲" if row.problem else ""
                return word(row.state, self._console.lang) + mark
            case 3:
                return self._pickup(row.cutoff_at, zone)
            case 4:
                return f"{row.carrier} {row.service}"
            case 5:
                return short_time(row.ship_by, zone)
            case 6:
                return row.channel
            case _:
                return str(row.units)

    def _pickup(self, at: datetime | None, zone: ZoneInfo) -> str:
        """The time; a "+1" where today's pickup is over."""
        if at is None:
            return ""
        days = (
            at.astimezone(zone).date() - self._console.engine.clock().astimezone(zone).date()
        ).days
        return f"{at.astimezone(zone):%H:%M}" + (f" +{days}" if days else "")

    def _ask(self, page: int) -> None:
        self._asked.add(page)
        search = self._search
        self._console.bridge.background(
            self._console.station.queue, self._words, self._queue, page * PAGE, PAGE,
            done=lambda found: self._came(search, page, found),
        )  # fmt: skip

    def _came(self, search: int, page: int, found: Any) -> None:
        if search != self._search or not isinstance(found, tuple):
            return
        rows, total = found
        if page == 0:
            self.beginResetModel()
            self._pages = {0: rows}
            more = bool(self._words.strip()) and total > MOST_FOUND
            self._total = min(total, MOST_FOUND) if more else total
            self.endResetModel()
            self.found.emit(self._total, more)
        else:
            self._pages[page] = rows
            if len(self._pages) > MOST_PAGES:
                first = next(iter(self._pages))
                del self._pages[first]
                self._asked.discard(first)
            last = min((page + 1) * PAGE, self._total) - 1
            self.dataChanged.emit(
                self.index(page * PAGE, 0), self.index(last, len(self._heads) - 1)
            )


def short_time(at: datetime | None, zone: ZoneInfo) -> str:
    """Day and time in the warehouse's zone."""
    return at.astimezone(zone).strftime("%d/%m %H:%M") if at else ""
