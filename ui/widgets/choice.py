"""A question inside the page: what is asked, and a button for each answer. No window opens."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.parts import Card, button, clear, columns, label, rows

PER_ROW = 3  # answers beside each other
MOST = 9  # answers of one question, each with its key


class Choice(Card):
    """Hidden until something is asked; scans go on as if it were not there."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        QShortcut("Esc", self, self._leave)  # as the way back does

    def ask(
        self,
        question: str,
        answers: Sequence[tuple[str, str]],
        chosen: Callable[[str], object],
        cancel: str,
    ) -> None:
        """Show `answers` as (value, text); Alt with a number chooses as a click does."""
        self._begin(question)
        buttons = [
            button(text, lambda v=value: self._answer(chosen, v), key=f"Alt+{n}")
            for n, (value, text) in enumerate(answers, 1)
        ]
        back = button(cancel, self._leave, key="Alt+0")
        whole = len(buttons) - len(buttons) % PER_ROW
        for at in range(0, whole, PER_ROW):
            self.box.addLayout(columns(*buttons[at : at + PER_ROW]))
        rest = buttons[whole:]  # the way back stands beside them: a row is dear on a small screen
        self.box.addLayout(columns(*(rest or [1]), back))
        self.show()
        if buttons:
            buttons[0].setFocus()

    def ask_text(
        self,
        question: str,
        accept: str,
        chosen: Callable[[str], object],
        cancel: str,
        start: str = "",
        *,
        secret: bool = False,
    ) -> None:
        """Ask for a line of text; Enter answers. A scan never lands in it."""
        self._begin(question)
        line = QLineEdit(start)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(question)
        line.returnPressed.connect(lambda: self._answer(chosen, line.text()))
        yes = button(accept, lambda: self._answer(chosen, line.text()), key="Alt+1", main=True)
        self.box.addWidget(line)
        self.box.addLayout(columns(1, yes, button(cancel, self._leave, key="Alt+0")))
        self.show()
        line.setFocus()

    def ask_lines(
        self,
        question: str,
        fields: Sequence[tuple[str, str]],
        accept: str,
        chosen: Callable[[list[str]], object],
        cancel: str,
    ) -> None:
        """Ask for several facts at once: `fields` are (name, text to begin with).

        Enter goes on to the next field and answers in the last; the first empty one is begun with.
        """
        self._begin(question)
        lines = [QLineEdit(start) for _, start in fields]
        across = columns()
        for (name, _), line in zip(fields, lines, strict=True):
            line.setAccessibleName(name)
            across.addLayout(rows(label(name, "muted"), line))

        def answer() -> None:
            self._answer(lambda _: chosen([line.text() for line in lines]), "")

        for line, following in itertools.pairwise(lines):
            line.returnPressed.connect(following.setFocus)
        lines[-1].returnPressed.connect(answer)
        self.box.addLayout(across)
        yes = button(accept, answer, key="Alt+1", main=True)
        self.box.addLayout(columns(1, yes, button(cancel, self._leave, key="Alt+0")))
        self.show()
        next((line for line in lines if not line.text()), lines[0]).setFocus()

    def _begin(self, question: str) -> None:
        clear(self.box)
        self.box.addWidget(label(question, "title"))

    def _answer(self, chosen: Callable[[str], object], value: str) -> None:
        self._leave()
        chosen(value)

    def _leave(self) -> None:
        """Give the focus to the page, and to no button of it that a stray Space would press."""
        parent = self.parentWidget()
        if isinstance(parent, QWidget):
            parent.setFocus()
        self.hide()
