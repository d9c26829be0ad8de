"""Parse and check the options of a schedule as a person gave them. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import babel
import discord

from bot.errors import UserError
from bot.posting import weekdays
from bot.posting.channels import KINDS, THREADS, ChannelFacts
from bot.posting.filters import Filter, check_typed
from bot.posting.time_zones import parse_zone
from bot.posting.times_of_day import parse_time
from storage.integers import fits
from storage.records import EVERY_DAY, Frequency, Layout, ScheduleSettings

MOST_PAPERS: Final = 25
MOST_VOTES: Final = 1_000_000
MOST_HOURS: Final = 168
"""The longest `catch_up`: a week."""
NOT_MENTIONABLE: Final = "warning-not-mentionable"
"""The key of the warning that Discord doesn't let the bot notify a schedule's role."""
_NOTHING: Final = frozenset({"", "none", "-", "없음", "없애기"})
"""The words that clear an option instead of setting it."""
_ECHO: Final = 50
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_WORD: Final = re.compile(r"[^\W_]")


CLEARABLE: Final = ("mention", "include", "exclude", "min_votes")


@dataclass(frozen=True, slots=True)
class ScheduleChanges:
    """The options of a schedule as a person gave them, by the names of `ScheduleSettings`."""

    given: Mapping[str, Any] = field(default_factory=dict)
    """Only those that were given. Times, zones, days, periods, layouts and languages are texts."""
    clear: str | None = None
    """The name of an option to empty, one of `CLEARABLE`."""


def apply_changes(
    settings: ScheduleSettings, changes: ScheduleChanges, *, languages: tuple[str, ...]
) -> ScheduleSettings:
    """Return settings with a person's changes applied.

    Args:
        settings: The settings before.
        changes: The options that the person gave.
        languages: The languages that have texts.

    Raises:
        UserError: An option is invalid.
    """
    parsers: dict[str, Callable[[str], Any]] = {
        "time": parse_time,
        "timezone": parse_zone,
        "period": _frequency,
        "layout": _layout,
        "days": weekdays.parse,
        "include": _text,
        "exclude": _text,
        "language": lambda text: check_language(text, languages),
    }
    values = {
        name: parsers[name](value) if name in parsers else value
        for name, value in changes.given.items()
    }
    changed = replace(settings, **values)
    if changed.period is not Frequency.DAY:
        if values.get("days", EVERY_DAY) != EVERY_DAY:
            raise UserError("schedule-days-of-day")
        changed = replace(changed, days=EVERY_DAY)
    if changes.clear in CLEARABLE:
        empty: Any = "" if changes.clear in ("include", "exclude") else None
        changed = replace(changed, **{changes.clear: empty})
    if changed.min_votes == 0:
        changed = replace(changed, min_votes=None)
    _check_numbers(changed)
    Filter.of(changed)
    return changed


def _text(given: str) -> str:
    text = " ".join(given.split())
    if text.casefold() in _NOTHING:
        return ""
    if not _WORD.search(text):
        # A filter of nothing but commas would pass for one, and let every paper through.
        raise UserError("filter-no-word", text=text[:_ECHO])
    check_typed(text)
    return text


def _frequency(text: str) -> Frequency:
    try:
        return Frequency(text)
    except ValueError:
        raise UserError("schedule-bad-period", text=text[:_ECHO]) from None


def _layout(text: str) -> Layout:
    try:
        return Layout(text)
    except ValueError:
        raise UserError("schedule-bad-layout", text=text[:_ECHO]) from None


def _check_numbers(settings: ScheduleSettings) -> None:
    if settings.mention is not None and not fits(settings.mention):
        raise UserError("error-option", value=f"<@&{settings.mention}>"[:_ECHO])
    if not 1 <= settings.count <= MOST_PAPERS:
        raise UserError("schedule-bad-count")
    if settings.min_votes is not None and not 0 <= settings.min_votes <= MOST_VOTES:
        raise UserError("schedule-bad-votes")
    if not 0 <= settings.catch_up <= MOST_HOURS:
        raise UserError("schedule-bad-hours")


def parse_votes(text: str) -> int | None:
    """Parse the fewest upvotes of a paper; `None` if the text is empty or 0.

    Raises:
        UserError: The text is not a number of upvotes.
    """
    folded = text.strip().replace(",", "")
    if folded.casefold() in _NOTHING:
        return None
    if not _NUMBER.fullmatch(folded) or int(folded) > MOST_VOTES:
        raise UserError("schedule-bad-votes")
    return int(folded) or None


def language_name(language: str) -> str:
    """Return a language's own name."""
    return babel.Locale.parse(language).get_display_name(language) or language


def check_language(text: str, languages: tuple[str, ...]) -> str:
    """Return the language of a code (`ko`, `ko-KR`) or of a name in the language or in English.

    Raises:
        UserError: No language that has texts matches.
    """
    folded = text.strip().casefold()
    for language in languages:
        english = babel.Locale.parse(language).get_display_name("en") or language
        names = {language, language_name(language).casefold(), english.casefold()}
        if folded in names or folded.replace("_", "-").partition("-")[0] == language:
            return language
    names_there = ", ".join(f"{language_name(each)} ({each})" for each in languages)
    raise UserError("schedule-bad-language", text=text[:_ECHO], languages=names_there)


def check_channel_kind(facts: ChannelFacts, settings: ScheduleSettings) -> None:
    """Check that a channel's kind supports a schedule's settings; permissions are not checked.

    Raises:
        UserError: The channel doesn't support them.
    """
    channel = str(facts.id)
    if facts.kind not in KINDS:
        raise UserError("schedule-bad-channel", channel=channel)
    if facts.kind in THREADS and settings.layout is Layout.THREAD:
        raise UserError("schedule-thread-in-thread", channel=channel)
    if settings.publish and facts.kind is not discord.ChannelType.news:
        raise UserError("schedule-cannot-publish", channel=channel)


def check_mention(role_id: int, guild_id: int) -> None:
    """Check that a role is not `@everyone`.

    Raises:
        UserError: The role is `@everyone`.
    """
    if role_id == guild_id:
        raise UserError("schedule-mentions-everyone")


def warning_keys(
    facts: ChannelFacts, settings: ScheduleSettings, *, is_mentionable: bool
) -> tuple[str, ...]:
    """Return the text keys of warnings about valid settings.

    Args:
        facts: The channel's facts.
        settings: The schedule's settings.
        is_mentionable: Whether anyone may mention the schedule's role; ignored without a role.
    """
    found = []
    if not facts.permissions.read_message_history:
        found.append("warning-no-history")
    if settings.period is not Frequency.DAY and not facts.permissions.attach_files:
        found.append("warning-no-chart")
    if settings.mention is not None:
        if not (is_mentionable or facts.permissions.mention_everyone):
            found.append(NOT_MENTIONABLE)
        if settings.silent:
            found.append("warning-silent-mention")
    return tuple(found)
