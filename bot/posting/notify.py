"""Notify the creators of schedules by direct message, at a limited rate."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Rerun, Skipped, Wait
from bot.posting.discord_errors import translate_errors
from bot.posting.text_messages import TextMessage, send_once
from config.texts import Catalogue
from storage import jobs, key_value, schedule_states
from storage.database import Database, Writer
from storage.records import Job, Reason, Schedule

log = logging.getLogger(__name__)

_PER_HOUR: Final = 10
"""Discord quarantines bots that open many direct messages in a row (error 40003)."""
_HOUR: Final = timedelta(hours=1)
_SENT_KEY: Final = "direct_messages_sent"
"""The key of the times of sent messages, so that the hourly limit survives a restart."""

_WITHOUT_PAUSE: Final = frozenset({Reason.INTERNAL, Reason.MESSAGE_REFUSED})
"""Of what creators are told although their schedule isn't paused."""


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

    async def notify(self, job: Job, schedule: Schedule) -> JobOutcome:
        """Notify a schedule's creator, unless the hourly limit is reached.

        Args:
            job: As `job_factory.notify` makes it.
            schedule: Its schedule.

        Raises:
            Retry: Discord can't be reached.
        """
        reason = Reason(json.loads(job.payload)["reason"])
        guild = self._client.get_guild(schedule.guild_id)
        if guild is None or reason is Reason.LEFT:
            # The bot was removed; its creator knows that if it was added again since.
            return Skipped(reason=Reason.LEFT)
        if schedule.paused_at is None and reason not in _WITHOUT_PAUSE:
            return Skipped(record=_forget(schedule))
        begun_at = await self._begin(job, schedule)
        if isinstance(begun_at, Wait):
            return begun_at
        texts = self._catalogue.for_locale(schedule.settings.language)
        key = f"dm-{reason.replace('_', '-')}"
        text = texts(key, channel=str(schedule.settings.channel_id), server=guild.name)
        # The job's `write_id` is random and the same at each attempt.
        message = TextMessage(text, str(job.write_id), begun_at)
        if schedule.created_by is not None:
            try:
                async with translate_errors():
                    channel = await self._client.create_dm(discord.Object(schedule.created_by))
                await send_once(channel, message, now=self._now(), author_id=guild.me.id)
            except Blocked as blocked:
                log.info(
                    "can't send a message to the creator of schedule %d: %s", schedule.id, blocked
                )
            else:
                return Done()
        await self._notify_server(guild, message)
        return Done()

    async def _begin(self, job: Job, schedule: Schedule) -> datetime | Wait:
        """Return when a message was begun, or until when it waits for the hourly limit.

        A message counts once for the limit, however often it is attempted.
        """
        payload = json.loads(job.payload)
        if "begun_at" in payload:
            return datetime.fromisoformat(payload["begun_at"])
        now = self._now()
        sent = await self._sent_within_hour(now)
        if schedule.created_by is not None:
            if len(sent) >= _PER_HOUR:
                return Wait(until=sent[-_PER_HOUR] + _HOUR, reason=Reason(payload["reason"]))
            sent.append(now)
        payload["begun_at"] = now.isoformat()
        async with self._database.transaction(durable=True) as writer:
            times = json.dumps([each.isoformat() for each in sent])
            await key_value.put_in(writer, _SENT_KEY, times)
            await jobs.set_payload(writer, job, json.dumps(payload))
        return now

    async def _notify_server(self, guild: discord.Guild, message: TextMessage) -> None:
        """Say it in the server's system channel: its creator can't be told, or is forgotten."""
        system = guild.system_channel
        if system is None:
            return
        permissions = system.permissions_for(guild.me)
        if not permissions.send_messages:
            return
        try:
            await send_once(
                system,
                message,
                now=self._now(),
                author_id=guild.me.id,
                can_read=permissions.read_message_history,
            )
        except Blocked as blocked:
            log.warning("nobody of server %d can be notified: %s", guild.id, blocked)

    async def _sent_within_hour(self, now: datetime) -> list[datetime]:
        """Return when messages were sent within the last hour, oldest first."""
        stored = json.loads(await key_value.get(self._database, _SENT_KEY) or "[]")
        times = map(datetime.fromisoformat, stored)
        return [each for each in times if now - _HOUR < each <= now]


def _forget(schedule: Schedule) -> Record:
    """Return a function that records that a schedule's creator was not told of a pause."""

    async def record(writer: Writer) -> Sequence[Job]:
        if not await schedule_states.is_current(writer, schedule):
            raise Rerun  # it may be paused again
        await schedule_states.set_notified(writer, schedule.id, None)
        return []

    return record
