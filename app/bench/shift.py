"""A shift of the demo warehouse, recorded scan by scan: what the rules were asked each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, structs

from app.demo import PIN
from app.domain.dispatch import Close, Handover
from app.domain.scan import Scan, classify
from app.engine import Engine
from app.rehearsal import pack_scan, pick_scan
from app.station.desk import Rules
from app.station.lookups import StoreLookups
from app.store import orders, packages

TOTES = [f"T-{n:02d}" for n in range(1, 30)]
WAVE = 6  # orders of a small cart
WRONG = "NAOEXISTE123"  # a code that nobody knows
WRONG_EACH = 25  # scans from one mistake to the next


class Asked(Struct, frozen=True):
    """One question to the rules of a kind of work; its context answers from memory."""

    kind: str
    rules: Rules
    task: Any
    scan: Scan
    context: Any
    known: dict[str, Any]  # what the task remembered when the scan came

    def anew(self) -> Asked:
        """The same question, as if the rules had never been asked it."""
        task = structs.replace(self.task)
        task.__dict__.update(self.known)
        return structs.replace(self, task=task)


class Recorder:
    """Plays a shift at a station, and keeps what each scan asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._station = engine.station
        self.asked: list[Asked] = []

    def record(self, waves: int) -> list[Asked]:
        """Pick, pack and load so many waves of orders, with a mistake now and then."""
        self._station.sign_in("DEMO", PIN)
        for _ in range(waves):
            self._station.claim_pick("cluster", WAVE)
            for number in self._pick():
                self._pack(number)
        self._dispatch()
        return self.asked

    def _pick(self) -> list[str]:
        numbers: list[str] = []
        while (view := self._station.view().pick) is not None:
            numbers = numbers or [number for number, _ in view.totes]
            self._scan(pick_scan(view, TOTES))
        return numbers

    def _pack(self, number: str) -> None:
        self._station.open_pack(number)
        while (view := self._station.view().pack) is not None:
            self._scan(pack_scan(view))

    def _dispatch(self) -> None:
        view = self._station.view().dispatch
        for choice in view.choices if view else ():
            self._station.open_manifest(choice.carrier, choice.service_code)
            for tracking in self._ready(choice.carrier, choice.service_code):
                self._station.view()  # as the page does before each scan
                self._scan(tracking)
            self._station.act(Close(""))
            self._station.act(Handover("ABC1D23", "João Inventado", "00000000191"))

    def _ready(self, carrier: str, service: str) -> list[str]:
        with self._engine.store.read() as c:
            return [
                label.tracking
                for row in orders.ready_for(c, carrier, service)
                for label in packages.labels_of(c, row.id)
            ]

    def _scan(self, raw: str) -> None:
        if len(self.asked) % WRONG_EACH == WRONG_EACH - 1:
            self._keep(WRONG)
        self._keep(raw)
        self._station.scan(raw)

    def _keep(self, raw: str) -> None:
        """What the station asks its rules for this scan, with what the store answers to them."""
        desk = self._station._desk
        if desk is None:
            return
        with self._engine.store.read() as c:
            context = _remembering(self._station._desks.catch_up(c, desk))
            scan, known = classify(raw, StoreLookups(c)), dict(desk.task.__dict__)
            desk.rules.decide(desk.task, scan, context)
        self.asked.append(Asked(desk.kind, desk.rules, desk.task, scan, context, known))


class _Remembered:
    """A question to the store that is asked once, and answered from memory ever after."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._known: dict[tuple[Any, ...], Any] = {}

    def __call__(self, *words: Any) -> Any:
        if words not in self._known:
            self._known[words] = self._ask(*words)
        return self._known[words]


def _remembering(context: Any) -> Any:
    asks = {
        name: _Remembered(value)
        for name, value in structs.asdict(context).items()
        if callable(value)
    }
    return structs.replace(context, **asks)
