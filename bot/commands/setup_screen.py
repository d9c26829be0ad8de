"""The set-up screen of a draft: read what it shows, and show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.commands.schedule import layouts, log_channel, options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.commands.setup_past import past_lines
from bot.errors import UserError
from bot.posting import schedule_options, setup_draft, time_zones
from bot.posting.channels import missing_permissions
from bot.posting.setup_draft import OFFERED, Draft, Missing, Preset
from bot.ui import setup as ui
from bot.ui import setup_facts
from bot.ui.actions import StaticLayout
from bot.ui.setup import Choice
from config.texts import Texts
from storage import digests, guilds, list_counts, schedules, setup_drafts
from storage.records import Schedule
from storage.setup_drafts import StoredDraft

_FOREIGN: Final = "en"
"""The language of summaries where there are none in the post's own."""
_COMPLAINT: Final = "⚠ "


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as it is stored, and what it says."""

    stored: StoredDraft
    draft: Draft


async def load(interaction: Interaction, draft_id: int, services: Services) -> OpenDraft:
    """Return a person's own draft.

    Raises:
        UserError: It is gone, or somebody else's.
        MissingPermissions: The person may not manage the server.
    """
    options.check_manager(interaction)
    guild = options.guild_of(interaction)
    stored = await setup_drafts.get(services.database, draft_id)
    if stored is None or stored.guild_id != guild.id:
        raise UserError("setup-gone")
    if stored.user_id != interaction.user.id:
        raise UserError("setup-not-yours")
    return OpenDraft(stored, Draft.decode(stored.draft))


async def save(opened: OpenDraft, draft: Draft, services: Services) -> OpenDraft:
    """Store what a draft says now.

    Raises:
        UserError: It is gone.
    """
    at = services.posting.now()
    if not await setup_drafts.change(services.database, opened.stored.id, draft.encode(), at=at):
        raise UserError("setup-gone")
    return OpenDraft(opened.stored, draft)


async def open_new(interaction: Interaction, services: Services) -> OpenDraft:
    """Return a person's draft of a new schedule: the one of the last day, or another."""
    guild = options.guild_of(interaction)
    now = services.posting.now()
    found = await setup_drafts.find(
        services.database, guild.id, interaction.user.id, schedule_id=None, at=now
    )
    if found is not None:
        return OpenDraft(found, Draft.decode(found.draft))
    chosen = await guilds.defaults(services.database, guild.id)
    language = services.texts(interaction).language
    draft = setup_draft.first_draft(
        channel_id=None,
        timezone=setup_draft.default_zone(chosen.timezone, interaction.locale.value),
        language=chosen.language if chosen.language in services.catalogue.languages else language,
    )
    here = interaction.channel_id
    if here is not None and await _can_post(here, draft, interaction):
        draft = setup_draft.change(
            draft, {"channel_id": here}, languages=services.catalogue.languages
        )
    return await _begin(draft, None, interaction, services)


async def open_schedule(
    interaction: Interaction, schedule: Schedule, services: Services
) -> OpenDraft:
    """Return a person's draft that changes a schedule, as the schedule is now."""
    draft = Draft.of(schedule.settings, schedule.version)
    return await _begin(draft, schedule.id, interaction, services)


async def reopen_schedule(
    interaction: Interaction, schedule: Schedule, services: Services
) -> OpenDraft:
    """Return a person's draft that changes a schedule, with what they have entered so far."""
    found = await setup_drafts.find(
        services.database,
        schedule.guild_id,
        interaction.user.id,
        schedule_id=schedule.id,
        at=services.posting.now(),
    )
    if found is None:
        return await open_schedule(interaction, schedule, services)
    return OpenDraft(found, Draft.decode(found.draft))


async def _begin(
    draft: Draft, schedule_id: int | None, interaction: Interaction, services: Services
) -> OpenDraft:
    stored = await setup_drafts.begin(
        services.database,
        options.guild_of(interaction).id,
        interaction.user.id,
        schedule_id=schedule_id,
        draft=draft.encode(),
        at=services.posting.now(),
    )
    return OpenDraft(stored, draft)


