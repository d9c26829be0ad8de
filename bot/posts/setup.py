"""What a schedule may be: the checks between what a person typed and what is stored. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import babel
import discord

from bot.errors import UserError
from bot.posts import days
from bot.posts.filters import Filter
from storage.database import fits
from storage.records import EVERY_DAY, Layout, NewSchedule, Span

DEFAULT_TIME: Final = time(8)
DEFAULT_COUNT: Final = 5
MOST_PAPERS: Final = 25
MOST_VOTES: Final = 1_000_000
MOST_HOURS: Final = 168
"""Of `catch_up`: a week."""
_NOTHING: Final = frozenset({"", "none", "-", "없음", "없애기"})
"""What empties a text in the place of a new one."""
_ECHO: Final = 50

_FORUMS: Final = frozenset({discord.ChannelType.forum, discord.ChannelType.media})
_THREADS: Final = frozenset(
    {
        discord.ChannelType.public_thread,
        discord.ChannelType.private_thread,
        discord.ChannelType.news_thread,
    }
)
CHANNELS: Final = (discord.ChannelType.text, discord.ChannelType.news, *_FORUMS, *_THREADS)
"""The kinds of channels that hold posts."""

_TIME = re.compile(r"\s*(\d{1,2})\s*[:：]\s*(\d{2})\s*")
_ZONE_OF_LANGUAGE = {"ko": "Asia/Seoul"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of a schedule as a person gave them; `None` is one that they did not give."""

    channel_id: int | None = None
    time: str | None = None
    timezone: str | None = None
    count: int | None = None
    period: str | None = None
    layout: str | None = None
    days: str | None = None
    min_votes: int | None = None
    """0 is none."""
    include: str | None = None
    exclude: str | None = None
    mention: int | None = None
    silent: bool | None = None
    publish: bool | None = None
    refresh: bool | None = None
    catch_up: int | None = None
    language: str | None = None
    clear: str | None = None
    """The name of an option to empty: `mention`, `include`, `exclude` or `min_votes`."""


CLEARABLE: Final = ("mention", "include", "exclude", "min_votes")
_Kind = TypeVar("_Kind", bound=NewSchedule)


def new(guild_id: int, channel_id: int, *, language: str, by: int) -> NewSchedule:
    """Return a schedule in which nothing was chosen but the channel.

    Args:
        guild_id: Whose it is.
        channel_id: Where it posts.
        language: Of the server.
        by: The Discord user who makes it.
    """
    return NewSchedule(
        guild_id=guild_id,
        channel_id=channel_id,
        time=DEFAULT_TIME,
        timezone=_ZONE_OF_LANGUAGE.get(language, "UTC"),
        count=DEFAULT_COUNT,
        language=language,
        created_by=by,
    )


def changed(schedule: _Kind, asked: Asked, *, languages: tuple[str, ...]) -> _Kind:
    """Return a schedule with what was asked for in the place of what it was.

    Args:
        schedule: Any.
        asked: What is wanted.
        languages: Those there are texts in.

    Raises:
        UserError: Something of it can't be.
    """
    asked_days = EVERY_DAY if asked.days is None else days.parse(asked.days)
    span = schedule.period if asked.period is None else _span(asked.period)
    if span is not Span.DAY and asked_days != EVERY_DAY:
        raise UserError("schedule-days-of-day")
    mask = schedule.days if asked.days is None else asked_days
    wanted = replace(
        schedule,
        channel_id=_or(asked.channel_id, schedule.channel_id),
        time=schedule.time if asked.time is None else parse_time(asked.time),
        timezone=schedule.timezone if asked.timezone is None else check_zone(asked.timezone),
        count=_or(asked.count, schedule.count),
        period=span,
        layout=schedule.layout if asked.layout is None else _layout(asked.layout),
        days=mask if span is Span.DAY else EVERY_DAY,
        min_votes=_or(asked.min_votes, schedule.min_votes) or None,
        include=_text(asked.include, schedule.include),
        exclude=_text(asked.exclude, schedule.exclude),
        mention=_or(asked.mention, schedule.mention),
        silent=_or(asked.silent, schedule.silent),
        publish=_or(asked.publish, schedule.publish),
        refresh=_or(asked.refresh, schedule.refresh),
        catch_up=_or(asked.catch_up, schedule.catch_up),
        language=(
            schedule.language
            if asked.language is None
            else check_language(asked.language, languages)
        ),
    )
    match asked.clear:
        case "mention":
            wanted = replace(wanted, mention=None)
        case "include":
            wanted = replace(wanted, include="")
        case "exclude":
            wanted = replace(wanted, exclude="")
        case "min_votes":
            wanted = replace(wanted, min_votes=None)
    _check_numbers(wanted)
    Filter.of(wanted)
    return wanted


_Value = TypeVar("_Value")


def _or(asked: _Value | None, present: _Value) -> _Value:
    return present if asked is None else asked


def _text(asked: str | None, present: str) -> str:
    if asked is None:
        return present
    text = " ".join(asked.split())
    return "" if text.casefold() in _NOTHING else text


def _span(text: str) -> Span:
    try:
        return Span(text)
    except ValueError:
        raise UserError("schedule-bad-period", text=text[:_ECHO]) from None


def _layout(text: str) -> Layout:
    try:
        return Layout(text)
    except ValueError:
        raise UserError("schedule-bad-layout", text=text[:_ECHO]) from None


