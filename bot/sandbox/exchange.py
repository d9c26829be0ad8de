"""One interaction: what a person did, and all that came back for it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum
from time import perf_counter
from typing import TYPE_CHECKING

from bot.sandbox.model import Channel, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.person import Person

FIRST_ANSWER = timedelta(seconds=3)
"""How long an interaction waits for its first answer."""
TOKEN_LIFE = timedelta(minutes=15)
"""How long an interaction that was answered can be answered further."""


class InteractionType(IntEnum):
    """Kinds of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


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


class Exchange:
    """What a person did, and all that came back for it, live.

    Attributes:
        person: who did it.
        channel: where.
        data: what was sent to the bot as the interaction's `data`.
        source: the message whose button or menu was used, or that a modal came from.
        trigger: the exchange that opened the form, of a form that was sent.
        answer: the kind of the first answer, `None` until there is one.
        message: the answer to see: the bot's message, or for an update `source` itself.
        followups: what was sent after it, oldest first.
        modal: the form that was opened.
        choices: what autocomplete offers.
        failed: what Discord shows where the bot did not answer in time, else `None`.
        edits: how often the answer was edited after it had come.
    """

    def __init__(
        self,
        id: int,  # noqa: A002  Discord's own word for it
        token: str,
        kind: InteractionType,
        *,
        person: "Person",
        channel: Channel,
        data: Json,
        created_at: datetime,
        name: str = "",
        source: Message | None = None,
        trigger: "Exchange | None" = None,
        owners: dict[str, str] | None = None,
        patience: float = 10.0,
    ) -> None:
        self.id = id
        self.token = token
        self.kind = kind
        self.person = person
        self.channel = channel
        self.data = data
        self.created_at = created_at
        self.name = name
        self.source = source
        self.trigger = trigger
        self.owners = owners or {}
        self.answer: CallbackType | None = None
        self.message: Message | None = None
        self.followups: list[Message] = []
        self.modal: Json | None = None
        self.choices: list[Json] | None = None
        self.failed: str | None = None
        self.edits = 0
        self.changed = asyncio.Event()
        self.timer: asyncio.TimerHandle | None = None
        self.began = perf_counter()
        self.seconds: float | None = None
        """Real seconds from the gateway's frame to the first answer's arrival."""
        self._patience = patience

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
        return self.acknowledged and not (self.message is not None and self.message.loading)

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
            async with asyncio.timeout(self._patience):
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
