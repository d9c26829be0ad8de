"""`/top`: the papers with the most votes."""

from dataclasses import replace
from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.no_papers import find_newest_day
from bot.commands.services import Services
from bot.errors import UserError
from bot.time_range import TIME_RANGES, first_and_last_day
from bot.ui import actions, rankings
from config.texts import Texts
from storage import papers
from storage.records import Ranking

_COUNT = 10
_MOST = 25


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/top` and its page buttons."""
    label = services.label

    @tree.command(name=label("command-top-name"), description=label("command-top-description"))
    @app_commands.rename(
        period=label("command-top-period-name"), count=label("command-top-count-name")
    )
    @app_commands.describe(
        period=label("command-top-period-description"),
        count=label("command-top-count-description"),
    )
    @app_commands.choices(
        period=[
            app_commands.Choice(name=label(f"command-top-period-{period}"), value=period)
            for period in TIME_RANGES
        ]
    )
    async def top(
        interaction: discord.Interaction[Any],
        period: str = TIME_RANGES[0],
        count: app_commands.Range[int, 1, _MOST] = _COUNT,
    ) -> None:
        newest = await find_newest_day(interaction, services)
        window = rankings.Window(period, newest, count, page=0, owner=interaction.user.id)
        embed, view = await _page(services, window, services.texts(interaction))
        await interaction.response.send_message(embed=embed, view=view)

    add_items(tree.client, services, TurnTop)


class TurnTop(PersistentItem, template=actions.TOP):
    """A button to another page of a ranking."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page to the owner of the ranking; send other users a private copy."""
        window = replace(self._window(), owner=interaction.user.id)
        embed, view = await _page(services, window, services.texts(interaction))
        if interaction.user.id == int(self.state["owner"]):
            await interaction.response.edit_message(embed=embed, view=view)
        else:
            await interaction.response.send_message(embed=embed, view=view, ephemeral=True)

    def _window(self) -> rankings.Window:
        try:
            anchor = date.fromordinal(int(self.state["anchor"]))
        except (ValueError, OverflowError):
            raise UserError("error-outdated") from None
        period, count, page, owner = (
            self.state[name] for name in ("period", "count", "page", "owner")
        )
        return rankings.Window(period, anchor, int(count), page=int(page), owner=int(owner))


async def _page(
    services: Services, window: rankings.Window, texts: Texts
) -> tuple[discord.Embed, actions.StaticView]:
    """Return a page of a ranking with its buttons; the page is cached."""

    async def render() -> tuple[Ranking, discord.Embed]:
        ranking = await _ranking(services, window)
        return ranking, rankings.render_ranking(ranking, window, texts)

    ranking, embed = await services.cache.get(("top", replace(window, owner=0), texts), render)
    return embed, rankings.render_buttons(ranking, window, texts)


async def _ranking(services: Services, window: rankings.Window) -> Ranking:
    if window.period not in TIME_RANGES or not 1 <= window.count <= _MOST or window.limit < 1:
        raise UserError("error-outdated")
    first, last = first_and_last_day(window.period, window.anchor)
    return await papers.top(
        services.database, first=first, last=last, limit=window.limit, offset=window.offset
    )
