"""What a monitoring system reads: the state of every system, queues and incidents, for Prometheus.

Names carry no order and no person; a label is a system's id or a queue's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from app import __version__
from app.health import backlog
from app.health.model import State, SystemState
from app.store import health as kept
from app.store import journal, order_search
from app.store.database import Store


class SystemsCollector(Collector):
    """Reads the store and the lights at each scrape; nothing is counted beside them.

    Args:
        states: every system as it stands now.
    """

    def __init__(
        self,
        store: Store,
        states: Callable[[], Iterable[SystemState]],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._states = states
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("expedita", "The program.", value={"version": __version__})
        yield from self._systems()
        with self._store.read() as c:
            queues = order_search.counts(c)
            incidents = len(kept.open_incidents(c))
            heads = journal.heads(c)
            owed = backlog.read(c)
        waiting = GaugeMetricFamily("expedita_orders", "Orders in each queue.", labels=["queue"])
        for name, count in queues.items():
            waiting.add_metric([name], count)
        yield waiting
        entries = GaugeMetricFamily(
            "expedita_journal_entries", "Entries of each station's journal.", labels=["station"]
        )
        for station, (seq, _) in heads.items():
            entries.add_metric([station], seq)
        yield entries
        calls = GaugeMetricFamily(
            "expedita_calls_waiting", "Calls that each system is still owed.", labels=["connector"]
        )
        for name, count in owed.calls.items():
            calls.add_metric([name], count)
        yield calls
        yield GaugeMetricFamily(
            "expedita_calls_dead", "Calls that wait for a person.", value=owed.dead
        )
        yield GaugeMetricFamily(
            "expedita_tickets_waiting", "Tickets that are still to be sent.", value=owed.tickets
        )
        yield GaugeMetricFamily(
            "expedita_incidents_open", "Incidents that have no end yet.", value=incidents
        )

    def _systems(self) -> Iterator[Metric]:
        labels = ["system", "kind"]
        state = GaugeMetricFamily(
            "expedita_system_state", "1 for the state it is in.", labels=[*labels, "state"]
        )
        seconds = GaugeMetricFamily(
            "expedita_system_seconds", "What the last call or probe took.", labels=labels
        )
        usual = GaugeMetricFamily(
            "expedita_system_usual_seconds", "What its calls usually take.", labels=labels
        )
        since = GaugeMetricFamily(
            "expedita_system_state_seconds", "How long it has been in its state.", labels=labels
        )
        now = self._clock()
        for one in self._states():
            names = [one.system.id, one.system.kind]
            for each in State:
                state.add_metric([*names, each.value], float(each is one.state))
            if one.seconds is not None:
                seconds.add_metric(names, one.seconds)
            if one.usual_s is not None:
                usual.add_metric(names, one.usual_s)
            if one.since is not None:
                since.add_metric(names, max((now - one.since).total_seconds(), 0.0))
        yield from (state, seconds, usual, since)
