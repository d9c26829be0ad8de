"""`/schedule add` and `/schedule edit`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import discord
from discord import app_commands

from bot.commands.guild_texts import guild_texts
from bot.commands.no_papers import no_papers_key
from bot.commands.schedule import options, repeating
from bot.commands.schedule.options import Interaction, NamedChannel
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting import schedule_options, tags, time_zones, weekdays
from bot.posting.channels import ChannelFacts
from bot.posting.schedule_options import ScheduleChanges
from bot.posting.setup_draft import Draft
from bot.ui import limits
from bot.ui import schedules as ui
from config.texts import Texts
from storage import guilds
from storage.compounds import join_compounds
from storage.records import Schedule, ScheduleEdit, ScheduleSettings
from storage.schedule_limits import TooManySchedulesError
from storage.schedules import SameScheduleError


def register(group: app_commands.Group, services: Services) -> None:
    """Add the subcommands that create and edit a schedule."""
    label = services.label

    @group.command(
        name=label("command-schedule-add-name"),
        description=label("command-schedule-add-description"),
    )
    @options.options(services, *options.SETTINGS, required=("channel",))
    async def add(interaction: Interaction, **given: Any) -> None:  # noqa: ANN401 - discord.py's values
        await _add(interaction, given, services)

    @group.command(
        name=label("command-schedule-edit-name"),
        description=label("command-schedule-edit-description"),
    )
    @options.options(services, "schedule", *options.SETTINGS, "clear", required=("schedule",))
    async def edit(interaction: Interaction, **given: Any) -> None:  # noqa: ANN401 - discord.py's values
        before = await options.find_schedule(given.pop("schedule"), interaction, services)
        await _edit(interaction, before, given, services)

    options.suggest(add, services)
    options.suggest(edit, services)
    options.suggest_schedules(edit, services)


@contextmanager
def explain_limits(settings: ScheduleSettings) -> Iterator[None]:
    """Translate `TooManySchedulesError` into an error that tells the user what to do.

    Raises:
        UserError: The server or the channel has too many schedules.
    """
    try:
        yield
    except TooManySchedulesError as error:
        key = f"schedule-too-many-{error.scope}"
        channel = str(settings.channel_id)
        raise UserError(key, channel=channel, limit=error.limit) from None


async def _changes(given: dict[str, Any], services: Services) -> ScheduleChanges:
    """Convert the options that a user gave to schedule changes."""
    values = {name: value for name, value in given.items() if value is not None}
    clear = values.pop("clear", None)
    channel: NamedChannel | None = values.pop("channel", None)
    if channel is not None:
        values["channel_id"] = channel.id
    if "mention" in values:
        values["mention"] = values["mention"].id
    for name in {"include", "exclude"} & values.keys():
        values[name] = await join_compounds(services.database, values[name])
    return ScheduleChanges(values, clear)


async def _add(interaction: Interaction, given: dict[str, Any], services: Services) -> None:
    guild = options.guild_of(interaction)
    channel: NamedChannel = given["channel"]
    language = (await guild_texts(guild, services)).language
    timezone = await _find_zone(interaction, given["timezone"], services)
    settings = schedule_options.apply_changes(
        ScheduleSettings(channel_id=channel.id, language=language, timezone=timezone),
        await _changes(given, services),
        languages=services.catalogue.languages,
    )
    facts = await options.find_channel(channel.id, channel, interaction)
    notes = await check(interaction, facts, settings, services)
    try:
        with explain_limits(settings):
            schedule = await services.posting.add(
                settings, guild_id=guild.id, created_by=interaction.user.id, may_repeat=False
            )
    except SameScheduleError as error:
        draft = Draft.of(settings, None)
        await repeating.keep_and_ask(interaction, draft, None, error.schedule, services)
        return
    if (key := await no_papers_key(services, interaction)) is not None:
        notes += (services.texts(interaction)(key),)
    await _answer(interaction, "schedule-added", schedule, notes, services)


async def _find_zone(interaction: Interaction, given: str | None, services: Services) -> str:
    """Return the time zone of a new schedule: as given, chosen before, or told by the locale.

    Raises:
        UserError: There is none, or the one given is unknown.
    """
    if given is not None:
        return time_zones.parse_zone(given)
    remembered = await guilds.defaults(services.database, options.guild_of(interaction).id)
    zone = remembered.timezone or time_zones.zone_of_locale(interaction.locale.value)
    if zone is None:
        raise UserError("schedule-no-zone")
    return zone


async def _edit(
    interaction: Interaction, before: Schedule, given: dict[str, Any], services: Services
) -> None:
    settings = schedule_options.apply_changes(
        before.settings, await _changes(given, services), languages=services.catalogue.languages
    )
    if settings == before.settings:
        await _answer(interaction, "schedule-unchanged", before, (), services)
        return
    facts = await options.find_channel(settings.channel_id, given.get("channel"), interaction)
    notes = await check(interaction, facts, settings, services)
    edit = ScheduleEdit(before.id, before.guild_id, settings, may_repeat=False)
    try:
        with explain_limits(settings):
            schedule = await services.posting.edit(edit)
    except SameScheduleError as error:
        draft = Draft.of(settings, before.version)
        await repeating.keep_and_ask(interaction, draft, before.id, error.schedule, services)
        return
    if schedule is None:
        raise UserError("schedule-unknown")
    changes = describe_changes(before.settings, settings, services, services.texts(interaction))
    await _answer(interaction, "schedule-edited", schedule, (*notes, *changes), services)


async def check(
    interaction: Interaction,
    facts: ChannelFacts,
    settings: ScheduleSettings,
    services: Services,
) -> tuple[str, ...]:
    """Check settings against the channel; return warnings for the user.

    If a forum requires a tag and has none that matches, one is created.
    """
    texts = services.texts(interaction)
    guild = options.guild_of(interaction)
    schedule_options.check_channel_kind(facts, settings)
    if settings.mention is not None:
        schedule_options.check_mention(settings.mention, guild.id)
    options.check_permissions(facts, settings, texts)
    notes = []
    if facts.lacks_tag:
        forum = guild.get_channel(facts.id)
        if isinstance(forum, discord.ForumChannel):
            await forum.create_tag(name=tags.TAG_NAME)
            notes.append(texts("tag-made", tag=tags.TAG_NAME))
    role = guild.get_role(settings.mention) if settings.mention is not None else None
    is_mentionable = role is not None and role.mentionable
    notes += [
        texts(key, channel=str(facts.id), role=str(settings.mention))
        for key in schedule_options.warning_keys(facts, settings, is_mentionable=is_mentionable)
    ]
    return tuple(notes)


async def _answer(
    interaction: Interaction,
    key: str,
    schedule: Schedule,
    notes: tuple[str, ...],
    services: Services,
) -> None:
    texts = services.texts(interaction)
    (shown,) = await options.summarize([schedule], services, texts)
    text = "\n".join((texts(key), ui.describe(shown, texts), *notes))
    await interaction.response.send_message(limits.cut(text, limits.CONTENT), ephemeral=True)


def describe_changes(
    before: ScheduleSettings, after: ScheduleSettings, services: Services, texts: Texts
) -> list[str]:
    """Return a line for each setting that differs: old → new."""

    def days(mask: int) -> str:
        return weekdays.describe_alone(mask, texts)

    def city(zone: str) -> str:
        return time_zones.city_of(zone, texts.language)

    def language(code: str) -> str:
        return options.language_name(code, services)

    writers: dict[str, Callable[[Any], str]] = {
        "days": days,
        "timezone": city,
        "language": language,
    }
    return ui.describe_changes(before, after, texts, writers)
