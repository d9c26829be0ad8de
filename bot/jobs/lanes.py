"""Lanes of due jobs, in memory: a lane runs one job at a time, in order, unless it is held."""

import heapq
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from storage.records import Job, Reason


@dataclass(slots=True)
class Lane:
    """The due jobs of one lane."""

    name: str
    queue: list[tuple[int, datetime, str]] = field(default_factory=list)
    """A heap of priority, `run_at` and key."""
    entries: dict[str, tuple[int, datetime, str]] = field(default_factory=dict)
    """The same, by key."""
    is_active: bool = False
    """Whether it is ready, runs a job, or waits at the gate."""

    def push(self, job: Job) -> None:
        """Add a job; one that is in the queue already only moves forward."""
        entry = (job.priority, job.run_at, job.key)
        known = self.entries.get(job.key)
        if known is not None and known <= entry:
            return
        if known is not None:
            self.queue.remove(known)
            heapq.heapify(self.queue)
        self.entries[job.key] = entry
        heapq.heappush(self.queue, entry)

    def pop(self) -> str:
        """Remove the first job and return its key."""
        _, _, key = heapq.heappop(self.queue)
        del self.entries[key]
        return key


@dataclass(frozen=True, slots=True)
class _Hold:
    """Until when a lane runs no job, and why."""

    until: datetime
    reason: Reason


class Lanes:
    """All lanes with due jobs or with a hold, and which of them can run a job now."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._holds: dict[str, _Hold] = {}
        """The holds, by the name of the lane."""
        self._ready: deque[Lane] = deque()

    @property
    def ready_count(self) -> int:
        """How many lanes can run a job now and do not run one."""
        return len(self._ready)

    def get(self, name: str) -> Lane:
        """Return a lane; create it if it doesn't exist."""
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = Lane(name)
        return lane

    def push(self, job: Job) -> None:
        """Add a due job to its lane."""
        lane = self.get(job.lane)
        lane.push(job)
        self._activate(lane)

    def take(self) -> Lane:
        """Return the next lane that can run a job; it counts as active until `finish`."""
        return self._ready.popleft()

    def finish(self, lane: Lane) -> None:
        """End a lane's current job; the lane can run its next one unless it is held."""
        lane.is_active = False
        self._activate(lane)

    def hold(self, name: str, until: datetime, reason: Reason) -> None:
        """Hold a lane: it runs no job until a time."""
        self._holds[name] = _Hold(until, reason)

    def release_after(self, now: datetime) -> None:
        """End the holds whose time is over at `now`."""
        for name, hold in [*self._holds.items()]:
            if hold.until <= now:
                self._release(name)

    def release(self, reasons: Collection[Reason], names: Collection[str] | None = None) -> None:
        """End the holds that have one of some reasons, of some lanes or, with `None`, of all."""
        for name, hold in [*self._holds.items()]:
            if hold.reason in reasons and (names is None or name in names):
                self._release(name)

    def _release(self, name: str) -> None:
        del self._holds[name]
        self._activate(self.get(name))

    def clear(self) -> None:
        """Remove all lanes."""
        self._lanes.clear()
        self._holds.clear()
        self._ready.clear()

    def _activate(self, lane: Lane) -> None:
        if lane.is_active or lane.name in self._holds:
            return
        if lane.queue:
            lane.is_active = True
            self._ready.append(lane)
        else:
            self._lanes.pop(lane.name, None)
