"""The pages by their names, each imported and made when it is first opened, or soon after.

The window stands before any of them does. They are made a piece at a time while nobody has work
for the window, so that no page has to be made under somebody's hands, and nobody waits for a whole
one: the first two as soon as somebody can sign in, the others when the window has stood a while.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget

from ui.console import Console
from ui.pages.page import Page

PAGES = {
    "pick": "PickPage",
    "pack": "PackPage",
    "dispatch": "DispatchPage",
    "orders": "OrdersPage",
    "exceptions": "ExceptionsPage",
    "settings": "SettingsPage",
    "printing": "PrintingPage",
    "printers": "PrintersPage",
    "operators": "OperatorsPage",
    "audit": "AuditPage",
    "second_factor": "SecondFactorPage",
    "status": "StatusPage",
    "help": "HelpPage",
    "recovery": "RecoveryPage",  # has no key of its own: it comes after a sign-in
}

FIRST = ("pick", "orders")  # what is looked at after a sign-in
BREATH_MS = 15  # between two pieces, for whatever else the window has to do


class Book(QObject):
    """Makes the pages of one window in the language and theme of the moment."""

    def __init__(self, console: Console, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._console = console
        self._stack = stack
        self._made: dict[str, Page] = {}
        self._wanted: tuple[str, ...] = ()
        self._rest = QTimer(self)
        self._rest.setInterval(BREATH_MS)
        self._rest.timeout.connect(self._make_next)

    def __getitem__(self, name: str) -> Page:
        """The page, made now if it was not yet."""
        while not self._stands(name):
            self._go_on(name)
        return self._made[name]

    def made(self) -> Iterator[Page]:
        """Those that stand already."""
        yield from self._made.values()

    def make_first(self) -> None:
        """Make what comes after a sign-in, a piece at a time."""
        self._make(FIRST)

    def make_rest(self) -> None:
        """Make what is not made yet, a piece at a time."""
        self._make(tuple(PAGES))

    def _make(self, names: tuple[str, ...]) -> None:
        self._wanted = names
        self._rest.start()

    def _make_next(self) -> None:
        missing = next((name for name in self._wanted if not self._stands(name)), "")
        if missing:
            self._go_on(missing)
        else:
            self._rest.stop()

    def _go_on(self, name: str) -> None:
        """Do a page's next piece: read its module, make it, or give it the window's look."""
        module = f"ui.pages.{name}"
        if name in self._made:
            self._stack.addWidget(self._made[name])
        elif module in sys.modules:
            kind: type[Page] = getattr(sys.modules[module], PAGES[name])
            self._made[name] = kind(self._console)
        else:
            import_module(module)

    def _stands(self, name: str) -> bool:
        return name in self._made and self._stack.indexOf(self._made[name]) >= 0
