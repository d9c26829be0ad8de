"""`/schedule`: what a server gets each morning."""

from typing import Any

import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.posts import setup
from bot.posts.clock import next_due
from bot.ui import limits
from bot.ui.papers import COLOUR
from config.texts import Texts
from storage import schedules
from storage.records import NewSchedule, Schedule

_MOST_SHOWN = 25


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/schedule` and its subcommands."""
    label = services.label
    group = app_commands.Group(
        name=label("command-schedule-name"),
        description=label("command-schedule-description"),
        default_permissions=discord.Permissions(manage_guild=True),
        # What is left out here would be taken from the tree, which allows all.
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    tree.add_command(group)

    @group.command(
        name=label("command-schedule-add-name"),
        description=label("command-schedule-add-description"),
    )
    @app_commands.rename(
        channel=label("command-schedule-add-channel-name"),
        time=label("command-schedule-add-time-name"),
        timezone=label("command-schedule-add-timezone-name"),
        count=label("command-schedule-add-count-name"),
    )
    @app_commands.describe(
        channel=label("command-schedule-add-channel-description"),
        time=label("command-schedule-add-time-description"),
        timezone=label("command-schedule-add-timezone-description"),
        count=label("command-schedule-add-count-description"),
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def add(
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel,
        time: str = setup.DEFAULT_TIME,
        timezone: str | None = None,
        count: app_commands.Range[int, 1, setup.MOST_PAPERS] = setup.DEFAULT_COUNT,
    ) -> None:
        guild = _guild(interaction)
        _check_permissions(channel, guild.me, services.texts(interaction))
        language = services.catalogue.for_locale(guild.preferred_locale.value).language
        wanted = NewSchedule(
            guild_id=guild.id,
            channel_id=channel.id,
            time=setup.parse_time(time),
            timezone=setup.check_zone(timezone or setup.default_zone(language)),
            count=count,
            language=language,
            created_by=interaction.user.id,
        )
        await setup.check(services.database, wanted)
        now = services.alarm.clock.now()
        schedule = await schedules.add(services.database, wanted, at=now)
        services.alarm.add(schedule)
        text = services.texts(interaction)(
            "schedule-added", **setup.facts(schedule), stamp=_next(schedule, services)
        )
        await interaction.response.send_message(text, ephemeral=True)

    @add.autocomplete("timezone")
    async def zones(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=name, value=name)
            for name in setup.zones_like(current, limit=limits.CHOICES)
        ]

    @group.command(
        name=label("command-schedule-list-name"),
        description=label("command-schedule-list-description"),
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def listing(interaction: discord.Interaction[Any]) -> None:
        found = await schedules.of_guild(services.database, _guild(interaction).id)
        embed = _listing(found, services.texts(interaction), services)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    @group.command(
        name=label("command-schedule-remove-name"),
        description=label("command-schedule-remove-description"),
    )
    @app_commands.rename(schedule=label("command-schedule-remove-schedule-name"))
    @app_commands.describe(schedule=label("command-schedule-remove-schedule-description"))
    @app_commands.checks.has_permissions(manage_guild=True)
    async def remove(interaction: discord.Interaction[Any], schedule: int) -> None:
        guild = _guild(interaction)
        known = await schedules.get(services.database, schedule)
        if known is None or not await schedules.remove(
            services.database, schedule, guild_id=guild.id
        ):
            raise UserError("schedule-unknown")
        services.alarm.remove(schedule)
        text = services.texts(interaction)("schedule-removed", **setup.facts(known))
        await interaction.response.send_message(text, ephemeral=True)

    @remove.autocomplete("schedule")
    async def choices(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[int]]:
        guild = _guild(interaction)
        if not interaction.permissions.manage_guild:
            return []
        texts = services.texts(interaction)
        named = [
            (_choice(schedule, guild, texts), schedule.id)
            for schedule in await schedules.of_guild(services.database, guild.id)
        ]
        return [
            app_commands.Choice(name=name, value=number)
            for name, number in named
            if current.casefold() in name.casefold()
        ][: limits.CHOICES]


def _guild(interaction: discord.Interaction[Any]) -> discord.Guild:
    """Return the server of an interaction; the contexts of a command are Discord's own check."""
    if interaction.guild is None:
        raise UserError("error-guild-only")
    return interaction.guild


def _check_permissions(channel: discord.TextChannel, me: discord.Member, texts: Texts) -> None:
    if missing := setup.lacking(channel.permissions_for(me)):
        names = ", ".join(texts(f"permission-{name}") for name in missing)
        raise UserError("schedule-lacks", channel=str(channel.id), permissions=names)


def _next(schedule: Schedule, services: Services) -> str:
    now = services.alarm.clock.now()
    return discord.utils.format_dt(next_due(schedule, now), "F")


def _listing(found: tuple[Schedule, ...], texts: Texts, services: Services) -> discord.Embed:
    lines = [
        texts("schedule-line", place=place, **setup.facts(each), stamp=_next(each, services))
        for place, each in enumerate(found[:_MOST_SHOWN], start=1)
    ]
    if len(found) > _MOST_SHOWN:
        lines.append(texts("schedule-more", count=len(found) - _MOST_SHOWN))
    return discord.Embed(
        title=texts("schedule-title"),
        description=limits.cut(
            "\n".join(lines) or texts("schedule-none"), limits.EMBED_DESCRIPTION
        ),
        colour=COLOUR,
    )


def _choice(schedule: Schedule, guild: discord.Guild, texts: Texts) -> str:
    channel = guild.get_channel(schedule.channel_id)
    facts = setup.facts(schedule) | {"channel": channel.name if channel else schedule.channel_id}
    return limits.shorten(texts("schedule-choice", **facts), limits.CHOICE_NAME)
