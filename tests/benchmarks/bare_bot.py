"""The least that discord.py can do: a slash command that answers with a constant embed.

The embed has the size of a paper's, so that both bots say as much.
"""

import asyncio
import os
from typing import Any

import discord
from discord import app_commands

from bot.discord_endpoint import point_at


class Bare(discord.AutoShardedClient):
    """Knows one command."""

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

        await self.tree.sync()


async def main() -> None:
    """Run until it is ended."""
    await point_at(os.environ["DAILY_PAPERS_DISCORD_URL"])
    async with Bare() as bot:
        await bot.start(os.environ["DAILY_PAPERS_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
