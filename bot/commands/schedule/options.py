"""Declare the options of `/schedule`'s subcommands from `ScheduleSettings`, and check values."""

import inspect
import re
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import EnumType
from typing import Annotated, Any, Final, TypeAlias, get_type_hints

import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.posting import filters, schedule_options, setup_draft, time_zones, weekdays
from bot.posting.channels import KINDS, ChannelFacts, facts_of, missing_permissions
from bot.ui import limits
from bot.ui import schedules as ui
from config.texts import Texts
from storage import guilds, history, schedules
from storage.records import Reason, Schedule, ScheduleSettings

Interaction: TypeAlias = discord.Interaction[Any]
NamedChannel: TypeAlias = app_commands.AppCommandChannel | app_commands.AppCommandThread
Handler: TypeAlias = Callable[..., Coroutine[Any, Any, None]]

_SETTINGS: Final = {
    name.removesuffix("_id"): kind for name, kind in get_type_hints(ScheduleSettings).items()
}
SETTINGS: Final = tuple(_SETTINGS)
"""The options that set what a schedule does: one for each of its settings, in their order."""
_CHOICES: Final[Mapping[str, Iterable[str]]] = {
    name: kind for name, kind in _SETTINGS.items() if isinstance(kind, EnumType)
} | {"clear": schedule_options.CLEARABLE}
_CHOSEN: Final = re.compile(r"schedule:(-?[0-9]{1,40})")
_ECHO: Final = 50
_TYPED_DAYS: Final = ("daily", "weekdays", "mon,wed,fri", "tue,thu", "weekends")


class AnyChannel(app_commands.Transformer):
    """Accepts every kind of channel that can hold posts, including archived threads.

    discord.py's own transformer looks channels up in its cache, which has no archived threads.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's option type."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that Discord's client offers."""
        return list(KINDS)

    async def transform(self, _interaction: Interaction, value: NamedChannel, /) -> NamedChannel:
        """Return the channel from the interaction's data."""
        return value


_Words: TypeAlias = app_commands.Range[str, 1, filters.LONGEST]
_TYPES: Final[Mapping[str, Any]] = {
    name: bool for name, kind in _SETTINGS.items() if kind is bool
} | {
    "channel": Annotated[NamedChannel, AnyChannel()],
    "count": app_commands.Range[int, 1, schedule_options.MOST_PAPERS],
    "min_votes": app_commands.Range[int, 0, schedule_options.MOST_VOTES],
    "include": _Words,
    "exclude": _Words,
    "mention": discord.Role,
    "catch_up": app_commands.Range[int, 0, schedule_options.MOST_HOURS],
}
"""What Discord lets a person enter for an option; text for those that are not listed."""


def options(
    services: Services, *names: str, required: tuple[str, ...] = ()
) -> Callable[[Handler], Any]:
    """Declare the options of a subcommand, named and described in every language.

    The decorated function gets their values by keyword; `None` for omitted options.
    """
    label = services.label

    def decorate(command: Handler) -> Any:  # noqa: ANN401 - discord.py takes it by its new signature
        interaction, *_ = inspect.signature(command).parameters.values()
        parameters = [interaction, *(_parameter(name, name in required) for name in names)]
        # discord.py takes the options of a command from the signature of its function.
        vars(command)["__signature__"] = inspect.Signature(parameters)
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


def _parameter(name: str, is_required: bool) -> inspect.Parameter:
    kind = _TYPES.get(name, str)
    keyword = inspect.Parameter.KEYWORD_ONLY
    if is_required:
        return inspect.Parameter(name, keyword, annotation=kind)
    return inspect.Parameter(name, keyword, annotation=kind | None, default=None)


