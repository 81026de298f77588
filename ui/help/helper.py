"""Makes a ticket at a click and tells on the strip how it stands; nobody has to wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.decision import Outcome
from app.station.views import Feedback, StationView
from app.support import guides
from app.support.case import Case, new_tag
from app.support.support import Glance
from ui.console import Console
from ui.help.strip import HelpStrip

if TYPE_CHECKING:  # not before somebody asks for help
    from ui.help.shot import Shot

RECENT_S = 180.0  # an answer that came longer ago is not what help is asked about
_NO_TROUBLE = frozenset(("REPEATED", "ACK_FIRST", "SIGN_IN_FIRST", "NOTHING_TO_UNDO", "HELP_ASKED"))
_CAUSES = ("system", "printer", "carrier", "port", "host")


class Helper(QObject):
    """The window's helper. `ask` is the click; the rest follows by itself."""

    _made = Signal(object)

    def __init__(self, window: QWidget, console: Console, page: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._console = console
        self._page = page
        self._trouble: Feedback | None = None
        self._trouble_at = 0.0
        self._waiting = ""  # the ticket that can still be looked at or kept back
        self._goes_at = 0.0
        self._making = False
        self._guide = ""  # that fits the ticket which waits
        self._ended: bool | None = None  # what was said of the guide before the ticket was ready
        self.strip = HelpStrip()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._made.connect(self._finished, Qt.ConnectionType.QueuedConnection)
        console.answered.connect(self.heard)
        console.guide_ended.connect(self._guide_ended)

    def heard(self, feedback: Feedback) -> None:
        """Remember the last answer that was no success: help is mostly asked about that."""
        troubled = feedback.outcome in (Outcome.WARN, Outcome.BLOCK)
        if troubled and feedback.code not in _NO_TROUBLE:
            self._trouble, self._trouble_at = feedback, time.monotonic()

    @property
    def is_making(self) -> bool:
        """Whether a ticket is in work."""
        return self._making

    # --- asking -----------------------------------------------------------------------------

    def ask(self, cause: str = "button", trouble: str = "") -> None:
        """Make a ticket of this moment. Asked again while one can be looked at, that one goes."""
        if self._making:
            return
        if self._waiting and not trouble:
            self.send(self._waiting)
            return
        from ui.help.shot import Shot

        self._making = True
        case = self.case(cause, trouble)
        self._guide = guides.name_for(case)
        Shot(self._window).take(lambda shot: self._make(case, shot))

    def _make(self, case: Case, shot: Shot) -> None:
        support = self._console.engine.support
        future = support.make(case, shot, hold=bool(self._guide))
        future.add_done_callback(lambda done: self._made.emit(done))
        if self._guide and case.trouble:  # who chose a trouble looks at the page already
            self._console.show_guide(self._guide)
        self.strip.say(
            "making", self.tr("Chamado em preparo. Continue o trabalho; ele segue sozinho.")
        )

    def case(self, cause: str, trouble: str = "") -> Case:
        """What is known now of what help is asked about."""
        engine, view = self._console.engine, self._console.view
        now = engine.clock()
        block = view.block if view else None
        about = block or self._recent()
        params = about.params if about and not trouble else {}
        return Case(
            tag=new_tag(now),
            made_at=now,
            station=engine.settings["station.name"],
            cause=cause,
            operator_id=engine.operator_id,
            order_number=_order_in_hand(view),
            code=about.code if about and not trouble else "",
            detail=_word(params.get("detail")),
            system=next((_word(params[name]) for name in _CAUSES if name in params), ""),
            trouble=trouble,
            page=self._page(),
            prompt=view.prompt.code if view else "",
            language=self._console.lang,
        )

    def send(self, ticket_id: str) -> None:
        self._forget(ticket_id)
        self._console.bridge.background(self._console.engine.support.send_now, ticket_id)
        self.strip.say("sent", self.tr("Chamado a caminho."), for_ms=4000)

    def drop(self, ticket_id: str) -> None:
        self._forget(ticket_id)
        self._console.bridge.background(self._console.engine.support.tickets.drop, ticket_id)
        self.strip.say("dropped", self.tr("O chamado não foi enviado."), for_ms=4000)

    def look(self, ticket_id: str) -> None:
        """Open a ticket's items; it waits meanwhile."""
        self._forget(ticket_id)
        self._console.bridge.background(self._console.engine.support.tickets.hold, ticket_id)
        self.strip.clear()
        self._console.show_ticket(ticket_id)

    # --- what became of it ------------------------------------------------------------------

    def glance(self) -> None:
        """Look whether support has answered, or a ticket waits for a yes."""
        station = self._console.engine.settings["station.name"]
        self._console.bridge.background(
            self._console.engine.support.glance, station, done=self._glanced
        )

    def _glanced(self, found: Glance | Feedback) -> None:
        if isinstance(found, Feedback) or self._making or self._waiting:
            return
        if found.answered:
            self._offer_answer(found.answered[-1])
        elif found.review and self._page() != "help" and self.strip.shown in ("", "review"):
            self._offer_review(found.review[0])
        elif self.strip.shown in ("answered", "review"):
            self.strip.clear()

    def crashed(self) -> None:
        """The last console ended badly: a ticket about it is made, and waits for a yes."""
        engine = self._console.engine
        future = engine.support.crashed(engine.settings["station.name"], self._console.lang)
        future.add_done_callback(lambda done: self._made.emit(None))

    def retell(self) -> None:
        """The pages were made anew: the strip is among them again, in their language."""
        if self._waiting:
            self._offer()
        elif self.strip.shown in ("review", "answered"):
            self.strip.clear()  # the next look says it again
        else:
            self.strip.setVisible(bool(self.strip.shown))

    def _finished(self, done: Future[Any] | None) -> None:
        self._making = False
        if done is None:
            self.glance()
            return
        if done.exception():
            self.strip.say(
                "failed",
                self.tr("O chamado não pôde ser feito. Ligue para o suporte."),
                for_ms=15_000,
            )
            return
        self._waiting = done.result()
        if self._ended is not None:
            self._guide_ended(self._ended)
            return
        self._goes_at = time.monotonic() + self._console.engine.settings.number("helpdesk.review_s")
        self._offer()
        self._tick.start()
        self._console.changed.emit()

    def _guide_ended(self, helped: bool) -> None:
        """Somebody has followed the guide: that may be before the ticket itself is ready."""
        self._ended = helped if self._making else None
        if self._making or not self._waiting:
            return
        if not helped:
            self.send(self._waiting)
            return
        tag = self._waiting
        self._forget(tag)
        self._console.bridge.background(self._console.engine.support.tickets.solve, tag)
        self.strip.say("solved", self.tr("Resolvido. Bom trabalho."), for_ms=4000)

    def _offer(self) -> None:
        tag = self._waiting
        found = guides.guide(self._guide, self._console.lang)
        if found:
            self.strip.say(
                "guide",
                self.tr("Há um guia para isto: {title}.").format(title=found.title),
                (
                    (self.tr("Ver o guia"), "Shift+F12",
                     lambda: self._console.show_guide(found.name)),
                    (self.tr("Enviar mesmo assim"), "", lambda: self.send(tag)),
                    (self.tr("Resolvido"), "Shift+F11", lambda: self._guide_ended(True)),
                ),
            )  # fmt: skip
            return
        self.strip.say(
            "waiting",
            self._goes_in(),
            (
                (self.tr("Ver o que vai"), "Shift+F12", lambda: self.look(tag)),
                (self.tr("Enviar já"), "", lambda: self.send(tag)),
                (self.tr("Não enviar"), "Shift+F11", lambda: self.drop(tag)),
            ),
        )

    def _goes_in(self) -> str:
        left = max(0, round(self._goes_at - time.monotonic()))
        return self.tr("Chamado {tag} pronto: vai em {left} s.").format(
            tag=self._waiting, left=left
        )

    def _second(self) -> None:
        if not self._waiting or self._guide:
            self._tick.stop()
        elif time.monotonic() < self._goes_at:
            self.strip.retitle(self._goes_in())
        else:
            self._forget(self._waiting)
            self.strip.say("sent", self.tr("Chamado a caminho."), for_ms=4000)

    def _offer_review(self, tag: str) -> None:
        if self.strip.shown == "review":
            return
        self.strip.say(
            "review",
            self.tr("O chamado {tag} espera por você: ver, enviar ou não.").format(tag=tag),
            (
                (self.tr("Ver o que vai"), "Shift+F12", lambda: self.look(tag)),
                (self.tr("Enviar já"), "", lambda: self.send(tag)),
                (self.tr("Não enviar"), "Shift+F11", lambda: self.drop(tag)),
            ),
        )

    def _offer_answer(self, tag: str) -> None:
        if self.strip.shown == "answered":
            return
        self.strip.say(
            "answered",
            self.tr("O suporte respondeu ao chamado {tag}.").format(tag=tag),
            ((self.tr("Ler"), "Shift+F12", lambda: self._read(tag)),),
        )

    def _read(self, tag: str) -> None:
        self.strip.clear()
        self._console.show_ticket(tag)

    def _forget(self, ticket_id: str) -> None:
        if self._waiting == ticket_id:
            self._waiting = self._guide = ""
            self._tick.stop()

    def _recent(self) -> Feedback | None:
        return self._trouble if time.monotonic() - self._trouble_at < RECENT_S else None


def _order_in_hand(view: StationView | None) -> str:
    if view is None:
        return ""
    if view.pack:
        return view.pack.order_number
    if view.putback:
        return view.putback.order_number
    return view.pick.current.order_number if view.pick and view.pick.current else ""


def _word(value: object) -> str:
    """A parameter as far as it is a code of ours, a printer's or a carrier's name."""
    text = str(value or "")
    return text if len(text) <= 60 and text.isprintable() else ""
