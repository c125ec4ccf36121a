"""Figures by the conventions of Prometheus: the rooms, how long answers and storing take, the process and the build."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Histogram, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from workshop import VERSION
from workshop.directory import Rooms
from workshop.hooks.delivering import Delivering

#: Methods that are told apart; anybody may send any word.
METHODS = ("GET", "HEAD", "POST")
#: Seconds by which answers are sorted, and batches that are stored.
ANSWERS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
BATCHES = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5)


class Metrics:
    """What is counted in one process; without codes, names or anything that is said."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._answers = Histogram(
            "waggle_request_seconds",
            "How long answers over HTTP took",
            ("method", "route", "status"),
            registry=self._registry,
            buckets=ANSWERS,
        )
        self._batches = Histogram(
            "waggle_batch_seconds", "How long storing a batch took", registry=self._registry, buckets=BATCHES
        )

    def watch(self, rooms: Rooms, calls: Delivering) -> None:
        """Read figures off these rooms, and what they tell other programs, from now on."""
        self._registry.register(_Figures(rooms, calls))
        rooms.log.took = self._batches.observe

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answer, of a route and not of an address."""
        known = method if method in METHODS else "other"
        self._answers.labels(known, route, str(status)).observe(seconds)

    def said(self) -> bytes:
        """All figures as Prometheus text."""
        return generate_latest(self._registry)


class _Figures(Collector):
    """Reads the figures off the rooms."""

    def __init__(self, rooms: Rooms, calls: Delivering) -> None:
        self._rooms, self._calls = rooms, calls

    def collect(self) -> Iterator[Metric]:
        rooms, log = self._rooms.in_memory(), self._rooms.log
        commands, frames = self._rooms.done
        yield InfoMetricFamily("waggle_build", "The version of Waggle", {"version": VERSION})
        yield GaugeMetricFamily("waggle_rooms", "Rooms in memory", len(rooms))
        together = self._rooms.together
        desks = [room.desk for room in rooms] + [room.desk for room in (together.relays.all() if together else ())]
        yield GaugeMetricFamily("waggle_seats", "Open sockets", sum(desk.seats() for desk in desks))
        if together is not None:
            yield GaugeMetricFamily(
                "waggle_reached", "Whether the other processes reach this one", int(together.reached)
            )
        yield CounterMetricFamily("waggle_commands", "Commands taken", commands)
        yield CounterMetricFamily("waggle_frames", "Frames told to seats", frames)
        yield CounterMetricFamily("waggle_rows_stored", "Rows stored", log.stored)
        yield CounterMetricFamily("waggle_batches_failed", "Batches that could not be stored", log.failed)
        calls = CounterMetricFamily("waggle_calls", "Calls to programs that are told what happens", labels=["taken"])
        for taken, count in zip(("yes", "no"), self._calls.done, strict=True):
            calls.add_metric([taken], count)
        yield calls
