"""`/schedule list` and `/schedule history`."""

import discord
from discord import app_commands

from bot.commands.errors import dynamic_item
from bot.commands.schedule import options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting.coverage import Coverage
from bot.posting.layout import title
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
    async def listing(interaction: Interaction) -> None:
        embed, view = await _page(interaction, 0, services)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)

    async def turn(interaction: Interaction, state: dict[str, str]) -> None:
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        embed, view = await _page(interaction, int(state["page"]), services)
        await interaction.response.edit_message(embed=embed, view=view)

    client.add_dynamic_items(dynamic_item(actions.SCHEDULES, turn, services))

    @group.command(
        name=label("command-schedule-history-name"),
        description=label("command-schedule-history-description"),
    )
    @options.options(services, "schedule")
    async def past(interaction: Interaction, schedule: int | None) -> None:
        guild = options.guild_of(interaction)
        texts = services.texts(interaction)
        events = await history.of_guild(
            services.database, guild.id, schedule_id=schedule, limit=_MOST_EVENTS
        )
        embed = ui.history(
            events, texts, guild_id=guild.id, name_of=lambda key: _name_of(key, texts)
        )
        await interaction.response.send_message(embed=embed, ephemeral=True)

    options.suggest_schedules(past, services)


async def _page(
    interaction: Interaction, page: int, services: Services
) -> tuple[discord.Embed, actions.Drawn]:
    texts = services.texts(interaction)
    found = await schedules.of_guild(services.database, options.guild_of(interaction).id)
    return ui.listing([options.shown(each, services, texts) for each in found], texts, page=page)


def _name_of(key: str, texts: Texts) -> str:
    try:
        return title(Coverage.parse(key), texts)
    except ValueError:
        return key
