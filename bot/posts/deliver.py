"""Sends a schedule its post, with the ledger written before and after."""

import logging
from typing import Protocol

import discord

from bot.posts.clock import Clock
from bot.posts.plan import Message, parts, plan
from config.texts import Catalogue
from storage import deliveries, digests, schedules
from storage.database import Database
from storage.records import Delivery, Schedule

log = logging.getLogger(__name__)


class Channels(Protocol):
    """What is needed of a Discord client."""

    def get_partial_messageable(self, id: int) -> discord.PartialMessageable:  # noqa: A002 - discord.py's name
        """Return a channel to send to, whether it is known or not."""


class Deliverer:
    """Posts to each channel the newest digest that it has not had."""

    def __init__(
        self, *, database: Database, catalogue: Catalogue, channels: Channels, clock: Clock
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._channels = channels
        self._clock = clock

    async def deliver(self, schedule_id: int) -> Delivery | None:
        """Post what is new to a schedule's channel; return what was sent, or `None` if nothing was.

        Raises:
            discord.HTTPException: Discord refused a part, or could not be reached.
            StorageError: The ledger could not be written; then nothing is sent.
        """
        schedule = await schedules.get(self._database, schedule_id)
        if schedule is None:
            return None
        day = await digests.newest(self._database)
        # An older one that the channel has not had is no news beside the newest, which it has.
        unsent = await deliveries.newest_unsent(self._database, schedule.channel_id)
        digest = await digests.get(self._database, day) if day and day == unsent else None
        if digest is None:
            log.info("nothing new for channel %d", schedule.channel_id)
            return None
        texts = self._catalogue.for_locale(schedule.language)
        messages = plan(digest, count=schedule.count, texts=texts)
        delivery = await deliveries.plan(
            self._database,
            schedule_id=schedule.id,
            channel_id=schedule.channel_id,
            digest_date=digest.date,
            parts=parts(messages, channel_id=schedule.channel_id, subject=digest.date.isoformat()),
            at=self._clock.now(),
        )
        if delivery is None:
            log.info("channel %d is being sent %s already", schedule.channel_id, digest.date)
            return None
        await self._send(schedule, delivery, messages)
        return delivery

    async def _send(
        self, schedule: Schedule, delivery: Delivery, messages: tuple[Message, ...]
    ) -> None:
        channel = self._channels.get_partial_messageable(schedule.channel_id)
        for part, message in zip(delivery.parts, messages, strict=True):
            sent = await channel.send(
                message.content,
                embeds=message.embeds,
                nonce=part.nonce,
                allowed_mentions=discord.AllowedMentions.none(),
            )
            await deliveries.part_sent(
                self._database, delivery.id, part.part, message_id=sent.id, at=self._clock.now()
            )
        log.info(
            "posted %s to channel %d in %d parts",
            delivery.digest_date,
            schedule.channel_id,
            len(messages),
        )
