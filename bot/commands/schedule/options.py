"""The options that the subcommands of `/schedule` share, from what Discord sends to values."""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.posts import days, setup, tags
from bot.ui import limits
from bot.ui import schedules as ui
from config.texts import Texts
from storage import schedules
from storage.records import Layout, NewSchedule, Schedule, Span

Asking: TypeAlias = discord.Interaction[Any]
Named: TypeAlias = app_commands.AppCommandChannel | app_commands.AppCommandThread
Command = TypeVar("Command", bound=Callable[..., Any])

_CHOICES = {"period": tuple(Span), "layout": tuple(Layout), "clear": setup.CLEARABLE}
_TYPED_DAYS = ("daily", "weekdays", "mon,wed,fri", "tue,thu", "weekends")


class Anywhere(app_commands.Transformer):
    """Takes every kind of channel that can hold posts, threads that are put away too.

    discord.py's own look a channel up among those in memory, where archived threads are not.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's kind of option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord's client offers."""
        return list(setup.CHANNELS)

    async def transform(self, _interaction: Asking, value: Named, /) -> Named:
        """Return the channel as the interaction names it."""
        return value


def options(services: Services, *names: str) -> Callable[[Command], Command]:
    """Name and describe options of a subcommand in every language, with their choices."""
    label = services.label

    def decorate(command: Command) -> Command:
        for name in names:
            key = f"command-schedule-option-{name}"
            command = app_commands.rename(**{name: label(f"{key}-name")})(command)
            command = app_commands.describe(**{name: label(f"{key}-description")})(command)
            if name in _CHOICES:
                choices = [
                    app_commands.Choice(name=label(f"{key}-{value}"), value=str(value))
                    for value in _CHOICES[name]
                ]
                command = app_commands.choices(**{name: choices})(command)
        return command

    return decorate


def suggest(command: app_commands.Command[Any, ..., Any], services: Services) -> None:
    """Offer what can be typed as time zone, days and language, by what has been typed so far."""

    async def zones(_asking: Asking, current: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=name, value=name)
            for name in setup.zones_like(current, limit=limits.CHOICES)
        ]

    async def weekdays(asking: Asking, current: str) -> list[app_commands.Choice[str]]:
        texts = services.texts(asking)
        offered = [(days.named(days.parse(each), texts), each) for each in _TYPED_DAYS]
        typed = current.strip()[: limits.CHOICE_NAME]
        try:
            offered.insert(0, (days.named(days.parse(typed), texts), typed))
        except UserError:
            offered = [pair for pair in offered if _begins(current, pair)] or offered
        named = dict(reversed(offered))
        return [app_commands.Choice(name=n, value=v) for n, v in reversed(named.items())]

    async def languages(_asking: Asking, current: str) -> list[app_commands.Choice[str]]:
        offered = [(language_name(each, services), each) for each in services.catalogue.languages]
        return [
            app_commands.Choice(name=f"{name} ({code})", value=code)
            for name, code in offered
            if current.strip().casefold() in f"{name} ({code})".casefold()
        ][: limits.CHOICES]

    newest_only = services.autocompletes.newest_only
    command.autocomplete("timezone")(newest_only(zones))
    command.autocomplete("days")(newest_only(weekdays))
    command.autocomplete("language")(newest_only(languages))


def _begins(current: str, offered: tuple[str, str]) -> bool:
    return any(text.casefold().startswith(current.strip().casefold()) for text in offered)


def suggest_schedules(command: app_commands.Command[Any, ..., Any], services: Services) -> None:
    """Offer the server's schedules as the option `schedule`, by words of what they are."""

    async def found(asking: Asking, current: str) -> list[app_commands.Choice[int]]:
        if asking.guild is None or not asking.permissions.manage_guild:
            return []
        texts = services.texts(asking)
        lines = [
            (
                ui.choice(shown(each, services, texts), _channel_name(each, asking.guild), texts),
                each,
            )
            for each in await schedules.of_guild(services.database, asking.guild.id)
        ]
        return [
            app_commands.Choice(name=line, value=schedule.id)
            for line, schedule in lines
            if all(word in line.casefold() for word in current.casefold().split())
        ][: limits.CHOICES]

    command.autocomplete("schedule")(services.autocompletes.newest_only(found))


def _channel_name(schedule: Schedule, guild: discord.Guild) -> str:
    channel = guild.get_channel_or_thread(schedule.channel_id)
    return channel.name if channel else str(schedule.channel_id)


def shown(schedule: Schedule, services: Services, texts: Texts) -> ui.Shown:
    """Return a schedule with what is to be said of it."""
    return ui.Shown(
        schedule,
        days.named(schedule.days, texts),
        language_name(schedule.language, services),
        services.worker.next_due(schedule),
    )


def language_name(language: str, services: Services) -> str:
    """Return what a language calls itself."""
    return services.catalogue.for_locale(language)("language-name")


def guild_of(asking: Asking) -> discord.Guild:
    """Return the server of an interaction; the contexts of a command are Discord's own check.

    Raises:
        UserError: It comes from no server, or from one that the bot is not in.
    """
    if asking.guild is None:
        raise UserError("error-guild-only")
    if asking.client.get_guild(asking.guild.id) is None:
        raise UserError("error-not-in-guild")
    return asking.guild


async def known(schedule_id: int, asking: Asking, services: Services) -> Schedule:
    """Return a schedule of the server's.

    Raises:
        UserError: The server has no such schedule, or the bot is not in it.
    """
    guild = guild_of(asking)
    schedule = await schedules.get(services.database, schedule_id)
    if schedule is None or schedule.guild_id != guild.id:
        raise UserError("schedule-unknown")
    return schedule


async def place_of(channel_id: int, named: Named | None, asking: Asking) -> setup.Place:
    """Return a channel as the bot finds it.

    Args:
        channel_id: Which.
        named: The same as the interaction names it; `None` where it does not.
        asking: The interaction. Of a channel that it names it carries the bot's own permissions
            there, which discord.py leaves in the raw data.

    Raises:
        UserError: It is not there, or not to be seen.
    """
    guild = guild_of(asking)
    channel: Any = guild.get_channel_or_thread(channel_id)
    data: Any = asking.data or {}
    resolved = data.get("resolved", {}).get("channels", {})
    stated = resolved.get(str(channel_id), {}).get("app_permissions")
    if channel is None and (named is None or stated is None):
        try:
            channel = await guild.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            raise UserError("schedule-channel-gone", channel=str(channel_id)) from None
    if stated is not None:
        permissions = discord.Permissions(int(stated))
    else:
        permissions = channel.permissions_for(guild.me)
    thread = named if isinstance(named, app_commands.AppCommandThread) else channel
    return setup.Place(
        channel_id,
        (named or channel).type,
        permissions,
        is_locked=bool(getattr(thread, "locked", False)),
        lacks_tag=isinstance(channel, discord.ForumChannel)
        and tags.of_forum(channel, permissions) is None,
    )


def check_permissions(place: setup.Place, wanted: NewSchedule, texts: Texts) -> None:
    """Check that the bot may do there what is wanted.

    Raises:
        UserError: It lacks permissions, which are named.
    """
    if missing := setup.lacking(place, wanted):
        names = ", ".join(texts(f"permission-{name}") for name in missing)
        raise UserError("schedule-lacks", channel=str(place.id), permissions=names)
