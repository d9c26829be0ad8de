"""One interaction: what a person did, and all that came back for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from time import perf_counter

from bot.sandbox.model import Channel, InteractionMetadata, InteractionType, Json, Message

FIRST_ANSWER = timedelta(seconds=3)
"""How long an interaction waits for its first answer."""
TOKEN_LIFE = timedelta(minutes=15)
"""How long an interaction that was answered can be answered further."""


class CallbackType(IntEnum):
    """Kinds of first answers."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_FAILURES = {
    InteractionType.COMMAND: "The application did not respond",
    InteractionType.COMPONENT: "This interaction failed",
    InteractionType.AUTOCOMPLETE: "Loading options failed",
    InteractionType.MODAL: "Something went wrong. Try again.",
}


@dataclass(slots=True, eq=False, repr=False)
class Exchange(InteractionMetadata):
    """What a person did, and all that came back for it, live."""

    token: str
    channel: Channel
    """Where it was done."""
    created_at: datetime
    patience: float = 30.0
    """Real seconds that a wait may take."""
    answer: CallbackType | None = None
    """The kind of the first answer, `None` until there is one."""
    followups: list[Message] = field(default_factory=list)
    """What was sent after it, oldest first."""
    modal: Json | None = None
    """The modal that was opened, its components as Discord numbers them."""
    dismissed: bool = False
    """Whether the person closed that modal without sending it."""
    choices: list[Json] | None = None
    """What autocomplete offers."""
    failed: str | None = None
    """What Discord shows where the bot did not answer in time, else `None`."""
    edits: int = 0
    """How often the answer was edited after it had come."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None
    began: float = field(default_factory=perf_counter)
    seconds: float | None = None
    """Real seconds from the gateway's frame to the first answer's arrival."""

    @property
    def acknowledged(self) -> bool:
        """Whether a first answer has come."""
        return self.answer is not None

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for this person's eyes only."""
        return self.message is not None and self.message.ephemeral

    @property
    def settled(self) -> bool:
        """Whether the person sees a result: not nothing, not "thinking…"."""
        if self.failed:
            return True
        first = self.message
        if first is None or not first.loading:
            return self.acknowledged
        # "Thinking…" may be deleted, and what follows is then a message of its own.
        return first.id not in first.channel.everything and bool(self.followups)

    def acknowledge(self, answer: CallbackType) -> None:
        """Note the first answer."""
        self.answer = answer
        self.seconds = perf_counter() - self.began
        self.stop_timer()

    def fail(self) -> None:
        """Note that there was none in time."""
        self.failed = _FAILURES[self.kind]
        self.stop_timer()

    def stop_timer(self) -> None:
        """Wait no more for a first answer."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    async def until(self, condition: "Callable[[Exchange], bool]") -> "Exchange":
        """Wait until something is so, and return the exchange.

        Raises:
            TimeoutError: the sandbox's patience, in real seconds, is at its end.
        """
        try:
            async with asyncio.timeout(self.patience):
                while not condition(self):
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise TimeoutError(f"no more came back for {self!r}") from None
        return self

    async def first(self) -> "Exchange":
        """Wait for the first answer, be it "thinking…", or for the failure."""
        return await self.until(lambda exchange: exchange.acknowledged or bool(exchange.failed))

    async def result(self) -> "Exchange":
        """Wait for what the person gets to see in the end, or for the failure."""
        return await self.until(lambda exchange: exchange.settled)

    async def followup(self, number: int = 1) -> Message:
        """Wait for a further message, counted from 1, and return it."""
        await self.until(lambda exchange: len(exchange.followups) >= number)
        return self.followups[number - 1]

    async def edited(self, times: int = 1) -> Message | None:
        """Wait until the answer was edited so many times, and return it."""
        await self.until(lambda exchange: exchange.edits >= times)
        return self.message

    def __repr__(self) -> str:
        state = self.failed or (self.answer.name.lower() if self.answer else "no answer")
        return f"<Exchange {self.kind.name.lower()} {self.name!r} of {self.person.name}: {state}>"
