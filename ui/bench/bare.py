"""The floor of a console's start: a window with a table and nothing else, painted once."""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Rows(QAbstractTableModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return self._count

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 8

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return f"{index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    """Says so once what it watches has been painted, and ends the program."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = False

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._say)  # after this painting, and before anything else
        return False

    def _say(self) -> None:
        print(self.say(), flush=True)
        QApplication.exit(0)

    def say(self) -> str:
        return "painted"


def application() -> QApplication:
    """The one of this process; without a display nobody sees its windows."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def run(rows: int) -> int:
    app = application()
    window = QMainWindow()
    table = QTableView()
    table.setModel(Rows(rows))
    table.verticalHeader().setDefaultSectionSize(48)  # as tall as the console's: as many to paint
    window.setCentralWidget(table)
    window.resize(1366, 768)
    painted = Painted()
    table.viewport().installEventFilter(painted)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1])))
