"""Send the parts of recorded deliveries, and record the result of each."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

import discord

from bot.charts.pictures import DrawingError, Pictures
from bot.jobs.outcomes import Blocked, GiveUp, Record, Retry
from bot.posting.discord_errors import INVALID_FORM_BODY
from bot.posting.fallback import refused_paths, without_refused
from bot.posting.planner import PlannedPost, RenderedPost
from bot.posting.reconcile import Reconciler, goes_into_thread
from bot.posting.sender import Sender, SentMessage
from bot.posting.settings import PostingSettings
from bot.ui.messages import READABLE_FORMATS, Message, decode, encode
from bot.ui.vote_updates import update_numbers
from storage import deliveries, messages
from storage.database import Database, Writer
from storage.records import Delivery, Job, Part, PartState, Reason, Schedule

log = logging.getLogger(__name__)


class RefusedMessage(Blocked):
    """Discord refuses a message, even without the part that its error names."""


@dataclass(slots=True)
class Progress:
    """What one run of a job has completed so far."""

    has_sent: bool = False


class SendingDelivery:
    """Sends recorded deliveries."""

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        reconciler: Reconciler,
        pictures: Pictures,
        settings: PostingSettings,
        now: Callable[[], datetime],
    ) -> None:
        """Build the object.

        Args:
            database: With the deliveries.
            sender: Makes the requests.
            reconciler: Finds parts that are in a channel already.
            pictures: Draws charts.
            settings: Times and limits of posts.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._sender = sender
        self._reconciler = reconciler
        self._pictures = pictures
        self._settings = settings
        self._now = now
        self._began_at = monotonic()
        self._attempts: dict[int, float] = {}

    async def reconcile(self, planned: PlannedPost) -> PlannedPost:
        """Record which parts are in the channel already, and return the updated delivery.

        Raises:
            Blocked: The channel can't be read because something has to be changed first.
            Retry: It can't be decided yet.
        """
        delivery = planned.delivery
        missing = [part for part in delivery.parts if part.state is PartState.PLANNED]
        if not missing:
            return planned
        # A nonce protects other posts, but not one that is planned anew: its parts get new ones.
        needs_search = planned.found.facts.is_forum or delivery.replan
        if needs_search and missing[0].position == 1:
            self._wait_until_settled(delivery)
        found = await self._reconciler.reconcile(delivery, planned.found, planned.messages)
        now = self._now()
        async with self._database.transaction(durable=True) as writer:
            for position, sent in found.sent.items():
                await deliveries.mark_sent(
                    writer,
                    delivery.id,
                    position,
                    channel_id=sent.channel_id,
                    message_id=sent.message_id,
                    at=now,
                )
            for position in (*found.deleted, *found.unknown):
                await deliveries.mark_skipped(writer, delivery.id, position, reason=Reason.UNKNOWN)
            await deliveries.mark_reconciled(writer, delivery.id, at=now)
        known = await deliveries.get(self._database, delivery.id)
        assert known is not None
        return replace(planned, delivery=known)

    def _wait_until_settled(self, delivery: Delivery) -> None:
        """Wait until Discord has finished a first message whose request may have broken.

        Raises:
            Retry: The last attempt, or the start of this process, was too short a time ago.
        """
        last = self._attempts.get(delivery.id, self._began_at)
        left = last + self._settings.settling - monotonic()
        if left > 0:
            raise Retry(
                reason=Reason.DISCORD_UNAVAILABLE,
                after=left,
                detail="its first message may still be under way",
            )

    async def send_parts(self, planned: PlannedPost, progress: Progress) -> Record | None:
        """Send the parts that are still planned, in order.

        All but the last are recorded one by one. The function that records the last one is
        returned, so that it runs in the transaction that completes the delivery; `None` if there
        was nothing to send.

        Raises:
            Blocked: Someone has to change something first.
            GiveUp: The rest can't be sent.
            Retry: A request failed for a temporary reason.
        """
        delivery = planned.delivery
        first_id = delivery.parts[0].message_id if delivery.parts else None
        thread_id: int | None = None
        last: Record | None = None
        for part in delivery.parts:
            if part.state is not PartState.PLANNED:
                continue
            message = planned.messages.get(part.position)
            if message is None:
                # Version 0.1.0 planned it, and its papers now fit into fewer messages.
                log.warning("part %d of delivery %d has no text", part.position, delivery.id)
                continue
            if last is not None:
                await self._write(last)
            target = delivery.channel_id
            if goes_into_thread(message, planned.found):
                thread_id = thread_id or await self._start_thread(planned, first_id)
                target = thread_id
            sent, sent_message = await self._send(planned, target, message, part)
            progress.has_sent = True
            first_id = first_id or sent.message_id
            last = self._sent_record(delivery, part, sent, sent_message, message)
        return last

    async def _start_thread(self, planned: PlannedPost, first_id: int | None) -> int:
        if first_id is None:
            raise GiveUp(reason=Reason.UNKNOWN)  # nobody knows which message it belongs below
        first = planned.messages.get(1)
        return await self._sender.start_thread(
            planned.found, first_id, first.thread_name if first is not None else None
        )

    async def _send(
        self, planned: PlannedPost, target: int, message: Message, part: Part
    ) -> tuple[SentMessage, Message]:
        """Send a message; if Discord refuses a part of it, send it without that part."""
        # A role that was removed from the schedule since is not pinged.
        role = message.role if message.role == planned.schedule.settings.mention else None
        found, delivery = planned.found, planned.delivery
        picture, message = await self._draw(planned, message)
        self._attempts[delivery.id] = monotonic()
        while True:
            try:
                sent = await self._sender.send(
                    found, target, message, part, role=role, picture=picture
                )
            except Blocked as blocked:
                # What Discord last said of the permissions may be out of date.
                if message.chart is None or blocked.reason is not Reason.LACKS_PERMISSION:
                    raise
                log.warning("delivery %d is sent without its picture: %s", delivery.id, blocked)
                message = replace(message, chart=None)
            except discord.HTTPException as error:
                message = self._without_refused(message, error, delivery)  # less each time
            else:
                self._attempts.pop(delivery.id, None)
                return sent, message

    async def _draw(self, planned: PlannedPost, message: Message) -> tuple[bytes | None, Message]:
        """Return a message's picture, and the message; without one if it can't have a picture."""
        if message.chart is None:
            return None, message
        if planned.found.can_attach:
            with suppress(DrawingError):  # which was logged
                return await self._pictures.draw(message.chart), message
        else:
            log.info("delivery %d has no picture: Attach Files is missing", planned.delivery.id)
        return None, replace(message, chart=None)

    @staticmethod
    def _without_refused(
        message: Message, error: discord.HTTPException, delivery: Delivery
    ) -> Message:
        if error.code != INVALID_FORM_BODY:
            raise error
        left, papers = without_refused(message, refused_paths(error))
        log.warning(
            "Discord refuses a part of delivery %d (papers %s), which is left out: %s",
            delivery.id,
            ", ".join(papers) or "unknown",
            error,
        )
        if left is None:
            raise RefusedMessage(reason=Reason.MESSAGE_REFUSED) from error
        return left

    def _sent_record(
        self, delivery: Delivery, part: Part, sent: SentMessage, message: Message, planned: Message
    ) -> Record:
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            await deliveries.mark_sent(
                writer,
                delivery.id,
                part.position,
                channel_id=sent.channel_id,
                message_id=sent.message_id,
                at=now,
            )
            if message is not planned:
                await deliveries.set_message(
                    writer, delivery.id, part.position, encode(message), at=now
                )
            return []

        return record

    async def _write(self, record: Record) -> None:
        async with self._database.transaction(durable=True) as writer:
            await record(writer)

    async def publish(self, delivery: Delivery, schedule: Schedule) -> None:
        """Publish the messages of a delivery in an announcement channel.

        Raises:
            Retry: A request failed for a temporary reason.
        """
        for part in delivery.parts:
            is_there = part.message_id is not None and part.channel_id == delivery.channel_id
            if part.published_at is not None or not is_there:
                continue
            assert part.message_id is not None
            try:
                await self._sender.publish(schedule.guild_id, delivery.channel_id, part.message_id)
            except Blocked as blocked:
                log.warning("delivery %d is not published: %s", delivery.id, blocked.reason)
                return
            async with self._database.transaction() as writer:
                await deliveries.mark_published(writer, delivery.id, part.position, at=self._now())

    async def refresh(
        self, delivery: Delivery, post: RenderedPost, *, ignore: tuple[int, ...]
    ) -> int:
        """Edit the numbers of the messages whose votes have changed; return how many were edited.

        All else stays as it was sent. A message that can't be read is left as it is. Those of
        version 0.1.0 were not stored, so they are replaced as a whole.

        Args:
            delivery: The delivery that was sent.
            post: The same post, rendered with current votes.
            ignore: Discord's error codes that end the refresh without a retry.

        Raises:
            Blocked: A message can't be edited.
            Retry: A request failed for a temporary reason.
        """
        before = await messages.of_delivery(self._database, delivery.id)
        edited = 0
        for part, rendered in zip(delivery.parts, post.messages, strict=True):
            known = before.get(part.position)
            is_there = part.message_id is not None and part.channel_id is not None
            message = rendered
            if part.message_hash is not None:
                if known is None or known.format not in READABLE_FORMATS:
                    continue
                sent = decode(known)
                message = update_numbers(sent, rendered, post.current)
                if message == sent:
                    continue
            if not is_there:
                continue
            if not await self._edit(delivery, part, message, ignore):
                break
            edited += 1
            stored = encode(message)
            async with self._database.transaction() as writer:
                await deliveries.set_message_hash(writer, delivery.id, part.position, stored.hash)
        return edited

    async def _edit(
        self, delivery: Delivery, part: Part, message: Message, ignore: tuple[int, ...]
    ) -> bool:
        """Edit one message; return whether it was edited."""
        assert part.channel_id is not None
        assert part.message_id is not None
        where = (part.channel_id, part.message_id)
        try:
            await self._sender.edit(*where, message, part.mark, ignore=ignore)
        except discord.HTTPException as error:
            if error.code not in ignore:
                left = self._without_refused(message, error, delivery)
                return await self._edit(delivery, part, left, ignore)
            log.info("delivery %d is not edited: %s", delivery.id, error)
            return False
        return True
