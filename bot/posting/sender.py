"""Send the requests of posts to Discord, and translate errors into job outcomes."""

from contextlib import suppress
from typing import Any, Final, NamedTuple

import discord

from bot.posting import tags
from bot.posting.channels import FoundChannel
from bot.posting.discord_errors import (
    ALREADY_PUBLISHED,
    THREAD_EXISTS,
    UNKNOWN_MESSAGE,
    translate_errors,
)
from bot.ui.messages import Message, to_file, to_view
from storage.records import Part

_NAME: Final = "Daily Papers"


class SentMessage(NamedTuple):
    """A message that was sent."""

    channel_id: int
    message_id: int

    @classmethod
    def of(cls, message: discord.Message) -> "SentMessage":
        """Return the ids of a message."""
        return cls(message.channel.id, message.id)


class Sender:
    """Sends, edits and publishes messages."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def send(
        self,
        found: FoundChannel,
        target: int,
        message: Message,
        part: Part,
        *,
        role: int | None,
        picture: bytes | None = None,
    ) -> SentMessage:
        """Send one part in one request.

        Args:
            found: The schedule's channel.
            target: The channel or thread to send to; in a forum, a post is created.
            message: The message to send.
            part: Its mark and nonce, the same at each attempt.
            role: The role that the message may ping.
            picture: The PNG of the message's chart; `None` sends it without.

        Raises:
            Blocked: Someone has to change something first.
            Retry: The request failed for a temporary reason.
            discord.HTTPException: Discord refuses what the message says (code 50035).
        """
        options: dict[str, Any] = {
            "embeds": message.embeds,
            "allowed_mentions": _allowed_mentions(role),
            "silent": message.silent,
        }
        if message.rows:
            options["view"] = to_view(message.rows, part.mark)
        if message.chart is not None and picture is not None:
            options["file"] = to_file(message.chart, picture)
        if isinstance(found.channel, discord.ForumChannel) and target == found.channel.id:
            return await self._create_forum_post(found.channel, found, message, options)
        channel = self._client.get_partial_messageable(target, guild_id=found.guild.id)
        async with translate_errors(is_single=True, raises_invalid_form=True):
            return SentMessage.of(await channel.send(message.content, nonce=part.nonce, **options))

    async def _create_forum_post(
        self,
        forum: discord.ForumChannel,
        found: FoundChannel,
        message: Message,
        options: dict[str, Any],
    ) -> SentMessage:
        """Create a post in a forum or media channel, with a tag that matches or is required."""
        chosen = tags.of_forum(forum, found.facts.permissions)
        if chosen is None:
            async with translate_errors():
                applied = [await forum.create_tag(name=tags.TAG_NAME)]
        else:
            applied = [tag for tag in forum.available_tags if tag.id in chosen]
        async with translate_errors(is_single=True, raises_invalid_form=True):
            begun = await forum.create_thread(
                name=message.thread_name or _NAME,
                content=message.content,
                applied_tags=applied,
                **options,
            )
        return SentMessage.of(begun.message)

    async def start_thread(self, found: FoundChannel, message_id: int, name: str | None) -> int:
        """Return the thread below a post's first message; create it if it doesn't exist."""
        if found.facts.is_forum:
            return message_id  # a thread has the id of the message that it begins with
        channel = self._client.get_partial_messageable(found.channel.id, guild_id=found.guild.id)
        message = channel.get_partial_message(message_id)
        for each in dict.fromkeys((name or _NAME, _NAME)):
            # Ignored: an earlier attempt has begun it, or Discord refuses its first name.
            with suppress(discord.HTTPException):
                async with translate_errors(
                    ignore=(THREAD_EXISTS,), raises_invalid_form=each != _NAME
                ):
                    await message.create_thread(name=each)
                    break
        return message_id

    async def edit(
        self,
        channel_id: int,
        message_id: int,
        message: Message,
        mark: str,
        *,
        ignore: tuple[int, ...] = (),
    ) -> None:
        """Edit a message; it pings nobody, and keeps its picture.

        Raises:
            Blocked: The message is deleted or can't be edited.
            Retry: The request failed for a temporary reason.
            discord.HTTPException: Discord refuses what the message says (code 50035), or the edit
                for a reason in `ignore`.
        """
        channel = self._client.get_partial_messageable(channel_id)
        async with translate_errors(ignore=ignore, raises_invalid_form=True):
            await channel.get_partial_message(message_id).edit(
                content=message.content,
                embeds=message.embeds,
                view=to_view(message.rows, mark) if message.rows else None,
                allowed_mentions=discord.AllowedMentions.none(),
            )

    async def publish(self, guild_id: int, channel_id: int, message_id: int) -> None:
        """Publish a message to the servers that follow its channel; idempotent.

        Raises:
            Blocked: The message can't be published.
            Retry: The request failed for a temporary reason.
        """
        channel = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        # Ignored: the message is published already, or deleted.
        with suppress(discord.HTTPException):
            async with translate_errors(ignore=(ALREADY_PUBLISHED, UNKNOWN_MESSAGE)):
                await channel.get_partial_message(message_id).publish()


def _allowed_mentions(role: int | None) -> discord.AllowedMentions:
    roles = [discord.Object(role)] if role is not None else False
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
