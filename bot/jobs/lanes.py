"""Lanes of due jobs, in memory: a lane runs one job at a time, in order, unless it is held."""

import heapq
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from storage.records import Job


@dataclass(slots=True)
class Lane:
    """The due jobs of one lane."""

    name: str
    queue: list[tuple[int, datetime, str]] = field(default_factory=list)
    """A heap of priority, `run_at` and key."""
    entries: dict[str, tuple[int, datetime, str]] = field(default_factory=dict)
    """The same, by key."""
    held_until: datetime | None = None
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


class Lanes:
    """All lanes with due jobs or with a hold, and which of them can run a job now."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._held: set[str] = set()
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

    def hold(self, name: str, until: datetime) -> None:
        """Hold a lane: it runs no job until a time."""
        self.get(name).held_until = until
        self._held.add(name)

    def release(self, name: str) -> None:
        """End a lane's hold; a lane that isn't held stays as it is."""
        if name in self._held:
            self._held.discard(name)
            lane = self.get(name)
            lane.held_until = None
            self._activate(lane)

    def release_until(self, now: datetime | None) -> None:
        """End the holds that are over at `now`, or all of them if it is `None`."""
        for name in [*self._held]:
            until = self._lanes[name].held_until
            if now is None or until is None or until <= now:
                self.release(name)

    def clear(self) -> None:
        """Remove all lanes."""
        self._lanes.clear()
        self._held.clear()
        self._ready.clear()

    def _activate(self, lane: Lane) -> None:
        if lane.is_active or lane.held_until is not None:
            return
        if lane.queue:
            lane.is_active = True
            self._ready.append(lane)
        else:
            self._lanes.pop(lane.name, None)
