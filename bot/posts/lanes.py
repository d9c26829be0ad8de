"""Work in lanes: in order within each, several at once, none held up by another's trouble."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

J = TypeVar("J", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Again(Generic[J]):
    """A job that stays at the head of its lane, and is tried again."""

    job: J
    after: float
    """Seconds."""


class Lanes(Generic[J]):
    """Does jobs; a lane that waits to try again costs nothing but its place in memory."""

    def __init__(self, work: Callable[[J], Awaitable[Again[J] | None]], *, at_once: int) -> None:
        """Make it idle until `start`.

        Args:
            work: Does a job; returns what to try again later, `None` when it is done.
            at_once: In how many lanes there is work at the same time.
        """
        self._work = work
        self._at_once = at_once
        self._queues: dict[Hashable, deque[J]] = {}
        self._ready: asyncio.Queue[Hashable] = asyncio.Queue()
        self._asleep: dict[Hashable, asyncio.TimerHandle] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._waited_for: dict[J, asyncio.Future[None]] = {}
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def start(self) -> None:
        """Begin to work, in the running event loop."""
        self._tasks = [asyncio.create_task(self._run()) for _ in range(self._at_once)]

    def put(self, lane: Hashable, job: J) -> None:
        """Do a job after those of its lane; one that stands there already stands there once."""
        queue = self._queues.get(lane)
        if queue is None:
            self._queues[lane] = deque((job,))
            self._wake(lane)
        elif job not in queue:
            queue.append(job)

    async def done(self, lane: Hashable, job: J) -> None:
        """Do a job, and wait until it is done or is to be tried again."""
        future = self._waited_for.setdefault(job, asyncio.get_running_loop().create_future())
        self.put(lane, job)
        await asyncio.shield(future)

    def hurry(self, lane: Hashable) -> None:
        """Try now what waits at the head of a lane to be tried again."""
        timer = self._asleep.pop(lane, None)
        if timer is not None:
            timer.cancel()
            self._wake(lane)

    def hurry_all(self) -> None:
        """Try now all that waits to be tried again."""
        for lane in list(self._asleep):
            self.hurry(lane)

    async def until_idle(self) -> None:
        """Wait until there is nothing to do now; what is tried again later aside."""
        await self._idle.wait()

    async def stop(self) -> None:
        """End what is under way where it stands, and forget the rest."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for timer in self._asleep.values():
            timer.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for job in list(self._waited_for):
            self._tell(job)
        self._asleep.clear()
        self._queues.clear()
        self._ready = asyncio.Queue()
        self._busy = 0
        self._idle.set()

    def _tell(self, job: J) -> None:
        future = self._waited_for.pop(job, None)
        if future is not None and not future.done():
            future.set_result(None)

    def _wake(self, lane: Hashable) -> None:
        self._busy += 1
        self._idle.clear()
        self._ready.put_nowait(lane)

    async def _run(self) -> None:
        while True:
            lane = await self._ready.get()
            queue = self._queues[lane]
            job = queue[0]
            try:
                again = await self._work(job)
            except Exception:
                log.exception("%s failed", job)
                again = None
            self._tell(job)
            if again is not None:
                queue[0] = again.job
                self._asleep[lane] = asyncio.get_running_loop().call_later(
                    again.after, self.hurry, lane
                )
            else:
                queue.popleft()
                if queue:
                    self._wake(lane)
                else:
                    del self._queues[lane]
            self._busy -= 1
            if not self._busy:
                self._idle.set()
