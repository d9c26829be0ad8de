"""What most bots do each morning: `await channel.send(…)`, one channel after another."""

import asyncio
import os

import discord

from bot.discord_endpoint import point_at


class Naive(discord.Client):
    """Sends to every text channel once it is connected."""

    async def on_ready(self) -> None:
        embeds = []
        for number in range(5):
            embed = discord.Embed(title=f"A study, {number}", url=f"https://arxiv.org/abs/{number}")
            embed.add_field(name="What's New", value="Something about it. " * 20)
            embeds.append(embed)
        for channel in self.get_all_channels():
            if isinstance(channel, discord.TextChannel):
                await channel.send("Good morning", embeds=embeds)


async def main() -> None:
    await point_at(os.environ["DAILY_PAPERS_DISCORD_URL"])
    async with Naive(intents=discord.Intents(guilds=True)) as bot:
        await bot.start(os.environ["DAILY_PAPERS_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
