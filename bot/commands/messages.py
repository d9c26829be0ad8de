"""Answers to messages that mention the bot, reply to it, or are sent to it directly.

Discord sends the text of these messages without the privileged intent for message content; that of
all others is empty.
"""

import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

import aiohttp
import discord

from bot.commands.allowance import Allowance
from bot.commands.card_contexts import message_context
from bot.commands.guild_texts import guild_texts
from bot.commands.known_papers import explain_missing, look_up
from bot.commands.paper_cards import PaperCard, cached_card, render
from bot.commands.recent_ids import RecentIds
from bot.commands.services import Services
from bot.ingest.live_lookup import NotFound, Unavailable
from bot.ui import help as help_ui
from bot.ui import limits
from config.texts import Texts
from storage.errors import StorageError
from storage.records import UnlistedPaper, arxiv_ids_in, mistaken_id_in

log = logging.getLogger(__name__)

MOST_PAPERS: Final = 3
"""Papers that a message is answered with; the further ones are left out."""
PAPERS_PER_PERSON: Final = 6
"""Answers that a person gets in a minute."""
PAPERS_PER_CHANNEL: Final = 20
"""Answers that a channel gets in a minute."""
_MINUTE: Final = timedelta(minutes=1)
_BETWEEN_HELPS: Final = timedelta(hours=1)
_REFUSALS: Final = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What keeps a request to Discord from being answered."""
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class Address(Enum):
    """How a message is addressed to the bot."""

    DIRECT = auto()
    """It is a direct message."""
    MENTION = auto()
    """It names the bot."""
    REPLY = auto()
    """It replies to the bot, which Discord counts as a mention."""


def address_of(message: discord.Message, bot_id: int) -> Address | None:
    """Return how a message is addressed to the bot; `None` if it isn't, or no person wrote it."""
    if message.author.bot or message.webhook_id is not None:
        return None
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return None
    if message.guild is None:
        return Address.DIRECT
    if all(user.id != bot_id for user in message.mentions):
        return None
    return Address.MENTION if bot_id in message.raw_mentions else Address.REPLY


@dataclass(frozen=True, slots=True)
class _Plain:
    """An answer without a paper."""

    text: str
    view: discord.ui.View | None = None


class MessageAnswers:
    """Answers messages with papers, or with the help."""

    def __init__(self, services: Services, now: Callable[[], datetime]) -> None:
        """Make it; `now` returns the time."""
        self._services = services
        self._now = now
        self._handled = RecentIds()
        """Messages, since Discord can send an event twice."""
        self._per_person = Allowance(PAPERS_PER_PERSON, _MINUTE, now)
        self._per_channel = Allowance(PAPERS_PER_CHANNEL, _MINUTE, now)
        self._helps = Allowance(1, _BETWEEN_HELPS, now)

    async def answer(self, message: discord.Message, bot_id: int) -> None:
        """Answer a message if it is addressed to the bot; errors are logged."""
        address = address_of(message, bot_id)
        if address is None or not self._handled.add(message.id):
            return
        ids = arxiv_ids_in(message.content)[:MOST_PAPERS]
        if not ids and address is Address.REPLY:
            return
        try:
            if not _may_answer(message):
                log.debug("can't write in channel %d", message.channel.id)
                return
            texts = await self._texts(message)
            if not ids:
                await self._answer_without_paper(message, texts, bot_id)
        except Exception as error:  # noqa: BLE001 - nobody else would handle it
            _log(error, message)
            return
        for number, arxiv_id in enumerate(ids):
            if not self._may_take(message):
                return
            try:
                await self._answer_with(message, number, arxiv_id, texts)
            except Exception as error:  # noqa: BLE001 - the other papers are answered all the same
                _log(error, message)

    def _may_take(self, message: discord.Message) -> bool:
        """Count an answer; return whether person and channel may get it."""
        may = self._per_person.take(message.author.id) and self._per_channel.take(
            message.channel.id
        )
        if not may:
            log.debug("no answer in channel %d: there were too many", message.channel.id)
        return may

    async def _texts(self, message: discord.Message) -> Texts:
        """Return the texts in the language of the server, or in that of a direct message."""
        if message.guild is not None:
            return await guild_texts(message.guild, self._services)
        is_korean = _HANGUL.search(message.content) is not None
        return self._services.catalogue.for_locale("ko" if is_korean else "en-US")

    async def _answer_without_paper(
        self, message: discord.Message, texts: Texts, bot_id: int
    ) -> None:
        """Say what is wrong with an id, or show the help unless the channel has just had it."""
        mistaken = mistaken_id_in(message.content)
        if mistaken is not None:
            if self._may_take(message):
                await _reply(message, 0, _Plain(texts("paper-not-an-id", id=mistaken)))
            return
        if self._helps.take(message.channel.id) and self._may_take(message):
            reader = help_ui.Reader(is_in_guild=message.guild is not None, is_manager=False)
            text = help_ui.render_help(texts, f"<@{bot_id}>", reader)
            await _reply(message, 0, _Plain(text))

    async def _answer_with(
        self, message: discord.Message, number: int, arxiv_id: str, texts: Texts
    ) -> None:
        services = self._services
        today = self._now().date()
        answer: PaperCard | _Plain | None = await cached_card(services, arxiv_id, texts, today)
        if answer is None:
            answer = await self._look_up(message, arxiv_id, texts)
        await _reply(message, number, answer)

    async def _look_up(
        self, message: discord.Message, arxiv_id: str, texts: Texts
    ) -> PaperCard | _Plain:
        """Return the answer for an id that no list has."""
        found = await look_up(self._services, arxiv_id, lambda: _typing(message.channel))
        match found:
            case UnlistedPaper():
                return await render(self._services, found, texts, self._now().date())
            case NotFound() | Unavailable() | None:
                return _Plain(*await explain_missing(self._services, arxiv_id, found, texts))