def suggest(command: app_commands.Command[Any, ..., Any], services: Services) -> None:
    """Add autocomplete for the options time zone, days and language."""

    async def zones(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        language = services.texts(interaction).language
        if current.strip():
            offered = time_zones.zones_like(current, limit=limits.CHOICES)
        else:
            offered = await _likely_zones(interaction, services)
        return [
            app_commands.Choice(name=_zone_label(name, language), value=name) for name in offered
        ]

    async def days(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        texts = services.texts(interaction)

        def name_days(text: str) -> str:
            return weekdays.describe_alone(weekdays.parse(text), texts)

        offered = [(name_days(each), each) for each in _TYPED_DAYS]
        typed = current.strip()[: limits.CHOICE_NAME]
        try:
            offered.insert(0, (name_days(typed), typed))
        except UserError:
            offered = [pair for pair in offered if _begins(current, pair)] or offered
        named = dict(reversed(offered))
        return [app_commands.Choice(name=n, value=v) for n, v in reversed(named.items())]

    async def languages(_interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        offered = [(language_name(each, services), each) for each in services.catalogue.languages]
        return [
            app_commands.Choice(name=f"{name} ({code})", value=code)
            for name, code in offered
            if current.strip().casefold() in f"{name} ({code})".casefold()
        ][: limits.CHOICES]

    newest_only = services.autocompletes.newest_only
    command.autocomplete("timezone")(newest_only(zones))
    command.autocomplete("days")(newest_only(days))
    command.autocomplete("language")(newest_only(languages))


async def _likely_zones(interaction: Interaction, services: Services) -> list[str]:
    """Return the zones to offer before anything is typed: the server's and the reader's first."""
    of_guild = await guilds.defaults(services.database, interaction.guild_id or 0)
    of_reader = time_zones.zone_of_locale(interaction.locale.value)
    return list(setup_draft.likely_zones(of_guild.timezone, of_reader))


def _zone_label(name: str, language: str) -> str:
    """Return a zone with its city in the reader's language, as far as they differ."""
    city = time_zones.city_of(name, language)
    return name if name == city else f"{city} ({name})"


def _begins(current: str, offered: tuple[str, str]) -> bool:
    return any(text.casefold().startswith(current.strip().casefold()) for text in offered)


def suggest_schedules(command: app_commands.Command[Any, ..., Any], services: Services) -> None:
    """Add autocomplete for the option `schedule`: the server's schedules that match the input."""

    async def found(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        if interaction.guild is None or not interaction.permissions.manage_guild:
            return []
        listed = await label_schedules(interaction, interaction.guild, services)
        return [
            app_commands.Choice(name=label, value=f"schedule:{schedule.id}")
            for label, schedule in listed
            if all(word in label.casefold() for word in current.casefold().split())
        ][: limits.CHOICES]

    command.autocomplete("schedule")(services.autocompletes.newest_only(found))


async def label_schedules(
    interaction: Interaction, guild: discord.Guild, services: Services
) -> list[tuple[str, Schedule]]:
    """Return a server's schedules, each with a label by which people can tell it from others."""
    found = await _with_labels(interaction, guild, services)
    return [(label, schedule) for label, _, schedule in found]


async def letter_schedules(
    interaction: Interaction, guild: discord.Guild, services: Services
) -> list[tuple[str, Schedule]]:
    """Return a server's schedules, each with the letter that ends its label, mostly none."""
    found = await _with_labels(interaction, guild, services)
    return [(letter, schedule) for _, letter, schedule in found]


async def _with_labels(
    interaction: Interaction, guild: discord.Guild, services: Services
) -> list[tuple[str, str, Schedule]]:
    texts = services.texts(interaction)
    found = await schedules.of_guild(services.database, guild.id)
    labels = ui.choice_labels(
        [(to_summary(each, services, texts), _channel_name(each, guild, texts)) for each in found],
        texts,
    )
    return [(*label, schedule) for label, schedule in zip(labels, found, strict=True)]


def _channel_name(schedule: Schedule, guild: discord.Guild, texts: Texts) -> str:
    channel = guild.get_channel_or_thread(schedule.settings.channel_id)
    if channel is not None:
        return channel.name
    # Discord doesn't send archived threads: one that isn't known may be there.
    is_gone = schedule.paused_reason is Reason.CHANNEL_GONE
    return texts("schedule-choice-gone" if is_gone else "schedule-choice-unknown")


async def summarize(
    found: Sequence[Schedule], services: Services, texts: Texts
) -> list[ui.ScheduleSummary]:
    """Return schedules with the facts that their descriptions show."""
    pausers = await history.pausers(services.database, found)
    return [
        replace(to_summary(each, services, texts), paused_by=pausers.get(each.id)) for each in found
    ]


def to_summary(schedule: Schedule, services: Services, texts: Texts) -> ui.ScheduleSummary:
    """Return a schedule with the facts that its label shows."""
    return ui.ScheduleSummary(
        schedule,
        weekdays.describe(schedule.settings.days, texts),
        time_zones.city_of(schedule.settings.timezone, texts.language),
        language_name(schedule.settings.language, services),
        services.posting.next_run(schedule),
    )


def language_name(language: str, services: Services) -> str:
    """Return a language's own name."""
    return services.catalogue.for_locale(language)("language-name")


def guild_of(interaction: Interaction) -> discord.Guild:
    """Return the server of an interaction, which Discord should have checked already.

    Raises:
        UserError: It comes from outside of a server, or the bot is not in the server.
    """
    if interaction.guild is None:
        raise UserError("error-guild-only")
    if interaction.client.get_guild(interaction.guild.id) is None:
        raise UserError("error-not-in-guild")
    return interaction.guild


def check_manager(interaction: Interaction) -> None:
    """Check that a user may manage the server; Discord checks it for commands, not for buttons.

    Raises:
        MissingPermissions: The user lacks the permission.
    """
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


async def find_by_id(schedule_id: int, interaction: Interaction, services: Services) -> Schedule:
    """Return one of the server's schedules.

    Raises:
        UserError: The server has no such schedule, or the bot is not in it.
    """
    guild = guild_of(interaction)
    schedule = await schedules.get(services.database, schedule_id)
    if schedule is None or schedule.guild_id != guild.id:
        raise UserError("schedule-unknown")
    return schedule


async def find_channel(
    channel_id: int, named: NamedChannel | None, interaction: Interaction
) -> ChannelFacts:
    """Return the facts that decide whether a schedule can post to a channel.

    Args:
        channel_id: The channel's id.
        named: The channel from the interaction's data; `None` if it has none.
        interaction: Its raw data has the bot's permissions in the named channel.

    Raises:
        UserError: The channel doesn't exist or is not visible.
    """
    guild = guild_of(interaction)
    channel = guild.get_channel_or_thread(channel_id)
    data: Any = interaction.data or {}
    resolved = data.get("resolved", {}).get("channels", {})
    stated = resolved.get(str(channel_id), {}).get("app_permissions")
    permissions = discord.Permissions(int(stated)) if stated is not None else None
    try:
        if channel is None and (named is None or permissions is None):
            channel = await guild.fetch_channel(channel_id)
        if permissions is None:
            assert channel is not None
            permissions = channel.permissions_for(guild.me)
    except (discord.NotFound, discord.Forbidden, discord.ClientException):
        # InvalidData: of another server; ClientException: a thread whose channel is gone.
        raise UserError("schedule-channel-gone", channel=str(channel_id)) from None
    # The cache has no archived threads, and may not know yet that a thread was locked.
    is_named = channel is None or isinstance(named, app_commands.AppCommandThread)
    source = named if is_named and named is not None else channel
    assert source is not None
    return facts_of(source, permissions)


def check_permissions(facts: ChannelFacts, settings: ScheduleSettings, texts: Texts) -> None:
    """Check that the bot has the permissions that a schedule needs in its channel.

    Raises:
        UserError: The bot lacks permissions, which the text names.
    """
    if missing := missing_permissions(facts, settings):
        names = ", ".join(texts(f"permission-{name}") for name in missing)
        raise UserError("schedule-lacks", channel=str(facts.id), permissions=names)


async def find_schedule(chosen: str, interaction: Interaction, services: Services) -> Schedule:
    """Return the schedule that a person chose from the list of suggestions.

    What they typed themselves is refused, numbers above all: they would be ids that nobody sees.

    Raises:
        UserError: It is not of the list, the server has no such schedule, or the bot is not in it.
    """
    guild_of(interaction)
    return await find_by_id(schedule_id_of(chosen), interaction, services)


def schedule_id_of(chosen: str) -> int:
    """Return the id of a schedule that was chosen from the list of suggestions.

    Raises:
        UserError: It is not of the list.
    """
    match = _CHOSEN.fullmatch(chosen)
    if match is None:
        raise UserError("schedule-not-chosen", text=chosen[:_ECHO])
    return int(match[1])
