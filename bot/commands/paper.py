"""`/paper`: a paper by whatever was pasted."""

from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import app_commands

from bot.commands.errors import dynamic_item
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest import lookup
from bot.ui import actions, limits
from bot.ui import papers as ui
from bot.ui.markdown import plain, title_of
from config.texts import Texts
from storage import papers
from storage.records import ListedPaper

_ECHO = 200


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/paper`, and what answers the buttons under its embeds."""
    label = services.label

    @tree.command(name=label("command-paper-name"), description=label("command-paper-description"))
    @app_commands.rename(query=label("command-paper-query-name"))
    @app_commands.describe(query=label("command-paper-query-description"))
    async def paper(interaction: discord.Interaction[Any], query: str) -> None:
        texts = services.texts(interaction)
        found = await lookup.find(
            services.database, query, lambda arxiv_id: _drawn(services, arxiv_id, texts)
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

    async def open_chosen(interaction: discord.Interaction[Any], _state: dict[str, str]) -> None:
        await _open(interaction, await chosen(interaction, services), services)

    async def open_whole(interaction: discord.Interaction[Any], state: dict[str, str]) -> None:
        await show_whole(interaction, await _known(services, state["arxiv_id"]), services)

    tree.client.add_dynamic_items(
        dynamic_item(actions.OPEN, open_chosen, services),
        dynamic_item(actions.WHOLE, open_whole, services),
    )


async def chosen(interaction: discord.Interaction[Any], services: Services) -> ListedPaper:
    """Return the paper that was chosen in a menu.

    Raises:
        UserError: It is not there any more.
    """
    values = cast("dict[str, list[str]]", interaction.data)["values"]
    return await _known(services, values[0])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A paper as it is sent."""

    embed: discord.Embed
    view: actions.Drawn


def _draw(listed: ListedPaper, texts: Texts) -> _Drawn:
    card = ui.card(listed, texts)
    return _Drawn(card.embed, ui.links(listed.paper, texts, is_whole=card.is_whole))


async def _drawn(services: Services, arxiv_id: str, texts: Texts) -> _Drawn | None:
    """Return a paper as it is sent, drawn once for all who ask at the time."""

    async def draw() -> _Drawn | None:
        listed = await papers.get(services.database, arxiv_id)
        return _draw(listed, texts) if listed is not None else None

    return await services.cache.get(("paper", arxiv_id, texts), draw)


async def _known(services: Services, arxiv_id: str) -> ListedPaper:
    listed = await papers.get(services.database, arxiv_id)
    if listed is None:
        raise UserError("paper-gone")
    return listed


async def _answer(
    interaction: discord.Interaction[Any],
    outcome: _Drawn | lookup.Several | lookup.Unknown,
    texts: Texts,
) -> None:
    send = interaction.response.send_message
    match outcome:
        case _Drawn(embed, view):
            await send(embed=embed, view=view)
        case lookup.Several(names, has_more):
            key = "paper-several-more" if has_more else "paper-several"
            await send(texts(key, count=len(names)), view=ui.menu(names, texts), ephemeral=True)
        case lookup.Unknown(text, arxiv_id, near):
            kind = "id" if arxiv_id else "words"
            if not text.strip():
                raise UserError("paper-empty")
            sentence = texts(
                f"paper-unknown-{kind}-near" if near else f"paper-unknown-{kind}",
                id=arxiv_id or "",
                text=limits.shorten(plain(text), _ECHO),
            )
            await send(sentence, view=ui.near(arxiv_id, near, texts), ephemeral=True)


async def _open(
    interaction: discord.Interaction[Any], listed: ListedPaper, services: Services
) -> None:
    """Show a chosen paper: to all where the menu was a private answer, else to who chose it."""
    drawn = _draw(listed, services.texts(interaction))
    if interaction.message is not None and interaction.message.flags.ephemeral:
        title = limits.shorten(plain(title_of(listed.paper)), limits.EMBED_TITLE)
        await interaction.response.edit_message(content=title, view=None)
        await interaction.followup.send(embed=drawn.embed, view=drawn.view)
    else:
        await interaction.response.send_message(embed=drawn.embed, view=drawn.view, ephemeral=True)


async def show_whole(
    interaction: discord.Interaction[Any], listed: ListedPaper, services: Services
) -> None:
    """Answer in private with all that is known of a paper."""
    whole = ui.whole(listed, services.texts(interaction))
    first, *others = whole.embeds
    if whole.file is not None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(embed=first, file=whole.file, ephemeral=True)
        return
    await interaction.response.send_message(embed=first, ephemeral=True)
    for embed in others:
        await interaction.followup.send(embed=embed, ephemeral=True)
