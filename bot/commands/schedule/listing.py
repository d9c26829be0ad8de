"""`/schedule list` and `/schedule history`."""

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.no_papers import no_papers_key
from bot.commands.schedule import layouts, log_channel, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.posting.coverage import Coverage
from bot.posting.layout import title
from bot.ui import actions, limits
from bot.ui import schedules as ui
from config.texts import Texts
from storage import history, list_counts, schedules, usage

_MOST_EVENTS = 25
_USAGE_WEEKS = 4


def register(group: app_commands.Group, services: Services, client: discord.Client) -> None:
    """Add the subcommands that show schedules and their history, and the page buttons."""
    label = services.label

    @group.command(
        name=label("command-schedule-list-name"),
        description=label("command-schedule-list-description"),
    )
    async def listing(interaction: Interaction) -> None:
        await layouts.answer(interaction, await _blocks(interaction, 0, services))

    @group.command(
        name=label("command-schedule-history-name"),
        description=label("command-schedule-history-description"),
    )
    @options.options(services, "schedule")
    async def show_history(interaction: Interaction, schedule: str | None) -> None:
        schedule_id = options.schedule_id_of(schedule) if schedule is not None else None
        embed = await history_of(interaction, schedule_id, services)
        await interaction.response.send_message(
            embed=embed, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )

    options.suggest_schedules(show_history, services)
    add_items(client, services, TurnList, TurnBlocks)


async def history_of(
    interaction: Interaction, schedule_id: int | None, services: Services
) -> discord.Embed:
    """Return the history of one of the server's schedules, or of all."""
    guild = options.guild_of(interaction)
    texts = services.texts(interaction)
    events = await history.of_guild(
        services.database, guild.id, schedule_id=schedule_id, limit=_MOST_EVENTS
    )
    return ui.render_history(
        events,
        texts,
        guild_id=guild.id,
        name_of=lambda key: _name_of(key, texts),
        source=services.posting.source,
        trouble=await services.posting.trouble(),
    )


class TurnBlocks(PersistentItem, template=actions.LIST):
    """A button to another page of the list."""

    async def answer(self, interaction: Interaction, services: Services) -> None:
        """Show the page."""
        options.check_manager(interaction)
        layout = await _blocks(interaction, int(self.state["page"]), services)
        await layouts.answer(interaction, layout)


async def _blocks(interaction: Interaction, page: int, services: Services) -> actions.StaticLayout:
    texts = services.texts(interaction)
    guild = options.guild_of(interaction)
    lettered = await options.letter_schedules(interaction, guild, services)
    summaries = await options.summarize([each for _, each in lettered], services, texts)
    found = [
        ui.ListedSchedule(
            schedule.id,
            [
                *layouts.describe_schedule(schedule, services, texts, letter=letter),
                ui.describe_next_run(summary, texts),
            ],
        )
        for (letter, schedule), summary in zip(lettered, summaries, strict=True)
    ]
    heading = await _papers_line(interaction, services)
    notes = [
        await _usage_line(guild, services, texts),
        await log_channel.describe(interaction, services),
    ]
    return ui.render_blocks(found, texts, heading=heading, page=page, notes=[*filter(None, notes)])


async def _usage_line(guild: discord.Guild, services: Services, texts: Texts) -> str | None:
    """Return the line about how much is read in a server; `None` if there is nothing to say."""
    found = await usage.of_guild(
        services.database, guild.id, now=services.now(), weeks=_USAGE_WEEKS
    )
    return None if found is None else ui.describe_usage(found, texts, weeks=_USAGE_WEEKS)


async def _papers_line(interaction: Interaction, services: Services) -> str:
    """Return the line above the list: the newest papers, or why there are none."""
    texts = services.texts(interaction)
    if (trouble := await _trouble(interaction, services)) is not None:
        return trouble
    newest = await list_counts.newest(services.database)
    if newest is None:
        return texts(await no_papers_key(services, interaction) or "no-papers-yet-manager")
    return ui.describe_newest(newest.day, newest.papers, newest.received_at, texts)


class TurnList(PersistentItem, template=actions.SCHEDULES):
    """A button to another page of a list of version 0.3.0 or older."""

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
    return ui.render_list(await options.summarize(found, services, texts), texts, page=page)


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