@asynccontextmanager
async def _typing(channel: Any) -> AsyncIterator[None]:  # noqa: ANN401 - any channel with messages
    """Show that the bot is typing, if Discord lets it."""
    typing = channel.typing()
    try:
        await typing.__aenter__()
    except _REFUSALS as error:
        log.debug("can't show that the bot is typing: %s", error)
        yield
        return
    try:
        yield
    finally:
        await typing.__aexit__(None, None, None)


def _permissions(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do where a message is; everything if that isn't known."""
    guild, channel = message.guild, message.channel
    if guild is None or isinstance(channel, discord.PartialMessageable):
        return discord.Permissions.all()
    try:
        return channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel isn't known
        return discord.Permissions.all()


def _may_answer(message: discord.Message) -> bool:
    permissions = _permissions(message)
    if isinstance(message.channel, discord.Thread):
        return permissions.view_channel and permissions.send_messages_in_threads
    return permissions.view_channel and permissions.send_messages


async def _reply(message: discord.Message, number: int, answer: PaperCard | _Plain) -> None:
    """Send an answer as a reply that notifies nobody; `number` tells those to one message apart."""
    permissions = _permissions(message)
    options: dict[str, Any] = {
        "allowed_mentions": discord.AllowedMentions.none(),
        "mention_author": False,
        # Discord answers a repeated request with the message that is there.
        "nonce": f"{message.id}:{number}",
    }
    if permissions.read_message_history:  # without it, Discord refuses a reply
        options["reference"] = message.to_reference(fail_if_not_exists=False)
    match answer:
        case PaperCard(embed):
            options["view"] = answer.view(message_context(message.channel, message.guild))
            if permissions.embed_links:
                await message.channel.send(embed=embed, **options)
            else:
                text = limits.cut(f"**{embed.title}**\n{embed.url}", limits.CONTENT)
                await message.channel.send(text, **options)
        case _Plain(text, None):
            await message.channel.send(text, **options)
        case _Plain(text, view):
            assert view is not None
            await message.channel.send(text, view=view, **options)


def _log(error: Exception, message: discord.Message) -> None:
    """Log why a message isn't answered."""
    where = message.channel.id
    if isinstance(error, (StorageError, *_REFUSALS)):
        log.error("a message in channel %d isn't answered: %s", where, error)
    else:
        log.error("a message in channel %d isn't answered", where, exc_info=error)
