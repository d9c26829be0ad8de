"""Write into the log channels of servers what happened to their schedules and to the bot.

An entry is written once. Which message it is sent in is recorded before the message is sent.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Skipped, Wait
from bot.posting import job_factory
from bot.posting.channels import LOG_KINDS, FoundChannel, find_channel, missing_for_log
from bot.posting.text_messages import TextMessage, send_once
from bot.ui import guild_log as ui
from config.texts import Catalogue, Texts
from storage import guild_log, guilds, schedules
from storage.database import Database, Writer
from storage.records import Job, LogEntry, LogKind, Reason, Schedule

log = logging.getLogger(__name__)

_OUTAGE: Final = timedelta(minutes=5)
"""How long a server is left alone that Discord can't show."""
_AT_ONCE: Final = 100
"""The most entries of one message."""


class GuildLog:
    """Writes into log channels."""

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

    async def run(self, job: Job) -> JobOutcome:
        """Write what is waiting into the log channel of a server, or notify schedules' creators.

        Raises:
            Retry: Discord can't be reached.
        """
        guild_id = int(job.key.removeprefix(guild_log.KEY))
        read = await guild_log.waiting(self._database, guild_id)
        known = await self._schedules(read)
        # A schedule can be deleted between the two.
        waiting = tuple(
            each for each in read if each.schedule_id is None or each.schedule_id in known
        )
        if not waiting:
            return Skipped()
        guild = self._client.get_guild(guild_id)
        if guild is None and self._client.is_ready():
            return Done(record=_delete(waiting))
        if guild is None or guild.unavailable:
            # The logs of other servers don't wait for this one.
            return Wait(until=self._now() + _OUTAGE, reason=Reason.UNDER_WAY)
        channel_id = await guild_log.channel_of(self._database, guild_id)
        if channel_id is None:  # it was turned off since
            return Done(record=self._notify_creators(waiting, known))
        settings = {each.id: each.settings for each in known.values()}
        texts = await self._texts(guild)
        begun = [each for each in waiting if each.nonce is not None]
        if begun:
            batch: Sequence[LogEntry] = [each for each in begun if each.nonce == begun[0].nonce]
        else:
            batch = ui.take_fitting(waiting[:_AT_ONCE], settings, texts)
        try:
            found = await find_channel(self._client, guild_id, channel_id)
            await self._write(found, batch, ui.render(batch, settings, texts))
        except Blocked as blocked:
            log.warning("the log channel of server %d can't be used: %s", guild_id, blocked.reason)
            return Done(record=self._notify_creators(waiting, known))
        rest = replace(job, attempts=0, not_before=None, reason=None)
        return Done(record=_delete(batch, then=rest if len(batch) < len(waiting) else None))

    async def _schedules(self, entries: Sequence[LogEntry]) -> dict[int, Schedule]:
        ids = {entry.schedule_id for entry in entries if entry.schedule_id is not None}
        found = [await schedules.get(self._database, each, include_deleted=True) for each in ids]
        return {each.id: each for each in found if each is not None}

    async def _texts(self, guild: discord.Guild) -> Texts:
        chosen = await guilds.language(self._database, guild.id)
        return self._catalogue.for_locale(chosen or guild.preferred_locale.value)

    async def _write(self, found: FoundChannel, batch: Sequence[LogEntry], text: str) -> None:
        """Write a message about entries into the log channel, unless it is there already.

        Raises:
            Blocked: The bot can't write there.
            Retry: Discord can't be reached.
        """
        if found.facts.kind not in LOG_KINDS:
            raise Blocked(reason=Reason.WRONG_CHANNEL)
        if missing_for_log(found.facts):
            raise Blocked(reason=Reason.LACKS_PERMISSION)
        now = self._now()
        nonce, sent_at = batch[0].nonce, batch[0].sent_at
        if nonce is None or sent_at is None:
            nonce = secrets.token_urlsafe(18)
            sent_at = now
            await guild_log.mark_sent(self._database, batch, nonce, at=now)
        await send_once(
            self._client.get_partial_messageable(found.channel.id, guild_id=found.guild.id),
            TextMessage(text, nonce, sent_at),
            now=now,
            author_id=found.guild.me.id,
            can_read=found.can_read,
        )

    def _notify_creators(self, entries: Sequence[LogEntry], known: dict[int, Schedule]) -> Record:
        """Return a function that notifies creators of schedules instead, where they are to be."""
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            await guild_log.delete(writer, entries)
            new_jobs = []
            for entry in entries:
                schedule = known.get(entry.schedule_id or 0)
                if schedule is None or entry.reason is None or _is_over(entry, schedule):
                    continue
                if entry.for_creator:
                    new_jobs.append(job_factory.notify(schedule, entry.reason, now))
            return new_jobs

        return record

    async def expire(self, job: Job) -> JobOutcome:
        """Give up what could not be written for a day."""
        guild_id = int(job.key.removeprefix(guild_log.KEY))
        waiting = await guild_log.waiting(self._database, guild_id)
        log.warning("%d entries for the log of server %d are given up", len(waiting), guild_id)
        return Done(record=_delete(waiting))


def _is_over(entry: LogEntry, schedule: Schedule) -> bool:
    """Return whether a schedule is gone, or isn't paused any more."""
    is_resumed = entry.kind is LogKind.PAUSED and schedule.paused_at is None
    return is_resumed or schedule.deleted_at is not None


def _delete(entries: Sequence[LogEntry], *, then: Job | None = None) -> Record:
    """Return a function that deletes entries; `then` is a job that goes on with others."""

    async def record(writer: Writer) -> Sequence[Job]:
        await guild_log.delete(writer, entries)
        return [then] if then is not None else []

    return record
