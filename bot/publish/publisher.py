"""Write the archive: what is missing or has changed of each day, its indexes and feeds.

What has to be written follows from the database and from the files that are there, so that it can
be done again at any time, by several processes, and after a crash half-way.

- A day's Markdown and page are final 7 days after its list has closed. The Markdown is written
  last and only once: as long as it is there, neither of them is changed any more. One that was
  deleted is written again; one that was edited stays as it is.
- The lists that are not final are in `latest.md` of each language, the newest first.
- Every other file is written whenever its content has changed, unless it lacks the marker.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Final, ParamSpec, TypeVar

from bot.publish import feed, pages
from bot.publish.archive import (
    FEED,
    INDEX,
    LATEST,
    Archive,
    path_in,
    path_of_day,
    path_of_month,
)
from bot.publish.days import Day, languages_of, visible_title
from bot.publish.files import ArchiveError, ArchiveFiles, ForeignFileError
from bot.publish.markdown import render_markdown
from bot.publish.pages import DaySummary, PageOptions
from config.texts import Catalogue
from storage import digests
from storage.database import Database
from storage.records import Digest

log = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")

_READ_AGAIN: Final = timedelta(days=1)
"""How often all days are read again: an old list may have got a text in another language."""
_SECONDS: Final = 120.0
"""How long writing one day may take; a network disk can hang for ever."""
_FAILURES: Final = 3
"""After so many failures no further day is written: the disk is full, or may not be written."""


@dataclass(slots=True)
class Published:
    """What writing the archive has done."""

    written: int = 0
    """How many files were written."""
    finished: list[date] = field(default_factory=list)
    """The days whose final files were written."""
    foreign: set[Path] = field(default_factory=set)
    """Files that are in the way, and were left alone."""
    failures: list[str] = field(default_factory=list)
    """What could not be written, with the reason."""
    is_complete: bool = True
    """Whether all days were looked at; otherwise there was no time for them."""


@dataclass(slots=True)
class _Language:
    """What is known of a language while the archive is written."""

    unfinished: list[Digest] = field(default_factory=list)
    """The lists of `latest.md`, newest first; at least the newest one."""
    closed: list[Digest] = field(default_factory=list)
    """The lists of the feed, newest first: those of the newest days, whatever their language."""


class Publisher:
    """Writes one archive."""

    def __init__(self, database: Database, archive: Archive, catalogue: Catalogue) -> None:
        """Build it; nothing is written until `publish`."""
        self._database = database
        self._archive = archive
        self._catalogue = catalogue
        self._files = ArchiveFiles(archive.folder)
        # One thread of its own: if a disk hangs, no other part of the bot waits for it.
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="publish")
        self._summaries: dict[date, dict[str, DaySummary]] = {}
        """What was read of each day, by language; forgotten once a day."""
        self._read_at: datetime | None = None

    async def publish(self, now: datetime, *, seconds: float | None = None) -> Published:
        """Write what is missing or has changed.

        Args:
            now: The wall clock, in UTC.
            seconds: After that time no further day is begun, and indexes are left for the next
                call, which goes on from there; `None` for no limit.

        Raises:
            StorageError: The database can't be read.
        """
        result = Published()
        until = None if seconds is None else monotonic() + seconds
        if self._read_at is None or abs(now - self._read_at) >= _READ_AGAIN:
            self._summaries.clear()
            self._read_at = now
            await self._in_thread(result, self._files.remove_left_over)
        languages: dict[str, _Language] = {}
        days = [Day(*each) for each in reversed(await digests.closing_times(self._database))]
        recent = sum(not day.is_closed(now) for day in days) + feed.DAYS
        for number, day in enumerate(days):
            if until is not None and monotonic() > until:
                result.is_complete = False
                return result
            is_recent = number < recent
            if not is_recent and day.is_final(now) and await self._is_written(result, day.date):
                continue
            digest = await digests.get_as_read(self._database, day.date)
            if digest is None or not digest.papers:
                continue
            codes = self._note(day, digest, now, languages, for_feed=is_recent)
            if len(result.failures) < _FAILURES:
                write = self._write_final if day.is_final(now) else self._write_unfinished
                await self._in_thread(result, write, digest, codes, result)
        await self._in_thread(result, self._write_others, languages, result)
        return result

    async def _is_written(self, result: Published, day: date) -> bool:
        known = self._summaries.get(day)
        if known is None:
            return False
        names = [path_of_day(code, day, ending) for code in known for ending in ("md", "html")]
        return bool(await self._in_thread(result, self._files.all_exist, names))

    def _note(
        self,
        day: Day,
        digest: Digest,
        now: datetime,
        languages: dict[str, _Language],
        *,
        for_feed: bool,
    ) -> tuple[str, ...]:
        """Keep what other files say of a day; return its languages."""
        codes = languages_of(digest)
        for code in codes:
            known = languages.setdefault(code, _Language())
            if not day.is_final(now) or not known.unfinished:
                known.unfinished.append(digest)
            if for_feed and day.is_closed(now):
                known.closed.append(digest)
        summary = DaySummary(day.date, len(digest.papers), visible_title(digest.papers[0]))
        self._summaries[day.date] = dict.fromkeys(codes, summary)
        return codes

    async def _in_thread(
        self,
        result: Published,
        work: Callable[_P, _T],
        *arguments: _P.args,
        **options: _P.kwargs,
    ) -> _T | None:
        """Work in the thread of files; return `None` and record it if it fails."""
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._executor, lambda: work(*arguments, **options))
        try:
            return await asyncio.wait_for(running, _SECONDS)
        except TimeoutError:
            result.failures.append(f"{self._archive.folder}: no answer for {_SECONDS:g} s")
        except Exception as error:
            # The other days are written all the same.
            log.exception("a part of the archive can't be written")
            result.failures.append(f"{self._archive.folder}: {type(error).__name__}")
        return None

    # In the thread of files

    def _write_final(self, digest: Digest, codes: Sequence[str], result: Published) -> None:
        """Write the files of a day for good, those that are missing."""
        for code in codes:
            markdown = path_of_day(code, digest.date, "md")
            page = path_of_day(code, digest.date, "html")
            if self._files.exists(markdown) and self._files.exists(page):
                continue
            # An unfinished page has to be replaced, which the missing Markdown tells.
            data = pages.render_day(digest, self._options(code), is_final=True)
            if (
                self._update(page, data, result)
                and not self._files.exists(markdown)
                and self._update(markdown, render_markdown([digest], code), result)
                and digest.date not in result.finished
            ):
                result.finished.append(digest.date)

    def _write_unfinished(self, digest: Digest, codes: Sequence[str], result: Published) -> None:
        """Write the pages of a day whose votes still grow."""
        for code in codes:
            page = path_of_day(code, digest.date, "html")
            if not self._files.all_exist([page, path_of_day(code, digest.date, "md")]):
                data = pages.render_day(digest, self._options(code), is_final=False)
                self._update(page, data, result)

    def _write_others(self, languages: dict[str, _Language], result: Published) -> None:
        """Write what is about several days."""
        for code, known in sorted(languages.items()):
            self._update(path_in(code, LATEST), render_markdown(known.unfinished, code), result)
            if self._archive.url is not None and known.closed:
                data = feed.render_feed(known.closed, self._options(code), self._archive.url)
                self._update(path_in(code, FEED), data, result)
        days = [self._summaries[day] for day in sorted(self._summaries, reverse=True)]
        codes = sorted({code for each in days for code in each})
        for code in codes:
            options = self._options(code)
            listed = [each[code] for each in days if code in each]
            for _, month in groupby(listed, key=lambda each: (each.date.year, each.date.month)):
                of_month = list(month)
                page = path_of_month(code, of_month[0].date)
                self._update(page, pages.render_month(of_month, options), result)
            self._update(path_in(code, INDEX), pages.render_months(listed, options), result)
        if codes:
            data = pages.render_languages(map(self._options, codes))
            self._update(INDEX, data, result)

    def _options(self, code: str) -> PageOptions:
        return PageOptions(code, self._catalogue.for_locale(code), self._archive.url)

    def _update(self, name: str, data: bytes, result: Published) -> bool:
        """Write a file if its content has changed; return whether nothing has failed."""
        try:
            result.written += self._files.update(name, data)
        except ForeignFileError as error:
            result.foreign.add(error.path)
        except ArchiveError as error:
            result.failures.append(str(error))
            return False
        return True
