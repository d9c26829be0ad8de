"""`/schedule list` and `/schedule history`."""

import discord
from discord import app_commands

from bot.commands.answers import pressable
from bot.commands.schedule import options
from bot.commands.schedule.options import Asking
from bot.commands.services import Services
from bot.posts.layouts import title
from bot.posts.subjects import Subject
from bot.ui import actions
from bot.ui import schedules as ui
from config.texts import Texts
from storage import history, schedules

_MOST_EVENTS = 25


def register(group: app_commands.Group, services: Services, client: discord.Client) -> None:
    """Add the subcommands that show what there is and what was, and what turns the pages."""
    label = services.label

    @group.command(
        name=label("command-schedule-list-name"),
        description=label("command-schedule-list-description"),
    )
    async def listing(asking: Asking) -> None:
        embed, view = await _page(asking, 0, services)
        await asking.response.send_message(embed=embed, view=view, ephemeral=True)

    async def turn(asking: Asking, state: dict[str, str]) -> None:
        if not asking.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        embed, view = await _page(asking, int(state["page"]), services)
        await asking.response.edit_message(embed=embed, view=view)

    client.add_dynamic_items(pressable(actions.SCHEDULES, turn, services))

    @group.command(
        name=label("command-schedule-history-name"),
        description=label("command-schedule-history-description"),
    )
    @options.options(services, "schedule")
    async def past(asking: Asking, schedule: int | None = None) -> None:
        guild = options.guild_of(asking)
        texts = services.texts(asking)
        events = await history.of_guild(
            services.database, guild.id, schedule_id=schedule, limit=_MOST_EVENTS
        )
        embed = ui.history(
            events, texts, guild_id=guild.id, subject=lambda key: _subject(key, texts)
        )
        await asking.response.send_message(embed=embed, ephemeral=True)

    options.suggest_schedules(past, services)


async def _page(
    asking: Asking, page: int, services: Services
) -> tuple[discord.Embed, actions.Drawn]:
    texts = services.texts(asking)
    found = await schedules.of_guild(services.database, options.guild_of(asking).id)
    return ui.listing([options.shown(each, services, texts) for each in found], texts, page=page)


def _subject(key: str, texts: Texts) -> str:
    try:
        return title(Subject.parse(key), texts)
    except ValueError:
        return key
