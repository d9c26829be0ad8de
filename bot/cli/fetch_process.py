"""The process of `daily-papers fetch`: which days it reads, and the work."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import typer

from bot.cli.exit_codes import FAILURE, USAGE_ERROR, CommandError
from bot.cli.fetch_report import FetchCounts, progress
from bot.cli.options import OptionError, either
from bot.cli.streams import print_error, print_lines
from bot.clock import Clock
from bot.ingest.configured import ConfiguredSources, connect_sources
from bot.ingest.fetch import Fetcher
from bot.ingest.lists import ListSource
from config.settings import Settings
from storage import sources
from storage.database import Database
from storage.errors import StorageError

_DAYS: Final = 30
"""How many days are read if the first one is not given."""
_FIRST_DAY: Final = date(1991, 8, 14)
"""The day on which arXiv began."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """The options of the command; `None` if not given."""

    context: typer.Context
    first: date | None = None
    last: date | None = None
    source: str | None = None
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class _SourceDays:
    source: ListSource
    days: Sequence[date]
    """The newest first, so that an interrupted call has read what matters most."""


async def fetch_lists(settings: Settings, options: FetchOptions) -> int:
    """Read the lists and store them; return the exit status.

    Raises:
        OptionError: An option is wrong.
        CommandError: There is nothing to read.
        StorageError: The database can't be written.
    """
    clock = Clock()
    # Waits for rate limits are shown, so the HTTP client leaves them to the fetcher.
    async with connect_sources(settings, now=clock.now, patience=0.0) as configured:
        chosen = _choose(configured, options)
        plan = _plan(chosen, options, clock.now())
        async with await Database.open(settings.database) as database:
            await sources.configure(database, configured.precedence)
            counts = FetchCounts(sum(len(each.days) for each in plan))
            try:
                await _fetch(database, plan, counts, clock, is_again=options.is_again)
            except (asyncio.CancelledError, StorageError):
                print_error(f"{counts.summary()} Run the same command again to continue.")
                raise
    print_lines([counts.summary()])
    return 0 if counts.is_complete else FAILURE


async def _fetch(
    database: Database,
    plan: Sequence[_SourceDays],
    counts: FetchCounts,
    clock: Clock,
    *,
    is_again: bool,
) -> None:
    with progress(counts.total) as show:
        fetcher = Fetcher(database, now=clock.now, on_pause=show.pause)
        for each in plan:
            left = len(each.days)
            fetching = fetcher.fetch(each.source, each.days, is_again=is_again)
            async with aclosing(fetching) as fetched:
                async for day in fetched:
                    counts.add(day)
                    show.day(day)
                    left -= 1
            if left:
                show.problem(f"{each.source.name}: fails repeatedly; {left:,} more days not read")


def _choose(configured: ConfiguredSources, options: FetchOptions) -> tuple[ListSource, ...]:
    """Return the sources to read.

    Raises:
        OptionError: The source that is given is none of those over the network.
        CommandError: There are none of those.
    """
    if not configured.lists:
        raise CommandError(
            "No source to fetch from: the settings have none of the kinds huggingface and url.",
            status=USAGE_ERROR,
        )
    chosen = [each for each in configured.lists if options.source in {None, each.name}]
    if not chosen:
        names = either([each.name for each in configured.lists])
        raise OptionError(f"--source: choose {names}.", ctx=options.context)
    return tuple(chosen)


def _plan(
    chosen: Sequence[ListSource], options: FetchOptions, now: datetime
) -> tuple[_SourceDays, ...]:
    """Return which days to read of each source.

    Raises:
        OptionError: A day that is given is too early or too late.
    """
    newest = max(each.timetable.newest_day(now) for each in chosen)
    latest = options.last or newest
    for name, day, bound in (("--to", options.last, newest), ("--from", options.first, latest)):
        if day is not None and not _FIRST_DAY <= day <= bound:
            raise OptionError(
                f"{name}: choose a day from {_FIRST_DAY} to {bound}.", ctx=options.context
            )
    return tuple(_days_of(each, options, now) for each in chosen)


def _days_of(source: ListSource, options: FetchOptions, now: datetime) -> _SourceDays:
    newest = source.timetable.newest_day(now)
    last = min(options.last or newest, newest)
    first = options.first or last - timedelta(days=_DAYS - 1)
    count = (last - first).days + 1
    return _SourceDays(source, [last - timedelta(days=days) for days in range(count)])
