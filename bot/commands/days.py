"""The days that have papers: the one that a person names, and those beside it."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import typed_days
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage import digests

_ECHO: Final = 50
_NEWEST: Final = 2
"""How many days are named to people whose text is no day."""


@dataclass(frozen=True, slots=True)
class DaysBeside:
    """The nearest days with papers; `None` where there is none."""

    before: date | None
    after: date | None

    @property
    def known(self) -> list[date]:
        """The days that there are, oldest first."""
        return [day for day in (self.before, self.after) if day is not None]


async def days_beside(services: Services, day: date) -> DaysBeside:
    """Return the nearest days with papers before and after a day."""
    days = await _all_days(services)
    first, following = bisect_left(days, day), bisect_right(days, day)
    return DaysBeside(
        days[first - 1] if first else None, days[following] if following < len(days) else None
    )


async def find_day(text: str, texts: Texts, services: Services) -> date:
    """Return the day with papers that a person names; without a year, the newest such day.

    Raises:
        UserError: There is none. The text names the nearest days that have papers.
    """
    days = await _all_days(services)
    pattern = typed_days.read_day(text)
    found = next((day for day in reversed(days) if pattern and pattern.matches(day)), None)
    if found is not None:
        return found
    day = pattern.only_day if pattern is not None else None
    if day is None:
        newest = [texts("top-day", day=each) for each in days[: -_NEWEST - 1 : -1]]
        typed = limits.shorten(escape(text.strip()), _ECHO)
        raise UserError("top-date-unknown", text=typed, days=texts.join(newest))
    beside = (await days_beside(services, day)).known
    nearest = texts.join([texts("top-day", day=each) for each in beside])
    raise UserError("top-date-empty", day=day, days=nearest)


async def suggest_days(
    interaction: discord.Interaction[Any], current: str, services: Services
) -> list[app_commands.Choice[str]]:
    """Return the days with papers that a typed text may mean, newest first."""
    texts = services.texts(interaction)
    days = reversed(await _all_days(services))
    return [
        app_commands.Choice(name=texts("top-day", day=day), value=day.isoformat())
        for day in typed_days.matching_days(current, days, limit=limits.CHOICES)
    ]


async def _all_days(services: Services) -> tuple[date, ...]:
    """Return the days with papers, oldest first."""
    return await services.cache.get(
        "days with papers", lambda: digests.dates_with_papers(services.database)
    )


def day_of(ordinal: str) -> date:
    """Return the day with an ordinal, as `custom_id`s have it.

    Raises:
        UserError: There is none.
    """
    try:
        return date.fromordinal(int(ordinal))
    except (ValueError, OverflowError):
        raise UserError("error-outdated") from None
