"""Find out which parts of a delivery are already in its channel. Only reads.

A request may have had its effect although no response came: the connection broke, Discord answered
with a server error, or the process was killed. The marks of the channel's messages show which parts
were sent.

**Without Read Message History** the bot can't search. For two minutes after the plan, Discord
answers a repeated nonce with the existing message. Later, only the id of the channel's newest
message helps: if it is older than the plan, or is the part before, the part was not sent. Otherwise
the part counts as sent, because a missing message is better than a duplicate.

Forum posts have no nonce, so they are always searched for, but not before Discord had time to
finish a request that broke.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import discord

from bot.jobs.outcomes import Blocked
from bot.posting.channels import FoundChannel
from bot.posting.discord_errors import translate_errors
from bot.posting.sender import SentMessage
from bot.posting.settings import MOST_SKEW, NONCE_LIVES
from bot.ui.actions import mark_of
from bot.ui.messages import Message, Target
from storage import deliveries
from storage.database import Database
from storage.records import Delivery, Part, PartState, Reason

log = logging.getLogger(__name__)

_MOST_MESSAGES: Final = 1_000
_MOST_FORUM_POSTS: Final = 50


@dataclass(slots=True)
class ReconcileResult:
    """The result of a search for planned parts, by position."""

    sent: dict[int, SentMessage] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    """Parts before one that was found: they were sent, and somebody has deleted them since."""
    unknown: list[int] = field(default_factory=list)
    """Parts that may have been sent, which can't be verified."""


