"""`/paper`: find a paper by id, link or words."""

from typing import Any

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.no_papers import find_newest_day, no_papers_key
from bot.commands.paper_cards import PaperCard, cached_card, describe_missing, render, render_listed
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest import lookup
from bot.ingest.live_lookup import LiveLookup, NotFound, Result, Unavailable, recall_any
from bot.ui import actions, limits
from bot.ui import papers as ui
from bot.ui.full_text import FullText, render_abstract, render_full_text
from bot.ui.markdown import escape, title_of
from storage import papers, suggestions
from storage.records import (
    KnownPaper,
    ListedPaper,
    UnlistedPaper,
    arxiv_id_in,
    mistaken_id_in,
)

_ECHO = 200


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/paper`, and the components of its responses."""
    label = services.label

    @tree.command(name=label("command-paper-name"), description=label("command-paper-description"))
    @app_commands.rename(query=label("command-paper-query-name"))
    @app_commands.describe(query=label("command-paper-query-description"))
    async def paper(interaction: discord.Interaction[Any], query: str) -> None:
        texts = services.texts(interaction)
        today = interaction.created_at.date()
        found = await lookup.find(
            services.database,
            query,
            lambda arxiv_id: cached_card(services, arxiv_id, texts, today),
        )
        match found:
            case lookup.Unknown(arxiv_id=str()) if services.live_lookup is not None:
                await _look_up(interaction, found, services, services.live_lookup)
            case _:
                if isinstance(found, lookup.Unknown) and _has_words(query):
                    await find_newest_day(interaction, services)
                await _answer(interaction, found, services)

    @paper.autocomplete("query")
    @services.autocompletes.newest_only
    async def suggest(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        names = await suggestions.suggest(services.database, current, limit=limits.CHOICES)
        return [
            app_commands.Choice(name=ui.choice_label(name), value=name.arxiv_id) for name in names
        ]

    add_items(tree.client, services, OpenPaper, ShowWhole, ShowAbstract)


def _has_words(query: str) -> bool:
    """Return whether a query is words of a title, and no id."""
    return bool(query.strip()) and arxiv_id_in(query) is None and mistaken_id_in(query) is None


class OpenPaper(PersistentItem, template=actions.OPEN):
    """The menu of papers in a response."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper."""
        await _open(interaction, await chosen(interaction, services), services)


class ShowWhole(PersistentItem, template=actions.FULL_TEXT):
    """The button that shows a paper's whole text."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the paper's whole text in private."""
        known = await _known(interaction, self.state["arxiv_id"], services)
        await show_whole(interaction, known, services)


class ShowAbstract(PersistentItem, template=actions.ABSTRACT):
    """The button that shows a paper's whole abstract."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the paper's abstract in private."""
        known = await _known(interaction, self.state["arxiv_id"], services)
        abstract = render_abstract(known, services.texts(interaction))
        if abstract is None:
            raise UserError("paper-abstract-gone")
        await _send_text(interaction, abstract)


async def chosen(interaction: discord.Interaction[Any], services: Services) -> ListedPaper:
    """Return the paper chosen in a menu.

    Raises:
        UserError: The paper doesn't exist any more.
    """
    listed = await papers.get(services.database, chosen_values(interaction)[0])
    if listed is None:
        raise UserError("paper-gone")
    return listed


async def _known(
    interaction: discord.Interaction[Any], arxiv_id: str, services: Services
) -> KnownPaper:
    """Return a paper with a button; it may take a request, for which the answer is deferred.

    Raises:
        UserError: The paper doesn't exist any more, or can't be looked up at the moment.
    """
    listed = await papers.get(services.database, arxiv_id)
    if listed is not None:
        return listed
    live = services.live_lookup
    if live is None:
        found: Result | None = await recall_any(services.database, arxiv_id)
    else:
        found = await live.recall(arxiv_id)
        if found is None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            found = await live.find(arxiv_id)
    match found:
        case UnlistedPaper():
            return found
        case Unavailable(names):
            joined = services.texts(interaction).join(names)
            raise UserError("paper-services-down", id=arxiv_id, services=joined)
        case _:
            raise UserError("paper-gone")


async def _look_up(
    interaction: discord.Interaction[Any],
    unknown: lookup.Unknown,
    services: Services,
    live: LiveLookup,
) -> None:
    """Show a paper that no list has, or say that no service knows it."""
    assert unknown.arxiv_id is not None
    texts = services.texts(interaction)
    found: Result | None = await live.recall(unknown.arxiv_id)
    if found is None:
        await interaction.response.defer(thinking=True)
        found = await live.find(unknown.arxiv_id)
    match found:
        case UnlistedPaper():
            card = render(found, texts)
            await _send(interaction, embed=card.embed, view=card.view)
        case NotFound() | Unavailable():
            await _send(
                interaction,
                describe_missing(unknown.arxiv_id, found, unknown.suggestions, texts)
                + await _no_papers(interaction, services),
                view=ui.render_suggestions(unknown.arxiv_id, unknown.suggestions, texts),
                ephemeral=True,
            )


async def _send(interaction: discord.Interaction[Any], *args: Any, **more: Any) -> None:  # noqa: ANN401 - passed on
    """Answer an interaction, which may be deferred; if it is, that decided who sees the answer."""
    if interaction.response.is_done():
        await interaction.followup.send(*args, **more)
    else:
        await interaction.response.send_message(*args, **more)


async def _answer(
    interaction: discord.Interaction[Any],
    outcome: PaperCard | lookup.Several | lookup.Unknown,
    services: Services,
) -> None:
    texts = services.texts(interaction)
    send = interaction.response.send_message
    match outcome:
        case PaperCard(embed, view):
            await send(embed=embed, view=view)
        case lookup.Several(names, has_more):
            key = "paper-several-more" if has_more else "paper-several"
            await send(
                texts(key, count=len(names)), view=ui.render_menu(names, texts), ephemeral=True
            )
        case lookup.Unknown(text, arxiv_id, near):
            kind = "id" if arxiv_id else "words"
            if not text.strip():
                raise UserError("paper-empty")
            if (mistaken := mistaken_id_in(text)) is not None:
                raise UserError("paper-not-an-id", id=mistaken)
            sentence = texts(
                f"paper-unknown-{kind}-near" if near else f"paper-unknown-{kind}",
                id=arxiv_id or "",
                text=limits.shorten(escape(text), _ECHO),
            )
            sentence += await _no_papers(interaction, services)
            await send(sentence, view=ui.render_suggestions(arxiv_id, near, texts), ephemeral=True)


async def _no_papers(interaction: discord.Interaction[Any], services: Services) -> str:
    """Return a line that says that there are no papers yet; nothing if there are."""
    key = await no_papers_key(services, interaction)
    return "" if key is None else "\n" + services.texts(interaction)(key)


async def _open(
    interaction: discord.Interaction[Any], listed: ListedPaper, services: Services
) -> None:
    """Show a chosen paper: publicly if the menu was private, else only to the user."""
    today = interaction.created_at.date()
    response = await render_listed(services, listed, services.texts(interaction), today)
    if interaction.message is not None and interaction.message.flags.ephemeral:
        title = limits.shorten(escape(title_of(listed.paper)), limits.EMBED_TITLE)
        await interaction.response.edit_message(content=title, view=None)
        await interaction.followup.send(embed=response.embed, view=response.view)
    else:
        await interaction.response.send_message(
            embed=response.embed, view=response.view, ephemeral=True
        )


async def show_whole(
    interaction: discord.Interaction[Any], known: KnownPaper, services: Services
) -> None:
    """Show a paper's whole text in private."""
    await _send_text(interaction, render_full_text(known, services.texts(interaction)))


async def _send_text(interaction: discord.Interaction[Any], text: FullText) -> None:
    """Send a text in private."""
    first, *others = text.embeds
    if text.file is not None:
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(embed=first, file=text.file, ephemeral=True)
        return
    await _send(interaction, embed=first, ephemeral=True)
    for embed in others:
        await interaction.followup.send(embed=embed, ephemeral=True)
