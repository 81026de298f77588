"""The choice of a file or a folder, in a dialog beside the work and not before it: scans go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def open_file(page: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that is there."""
    dialog = _dialog(page, title, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.show()


def open_folder(page: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
    """Ask for a folder that is there."""
    dialog = _dialog(page, title, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.show()


def save_file(page: QWidget, title: str, name: str, chosen: Callable[[Path], object]) -> None:
    """Ask where a file is to be written; `name` is offered, and its ending added to another."""
    dialog = _dialog(page, title, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.show()


def _dialog(page: QWidget, title: str, chosen: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(page, title)
    # Qt's own one: the desktop's would take the scanner's keys.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setModal(False)
    # Qt has no Portuguese for these two.
    dialog.setLabelText(
        QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("FileChoice", "Pasta:")
    )
    dialog.setLabelText(
        QFileDialog.DialogLabel.FileType, QCoreApplication.translate("FileChoice", "Tipo:")
    )
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    window = page.window()
    dialog.resize(window.width() * 3 // 4, window.height() * 3 // 4)
    return dialog
