"""What a person has entered on the set-up screen, and what schedule it makes. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import time
from enum import StrEnum
from typing import Any, Final, Self

from bot.posting import schedule_options, time_zones
from bot.posting.filters import join_terms
from bot.posting.schedule_options import ScheduleChanges
from storage.query import split_authors
from storage.records import (
    DEFAULT_COUNT,
    EVERY_DAY,
    WEEKDAYS,
    Frequency,
    Layout,
    ScheduleOptions,
    ScheduleSettings,
)

TIMES: Final = tuple(time(hour) for hour in (7, 8, 9, 12, 18, 21, 22))
"""The times that the menu offers."""
COUNTS: Final = (3, 5, 10, 25)
"""The numbers of papers that the form offers."""
ZONES: Final = (
    "Asia/Seoul",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
)
"""The time zones that the menu offers."""
_WEEKLY_COUNT: Final = 10


class Preset(StrEnum):
    """What a schedule is for."""

    BRIEF = "brief"
    WEEKLY = "weekly"
    KEYWORDS = "keywords"
    MONTHLY = "monthly"
    """Not offered; of a schedule that was made by `/schedule add`."""


OFFERED: Final = (Preset.BRIEF, Preset.WEEKLY, Preset.KEYWORDS)


class Missing(StrEnum):
    """What a draft lacks to become a schedule."""

    CHANNEL = "channel"
    ZONE = "zone"
    KEYWORDS = "keywords"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(ScheduleOptions):
    """A schedule that is not complete yet."""

    preset: Preset = Preset.BRIEF
    version: int | None = None
    """The version of the schedule that it changes; `None` for a new one."""

    @classmethod
    def of(cls, settings: ScheduleSettings, version: int | None) -> Self:
        """Return the draft of a schedule; `version` is that of a stored one."""
        preset = {Frequency.WEEK: Preset.WEEKLY, Frequency.MONTH: Preset.MONTHLY}.get(
            settings.period, Preset.KEYWORDS if settings.is_filtered else Preset.BRIEF
        )
        return cls(preset=preset, version=version, **_values(settings))

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return a draft from the JSON of `encode`."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            **values
            | {
                "preset": Preset(values["preset"]),
                "time": time.fromisoformat(values["time"]),
                "period": Frequency(values["period"]),
                "layout": Layout(values["layout"]),
            }
        )

    def encode(self) -> str:
        """Return the draft as JSON."""
        return json.dumps(asdict(self) | {"time": f"{self.time:%H:%M}"}, ensure_ascii=False)

    def missing(self) -> tuple[Missing, ...]:
        """Return what the draft lacks to become a schedule."""
        lacks = {
            Missing.CHANNEL: self.channel_id is None,
            Missing.ZONE: self.timezone is None,
            Missing.KEYWORDS: self.preset is Preset.KEYWORDS and not self.is_filtered,
        }
        return tuple(each for each, is_missing in lacks.items() if is_missing)

    def settings(self) -> ScheduleSettings | None:
        """Return the settings of the schedule; `None` while it lacks a channel or a time zone."""
        if self.channel_id is None or self.timezone is None:
            return None
        return self.assumed_settings()

    def assumed_settings(self) -> ScheduleSettings:
        """Return the settings with a channel 0 and UTC where these are missing, for checks."""
        names = {field.name for field in fields(ScheduleSettings)}
        values = {name: value for name, value in _values(self).items() if name in names}
        values["channel_id"] = self.channel_id or 0
        values["timezone"] = self.timezone or "UTC"
        return ScheduleSettings(**values)


def _values(of: ScheduleOptions) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in fields(of)}


def first_draft(*, channel_id: int | None, timezone: str | None, language: str) -> Draft:
    """Return what the screen is filled in with at first."""
    return Draft(channel_id=channel_id, timezone=timezone, language=language)


def choose_preset(draft: Draft, preset: Preset) -> Draft:
    """Return a draft with what a preset stands for; the channel and the times stay."""
    was_daily = draft.period is Frequency.DAY
    daily = replace(
        draft,
        preset=preset,
        period=Frequency.DAY,
        layout=Layout.BRIEF,
        days=draft.days if was_daily else WEEKDAYS,
        count=DEFAULT_COUNT,
    )
    match preset:
        case Preset.BRIEF:
            return replace(daily, include="", exclude="", min_votes=None)
        case Preset.KEYWORDS:
            return daily
        case Preset.WEEKLY:
            return replace(daily, period=Frequency.WEEK, days=EVERY_DAY, count=_WEEKLY_COUNT)
        case Preset.MONTHLY:
            return draft


def change(draft: Draft, given: Mapping[str, Any], *, languages: tuple[str, ...]) -> Draft:
    """Return a draft with options as a person typed or chose them.

    Args:
        draft: The draft before.
        given: By the names of `ScheduleSettings`; see `ScheduleChanges`.
        languages: The languages that have texts.

    Raises:
        UserError: An option is invalid.
    """
    changed = schedule_options.apply_changes(
        draft.assumed_settings(), ScheduleChanges(given), languages=languages
    )
    values = _values(changed)
    # What is missing yet stays so.
    for name in ("channel_id", "timezone"):
        if name not in given:
            values[name] = getattr(draft, name)
    return replace(draft, **values)


def change_keywords(
    draft: Draft,
    *,
    words: str,
    skipped: str,
    authors: str,
    min_votes: str,
    languages: tuple[str, ...],
) -> Draft:
    """Return a draft with the keywords of the form.

    Args:
        draft: The draft before.
        words: What a paper must mention one of.
        skipped: What it may mention none of.
        authors: Names of whom one must be an author, one on each line.
        min_votes: A number, or empty.
        languages: The languages that have texts.

    Raises:
        UserError: A field is invalid.
    """
    given = {
        "include": join_terms(words, authors.splitlines()),
        "exclude": skipped,
        "min_votes": schedule_options.parse_votes(min_votes),
    }
    changed = change(draft, given, languages=languages)
    if changed.preset is Preset.BRIEF and changed.is_filtered:
        return replace(changed, preset=Preset.KEYWORDS)
    return changed


def keywords_of(draft: Draft) -> tuple[str, str]:
    """Return the words that a draft asks for, and its authors, one on each line."""
    words, authors = split_authors(draft.include)
    return words, "\n".join(authors)


def offered_times(draft: Draft) -> tuple[time, ...]:
    """Return the times of the menu, the draft's own among them."""
    return tuple(sorted({*TIMES, draft.time}))


def offered_zones(draft: Draft, *others: str | None) -> tuple[str, ...]:
    """Return the time zones of the menu: the draft's own first, then others that are likely."""
    return likely_zones(draft.timezone, *others)


def likely_zones(*first: str | None) -> tuple[str, ...]:
    """Return the time zones that are offered to everyone, after those that are likelier."""
    return tuple(dict.fromkeys([*(zone for zone in first if zone), *ZONES]))


def default_zone(remembered: str | None, locale: str) -> str | None:
    """Return the time zone to begin with: the server's last one, or what the locale tells."""
    return remembered or time_zones.zone_of_locale(locale)
