"""`/paper`: find a paper by id, link or words."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest import lookup
from bot.ui import actions, limits
from bot.ui import papers as ui
from bot.ui.markdown import escape, title_of
from config.texts import Texts
from storage import papers
from storage.records import ListedPaper

_ECHO = 200


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/paper`, and the components of its responses."""
    label = services.label

    @tree.command(name=label("command-paper-name"), description=label("command-paper-description"))
    @app_commands.rename(query=label("command-paper-query-name"))
    @app_commands.describe(query=label("command-paper-query-description"))
    async def paper(interaction: discord.Interaction[Any], query: str) -> None:
        texts = services.texts(interaction)
        found = await lookup.find(
            services.database, query, lambda arxiv_id: _cached_response(services, arxiv_id, texts)
        )
        await _answer(interaction, found, texts)

    @paper.autocomplete("query")
    @services.autocompletes.newest_only
    async def suggest(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        names = await papers.suggest(services.database, current, limit=limits.CHOICES)
        return [
            app_commands.Choice(name=ui.choice_label(name), value=name.arxiv_id) for name in names
        ]

    add_items(tree.client, services, OpenPaper, ShowWhole)


class OpenPaper(PersistentItem, template=actions.OPEN):
    """The menu of papers in a response."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chosen paper."""
        await _open(interaction, await chosen(interaction, services), services)


class ShowWhole(PersistentItem, template=actions.FULL_TEXT):
    """The button that shows a paper's whole text."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the paper's whole text in private."""
        await show_whole(interaction, await _known(services, self.state["arxiv_id"]), services)


async def chosen(interaction: discord.Interaction[Any], services: Services) -> ListedPaper:
    """Return the paper chosen in a menu.

    Raises:
        UserError: The paper doesn't exist any more.
    """
    return await _known(services, chosen_values(interaction)[0])


@dataclass(frozen=True, slots=True)
class _PaperResponse:
    """A rendered response that shows a paper."""

    embed: discord.Embed
    view: actions.StaticView


def _render_response(listed: ListedPaper, texts: Texts) -> _PaperResponse:
    card = ui.render_card(listed, texts)
    return _PaperResponse(card.embed, ui.render_links(listed.paper, texts, is_whole=card.is_whole))


async def _cached_response(
    services: Services, arxiv_id: str, texts: Texts
) -> _PaperResponse | None:
    """Return a paper's response, rendered once per paper and language."""

    async def render() -> _PaperResponse | None:
        listed = await papers.get(services.database, arxiv_id)
        return _render_response(listed, texts) if listed is not None else None

    return await services.cache.get(("paper", arxiv_id, texts), render)


async def _known(services: Services, arxiv_id: str) -> ListedPaper:
    listed = await papers.get(services.database, arxiv_id)
    if listed is None:
        raise UserError("paper-gone")
    return listed


async def _answer(
    interaction: discord.Interaction[Any],
    outcome: _PaperResponse | lookup.Several | lookup.Unknown,
    texts: Texts,
) -> None:
    send = interaction.response.send_message
    match outcome:
        case _PaperResponse(embed, view):
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
            sentence = texts(
                f"paper-unknown-{kind}-near" if near else f"paper-unknown-{kind}",
                id=arxiv_id or "",
                text=limits.shorten(escape(text), _ECHO),
            )
            await send(sentence, view=ui.render_suggestions(arxiv_id, near, texts), ephemeral=True)


async def _open(
    interaction: discord.Interaction[Any], listed: ListedPaper, services: Services
) -> None:
    """Show a chosen paper: publicly if the menu was private, else only to the user."""
    response = _render_response(listed, services.texts(interaction))
    if interaction.message is not None and interaction.message.flags.ephemeral:
        title = limits.shorten(escape(title_of(listed.paper)), limits.EMBED_TITLE)
        await interaction.response.edit_message(content=title, view=None)
        await interaction.followup.send(embed=response.embed, view=response.view)
    else:
        await interaction.response.send_message(
            embed=response.embed, view=response.view, ephemeral=True
        )


async def show_whole(
    interaction: discord.Interaction[Any], listed: ListedPaper, services: Services
) -> None:
    """Show a paper's whole text in private."""
    whole = ui.render_full_text(listed, services.texts(interaction))
    first, *others = whole.embeds
    if whole.file is not None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(embed=first, file=whole.file, ephemeral=True)
        return
    await interaction.response.send_message(embed=first, ephemeral=True)
    for embed in others:
        await interaction.followup.send(embed=embed, ephemeral=True)