async def _can_post(channel_id: int, draft: Draft, interaction: Interaction) -> bool:
    settings = draft.assumed_settings()
    try:
        facts = await options.find_channel(channel_id, None, interaction)
        schedule_options.check_channel_kind(facts, settings)
    except UserError:
        return False
    return not missing_permissions(facts, settings)


async def show(
    interaction: Interaction,
    opened: OpenDraft,
    services: Services,
    *,
    note: str | None = None,
    is_new: bool = False,
) -> None:
    """Show the screen of a draft, in the place of what was pressed or as a new message.

    Args:
        interaction: A press on the screen, one of its forms, or a command.
        opened: The draft.
        services: The parts of the app.
        note: What the press could not do, and why.
        is_new: Whether it is shown as a new message in any case.
    """
    layout = await _layout(interaction, opened, services, note)
    await layouts.answer(interaction, layout, is_new=is_new)


async def _layout(
    interaction: Interaction, opened: OpenDraft, services: Services, note: str | None
) -> StaticLayout:
    texts = services.texts(interaction)
    draft = opened.draft
    schedule_id, guild_id = opened.stored.schedule_id, opened.stored.guild_id
    of_guild = await schedules.of_guild(services.database, guild_id)
    schedule = next((each for each in of_guild if each.id == schedule_id), None)
    other = _other_schedule(opened, of_guild)
    channel = await _channel_line(draft, interaction, texts)
    facts = [
        *layouts.describe(draft, services, texts),
        *([channel.text] if channel.text else []),
        *([_already(other, texts)] if other else []),
        *await past_lines(draft, interaction, services),
        _notifications_line(draft, interaction, texts, pings_role=channel.pings_role),
        *await _language_lines(draft, services, texts),
        *filter(None, [await log_channel.describe(interaction, services)]),
        *([texts("setup-paused")] if schedule and schedule.paused_at else []),
        *_missing_lines(draft, note, texts),
    ]
    of_locale = time_zones.zone_of_locale(interaction.locale.value)
    screen = ui.SetupScreen(
        draft_id=opened.stored.id,
        title=texts("setup-title" if schedule_id is None else "setup-title-edit"),
        presets=_presets(draft, texts),
        channel_id=draft.channel_id,
        times=[
            Choice(texts.format_time(each), f"{each:%H:%M}", each == draft.time)
            for each in setup_draft.offered_times(draft)
        ],
        zones=_zones(draft, [opened.stored.chosen_zone, of_locale], services.posting.now(), texts),
        facts=facts,
        note=note,
        can_check=channel.can_check,
        other_schedule=other.id if other else None,
        schedule_id=schedule_id,
        is_paused=schedule is not None and schedule.paused_at is not None,
    )
    return ui.render(screen, texts)


def _missing_lines(draft: Draft, note: str | None, texts: Texts) -> list[str]:
    """Return what the draft lacks, without what the note says."""
    lines = [texts(f"setup-missing-{each}") for each in draft.missing()]
    return [line for line in lines if line != note]


def _presets(draft: Draft, texts: Texts) -> list[Choice]:
    offered = [*OFFERED, *([draft.preset] if draft.preset not in OFFERED else [])]
    return [
        Choice(texts(f"setup-preset-{each}"), str(each), each is draft.preset) for each in offered
    ]


def _zones(draft: Draft, likely: Sequence[str | None], now: datetime, texts: Texts) -> list[Choice]:
    return [
        Choice(
            time_zones.city_of(zone, texts.language),
            zone,
            zone == draft.timezone,
            _offset(zone, now),
        )
        for zone in setup_draft.offered_zones(draft, *likely)
    ]


@lru_cache(maxsize=1_024)
def _zone_info(name: str) -> ZoneInfo:
    # zoneinfo itself keeps 8 of them, and reads the file of any other each time.
    return ZoneInfo(name)