def _check_numbers(wanted: NewSchedule) -> None:
    if not 1 <= wanted.count <= MOST_PAPERS:
        raise UserError("schedule-bad-count")
    if wanted.min_votes is not None and not 0 <= wanted.min_votes <= MOST_VOTES:
        raise UserError("schedule-bad-votes")
    if wanted.mention is not None and not fits(wanted.mention):
        raise UserError("error-option", value=f"<@&{wanted.mention}>"[:_ECHO])
    if not 0 <= wanted.catch_up <= MOST_HOURS:
        raise UserError("schedule-bad-hours")


def parse_time(text: str) -> time:
    """Return the local time that `HH:MM` says.

    Raises:
        UserError: It is no time of day.
    """
    match = _TIME.fullmatch(text)
    try:
        found = time(int(match[1]), int(match[2])) if match else time.fromisoformat(text.strip())
    except ValueError:
        raise UserError("schedule-bad-time", text=text[:_ECHO]) from None
    return time(found.hour, found.minute)


@lru_cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


def check_zone(text: str) -> str:
    """Return the IANA name of a time zone, however its letters are cased.

    Raises:
        UserError: There is no such zone.
    """
    name = _zones().get(text.strip().replace(" ", "_").casefold())
    if name is None:
        raise UserError("schedule-bad-zone", text=text[:_ECHO])
    ZoneInfo(name)
    return name


def zones_like(text: str, *, limit: int) -> list[str]:
    """Return IANA names that contain a text, those of a city that begins with it first."""
    part = text.strip().replace(" ", "_").casefold()
    found = [(folded, name) for folded, name in _zones().items() if part in folded and "/" in name]
    found.sort(key=lambda pair: (not pair[0].rpartition("/")[2].startswith(part), pair[0]))
    return [name for _, name in found[:limit]]


def language_name(language: str) -> str:
    """Return what a language calls itself."""
    return babel.Locale.parse(language).get_display_name(language) or language


def check_language(text: str, languages: tuple[str, ...]) -> str:
    """Return the language that a code (`ko`, `ko-KR`), or a name in it or in English, means.

    Raises:
        UserError: There is none of it.
    """
    wanted = text.strip().casefold()
    for language in languages:
        english = babel.Locale.parse(language).get_display_name("en") or language
        names = {language, language_name(language).casefold(), english.casefold()}
        if wanted in names or wanted.replace("_", "-").partition("-")[0] == language:
            return language
    names_there = ", ".join(f"{language_name(each)} ({each})" for each in languages)
    raise UserError("schedule-bad-language", text=text[:_ECHO], languages=names_there)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as the bot finds it."""

    id: int
    kind: discord.ChannelType
    permissions: discord.Permissions
    """The bot's, there."""
    is_locked: bool = False
    """Whether it is a thread that only who may manage threads can write in."""
    lacks_tag: bool = False
    """Whether a post there must have a tag, and there is none that the bot could give."""

    @property
    def is_forum(self) -> bool:
        """Whether it holds posts with a name and answers, and no plain messages."""
        return self.kind in _FORUMS


def check_place(place: Place, wanted: NewSchedule) -> None:
    """Check that a channel can hold what is wanted, permissions aside.

    Raises:
        UserError: It can't.
    """
    channel = str(place.id)
    if place.kind not in CHANNELS:
        raise UserError("schedule-bad-channel", channel=channel)
    if place.kind in _THREADS and wanted.layout is Layout.THREAD:
        raise UserError("schedule-thread-in-thread", channel=channel)
    if wanted.publish and place.kind is not discord.ChannelType.news:
        raise UserError("schedule-cannot-publish", channel=channel)


def lacking(place: Place, wanted: NewSchedule) -> tuple[str, ...]:
    """Return which permissions the bot lacks to post what is wanted, by discord.py's names.

    Publishing one's own message takes no more than sending it. In a forum `send_messages` begins a
    post, and what follows in it is sent in a thread.

    Source: https://docs.discord.com/developers/topics/threads#permissions,
    https://docs.discord.com/developers/resources/message#crosspost-message
    """
    needed = ["view_channel"]
    if place.kind in _THREADS:
        needed += ["send_messages_in_threads", *(["manage_threads"] if place.is_locked else [])]
    elif place.is_forum:
        needed += ["send_messages", "send_messages_in_threads"]
        needed += ["manage_channels"] if place.lacks_tag else []
    elif wanted.layout is Layout.THREAD:
        needed += ["send_messages", "create_public_threads", "send_messages_in_threads"]
    else:
        needed += ["send_messages"]
    needed += ["embed_links"]
    return tuple(name for name in needed if not getattr(place.permissions, name))


def check_mention(role_id: int, guild_id: int) -> None:
    """Check that a role is not the one that everybody has.

    Raises:
        UserError: It is.
    """
    if role_id == guild_id:
        raise UserError("schedule-mentions-everyone")


def notes(place: Place, wanted: NewSchedule, *, is_mentionable: bool) -> tuple[str, ...]:
    """Return the keys of what a person should know of a schedule that can be had nevertheless.

    Args:
        place: Where it posts.
        wanted: It.
        is_mentionable: Whether anyone may mention its role; of no account where it has none.
    """
    found = []
    if not place.permissions.read_message_history:
        found.append("note-no-history")
    if wanted.mention is not None and not (is_mentionable or place.permissions.mention_everyone):
        found.append("note-not-mentionable")
    if wanted.mention is not None and wanted.silent:
        found.append("note-silent-mention")
    return tuple(found)