class Reconciler:
    """Looks for the parts of deliveries in their channels."""

    def __init__(
        self, client: discord.Client, database: Database, *, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._database = database
        self._now = now

    async def reconcile(
        self, delivery: Delivery, found: FoundChannel, messages: Mapping[int, Message]
    ) -> ReconcileResult:
        """Return which planned parts of a delivery are in its channel.

        Args:
            delivery: As it is stored.
            found: The delivery's channel.
            messages: The parts' messages, by position.

        Raises:
            Blocked: The channel can't be read because something has to be changed first.
            Retry: Discord can't be asked at the moment.
        """
        missing = [part for part in delivery.parts if part.state is PartState.PLANNED]
        if not missing:
            return ReconcileResult()
        is_forum = isinstance(found.channel, discord.ForumChannel)
        if is_forum and missing[0].position == 1:
            return await self._search_forum(delivery, found, messages)
        if not found.can_read:
            return await self._check_newest(delivery, missing[0], found, messages)
        result = ReconcileResult()
        found_by_mark = await self._search(delivery, missing, found, messages)
        last = max((part.position for part in missing if part.mark in found_by_mark), default=0)
        for part in missing:
            if part.mark in found_by_mark:
                result.sent[part.position] = found_by_mark[part.mark]
            elif part.position < last:
                result.deleted.append(part.position)
        return result

    async def _search(
        self,
        delivery: Delivery,
        missing: list[Part],
        found: FoundChannel,
        messages: Mapping[int, Message],
    ) -> dict[str, SentMessage]:
        """Return the messages in channel and thread that have the marks of missing parts."""
        after = discord.Object(discord.utils.time_snowflake(_since(delivery, missing)))
        threaded = [
            part for part in missing if goes_into_thread(messages.get(part.position), found)
        ]
        targets = [delivery.channel_id] if len(threaded) < len(missing) else []
        first = delivery.parts[0].message_id
        if threaded and first is not None:
            targets.append(first)
        marks = {part.mark for part in missing}
        found_by_mark: dict[str, SentMessage] = {}
        for target in targets:
            channel = self._client.get_partial_messageable(target)
            try:
                async with translate_errors(ignore=_NOT_BEGUN):
                    async for message in channel.history(
                        limit=_MOST_MESSAGES, after=after, oldest_first=True
                    ):
                        for mark in marks_of(message) & marks:
                            found_by_mark[mark] = SentMessage.of(message)
                        if found_by_mark.keys() >= marks:
                            return found_by_mark
            except discord.NotFound:
                continue
        return found_by_mark

    async def _search_forum(
        self, delivery: Delivery, found: FoundChannel, messages: Mapping[int, Message]
    ) -> ReconcileResult:
        """Find a forum post, including archived ones, by mark or else by name.

        Posts of other deliveries may have the same name, but are in the database.
        """
        assert isinstance(found.channel, discord.ForumChannel)
        part = delivery.parts[0]
        message = messages.get(part.position)
        name = message.thread_name if message is not None else None
        since = _since(delivery, [part])
        others = await deliveries.first_messages(
            self._database, delivery.channel_id, except_of=delivery.id
        )
        threads = [each for each in await self._forum_posts(found, since) if each.id not in others]
        named: list[discord.Thread] = []
        for thread in threads[:_MOST_FORUM_POSTS]:
            if not found.can_read:
                if thread.name == name:
                    named.append(thread)
                continue
            try:
                async with translate_errors():
                    starter = await thread.fetch_message(thread.id)
            except Blocked:
                continue  # its first message was deleted
            if part.mark in marks_of(starter):
                return ReconcileResult(sent={part.position: SentMessage.of(starter)})
        if len(named) == 1:
            return ReconcileResult(sent={part.position: SentMessage(named[0].id, named[0].id)})
        if named or len(threads) > _MOST_FORUM_POSTS:
            return self._unknown_forum_post(delivery)
        if not found.can_read and await self._may_be_archived(found, since):
            return self._unknown_forum_post(delivery)
        return ReconcileResult()

    @staticmethod
    def _unknown_forum_post(delivery: Delivery) -> ReconcileResult:
        log.warning(
            "nobody can tell whether the forum post of delivery %d was sent: it is not sent again",
            delivery.id,
        )
        return ReconcileResult(unknown=[each.position for each in delivery.parts])

    async def _may_be_archived(self, found: FoundChannel, since: datetime) -> bool:
        """Return whether a forum may have an archived post of the bot that it can't list.

        Discord archives a post after an hour at the earliest, but a person can do so at any time.
        """
        async with translate_errors():
            forum = await self._client.fetch_channel(found.channel.id)
            active = {each.id for each in await found.guild.active_threads()}
        newest = getattr(forum, "last_message_id", None) or 0  # of a forum: its newest post
        return newest > discord.utils.time_snowflake(since) and newest not in active

    async def _forum_posts(self, found: FoundChannel, since: datetime) -> list[discord.Thread]:
        """Return the bot's posts in a forum since a time, newest first, including archived ones."""
        assert isinstance(found.channel, discord.ForumChannel)
        forum = found.channel
        async with translate_errors():
            threads = {each.id: each for each in await found.guild.active_threads()}
        if found.can_read:
            async with translate_errors():
                async for thread in forum.archived_threads(limit=_MOST_FORUM_POSTS * 2):
                    threads[thread.id] = thread
        mine = found.guild.me.id
        own = [
            each
            for each in threads.values()
            if each.parent_id == forum.id
            and each.owner_id == mine
            and discord.utils.snowflake_time(each.id) >= since
        ]
        return sorted(own, key=lambda each: each.id, reverse=True)

    async def _check_newest(
        self,
        delivery: Delivery,
        part: Part,
        found: FoundChannel,
        messages: Mapping[int, Message],
    ) -> ReconcileResult:
        """Decide without reading messages whether a part was sent; if unknown, assume it was."""
        if depends_on_nonce(delivery, found, self._now()):
            return ReconcileResult()
        sent = [each for each in delivery.parts if each.message_id is not None]
        target = delivery.channel_id
        if goes_into_thread(messages.get(part.position), found) and sent:
            target = sent[0].message_id or target
        try:
            async with translate_errors(ignore=_NOT_BEGUN):
                channel: Any = await self._client.fetch_channel(target)
        except discord.NotFound as error:
            if target != delivery.channel_id:
                return ReconcileResult()  # nothing can be in a thread that has not begun
            raise Blocked(reason=Reason.CHANNEL_GONE) from error
        newest = getattr(channel, "last_message_id", None) or 0
        before = discord.utils.time_snowflake(_since(delivery, [part]))
        own = max((each.message_id or 0 for each in sent if each.channel_id == target), default=0)
        if newest <= max(before, own):
            return ReconcileResult()
        log.warning(
            "nobody can tell whether part %d of delivery %d was sent (channel %d can't be read):"
            " it is not sent again",
            part.position,
            delivery.id,
            target,
        )
        return ReconcileResult(unknown=[part.position])


_NOT_BEGUN: Final = (10003,)
"""Unknown Channel: the thread has not begun yet."""


def depends_on_nonce(delivery: Delivery, found: FoundChannel, now: datetime) -> bool:
    """Return whether only the nonce prevents a duplicate, because the bot can't search.

    Until Discord forgets the nonce, the planned parts must be sent with it, or not at all.
    """
    return not found.can_read and now - delivery.planned_at < NONCE_LIVES


def goes_into_thread(message: Message | None, found: FoundChannel) -> bool:
    """Return whether a message goes into a thread below the post's first message."""
    return message is not None and message.target is Target.THREAD and not found.is_thread


def _since(delivery: Delivery, parts: Iterable[Part]) -> datetime:
    """Return the time since which missing parts may have been sent."""
    looked = [part.reconciled_at for part in parts if part.reconciled_at is not None]
    return (min(looked) if looked else delivery.planned_at) - MOST_SKEW


def marks_of(message: discord.Message) -> set[str]:
    """Return the marks of a message."""
    found = set()
    for row in message.components:
        for item in getattr(row, "children", ()):
            mark = mark_of(getattr(item, "custom_id", None) or "")
            if mark is not None:
                found.add(mark)
    return found
