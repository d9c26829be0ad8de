"""Sends what the ledger says is to be sent, each part once, and writes down what came of it.

**Why no part is sent twice.** A part is in the ledger before its first request, with a nonce that
each try repeats: within a few minutes Discord answers a repetition with the message that is there.
Where it is open whether a request did its work (no answer, a server error, a process that was
killed), the channel's own messages are looked through for the part's mark before it is tried again,
however long ago that was.

**Where the bot may not read the channel's history** it can't look. The nonce then answers for the
first two minutes after the plan. Later, the channel's newest message may tell: where it is older
than the plan, or is the part before, the part was not sent. Else the part is taken as sent: a
message that is missing is a smaller evil than one that is there twice.

A forum's posts know no nonce: nothing but looking tells, and a try that is open is not repeated
before Discord had time to finish it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import aiohttp
import discord

from bot.posts import tags
from bot.posts.clock import Clock
from bot.posts.drafts import Draft, Drafts
from bot.posts.layouts import Message, Place
from bot.posts.pace import Attempt, UncertainError, posting
from bot.posts.trouble import (
    ALREADY_PUBLISHED,
    REFUSED,
    THREAD_EXISTS,
    UNKNOWN_MESSAGE,
    Found,
    LaterError,
    TroubleError,
    check,
    find,
    raise_for,
)
from bot.ui.actions import mark_of
from storage import deliveries
from storage.database import Database
from storage.records import Delivery, Part, Schedule

log = logging.getLogger(__name__)

PATIENCE: Final = 45.0
"""Seconds for an answer of Discord's."""
SETTLING: Final = 10.0
"""Seconds in which Discord finishes what it had begun when the connection broke."""
_NONCE_LIVES: Final = timedelta(minutes=2)
"""Discord says "a few minutes"; this is surely within them."""
_SKEW: Final = timedelta(minutes=5)
"""By how much this machine's clock and Discord's may differ."""
_MOST_LOOKED_THROUGH: Final = 1_000
_NAME: Final = "Daily Papers"
_POSTS_LOOKED_THROUGH: Final = 20
_BROKEN: Final = (
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    UncertainError,
    discord.RateLimited,
)


class Sent(NamedTuple):
    """A message that is there."""

    channel_id: int
    message_id: int

    @classmethod
    def of(cls, message: discord.Message) -> "Sent":
        """Return which one it is."""
        return cls(message.channel.id, message.id)


