"""`/paper`: find a paper by id, link or words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from bot.commands import responses
from bot.commands.card_contexts import opened_context, response_context
from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.kept_searches import add_corrections
from bot.commands.known_papers import find_chosen, known_paper, look_up
from bot.commands.no_papers import find_newest_day, no_papers_key
from bot.commands.paper_cards import PaperCard, cached_card, describe_missing, render
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest import lookup
from bot.ingest.live_lookup import NotFound, Unavailable
from bot.ui import actions, limits
from bot.ui import papers as ui
from bot.ui.markdown import escape
from bot.ui.names import link_title
from storage import search_index, suggestions
from storage.records import (
    KnownPaper,
    UnlistedPaper,
    arxiv_id_in,
    mistaken_id_in,
)
from storage.search import Request

_ECHO = 200


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/paper`, and the menus of papers in its responses."""
    label = services.label

    @tree.command(name=label("command-paper-name"), description=label("command-paper-description"))
    @app_commands.rename(
        query=label("command-paper-query-name"), private=label("command-option-private-name")
    )
    @app_commands.describe(
        query=label("command-paper-query-description"),
        private=label("command-option-private-description"),
    )
    async def paper(
        interaction: discord.Interaction[Any],
        query: str,
        private: bool = False,
    ) -> None:
        texts = services.texts(interaction)
        today = interaction.created_at.date()
        found = await lookup.find(
            services.database,
            query,
            lambda arxiv_id: cached_card(services, arxiv_id, texts, today),
            two_languages=services.two_languages,
            meanings=services.meanings,
        )
        answer = _Answer(interaction, services, is_private=private)
        match found:
            case lookup.Unknown(arxiv_id=str(arxiv_id)):
                await answer.look_up(found, arxiv_id)
            case PaperCard():
                await answer.show(found)
            case lookup.Several():
                await answer.offer(found)
            case lookup.Unknown():
                if _has_words(query):
                    await find_newest_day(interaction, services)
                await answer.refuse(found)

    @paper.autocomplete("query")
    @services.autocompletes.newest_only
    async def suggest(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        names = await suggestions.suggest(services.database, current, limit=limits.CHOICES)
        return [
            app_commands.Choice(name=ui.choice_label(name), value=name.arxiv_id) for name in names
        ]

    add_items(tree.client, services, OpenPaper)


def _has_words(query: str) -> bool:
    """Return whether a query is words of a title, and no id."""
    return bool(query.strip()) and arxiv_id_in(query) is None and mistaken_id_in(query) is None


def _unknown_key(unknown: lookup.Unknown) -> str:
    """Return the key of the text that says that there is no such paper."""
    near = unknown.suggestions
    if unknown.arxiv_id is not None:
        return "paper-unknown-id-near" if near else "paper-unknown-id"
    if not unknown.is_searched:
        return "paper-unknown-titles"
    if near:
        return (
            "paper-unknown-words-meaning" if unknown.is_by_meaning else "paper-unknown-words-near"
        )
    return "paper-unknown-words-similar" if unknown.similar else "paper-unknown-words"


class OpenPaper(PersistentItem, template=actions.OPEN):
    """The menu of papers in a response."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper: publicly if the menu was private, unless that was asked for."""
        is_public_menu = interaction.message is None or not interaction.message.flags.ephemeral
        if is_public_menu or self.state["private"]:
            known = await known_paper(interaction, chosen_values(interaction)[0], services)
            await open_private(interaction, known, services)
            return
        listed = await find_chosen(interaction, services)
        card = await render(
            services, listed, services.texts(interaction), interaction.created_at.date()
        )
        await interaction.response.edit_message(content=link_title(listed.paper), view=None)
        context = response_context(interaction, is_private=False)
        await responses.send_card(interaction, card, services, context, is_private=False)


async def open_private(
    interaction: discord.Interaction[Any],
    known: KnownPaper,
    services: Services,
    post_id: int | None = None,
) -> None:
    """Show a paper's card in private.

    Args:
        interaction: Of the menu in which it was chosen.
        known: The paper.
        services: The parts of the app.
        post_id: The message of the post that it was chosen from; `None` if there is none.
    """
    texts = services.texts(interaction)
    card = await render(services, known, texts, interaction.created_at.date())
    context = opened_context(interaction, post_id)
    await responses.send_card(interaction, card, services, context, is_private=True)


class _Answer:
    """The response to `/paper`; errors and choices are always private."""

    def __init__(
        self, interaction: discord.Interaction[Any], services: Services, *, is_private: bool
    ) -> None:
        self._interaction = interaction
        self._services = services
        self._texts = services.texts(interaction)
        self._is_private = is_private

    async def show(self, card: PaperCard) -> None:
        """Show the one paper that was found."""
        context = response_context(self._interaction, is_private=self._is_private)
        await responses.send_card(
            self._interaction, card, self._services, context, is_private=self._is_private
        )

    async def look_up(self, unknown: lookup.Unknown, arxiv_id: str) -> None:
        """Show a paper that no list has, or say that no service knows it."""
        found = await look_up(self._services, arxiv_id, self._deferral)
        match found:
            case UnlistedPaper():
                today = self._interaction.created_at.date()
                await self.show(await render(self._services, found, self._texts, today))
            case NotFound() | Unavailable():
                near = unknown.suggestions
                sentence = describe_missing(arxiv_id, found, near, self._texts)
                await self._suggest(sentence, unknown)
            case None:
                await self.refuse(unknown)

    @asynccontextmanager
    async def _deferral(self) -> AsyncIterator[None]:
        """Defer the answer, as public as it will be."""
        await self._interaction.response.defer(ephemeral=self._is_private, thinking=True)
        try:
            yield
        except Exception:
            await self._undo_public_deferral()
            raise

    async def offer(self, several: lookup.Several) -> None:
        """List the papers that were found, with a menu of them."""
        key = "paper-several-more" if several.has_more else "paper-several"
        sentence = self._texts(key, count=len(several.names))
        await self._send_private(
            ui.list_names(sentence, several.names, self._texts),
            ui.render_menu(several.names, self._texts, private=self._is_private),
        )

    async def refuse(self, unknown: lookup.Unknown) -> None:
        """Say that there is no such paper, and which others may be meant."""
        text, arxiv_id = unknown.text, unknown.arxiv_id
        if not text.strip():
            raise UserError("paper-empty")
        if (mistaken := mistaken_id_in(text)) is not None:
            raise UserError("paper-not-an-id", id=mistaken)
        sentence = self._texts(
            _unknown_key(unknown), id=arxiv_id or "", text=limits.shorten(escape(text), _ECHO)
        )
        if arxiv_id is None and not await search_index.is_complete(self._services.database):
            sentence += "\n" + self._texts("search-indexing")
        await self._suggest(sentence, unknown)

    async def _suggest(self, sentence: str, unknown: lookup.Unknown) -> None:
        near = unknown.suggestions
        key = await no_papers_key(self._services, self._interaction)
        if key is not None:
            sentence += "\n" + self._texts(key)
        view = ui.render_suggestions(unknown.arxiv_id, near, self._texts, private=self._is_private)
        await add_corrections(
            self._interaction, self._services, view, Request(unknown.text), unknown.similar
        )
        await self._send_private(ui.list_names(sentence, near, self._texts), view)

    async def _send_private(self, text: str, view: actions.StaticView) -> None:
        await self._undo_public_deferral()
        await responses.send(self._interaction, text, view=view, ephemeral=True)

    async def _undo_public_deferral(self) -> None:
        """Take "thinking…" away if everyone sees it: what follows would be public, too."""
        if self._interaction.response.is_done() and not self._is_private:
            await self._interaction.delete_original_response()
