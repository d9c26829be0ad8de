"""The options of `/search`: read as people type them, and described."""

from datetime import date, timedelta
from typing import Any, Final

import discord

from bot.commands import typed_days
from bot.errors import UserError
from bot.ui import limits
from bot.ui.markdown import escape
from config.texts import Texts
from storage.search import Request, Sort

MOST_VOTES: Final = 1_000_000
_ECHO: Final = 100


def read_days(
    since: str | None, until: str | None, interaction: discord.Interaction[Any]
) -> tuple[date | None, date | None]:
    """Return the first and the last day that a person means; `None` for one that is left out.

    Raises:
        UserError: A text is no day, or the first day is after the last.
    """
    first, last = _read_day(since, interaction), _read_day(until, interaction)
    if first is not None and last is not None and first > last:
        raise UserError("search-days-reversed", since=first, until=last)
    return first, last


def _read_day(typed: str | None, interaction: discord.Interaction[Any]) -> date | None:
    """Return the day that a person means, the newest one if they left out the year."""
    if typed is None or not typed.strip():
        return None
    pattern = typed_days.read_day(typed)
    if pattern is not None:
        # Where people live it may be tomorrow.
        tomorrow = interaction.created_at.date() + timedelta(days=1)
        found = pattern.only_day or pattern.newest(tomorrow)
        if found is not None:
            return found
    raise UserError("search-bad-day", text=limits.shorten(escape(typed), _ECHO))


def read_votes(given: int | None) -> int | None:
    """Return the fewest votes of a paper; `None` if any are enough.

    Raises:
        UserError: There can't be so many.
    """
    if given is not None and not 0 <= given <= MOST_VOTES:
        raise UserError("search-bad-votes", most=MOST_VOTES)
    return given or None


def read_sort(given: str) -> Sort:
    """Return the order that a person has chosen.

    Raises:
        UserError: It isn't one that can be chosen.
    """
    try:
        return Sort(given)
    except ValueError:
        raise UserError("error-option", value=limits.shorten(escape(given), _ECHO)) from None


def describe_conditions(request: Request, texts: Texts) -> list[str]:
    """Return the conditions that papers have to meet besides the query."""
    described = []
    if request.since is not None:
        described.append(texts("search-since", day=request.since))
    if request.until is not None:
        described.append(texts("search-until", day=request.until))
    if request.min_votes is not None:
        described.append(texts("search-min-votes", votes=request.min_votes))
    return described


def describe_sort(request: Request, texts: Texts) -> list[str]:
    """Return the name of the sort order in a list; an empty one for relevance, the default."""
    match request.sort:
        case Sort.RELEVANCE:
            return []
        case Sort.VOTES:
            return [texts("search-sorted-votes")]
        case Sort.DATE:
            return [texts("search-sorted-date")]