class Deliverer:
    """Sends deliveries, publishes them, and brings their votes up to date."""

    def __init__(
        self,
        *,
        database: Database,
        client: discord.Client,
        drafts: Drafts,
        clock: Clock,
        check_lease: Callable[[], None],
    ) -> None:
        """Make it.

        Args:
            database: Where the ledger is.
            client: Connected to Discord.
            drafts: Lays out what is sent.
            clock: What time it is.
            check_lease: Raises `LeaseLostError` where another process is at work.
        """
        self._database = database
        self._client = client
        self._drafts = drafts
        self._clock = clock
        self._check_lease = check_lease

    async def send(
        self, delivery: Delivery, schedule: Schedule, *, is_fresh: bool, may_begin: bool = True
    ) -> bool:
        """Send what is missing of a delivery, in order.

        Args:
            delivery: As the ledger has it.
            schedule: Whose it is.
            is_fresh: Whether nothing of it was tried before: there is nothing to look for.
            may_begin: Whether it is sent where nothing of it was yet.

        Returns:
            Whether it is complete; `False` where it was not to begin.

        Raises:
            TroubleError: Someone has to put something right before it can go on.
            LaterError: It is to be tried again.
            TokenRefusedError: Nothing can be sent any more.
            LeaseLostError: Another process sends it now.
        """
        draft, then = await self._drafts.again(delivery, schedule)
        with posting():
            found = await find(self._client, schedule, channel_id=delivery.channel_id)
            check(found, then)
            if not is_fresh:
                delivery = await self._look(delivery, found, draft)
        if not may_begin and all(part.sent_at is None for part in delivery.parts):
            return False
        begun = delivery.parts[0].message_id
        thread: int | None = None
        # A text corrected since may need a message more or fewer than were planned.
        for part, message in zip(delivery.parts, draft.messages, strict=False):
            if part.sent_at is None:
                self._check_lease()
                if message.place is Place.THREAD and not found.is_thread:
                    thread = thread or await self._thread(begun, draft, found)
                    target = thread
                else:
                    target = delivery.channel_id
                sent = await self._send(part, message, found, then, target=target)
                await self._note(delivery, part, sent)
                begun = begun or sent.message_id
        for part in delivery.parts[len(draft.messages) :]:
            await self._let_be(delivery, part)
        return True

    async def _send(
        self, part: Part, message: Message, found: Found, schedule: Schedule, *, target: int
    ) -> Sent:
        """Send one part, in one request."""
        options: dict[str, Any] = {
            "embeds": message.embeds,
            "allowed_mentions": _mentions(schedule),
            "silent": schedule.silent,
        }
        if message.controls is not None:
            options["view"] = message.controls(part.nonce)
        if isinstance(found.channel, discord.ForumChannel) and part.part == 1:
            return await self._begin_post(found.channel, found, message, options)
        channel = self._client.get_partial_messageable(target, guild_id=schedule.guild_id)
        with posting(single=True) as attempt:
            try:
                async with asyncio.timeout(PATIENCE):
                    sent = await channel.send(message.content, nonce=part.nonce, **options)
            except discord.HTTPException as error:
                raise_for(error)
                raise _later(error, attempt) from error
            except _BROKEN as error:
                raise _later(error, attempt) from error
        return Sent.of(sent)

    async def _begin_post(
        self,
        forum: discord.ForumChannel,
        found: Found,
        message: Message,
        options: dict[str, Any],
    ) -> Sent:
        """Begin a post in a forum or media channel, with a tag that fits or must be."""
        with posting():
            chosen = await self._tags(forum, found)
        with posting(single=True) as attempt:
            try:
                async with asyncio.timeout(PATIENCE):
                    begun = await forum.create_thread(
                        name=message.thread_name or _NAME,
                        content=message.content,
                        applied_tags=chosen,
                        **options,
                    )
            except discord.HTTPException as error:
                raise_for(error)
                raise _later(error, attempt, wait=SETTLING) from error
            except _BROKEN as error:
                raise _later(error, attempt, wait=SETTLING) from error
        return Sent.of(begun.message)

    async def _tags(self, forum: discord.ForumChannel, found: Found) -> list[discord.ForumTag]:
        chosen = tags.of_forum(forum, found.place.permissions)
        if chosen is None:
            made = await self._ask(forum.create_tag(name=tags.TAG_NAME))
            return [made]
        return [tag for tag in forum.available_tags if tag.id in chosen]

    async def _thread(self, begun: int | None, draft: Draft, found: Found) -> int:
        """Return the thread of a post's first message; where there is none yet, it is begun."""
        if begun is None:
            raise TroubleError(REFUSED)  # nobody knows what the rest would stand below
        if isinstance(found.channel, discord.ForumChannel):
            return begun  # a thread has the id of the message that it begins with
        channel = self._client.get_partial_messageable(found.channel.id, guild_id=found.guild.id)
        name = draft.messages[0].thread_name or _NAME
        with posting():
            try:
                async with asyncio.timeout(PATIENCE):
                    await channel.get_partial_message(begun).create_thread(name=name)
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise_for(error)
                    raise _later(error) from error
            except _BROKEN as error:
                raise _later(error) from error
        return begun

    async def _look(self, delivery: Delivery, found: Found, draft: Draft) -> Delivery:
        """Note the parts that were sent though nobody has noted it."""
        missing = [part for part in delivery.parts if part.sent_at is None]
        if not missing:
            return delivery
        if isinstance(found.channel, discord.ForumChannel) and missing[0].part == 1:
            seen = await self._look_in_forum(found.channel, delivery, found, draft)
        elif found.can_read:
            seen = await self._look_in_channels(delivery, missing, draft, found)
        else:
            return await self._look_at_newest(delivery, missing[0], found, draft)
        last = max((part.part for part in missing if part.nonce in seen), default=0)
        for part in missing:
            if part.nonce in seen:
                await self._note(delivery, part, seen[part.nonce])
            elif part.part < last:
                # It was sent before a part that is there; someone has deleted it since.
                await self._let_be(delivery, part)
        await deliveries.looked(self._database, delivery.id, at=self._clock.now())
        return await self._again(delivery)

    async def _look_in_channels(
        self, delivery: Delivery, missing: list[Part], draft: Draft, found: Found
    ) -> dict[str, Sent]:
        """Return the messages that carry the marks of missing parts."""
        after = discord.Object(discord.utils.time_snowflake(_since(delivery)))
        first = delivery.parts[0]
        in_thread = [
            part for part in missing if self._goes_into_thread(part, draft) and not found.is_thread
        ]
        targets = [delivery.channel_id] if len(in_thread) < len(missing) else []
        if in_thread and first.message_id is not None:
            targets.append(first.message_id)
        marks = {part.nonce for part in missing}
        seen: dict[str, Sent] = {}
        for target in targets:
            channel = self._client.get_partial_messageable(target)
            history = channel.history(limit=_MOST_LOOKED_THROUGH, after=after, oldest_first=True)
            try:
                while (message := await _next_of(history)) is not None:
                    for mark in _marks(message) & marks:
                        seen[mark] = Sent.of(message)
                    if seen.keys() >= marks:
                        return seen
            except discord.NotFound:
                continue  # the thread has not begun yet
            except discord.HTTPException as error:
                raise_for(error)
                raise _later(error) from error
            except _BROKEN as error:
                raise _later(error) from error
        return seen

    @staticmethod
    def _goes_into_thread(part: Part, draft: Draft) -> bool:
        index = part.part - 1
        return index < len(draft.messages) and draft.messages[index].place is Place.THREAD

    async def _look_in_forum(
        self, forum: discord.ForumChannel, delivery: Delivery, found: Found, draft: Draft
    ) -> dict[str, Sent]:
        """Return the first message of the post, where it has begun."""
        since = _since(delivery)
        part, name = delivery.parts[0], draft.messages[0].thread_name
        me = found.guild.me.id
        threads = await self._ask(found.guild.active_threads())
        own = [
            thread
            for thread in threads
            if thread.parent_id == forum.id
            and thread.owner_id == me
            and discord.utils.snowflake_time(thread.id) >= since
        ]
        for thread in own[:_POSTS_LOOKED_THROUGH]:
            if not found.can_read:
                if thread.name == name:
                    return {part.nonce: Sent(thread.id, thread.id)}
                continue
            try:
                message = await self._ask(thread.fetch_message(thread.id))
            except TroubleError:
                continue  # its first message was deleted
            if part.nonce in _marks(message):
                return {part.nonce: Sent.of(message)}
        return {}

    async def _look_at_newest(
        self, delivery: Delivery, part: Part, found: Found, draft: Draft
    ) -> Delivery:
        """Tell without reading whether a part was sent, or take it as sent."""
        now = self._clock.now()
        if now - delivery.planned_at < _NONCE_LIVES:
            return delivery
        sent = [each for each in delivery.parts if each.message_id is not None]
        target = delivery.channel_id
        if self._goes_into_thread(part, draft) and not found.is_thread and sent:
            target = sent[0].message_id or target
        channel = await self._ask(self._client.fetch_channel(target))
        newest = getattr(channel, "last_message_id", None) or 0
        before = discord.utils.time_snowflake(_since(delivery))
        own = max((each.message_id or 0 for each in sent if each.channel_id == target), default=0)
        if newest <= max(before, own):
            return delivery
        log.warning(
            "nobody can tell whether part %d of delivery %d was sent (channel %d can't be read):"
            " it is taken as sent",
            part.part,
            delivery.id,
            target,
        )
        await self._let_be(delivery, part)
        return await self._again(delivery)

    async def _note(self, delivery: Delivery, part: Part, sent: Sent) -> None:
        await deliveries.part_sent(
            self._database,
            delivery.id,
            part.part,
            channel_id=sent.channel_id,
            message_id=sent.message_id,
            at=self._clock.now(),
        )

    async def _let_be(self, delivery: Delivery, part: Part) -> None:
        await deliveries.part_sent(
            self._database,
            delivery.id,
            part.part,
            channel_id=None,
            message_id=None,
            at=self._clock.now(),
        )

    async def _again(self, delivery: Delivery) -> Delivery:
        found = await deliveries.get(self._database, delivery.id)
        assert found is not None
        return found

    async def _ask(self, request: Any) -> Any:  # noqa: ANN401 - whatever discord.py answers
        """Ask what may be asked again; say what its failure means."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await request
        except discord.HTTPException as error:
            raise_for(error)
            raise _later(error) from error
        except _BROKEN as error:
            raise _later(error) from error

    async def publish(self, delivery: Delivery, schedule: Schedule) -> None:
        """Publish what was sent to an announcement channel; what can't be is let be.

        Raises:
            LaterError: It is to be tried again.
            TokenRefusedError: Nothing can be asked any more.
        """
        for part in delivery.parts:
            if part.published_at or part.message_id is None:
                continue
            if part.channel_id != delivery.channel_id:
                continue
            self._check_lease()
            channel = self._client.get_partial_messageable(
                delivery.channel_id, guild_id=schedule.guild_id
            )
            with posting() as attempt:
                try:
                    async with asyncio.timeout(PATIENCE):
                        await channel.get_partial_message(part.message_id).publish()
                except discord.HTTPException as error:
                    if error.code not in (ALREADY_PUBLISHED, UNKNOWN_MESSAGE):
                        try:
                            raise_for(error)
                        except TroubleError as trouble:
                            log.warning("delivery %d is not published: %s", delivery.id, trouble)
                            break
                        raise _later(error, attempt) from error
                except _BROKEN as error:
                    # Of an hour's few, the last: discord.py waits until there are more.
                    raise _later(error, attempt, wait=PATIENCE) from error
            await deliveries.part_published(
                self._database, delivery.id, part.part, at=self._clock.now()
            )
        await deliveries.publishing_done(self._database, delivery.id)

    async def refresh(self, delivery: Delivery, schedule: Schedule) -> int:
        """Bring the votes of what was sent up to date; return how many messages were edited.

        Raises:
            LaterError: It is to be tried again.
            TokenRefusedError: Nothing can be asked any more.
        """
        edited = 0
        draft = await self._drafts.refreshed(delivery, schedule)
        if draft is not None and len(draft.messages) == len(delivery.parts):
            edited = await self._edit(delivery, draft)
        await deliveries.refreshing_done(self._database, delivery.id)
        return edited

    async def _edit(self, delivery: Delivery, draft: Draft) -> int:
        edited = 0
        for part, message, content_hash in zip(
            delivery.parts, draft.messages, draft.hashes, strict=True
        ):
            if part.message_id is None or part.channel_id is None:
                continue
            if part.content_hash == content_hash:
                continue
            self._check_lease()
            channel = self._client.get_partial_messageable(part.channel_id)
            edit = channel.get_partial_message(part.message_id).edit(
                content=message.content,
                embeds=message.embeds,
                view=message.controls(part.nonce) if message.controls else None,
                allowed_mentions=discord.AllowedMentions.none(),
            )
            try:
                with posting():
                    await self._ask(edit)
            except TroubleError as trouble:
                log.info("delivery %d keeps its votes: %s", delivery.id, trouble)
                break
            edited += 1
            await deliveries.part_refreshed(
                self._database, delivery.id, part.part, content_hash=content_hash
            )
        return edited


def _mentions(schedule: Schedule) -> discord.AllowedMentions:
    roles = [discord.Object(schedule.mention)] if schedule.mention is not None else False
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def _since(delivery: Delivery) -> datetime:
    return (delivery.looked_at or delivery.planned_at) - _SKEW


def _marks(message: discord.Message) -> set[str]:
    """Return the marks that a message carries."""
    found = set()
    for row in message.components:
        for item in getattr(row, "children", ()):
            mark = mark_of(getattr(item, "custom_id", None) or "")
            if mark is not None:
                found.add(mark)
    return found


async def _next_of(history: AsyncIterator[discord.Message]) -> discord.Message | None:
    """Return the next message of a channel's history, `None` after the last one."""
    async with asyncio.timeout(PATIENCE):
        return await anext(history, None)


def _later(error: Exception, attempt: Attempt | None = None, *, wait: float = 0.0) -> LaterError:
    is_uncertain = attempt is not None and attempt.is_uncertain
    asked = attempt.retry_after if attempt is not None else 0.0
    if isinstance(error, discord.RateLimited):
        asked = max(asked, error.retry_after)
    return LaterError(
        f"{type(error).__name__}: {error}",
        retry_after=max(asked, wait if is_uncertain else 0.0),
        is_uncertain=is_uncertain,
        is_rate_limit=isinstance(error, discord.RateLimited),
    )
