"""Notify the creators of schedules by direct message, at a limited rate."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Skipped, Wait
from bot.posting.discord_errors import translate_errors
from config.texts import Catalogue
from storage import key_value
from storage.database import Database
from storage.records import Reason, Schedule

log = logging.getLogger(__name__)

_PER_HOUR: Final = 10
"""Discord quarantines bots that open many direct messages in a row (error 40003)."""
_HOUR: Final = timedelta(hours=1)
_SENT_KEY: Final = "direct_messages_sent"
"""The key of the times of sent messages, so that the hourly limit survives a restart."""


class Notifier:
    """Notifies a schedule's creator of a problem, or else the server's system channel."""

    def __init__(
        self,
        database: Database,
        client: discord.Client,
        catalogue: Catalogue,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._client = client
        self._catalogue = catalogue
        self._now = now

    async def notify(self, schedule: Schedule, reason: Reason) -> JobOutcome:
        """Notify a schedule's creator, unless the hourly limit is reached.

        Raises:
            Retry: Discord can't be reached.
        """
        guild = self._client.get_guild(schedule.guild_id)
        if guild is None or reason is Reason.LEFT:
            # The bot was removed; its creator knows that if it was added again since.
            return Skipped(reason=Reason.LEFT)
        texts = self._catalogue.for_locale(schedule.settings.language)
        key = f"dm-{reason.replace('_', '-')}"
        text = texts(key, channel=str(schedule.settings.channel_id), server=guild.name)
        if schedule.created_by is not None:
            now = self._now()
            sent = await self._sent_within_hour(now)
            if len(sent) >= _PER_HOUR:
                return Wait(until=sent[-_PER_HOUR] + _HOUR, reason=reason)
            times = json.dumps([each.isoformat() for each in (*sent, now)])
            await key_value.put(self._database, _SENT_KEY, times)
            try:
                async with translate_errors():
                    channel = await self._client.create_dm(discord.Object(schedule.created_by))
                    await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
            except Blocked as blocked:
                log.info(
                    "can't send a message to the creator of schedule %d: %s", schedule.id, blocked
                )
            else:
                return Done()
        await self._notify_server(guild, text)
        return Done()

    async def _notify_server(self, guild: discord.Guild, text: str) -> None:
        """Say it in the server's system channel: its creator can't be told, or is forgotten."""
        system = guild.system_channel
        if system is None or not system.permissions_for(guild.me).send_messages:
            return
        try:
            async with translate_errors():
                await system.send(text, allowed_mentions=discord.AllowedMentions.none())
        except Blocked as blocked:
            log.warning("nobody of server %d can be notified: %s", guild.id, blocked)

    async def _sent_within_hour(self, now: datetime) -> list[datetime]:
        """Return when messages were sent within the last hour, oldest first."""
        stored = json.loads(await key_value.get(self._database, _SENT_KEY) or "[]")
        times = map(datetime.fromisoformat, stored)
        return [each for each in times if now - _HOUR < each <= now]
