"""`/schedule list` and `/schedule history`."""

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.schedule import options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting.coverage import Coverage
from bot.posting.layout import title
from bot.ui import actions, limits
from bot.ui import schedules as ui
from config.texts import Texts
from storage import history, schedules

_MOST_EVENTS = 25


def register(group: app_commands.Group, services: Services, client: discord.Client) -> None:
    """Add the subcommands that show schedules and their history, and the page buttons."""
    label = services.label

    @group.command(
        name=label("command-schedule-list-name"),
        description=label("command-schedule-list-description"),
    )
    async def listing(interaction: Interaction) -> None:
        embed, view = await _page(interaction, 0, services)
        await interaction.response.send_message(
            await _trouble(interaction, services),
            embed=embed,
            view=view,
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @group.command(
        name=label("command-schedule-history-name"),
        description=label("command-schedule-history-description"),
    )
    @options.options(services, "schedule")
    async def history_of(interaction: Interaction, schedule: int | None) -> None:
        guild = options.guild_of(interaction)
        texts = services.texts(interaction)
        events = await history.of_guild(
            services.database, guild.id, schedule_id=schedule, limit=_MOST_EVENTS
        )
        embed = ui.render_history(
            events,
            texts,
            guild_id=guild.id,
            name_of=lambda key: _name_of(key, texts),
            source=services.posting.source,
            trouble=await services.posting.trouble(),
        )
        await interaction.response.send_message(
            embed=embed, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )

    options.suggest_schedules(history_of, services)
    add_items(client, services, TurnList)


class TurnList(PersistentItem, template=actions.SCHEDULES):
    """A button to another page of the list."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Show the page."""
        options.check_manager(interaction)
        embed, view = await _page(interaction, int(self.state["page"]), services)
        await interaction.response.edit_message(
            content=await _trouble(interaction, services), embed=embed, view=view
        )


async def _page(
    interaction: Interaction, page: int, services: Services
) -> tuple[discord.Embed, actions.StaticView]:
    texts = services.texts(interaction)
    found = await schedules.of_guild(services.database, options.guild_of(interaction).id)
    return ui.render_list(
        [options.shown(each, services, texts) for each in found], texts, page=page
    )


async def _trouble(interaction: Interaction, services: Services) -> str | None:
    """Return the line above the list while no source brings papers; `None` otherwise."""
    trouble = await services.posting.trouble()
    if trouble is None:
        return None
    return limits.cut(ui.describe_trouble(trouble, services.texts(interaction)), limits.CONTENT)


def _name_of(key: str, texts: Texts) -> str:
    try:
        return title(Coverage.parse(key), texts)
    except ValueError:
        return key
