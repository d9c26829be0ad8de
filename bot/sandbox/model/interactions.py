"""Interactions and the responses to them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter

from bot.sandbox.model.entities import Channel, InteractionMetadata, Json, Message
from bot.sandbox.model.enums import CallbackType, InteractionType

FIRST_ANSWER = timedelta(seconds=3)
"""The time for the first response."""
TOKEN_LIFE = timedelta(minutes=15)
"""How long the token of an interaction is valid."""


_FAILURES = {
    InteractionType.COMMAND: "The application did not respond",
    InteractionType.COMPONENT: "This interaction failed",
    InteractionType.AUTOCOMPLETE: "Loading options failed",
    InteractionType.MODAL: "Something went wrong. Try again.",
}


@dataclass(slots=True, eq=False, repr=False)
class Interaction(InteractionMetadata):
    """An interaction and the responses to it."""

    token: str
    channel: Channel
    """The channel in which it was triggered."""
    created_at: datetime
    patience: float = 30.0
    """Real seconds until a wait raises `TimeoutError`."""
    answer: CallbackType | None = None
    """The type of the first response; `None` until there is one."""
    followups: list[Message] = field(default_factory=list)
    """The followup messages, oldest first."""
    modal: Json | None = None
    """The modal that was opened, its components with ids."""
    dismissed: bool = False
    """Whether the user closed the modal without submitting it."""
    choices: list[Json] | None = None
    """The choices of autocomplete."""
    failed: str | None = None
    """The error that Discord shows if there is no response in time, else `None`."""
    edits: int = 0
    """How often the response was edited."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None
    began: float = field(default_factory=perf_counter)
    seconds: float | None = None
    """Real seconds from the gateway's event to the first response."""

    @property
    def acknowledged(self) -> bool:
        """Whether there is a first response."""
        return self.answer is not None

    @property
    def ephemeral(self) -> bool:
        """Whether the response is ephemeral."""
        return self.message is not None and self.message.ephemeral

    @property
    def settled(self) -> bool:
        """Whether the user sees a result, or an error; "thinking…" is none."""
        if self.failed:
            return True
        first = self.message
        if first is None or not first.loading:
            return self.acknowledged
        # "Thinking…" may be deleted, and what follows is then a message of its own.
        return first.id not in first.channel.all_messages and bool(self.followups)

    def acknowledge(self, answer: CallbackType) -> None:
        """Record the first response."""
        self.answer = answer
        self.seconds = perf_counter() - self.began
        self.stop_timer()

    def fail(self) -> None:
        """Record that there was no response in time."""
        self.failed = _FAILURES[self.kind]
        self.stop_timer()

    def stop_timer(self) -> None:
        """Cancel the timer for the first response."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    async def until(self, condition: "Callable[[Interaction], bool]") -> "Interaction":
        """Wait until a condition holds, and return the interaction.

        Raises:
            TimeoutError: it took longer than `patience`.
        """
        try:
            async with asyncio.timeout(self.patience):
                while not condition(self):
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise TimeoutError(f"no more came back for {self!r}") from None
        return self

    async def first(self) -> "Interaction":
        """Wait for the first response, or for the failure."""
        return await self.until(
            lambda interaction: interaction.acknowledged or bool(interaction.failed)
        )

    async def result(self) -> "Interaction":
        """Wait for a response that is not "thinking…", or for the failure."""
        return await self.until(lambda interaction: interaction.settled)

    async def followup(self, number: int = 1) -> Message:
        """Wait for a followup message, counted from 1, and return it."""
        await self.until(lambda interaction: len(interaction.followups) >= number)
        return self.followups[number - 1]

    async def edited(self, times: int = 1) -> Message | None:
        """Wait until the response was edited so many times, and return it."""
        await self.until(lambda interaction: interaction.edits >= times)
        return self.message

    def __repr__(self) -> str:
        state = self.failed or (self.answer.name.lower() if self.answer else "no answer")
        return (
            f"<Interaction {self.kind.name.lower()} {self.name!r} of {self.person.name}: {state}>"
        )
