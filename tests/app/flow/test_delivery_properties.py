"""Whatever fails in whatever order, each call owed is done once, in its lane's order."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.connectors.roles import Role
from app.flow.runner import Busy
from app.store import outbox
from tests.support.flow_floor import FlowFloor
from tests.support.simulated_system import FAULTS, NONE, REFUSE, Killed

_STEPS = ("picked", "packed", "shipped")


class Deliveries(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="flow")
        self.floor = FlowFloor(Path(self.folder.name))
        self.floor.connect("loja", Role.ORDERS)
        self.process = 1
        self.owed: dict[int, list[str]] = {}
        self.faults: list[str] = []
        self.floor.system.fault = self._fault

    def _fault(self, call: str) -> str:
        """Only what the outbox sends is broken here; pulls have their own tests."""
        return self.faults.pop() if self.faults and call in ("tell", "find_told") else NONE

    @rule()
    def an_order_goes_on(self) -> None:
        order_id = next((i for i, steps in self.owed.items() if len(steps) < 3), None)
        if order_id is None or len(self.owed) < 2:
            order_id = self.floor.take(self.floor.order())
            self.owed[order_id] = []
        step = _STEPS[len(self.owed[order_id])]
        self.floor.owe(order_id, step)
        self.owed[order_id].append(step)

    @rule(
        faults=st.lists(st.sampled_from((*FAULTS, REFUSE)), max_size=3),
        minutes=st.sampled_from((0.1, 2, 90)),
    )
    def a_round(self, faults: list[str], minutes: float) -> None:
        self.floor.later(minutes=minutes)
        self.faults = faults
        with contextlib.suppress(Busy):
            try:
                self.floor.round(self.floor.flow(f"E1 #{self.process}"))
            except Killed:
                self.process += 1  # a new process, whose predecessor's lease still runs

    @rule()
    def a_person_tries_again(self) -> None:
        with self.floor.store.write() as c:
            outbox.replay(c, self.floor.now, ids=None, operator_id=1)

    @invariant()
    def nothing_is_done_twice(self) -> None:
        if hasattr(self, "floor"):
            twice = {what: n for what, n in self.floor.system.effects.items() if n > 1}
            assert not twice

    @invariant()
    def every_lane_is_in_order(self) -> None:
        if hasattr(self, "floor"):
            for heard in self.floor.system.heard.values():
                assert heard == list(_STEPS[: len(heard)])

    @invariant()
    def what_is_called_done_was_done(self) -> None:
        if hasattr(self, "floor"):
            for call in self.floor.calls(state="done"):
                external_id = self.floor.row(call.order_id).external_id
                assert self.floor.system.effects[external_id, call.topic] == 1

    def teardown(self) -> None:
        """Once nothing fails any more, everything is done, whatever had happened."""
        if not hasattr(self, "floor"):
            return
        try:
            self._settle()
        finally:
            self.floor.store.close()
            self.folder.cleanup()

    def _settle(self) -> None:
        self.faults.clear()
        for _ in range(8):
            self._a_quiet_round()
            if not self._undone():
                break
        assert not self._undone()
        self._a_quiet_round()  # in which nothing is done once more
        for order_id, steps in self.owed.items():
            external_id = self.floor.row(order_id).external_id
            assert self.floor.system.heard.get(external_id, []) == steps

    def _a_quiet_round(self) -> None:
        self.floor.later(hours=3)
        with self.floor.store.write() as c:
            outbox.replay(c, self.floor.now, ids=None, operator_id=1)
        self.floor.round(self.floor.flow("E1 #last"))

    def _undone(self) -> list[Any]:
        return [call for call in self.floor.calls() if call.state != "done"]


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
