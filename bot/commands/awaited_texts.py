"""Texts that are written because somebody has opened a paper, and what is done when they are there.

Nobody waits for them: a reader sees at once what there is.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import discord

from bot.tasks import log_failure
from bot.writer.service import WriteResult, WriterService
from storage.errors import StorageError

log = logging.getLogger(__name__)

_LIFETIME: Final = 14 * 60.0
"""Seconds; an answer can be edited for 15 minutes after the interaction."""
_MOST: Final = 500
"""Cards that wait at the same time; further ones stay as they are."""


class AwaitedTexts:
    """Lets the writer write what people open, and tells when it is there."""

    def __init__(self, writer: WriterService) -> None:
        """Build it; `close` ends all waiting."""
        self._writer = writer
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, arxiv_id: str, language: str, update: Callable[[], Awaitable[None]]) -> None:
        """Let a paper's text be written, and call `update` when it is there; return at once.

        If it isn't written, nothing is called. What Discord refuses in `update` is logged.

        Args:
            arxiv_id: A paper without a text in the language.
            language: The code of the reader's language.
            update: Shows the text.
        """
        if not self._writer.writes(language):
            return
        if len(self._tasks) >= _MOST:
            log.debug("%d cards wait for texts; no further one does", _MOST)
            return
        task = asyncio.create_task(
            self._follow(arxiv_id, language, update), name=f"wait for the text of {arxiv_id}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(log_failure)

    async def _follow(
        self, arxiv_id: str, language: str, update: Callable[[], Awaitable[None]]
    ) -> None:
        try:
            result = await self._writer.write_now(arxiv_id, language, seconds=_LIFETIME)
            if result is WriteResult.WRITTEN:
                await update()
        except (discord.DiscordException, aiohttp.ClientError, OSError, StorageError) as error:
            log.info("the card of %s isn't edited: %s", arxiv_id, error)

    async def close(self) -> None:
        """Stop waiting; what was asked for is written all the same."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
