"""`/schedule add` and `/schedule edit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import discord
from discord import app_commands

from bot.commands.schedule import options
from bot.commands.schedule.options import Anywhere, Asking, Named
from bot.commands.services import Services
from bot.errors import UserError
from bot.posts import filters, setup, tags
from bot.ui import limits
from bot.ui import schedules as ui
from storage import schedules
from storage.records import NewSchedule, Schedule

Where = Annotated[Named, Anywhere()]
Count = app_commands.Range[int, 1, setup.MOST_PAPERS]
Votes = app_commands.Range[int, 0, setup.MOST_VOTES]
Hours = app_commands.Range[int, 0, setup.MOST_HOURS]
Words = app_commands.Range[str, 1, filters.LONGEST]
_OPTIONS = (
    "channel",
    "time",
    "timezone",
    "count",
    "period",
    "layout",
    "days",
    "min_votes",
    "include",
    "exclude",
    "mention",
    "silent",
    "publish",
    "refresh",
    "catch_up",
    "language",
)
_TOO_MANY = {
    schedules.Scope.SERVER: "schedule-too-many-server",
    schedules.Scope.CHANNEL: "schedule-too-many-channel",
}


def register(group: app_commands.Group, services: Services) -> None:
    """Add the subcommands that make a schedule and change it."""
    label = services.label

    @group.command(
        name=label("command-schedule-add-name"),
        description=label("command-schedule-add-description"),
    )
    @options.options(services, *_OPTIONS)
    async def add(  # noqa: PLR0917 - Discord gives options by name
        asking: Asking,
        channel: Where,
        time: str | None = None,
        timezone: str | None = None,
        count: Count | None = None,
        period: str | None = None,
        layout: str | None = None,
        days: str | None = None,
        min_votes: Votes | None = None,
        include: Words | None = None,
        exclude: Words | None = None,
        mention: discord.Role | None = None,
        silent: bool | None = None,
        publish: bool | None = None,
        refresh: bool | None = None,
        catch_up: Hours | None = None,
        language: str | None = None,
    ) -> None:
        asked = setup.Asked(
            time=time,
            timezone=timezone,
            count=count,
            period=period,
            layout=layout,
            days=days,
            min_votes=min_votes,
            include=include,
            exclude=exclude,
            mention=mention.id if mention else None,
            silent=silent,
            publish=publish,
            refresh=refresh,
            catch_up=catch_up,
            language=language,
        )
        await _add(asking, channel, asked, services)

    @group.command(
        name=label("command-schedule-edit-name"),
        description=label("command-schedule-edit-description"),
    )
    @options.options(services, "schedule", *_OPTIONS, "clear")
    async def edit(  # noqa: PLR0917 - Discord gives options by name
        asking: Asking,
        schedule: int,
        channel: Where | None = None,
        time: str | None = None,
        timezone: str | None = None,
        count: Count | None = None,
        period: str | None = None,
        layout: str | None = None,
        days: str | None = None,
        min_votes: Votes | None = None,
        include: Words | None = None,
        exclude: Words | None = None,
        mention: discord.Role | None = None,
        silent: bool | None = None,
        publish: bool | None = None,
        refresh: bool | None = None,
        catch_up: Hours | None = None,
        language: str | None = None,
        clear: str | None = None,
    ) -> None:
        asked = setup.Asked(
            channel_id=channel.id if channel else None,
            time=time,
            timezone=timezone,
            count=count,
            period=period,
            layout=layout,
            days=days,
            min_votes=min_votes,
            include=include,
            exclude=exclude,
            mention=mention.id if mention else None,
            silent=silent,
            publish=publish,
            refresh=refresh,
            catch_up=catch_up,
            language=language,
            clear=clear,
        )
        before = await options.known(schedule, asking, services)
        await _edit(asking, before, channel, asked, services)

    options.suggest(add, services)
    options.suggest(edit, services)
    options.suggest_schedules(edit, services)


@contextmanager
def _limited(wanted: NewSchedule) -> Iterator[None]:
    """Tell a person that there would be too many schedules.

    Raises:
        UserError: There would.
    """
    try:
        yield
    except schedules.TooManySchedulesError as error:
        channel = str(wanted.channel_id)
        raise UserError(_TOO_MANY[error.scope], channel=channel, limit=error.limit) from None


async def _add(asking: Asking, channel: Named, asked: setup.Asked, services: Services) -> None:
    guild = options.guild_of(asking)
    language = services.catalogue.for_locale(guild.preferred_locale.value).language
    first = setup.new(guild.id, channel.id, language=language, by=asking.user.id)
    wanted = setup.changed(first, asked, languages=services.catalogue.languages)
    place = await options.place_of(channel.id, channel, asking)
    notes = await _check(asking, place, wanted, services)
    with _limited(wanted):
        schedule = await schedules.add(
            services.database, wanted, at=services.worker.now(), limits=services.limits
        )
    await services.worker.schedule_changed(schedule)
    await _answer(asking, "schedule-added", schedule, notes, services)


async def _edit(
    asking: Asking,
    before: Schedule,
    channel: Named | None,
    asked: setup.Asked,
    services: Services,
) -> None:
    wanted = setup.changed(before, asked, languages=services.catalogue.languages)
    if wanted == before:
        await _answer(asking, "schedule-unchanged", before, (), services)
        return
    place = await options.place_of(wanted.channel_id, channel, asking)
    notes = await _check(asking, place, wanted, services)
    with _limited(wanted):
        schedule = await schedules.change(
            services.database, wanted, at=services.worker.now(), limits=services.limits
        )
    if schedule is None:
        raise UserError("schedule-unknown")
    if schedule.paused_reason not in (None, schedules.ASKED):
        # What was in the way is not: it has just been checked.
        await schedules.resume(services.database, schedule.id, at=services.worker.now())
        schedule = await schedules.get(services.database, schedule.id) or schedule
    await services.worker.schedule_changed(schedule)
    await _answer(asking, "schedule-edited", schedule, notes, services)


async def _check(
    asking: Asking, place: setup.Place, wanted: NewSchedule, services: Services
) -> tuple[str, ...]:
    """Check what is wanted against the place; return what its maker should know.

    Where a forum asks for a tag and has none that fits, one is made.
    """
    texts = services.texts(asking)
    guild = options.guild_of(asking)
    setup.check_place(place, wanted)
    if wanted.mention is not None:
        setup.check_mention(wanted.mention, guild.id)
    options.check_permissions(place, wanted, texts)
    notes = []
    if place.lacks_tag:
        forum = guild.get_channel(place.id)
        if isinstance(forum, discord.ForumChannel):
            await forum.create_tag(name=tags.TAG_NAME)
            notes.append(texts("note-tag-made", tag=tags.TAG_NAME))
    role = guild.get_role(wanted.mention) if wanted.mention is not None else None
    is_mentionable = role is not None and role.mentionable
    notes += [
        texts(key, channel=str(place.id), role=str(wanted.mention))
        for key in setup.notes(place, wanted, is_mentionable=is_mentionable)
    ]
    return tuple(notes)


async def _answer(
    asking: Asking, key: str, schedule: Schedule, notes: tuple[str, ...], services: Services
) -> None:
    texts = services.texts(asking)
    shown = options.shown(schedule, services, texts)
    text = "\n".join((texts(key), ui.stated(shown, texts), *notes))
    await asking.response.send_message(limits.cut(text, limits.CONTENT), ephemeral=True)
