"""The least that discord.py can do: slash commands that answer with constant messages.

`/paper` answers with an embed of the size of a paper's, `/setup` with a set-up screen that a menu
shows again, so that both bots say as much.
"""

import asyncio
import os
from typing import Any

import discord
from discord import app_commands

from bot.discord_endpoint import point_at
from bot.ui.setup import Choice, SetupScreen, render
from config.texts import Catalogue

_TEXTS = Catalogue.load().for_locale("en-US")


class Bare(discord.AutoShardedClient):
    """Knows two commands."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Tell Discord of the command."""

        embed = discord.Embed(title="A constant title of a common length", url="https://arxiv.org")
        embed.set_author(name="Where it stands").set_footer(text="Where it is from")
        embed.set_image(url="https://example.org/picture.png")
        for heading in ("What's New", "Technical Details", "Performance Highlights", "Authors"):
            embed.add_field(name=heading, value="A constant sentence. " * 15, inline=False)
        links = discord.ui.View(timeout=None)
        for label in ("arXiv", "PDF", "Hugging Face"):
            links.add_item(discord.ui.Button(label=label, url="https://example.org/"))
        links.stop()

        @self.tree.command(name="paper", description="A constant")
        async def paper(interaction: discord.Interaction[Any], query: str) -> None:  # noqa: ARG001
            await interaction.response.send_message(embed=embed, view=links)

        @self.tree.command(name="setup", description="A constant")
        async def setup(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(view=screen(), ephemeral=True)

        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Show the set-up screen again."""
        if interaction.type is discord.InteractionType.component:
            await interaction.response.edit_message(view=screen())


def screen() -> discord.ui.LayoutView:
    """Return the set-up screen of a constant draft."""
    names = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m")
    choices = [Choice(f"A constant {name}", name, name == "a", "UTC+1:00") for name in names]
    shown = SetupScreen(
        draft_id=1,
        title="A constant",
        presets=choices[:3],
        channel_id=1,
        times=choices[:7],
        zones=choices,
        facts=["A constant sentence of a common length, on a line."] * 6,
    )
    return render(shown, _TEXTS)


async def main() -> None:
    """Run until it is ended."""
    await point_at(os.environ["DAILY_PAPERS_DISCORD_URL"])
    async with Bare() as bot:
        await bot.start(os.environ["DAILY_PAPERS_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
