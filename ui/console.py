"""What every page shares: the engine's latest view, the look, and the one way to ask for work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.engine import Engine
from app.station.views import Feedback, StationView
from ui.after_painting import AfterPainting
from ui.bridge import Bridge
from ui.theme import THEMES, Theme

NEWS_MS = 250


class Console(QObject):
    """Asks the engine off the Qt thread, and tells the pages what it answered.

    After every call the station's view is read again, so that what is shown is what the call left
    behind.
    """

    answered = Signal(object)  # Feedback
    viewed = Signal(object)  # StationView
    changed = Signal()  # something of the warehouse changed: lists read again
    relooked = Signal()  # language or theme changed
    configured = Signal()  # another setting changed
    opened = Signal(str)  # a page asks for another page by its name
    guide_ended = Signal(bool)  # whether the guide on the Help page has helped
    help_wanted = Signal(str)  # a page asks for a ticket about one of the common troubles

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.station = engine.station
        self.bridge = Bridge(engine, self)
        self.once_painted = AfterPainting(self)
        self._news = QTimer(self)  # many changes at once are shown once
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._show_news)
        self.bridge.outside.connect(self._heard, Qt.ConnectionType.QueuedConnection)
        self.bridge.told.connect(self._told)
        self.view: StationView | None = None
        self.unit = 15
        self.story_number = ""  # the order that the Orders page shall show
        self.ticket_id = ""  # the ticket that the Help page shall show
        self.guide_name = ""  # the guide that the Help page shall show

    @property
    def lang(self) -> str:
        return self.engine.settings["language"]

    @property
    def theme(self) -> Theme:
        return THEMES[self.engine.settings["theme"]]

    def allows(self, permission: str) -> bool:
        """Whether whoever is signed in may; only to show it, the engine decides."""
        return self.view is not None and permission in self.view.session.permissions

    def recovery_is_due(self, view: StationView) -> bool:
        """Whether whoever just signed in should put the recovery key on paper."""
        may = "backup.manage" in view.session.permissions
        return may and self.engine.backups.key_is_due

    def scan(self, raw: str) -> None:
        """A scan goes before everything else that waits for the station.

        Its answer is told as soon as it is durable, and painted before the view is asked for:
        the station would make the painting wait for Python's lock.
        """
        self.bridge.call(self.station.scan, raw, done=self._scanned, urgent=True)

    def _scanned(self, feedback: Feedback) -> None:
        self.answered.emit(feedback)
        self.once_painted.do(self._view_scan)

    def _view_scan(self) -> None:
        self.bridge.call(self.station.view, done=self._show_after_scan)

    def act(self, action: Any) -> None:
        self.do(self.station.act, action)

    def do(
        self,
        work: Callable[..., Any],
        *args: Any,
        instead: Callable[[Feedback], bool] = lambda feedback: False,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Ask for `work`; its Feedback, if it gives one, is answered, then the view shown.

        `instead` sees the Feedback first; where it says True it has dealt with it. `after` is
        called when all that is done, also where `work` failed.
        """

        def done(made: tuple[object, StationView] | Feedback) -> None:
            self._done(made, instead)
            after()

        self.bridge.call(self._and_view, work, args, done=done)

    def do_beside(self, work: Callable[..., Any], *args: Any) -> None:
        """The same beside the station, for work that a scan must not wait for."""
        self.bridge.background(work, *args, done=self._done_beside)

    def _done_beside(self, feedback: object) -> None:
        self.refresh()
        if isinstance(feedback, Feedback):
            self.answered.emit(feedback)
            self.changed.emit()

    def refresh(self) -> None:
        self.bridge.call(self.station.view, done=self._show)

    def change_setting(self, key: str, value: str) -> None:
        signal = self.relooked if key in ("language", "theme") else self.configured

        def changed(result: tuple[object, StationView] | Feedback) -> None:
            self._done(result)
            signal.emit()

        self.bridge.call(self._and_view, self.engine.change_setting, (key, value), done=changed)

    def _show_after_scan(self, view: object) -> None:
        self._show(view)
        self.engine.courtesy.over()
        self.changed.emit()

    def show_story(self, number: str) -> None:
        self.story_number = number
        self.opened.emit("orders")

    def show_ticket(self, ticket_id: str) -> None:
        self.ticket_id = ticket_id
        self.opened.emit("help")

    def _heard(self) -> None:
        if not self._news.isActive():
            self._news.start()

    def _show_news(self) -> None:
        self.refresh()
        self.changed.emit()

    def show_guide(self, name: str) -> None:
        self.guide_name = name
        self.opened.emit("help")

    def _told(self, feedback: Feedback) -> None:
        """Something happened without a call, such as a printer that ran out of paper."""
        self.answered.emit(feedback)
        self.refresh()

    def _and_view(
        self, work: Callable[..., Any], args: tuple[Any, ...]
    ) -> tuple[object, StationView]:
        return work(*args), self.station.view()

    def _done(
        self,
        result: tuple[object, StationView] | Feedback,
        instead: Callable[[Feedback], bool] = lambda feedback: False,
    ) -> None:
        if isinstance(result, Feedback):  # the call failed
            self.answered.emit(result)
            return
        feedback, view = result
        self._show(view)
        if isinstance(feedback, Feedback) and not instead(feedback):
            self.answered.emit(feedback)
            self.changed.emit()

    def _show(self, view: object) -> None:
        if isinstance(view, StationView):
            self.view = view
            self.viewed.emit(view)