def _offset(zone: str, now: datetime) -> str:
    offset = now.astimezone(_zone_info(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


@dataclass(frozen=True, slots=True)
class _ChannelLine:
    """The screen's line about the channel, and whether the bot can post there."""

    text: str | None = None
    """`None` while there is no channel."""
    can_check: bool = False
    """Whether something is in the way, and the bot can look again."""
    pings_role: bool = True
    """Whether Discord lets the bot notify the schedule's role there."""


async def _channel_line(draft: Draft, interaction: Interaction, texts: Texts) -> _ChannelLine:
    """Return the screen's line about the channel of a draft."""
    if draft.channel_id is None:
        return _ChannelLine()
    settings = draft.assumed_settings()
    try:
        facts = await options.find_channel(draft.channel_id, None, interaction)
        schedule_options.check_channel_kind(facts, settings)
    except UserError as error:
        return _ChannelLine(_COMPLAINT + texts(error.key, **error.facts), can_check=True)
    channel = str(draft.channel_id)
    if missing := missing_permissions(facts, settings):
        names = ", ".join(texts(f"permission-{name}") for name in missing)
        lacks = texts("setup-lacks", channel=channel, permissions=names)
        return _ChannelLine(lacks, can_check=True)
    guild = options.guild_of(interaction)
    role = guild.get_role(draft.mention) if draft.mention is not None else None
    warnings = schedule_options.warning_keys(
        facts, settings, is_mentionable=role is not None and role.mentionable
    )
    lines = [texts("setup-can-post", channel=channel)]
    lines += [texts(key, channel=channel, role=str(draft.mention)) for key in warnings]
    pings_role = schedule_options.NOT_MENTIONABLE not in warnings
    return _ChannelLine("\n".join(lines), pings_role=pings_role)


def _other_schedule(opened: OpenDraft, of_guild: Sequence[Schedule]) -> Schedule | None:
    """Return another schedule that posts to the same channel as often."""
    draft, stored = opened.draft, opened.stored
    for each in of_guild:
        is_other = each.id != stored.schedule_id
        is_same = each.settings.channel_id == draft.channel_id
        if is_other and is_same and each.settings.period is draft.period:
            return each
    return None


def _already(other: Schedule, texts: Texts) -> str:
    settings = other.settings
    return texts(
        f"setup-already-{settings.period}",
        channel=str(settings.channel_id),
        time=texts.format_time(settings.time),
    )


def _notifications_line(
    draft: Draft, interaction: Interaction, texts: Texts, *, pings_role: bool
) -> str:
    guild = interaction.client.get_guild(options.guild_of(interaction).id)
    assert guild is not None
    notifies_all = guild.default_notifications is discord.NotificationLevel.all_messages
    return setup_facts.describe_notifications(
        mention=draft.mention if pings_role else None,
        silent=draft.silent,
        notifies_all=notifies_all,
        texts=texts,
    )


async def _language_lines(draft: Draft, services: Services, texts: Texts) -> list[str]:
    if draft.language == _FOREIGN:
        return []
    newest: date | None = await services.cache.get(
        "newest", lambda: digests.newest(services.database)
    )
    if newest is None:
        return []
    has_texts = await services.cache.get(
        ("has texts", draft.language, newest),
        lambda: list_counts.has_texts(services.database, draft.language, day=newest),
    )
    return [] if has_texts else [texts("setup-summaries-english")]


def rebase(draft: Draft, version: int) -> Draft:
    """Return a draft that replaces another version of its schedule."""
    return replace(draft, version=version)


def missing_sentence(draft: Draft, texts: Texts) -> str | None:
    """Return what a draft lacks to be started, as a sentence."""
    missing: tuple[Missing, ...] = draft.missing()
    return texts(f"setup-missing-{missing[0]}") if missing else None


def preset_of(value: str) -> Preset:
    """Return the preset of a menu's value.

    Raises:
        UserError: There is none of that name.
    """
    try:
        return Preset(value)
    except ValueError:
        raise UserError("error-option", value=value[:50]) from None
