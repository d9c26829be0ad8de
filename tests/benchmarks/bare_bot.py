"""The least that discord.py can do: a slash command that answers with a constant embed."""

import asyncio
import os
from typing import Any

import discord
from discord import app_commands

from bot.redirect import point_at


class Bare(discord.AutoShardedClient):
    """Knows one command."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Tell Discord of the command."""

        @self.tree.command(name="paper", description="A constant")
        async def paper(interaction: discord.Interaction[Any], query: str) -> None:
            embed = discord.Embed(title="A constant", description=query)
            await interaction.response.send_message(embed=embed)

        await self.tree.sync()


async def main() -> None:
    """Run until it is ended."""
    await point_at(os.environ["DAILY_PAPERS_DISCORD_URL"])
    async with Bare() as bot:
        await bot.start(os.environ["DAILY_PAPERS_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
