"""Direct messages to the creators of schedules: few, and one after the other."""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Skipped, Wait
from bot.posting.discord_errors import translate_errors
from config.texts import Catalogue
from storage.records import Reason, Schedule

log = logging.getLogger(__name__)

_PER_HOUR: Final = 10
"""Discord quarantines bots that open many direct messages in a row (error 40003)."""
_HOUR: Final = timedelta(hours=1)


class Notifier:
    """Tells a schedule's creator what is wrong with it; else the server's system channel."""

    def __init__(
        self, client: discord.Client, catalogue: Catalogue, *, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._catalogue = catalogue
        self._now = now
        self._sent: deque[datetime] = deque(maxlen=_PER_HOUR)

    async def notify(self, schedule: Schedule, reason: Reason) -> JobOutcome:
        """Send it, unless as many as may be were sent within the last hour.

        Raises:
            Retry: Discord can't be reached.
        """
        guild = self._client.get_guild(schedule.guild_id)
        if guild is None:
            return Skipped(reason=Reason.LEFT)  # there is nobody left to tell
        now = self._now()
        if len(self._sent) == _PER_HOUR and now - self._sent[0] < _HOUR:
            return Wait(until=self._sent[0] + _HOUR, reason=reason)
        texts = self._catalogue.for_locale(schedule.settings.language)
        key = f"told-{reason.replace('_', '-')}"
        text = texts(key, channel=str(schedule.settings.channel_id), server=guild.name)
        self._sent.append(now)
        nobody = discord.AllowedMentions.none()
        try:
            async with translate_errors():
                channel = await self._client.create_dm(discord.Object(schedule.created_by))
                await channel.send(text, allowed_mentions=nobody)
        except Blocked as blocked:
            log.info("the creator of schedule %d can't be written to: %s", schedule.id, blocked)
        else:
            return Done()
        system = guild.system_channel
        if system is not None and system.permissions_for(guild.me).send_messages:
            try:
                async with translate_errors():
                    await system.send(text, allowed_mentions=nobody)
            except Blocked as blocked:
                log.warning("nobody of server %d can be told: %s", guild.id, blocked)
        return Done()
