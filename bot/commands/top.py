"""`/top`: the papers with the most votes."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.commands.charts import ChartButton
from bot.commands.components import PersistentItem, add_items
from bot.commands.days import DaysBeside, day_of, days_beside, find_day, suggest_days
from bot.commands.no_papers import find_newest_day
from bot.commands.services import Services
from bot.errors import UserError
from bot.time_range import TIME_RANGES, TimeRange, first_and_last_day
from bot.ui import actions, rankings
from config.texts import Texts
from storage import papers
from storage.records import Ranking

_COUNT = 10
_MOST = 25


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/top`, and the buttons to other pages and days."""
    label = services.label

    @tree.command(name=label("command-top-name"), description=label("command-top-description"))
    @app_commands.rename(
        period=label("command-top-period-name"),
        date=label("command-top-date-name"),
        count=label("command-top-count-name"),
        private=label("command-option-private-name"),
    )
    @app_commands.describe(
        period=label("command-top-period-description"),
        date=label("command-top-date-description"),
        count=label("command-top-count-description"),
        private=label("command-option-private-description"),
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
        date: str | None = None,
        count: app_commands.Range[int, 1, _MOST] = _COUNT,
        private: bool = False,
    ) -> None:
        texts = services.texts(interaction)
        anchor = await find_newest_day(interaction, services)
        if date is not None:
            anchor = await find_day(date, texts, services)
        window = rankings.Window(period, anchor, count, page=0, owner=interaction.user.id)
        embed, view = await _page(services, window, texts)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=private)

    @top.autocomplete("date")
    @services.autocompletes.newest_only
    async def suggest(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await suggest_days(interaction, current, services)

    add_items(tree.client, services, TurnTop, TurnDay, ChartButton)


class TurnTop(PersistentItem, template=actions.TOP):
    """A button to another page of a ranking."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page."""
        window = rankings.Window(
            self.state["period"],
            day_of(self.state["anchor"]),
            int(self.state["count"]),
            page=int(self.state["page"]),
            owner=interaction.user.id,
        )
        await _turn(interaction, window, int(self.state["owner"]), services)


class TurnDay(PersistentItem, template=actions.DAY):
    """A button to the ranking of the nearest day with papers before or after."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the other day; the same one again if there is no other."""
        anchor = day_of(self.state["anchor"])
        beside = await days_beside(services, anchor)
        other = beside.before if self.state["direction"] == "before" else beside.after
        window = rankings.Window(
            TimeRange.TODAY,
            other or anchor,
            int(self.state["count"]),
            page=0,
            owner=interaction.user.id,
        )
        await _turn(interaction, window, int(self.state["owner"]), services)


async def _turn(
    interaction: discord.Interaction[Any], window: rankings.Window, owner: int, services: Services
) -> None:
    """Show a page to the owner of the ranking; send other users a private copy."""
    embed, view = await _page(services, window, services.texts(interaction))
    if interaction.user.id == owner:
        await interaction.response.edit_message(embed=embed, view=view)
    else:
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def _page(
    services: Services, window: rankings.Window, texts: Texts
) -> tuple[discord.Embed, actions.StaticView]:
    """Return a page of a ranking with its buttons; the page is cached."""

    async def render() -> tuple[rankings.RankingPage, DaysBeside]:
        ranking = await _ranking(services, window)
        beside = await days_beside(services, window.anchor)
        is_latest = beside.after is None
        return rankings.render_ranking(ranking, window, texts, is_latest=is_latest), beside

    page, beside = await services.cache.get(("top", replace(window, owner=0), texts), render)
    days = (beside.before, beside.after) if window.period == TimeRange.TODAY else None
    return page.embed, rankings.render_buttons(page, window, days, texts)


async def _ranking(services: Services, window: rankings.Window) -> Ranking:
    if window.period not in TIME_RANGES or not 1 <= window.count <= _MOST or window.limit < 1:
        raise UserError("error-outdated")
    first, last = first_and_last_day(window.period, window.anchor)
    return await papers.top(
        services.database, first=first, last=last, limit=window.limit, offset=window.offset
    )
