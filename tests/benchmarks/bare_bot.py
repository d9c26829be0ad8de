"""The least that discord.py can do: slash commands that answer with constant messages.

`/paper` answers with an embed of the size of a paper's, `/setup` with a set-up screen that a menu
shows again, so that both bots say as much.

With the path of a database in `BARE_DATABASE` it reads it, on one connection and without a cache,
and shows what it has read as it is: `/paper` a paper by its id, with as many buttons of that paper
as ours, `/top` the ten with the most votes.
It then has our intents, too, so that Discord tells both bots of the messages that they send.
"""

import asyncio
import json
import os
import sqlite3
from typing import Any

import aiosqlite
import discord
from discord import app_commands

from bot.client import INTENTS
from bot.discord_endpoint import point_at
from bot.ui.setup import Choice, SetupScreen, render
from config.texts import Catalogue

_TEXTS = Catalogue.load().for_locale("en-US")


_PAPER = "SELECT * FROM listed_papers WHERE arxiv_id = ?"
_TOP = "SELECT title, votes, rank, digest_date FROM papers ORDER BY votes DESC LIMIT 10"


def paper_embed(row: sqlite3.Row) -> discord.Embed:
    """Return an embed with a paper's facts and texts."""
    embed = discord.Embed(title=row["title"], url=f"https://arxiv.org/abs/{row['arxiv_id']}")
    embed.set_author(name=f"{row['votes']} votes · {row['rank']} of {row['digest_date']}")
    embed.set_footer(text=row["arxiv_id"])
    for _, _, sections, _ in json.loads(row["texts"])[:1]:
        embed.description = "\n".join(body for _, body in sections)[:2000]
    embed.add_field(name="Abstract", value=(row["abstract"] or "-")[:500], inline=False)
    embed.add_field(name="Authors", value=", ".join(json.loads(row["authors"])), inline=False)
    embed.add_field(name="Keywords", value=", ".join(json.loads(row["keywords"])), inline=False)
    return embed


def paper_buttons(arxiv_id: str) -> discord.ui.View:
    """Return four buttons and a menu that know their paper."""
    view = discord.ui.View(timeout=None)
    for label in ("Discuss", "Save", "Abstract", "Similar"):
        view.add_item(discord.ui.Button(label=label, custom_id=f"{label}:{arxiv_id}"))
    menu = discord.ui.Select[Any](custom_id="menu", placeholder="More", row=1)
    menu.add_option(label="Cite", value=f"cite:{arxiv_id}")
    view.add_item(menu)
    view.stop()
    return view


class Bare(discord.AutoShardedClient):
    """Knows two commands."""

    def __init__(self) -> None:
        has_database = "BARE_DATABASE" in os.environ
        super().__init__(intents=INTENTS if has_database else discord.Intents(guilds=True))
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        self.database: aiosqlite.Connection | None = None

    async def setup_hook(self) -> None:
        """Tell Discord of the command."""
        if path := os.environ.get("BARE_DATABASE"):
            self.database = await aiosqlite.connect(path)
            self.database.row_factory = sqlite3.Row
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
        async def paper(interaction: discord.Interaction[Any], query: str) -> None:
            answer, view = embed, links
            if self.database is not None:
                (row,) = await self.database.execute_fetchall(_PAPER, (query,))
                answer, view = paper_embed(row), paper_buttons(query)
            await interaction.response.send_message(embed=answer, view=view)

        @self.tree.command(name="top", description="The papers with the most votes")
        async def top(interaction: discord.Interaction[Any], period: str = "") -> None:  # noqa: ARG001 - an option as the other bot has it
            assert self.database is not None
            rows = await self.database.execute_fetchall(_TOP)
            lines = [f"{title} · {votes} · {rank} · {day}" for title, votes, rank, day in rows]
            ranking = discord.Embed(title="The most votes", description="\n".join(lines))
            menu = discord.ui.Select[Any](custom_id="menu", placeholder="Read")
            for title, votes, *_ in rows:
                menu.add_option(label=title[:100], description=f"{votes} votes")
            view = discord.ui.View(timeout=None).add_item(menu)
            view.stop()
            await interaction.response.send_message(embed=ranking, view=view)

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
        try:
            await bot.start(os.environ["DAILY_PAPERS_TOKEN"])
        finally:
            if bot.database is not None:
                await bot.database.close()


if __name__ == "__main__":
    asyncio.run(main())
