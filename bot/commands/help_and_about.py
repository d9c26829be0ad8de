"""`/help` and `/about`."""

from importlib.metadata import version
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.invite import invite_url
from bot.commands.services import Services
from bot.ui import help as ui
from config.texts import Texts
from storage import papers, sources
from storage.records import FILES, SourceKind

_PACKAGE: Final = "daily-papers-bot"


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/help` and `/about`."""
    label = services.label

    @tree.command(name=label("command-help-name"), description=label("command-help-description"))
    async def show_help(interaction: discord.Interaction[Any]) -> None:
        texts = services.texts(interaction)
        text = ui.render_help(texts, f"<@{interaction.application_id}>", _reader(interaction))
        await interaction.response.send_message(text, ephemeral=True)

    @tree.command(name=label("command-about-name"), description=label("command-about-description"))
    async def show_about(interaction: discord.Interaction[Any]) -> None:
        texts = services.texts(interaction)
        facts = await _about(services, interaction.application_id, texts)
        text, view = ui.render_about(texts, facts)
        await interaction.response.send_message(text, view=view, ephemeral=True)


def _reader(interaction: discord.Interaction[Any]) -> ui.Reader:
    # A person can bring the bot into servers that it is not in.
    is_in_guild = interaction.guild_id is not None and interaction.is_guild_integration()
    is_manager = is_in_guild and interaction.permissions.manage_guild
    return ui.Reader(is_in_guild=is_in_guild, is_manager=is_manager)


async def _about(services: Services, application_id: int, texts: Texts) -> ui.AboutFacts:
    async def contents() -> tuple[int, tuple[sources.SourceContents, ...]]:
        return await papers.count(services.database), await sources.contents(services.database)

    count, found = await services.cache.get("contents of sources", contents)
    about = services.about
    return ui.AboutFacts(
        version=version(_PACKAGE),
        operator=about.operator,
        papers=count,
        sources=[
            ui.SourceFacts(_name_of(source, texts), source.newest_day, source.papers)
            for source in found
        ],
        invite=invite_url(application_id) if about.is_public else None,
    )


def _name_of(source: sources.SourceContents, texts: Texts) -> str:
    if source.kind is SourceKind.HUGGINGFACE:
        return ui.HUGGING_FACE
    return texts("about-source-files") if source.name == FILES else source.name
