"""The chart of a period of `/top`: shown in private, and posted for everyone."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

import discord

from bot.charts.pictures import DrawingError
from bot.commands.card_contexts import is_in_server
from bot.commands.card_messages import answer_posted, check_channel, post_once
from bot.commands.components import PersistentItem
from bot.commands.days import day_of
from bot.commands.services import Services
from bot.errors import UserError
from bot.time_range import TIME_RANGES, first_and_last_day
from bot.ui import actions
from bot.ui.markdown import escape
from bot.ui.messages import to_file
from bot.ui.names import plain
from bot.ui.rankings import CHARTED
from bot.ui.trends import ComparedPeriod, build_chart, chart_title, render_words
from config.texts import Texts
from storage import trends
from storage.records import Trends

CHART_NEEDS: Final = ("attach_files",)
"""The permissions to post a chart besides those to write, by discord.py's names."""


class ChartButton(PersistentItem, template=actions.CHART):
    """The button that shows a period's chart, and the one that posts it."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the chart in private, or post it in the person's name, once."""
        period, anchor = self.state["period"], day_of(self.state["anchor"])
        if period not in CHARTED or period not in TIME_RANGES:
            raise UserError("error-outdated")
        if self.state["action"] == "show":
            await _show(interaction, period, anchor, services)
        else:
            await _share(interaction, period, anchor, services)


async def _show(
    interaction: discord.Interaction[Any], period: str, anchor: date, services: Services
) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    texts = services.texts(interaction)
    message = await _message(period, anchor, services, texts)
    if "file" not in message:
        message["content"] = texts("chart-not-drawn")
    if is_in_server(interaction):
        custom_id = actions.chart("share", period, anchor)
        share = discord.ui.Button[actions.StaticView](
            label=texts("paper-share"), custom_id=custom_id
        )
        message["view"] = actions.StaticView(share)
    await interaction.followup.send(**message, ephemeral=True)


async def _share(
    interaction: discord.Interaction[Any], period: str, anchor: date, services: Services
) -> None:
    texts = services.texts(interaction)
    channel = check_channel(interaction, texts, also=CHART_NEEDS)
    await interaction.response.defer(ephemeral=True, thinking=True)
    message = await _message(period, anchor, services, texts)
    title = message["embed"].title
    posted = await post_once(
        channel,
        f"chart {period} {anchor} {texts.language}",
        texts("shared-by", user=interaction.user.mention, title=plain(title)),
        **message,
    )
    await answer_posted(interaction, posted, escape(title), texts)


async def _message(period: str, anchor: date, services: Services, texts: Texts) -> dict[str, Any]:
    """Return the words of a chart as an embed, and its picture, unless it can't be drawn.

    Raises:
        UserError: There are no papers any more.
    """
    found = await services.cache.get(
        ("trends", period, anchor), lambda: _read(period, anchor, services)
    )
    if found is None:
        raise UserError("chart-none")
    first, last = first_and_last_day(period, anchor)
    days = (last - first).days + 1 if first is not None else 0
    compared = ComparedPeriod(f"{period}-{anchor}", "days", days)
    chart = build_chart(found, compared, texts)
    message: dict[str, Any] = {
        "embed": render_words(found, compared, texts, title=chart_title(found, texts))
    }
    with suppress(DrawingError):  # which was logged
        picture = await services.posting.pictures.draw(chart)
        message["file"] = to_file(chart, picture)
    return message


async def _read(period: str, anchor: date, services: Services) -> Trends | None:
    first, last = first_and_last_day(period, anchor)
    before = None
    if first is not None:
        length = (last - first).days + 1
        if first.toordinal() > length:
            before = first - timedelta(days=length)
    return await trends.read(services.database, trends.Periods(first, last, before))
