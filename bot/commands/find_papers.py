"""The message command **Find papers**: the papers that a message names, in private."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import responses
from bot.commands.card_contexts import response_context
from bot.commands.known_papers import deferral, explain_missing, look_up
from bot.commands.paper_cards import describe_missing, render
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest.live_lookup import NotFound, Unavailable
from bot.ui import found, limits
from storage import papers
from storage.records import KnownPaper, ListedPaper, UnlistedPaper, arxiv_ids_in, mistaken_id_in

MOST: Final = 10
"""Papers of a message that are found; the further ones are left out."""


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the command to the menus of messages."""

    @tree.context_menu(name=services.label("menu-find-papers"))
    async def find_papers(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        text = "\n".join(texts_of(message))
        arxiv_ids = arxiv_ids_in(text)
        if arxiv_ids:
            await _Answer(interaction, services).show(arxiv_ids)
        elif (mistaken := mistaken_id_in(text)) is not None:
            raise UserError("paper-not-an-id", id=mistaken)
        else:
            raise UserError("found-none")


def texts_of(message: discord.Message) -> Iterator[str]:
    """Yield the texts of a message, and of one that it forwards: content, embeds, components."""
    parts: tuple[discord.Message | discord.MessageSnapshot, ...]
    parts = (message, *message.message_snapshots)
    for part in parts:
        yield part.content
        for embed in part.embeds:
            yield from _texts_in(embed.to_dict())
        for component in part.components:
            yield from _texts_in(component.to_dict())


def _texts_in(value: object) -> Iterator[str]:
    """Yield all texts in an embed or a component, such as those of fields and addresses of links.

    What nobody can read is left out: a `custom_id`, and the value of a menu's option.
    """
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                if key != "custom_id" and not (key == "value" and "label" in value):
                    yield from _texts_in(each)
        case list():
            for each in value:
                yield from _texts_in(each)


class _Answer:
    """The responses to one use of the command."""

    def __init__(self, interaction: discord.Interaction[Any], services: Services) -> None:
        self._interaction = interaction
        self._services = services
        self._texts = services.texts(interaction)
        self._deferral_lock = asyncio.Lock()

    async def show(self, arxiv_ids: Sequence[str]) -> None:
        """Show the papers of ids, in private."""
        wanted = arxiv_ids[:MOST]
        results = await asyncio.gather(*map(self._find, wanted))
        known: list[KnownPaper] = []
        missing: list[tuple[str, NotFound | Unavailable | None]] = []
        for arxiv_id, result in zip(wanted, results, strict=True):
            match result:
                case ListedPaper() | UnlistedPaper():
                    known.append(result)
                case _:
                    missing.append((arxiv_id, result))
        lines = [describe_missing(*each, (), self._texts) for each in missing]
        if len(arxiv_ids) > MOST:
            lines.append(self._texts("found-more", most=MOST))
        if len(known) > 1:
            await self._send_cards(known, lines)
        elif known:
            await self._send_card(known[0], lines)
        elif len(missing) > 1:
            await responses.send(self._interaction, _content(lines), ephemeral=True)
        else:
            await self._explain(*missing[0])

    async def _find(self, arxiv_id: str) -> KnownPaper | NotFound | Unavailable | None:
        listed = await papers.get(self._services.database, arxiv_id)
        return listed or await look_up(self._services, arxiv_id, self._deferral)

    @asynccontextmanager
    async def _deferral(self) -> AsyncIterator[None]:
        """Defer the answer once, while several papers are looked up."""
        async with self._deferral_lock, deferral(self._interaction):
            pass
        yield

    async def _send_card(self, known: KnownPaper, lines: Sequence[str]) -> None:
        today = self._interaction.created_at.date()
        card = await render(self._services, known, self._texts, today)
        context = response_context(self._interaction, is_private=True)
        await responses.send_card(self._interaction, card, self._services, context, is_private=True)
        if lines:
            await responses.send(self._interaction, _content(lines), ephemeral=True)

    async def _send_cards(self, known: Sequence[KnownPaper], lines: Sequence[str]) -> None:
        """Send short cards, and below the last ones a menu that opens each paper."""
        content = _content([self._texts("found-papers", count=len(known)), *lines])
        *groups, last = found.render_cards(known, self._texts)
        menu = found.render_menu(known, self._texts)
        for group in groups:
            await responses.send(self._interaction, content, embeds=group, ephemeral=True)
            content = None
        await responses.send(self._interaction, content, embeds=last, view=menu, ephemeral=True)

    async def _explain(self, arxiv_id: str, missing: NotFound | Unavailable | None) -> None:
        text, view = await explain_missing(
            self._services, arxiv_id, missing, self._texts, self._interaction
        )
        await responses.send(self._interaction, text, view=view, ephemeral=True)


def _content(lines: Sequence[str]) -> str | None:
    return limits.cut("\n".join(lines), limits.CONTENT) or None
