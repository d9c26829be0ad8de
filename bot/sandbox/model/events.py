"""Events of the state, and subscriptions to them: of the gateway, a page or a test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Event:
    """An event."""

    name: str
    """Such as `MESSAGE_CREATE`; Discord's own name where it has one."""
    at: datetime
    subject: Any
    """Its object: a `Message`, `Channel`, `Guild`, `Interaction`, `RecordedRequest`, …"""
    channel_id: int | None = None
    """The channel, if it has one."""
    only_for: int | None = None
    """Id of the only user who may see it; `None` for everyone in the channel."""


class Subscription:
    """A queue of events, as an asynchronous iterator; close it after use."""

    def __init__(self, feed: "Feed") -> None:
        self._feed = feed
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()
        feed.listeners.append(self._queue.put_nowait)

    def close(self) -> None:
        """End the subscription, and an iteration that waits."""
        if self._queue.put_nowait in self._feed.listeners:
            self._feed.listeners.remove(self._queue.put_nowait)
            self._queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Event]:
        while (event := await self._queue.get()) is not None:
            yield event

    async def next(self, *names: str) -> Event:
        """Wait for the next event of one of these names, or of any where none is given."""
        while True:
            event = await self._queue.get()
            if event is None:
                raise RuntimeError("the subscription is closed")
            if not names or event.name in names:
                return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Feed:
    """Passes events to listeners, synchronously and in order."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Event], None]] = []

    def publish(self, event: Event) -> None:
        """Pass an event to all listeners."""
        for listener in tuple(self.listeners):
            listener(event)

    def subscribe(self) -> Subscription:
        """Subscribe to all events from now on."""
        return Subscription(self)
