"""Autocomplete for options of commands: only each person's newest request is answered."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands

log = logging.getLogger(__name__)

Value = TypeVar("Value", str, int)
Suggest: TypeAlias = Callable[
    [discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[Value]]]
]


class Autocompletes:
    """Cancels an autocomplete request when the same person sends another.

    Discord sends a request at each pause in typing, and shows only the choices of the newest one.
    Work for older requests would only delay the others.
    """

    def __init__(self) -> None:
        self._tasks: dict[int, asyncio.Task[Any]] = {}
        """The task of each person's newest request, by user id."""

    def newest_only(self, suggest: Suggest[Value]) -> Suggest[Value]:
        """Return an autocomplete callback that drops older requests of the same person.

        A dropped request gets no response, and one that failed no choices. The typed value is
        always passed on as text, although Discord sends a number for a number option.
        """

        async def newest(
            interaction: discord.Interaction[Any], current: str
        ) -> list[app_commands.Choice[Value]]:
            user_id = interaction.user.id
            task = asyncio.current_task()
            assert task is not None, "discord.py runs each interaction in a task"
            older = self._tasks.get(user_id)
            if older is not None:
                older.cancel()
            self._tasks[user_id] = task
            try:
                return await suggest(interaction, str(current))
            except Exception:
                # Without an answer, Discord shows an error below the option.
                log.exception("choices can't be suggested")
                return []
            finally:
                if self._tasks.get(user_id) is task:
                    del self._tasks[user_id]

        return newest
