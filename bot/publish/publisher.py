"""Write the archive: what is missing or has changed of each day, its indexes and feeds.

What has to be written follows from the database and from the files that are there, so that it can
be done again at any time, by several processes, and after a crash half-way.

- A day's Markdown and page are final 7 days after its list has closed. The Markdown is written
  last and only once: as long as it is there, neither of them is changed any more. One that was
  deleted is written again; one that was edited stays as it is.
- But a text that was taken back after a report disappears from final files, too: their time says
  what was known when they were written, and older ones are written again.
- The lists that are not final are in `latest.md` of each language, the newest first.
- Every other file is written whenever its content has changed, unless it lacks the marker.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from storage import digests, reports
from storage.database import Database
from storage.records import Digest

log = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")

_READ_AGAIN: Final = timedelta(days=1)
"""How often all days are read again: an old list may have got a text in another language."""
_SECONDS: Final = 120.0
"""How long writing one day may take; a network disk can hang forever."""
_FAILURES: Final = 3
"""After so many failures no further day is written: the disk is full, or may not be written."""


@dataclass(slots=True)
class PublishResult:
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
    """The lists of `latest.md`, newest first; at least the newest one, if it was read again."""
    closed: list[Digest] = field(default_factory=list)
    """The lists of the feed, newest first: those of the newest days, whatever their language."""


@dataclass(frozen=True, slots=True)
class _FinalDay:
    """A day whose files are written for good."""

    digest: Digest
    codes: Sequence[str]
    """The languages in which it is published."""
    changed: Mapping[str, datetime]
    """By language, when a text of the day was last taken back."""
    as_of: datetime
    """A moment before the digest was read."""


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

    async def publish(self, now: datetime, *, seconds: float | None = None) -> PublishResult:
        """Write what is missing or has changed.

        Args:
            now: The wall clock, in UTC.
            seconds: After that time no further day is begun, and indexes are left for the next
                call, which goes on from there; `None` for no limit.

        Raises:
            StorageError: The database can't be read.
        """
        result = PublishResult()
        until = None if seconds is None else monotonic() + seconds
        if self._read_at is None or abs(now - self._read_at) >= _READ_AGAIN:
            self._summaries.clear()
            self._read_at = now
            await self._in_thread(result, self._files.remove_left_over)
        languages: dict[str, _Language] = {}
        taken_back: dict[date, dict[str, datetime]] = {}
        for day_date, code, changed_at in await reports.taken_back(self._database):
            taken_back.setdefault(day_date, {})[code] = changed_at
        days = [Day(*each) for each in reversed(await digests.closing_times(self._database))]
        recent = sum(not day.is_closed(now) for day in days) + feed.DAYS
        for number, day in enumerate(days):
            if until is not None and monotonic() > until:
                result.is_complete = False
                return result
            is_recent = number < recent
            changed = taken_back.get(day.date, {})
            is_over = not is_recent and day.is_final(now)
            if is_over and await self._is_written(result, day.date, changed):
                continue
            digest = await digests.get_as_read(self._database, day.date)
            if digest is None or not digest.papers:
                continue
            # Files of a language in which there is no text any more are written without it.
            codes = languages_of(digest)
            if changed:
                former = await self._in_thread(
                    result, self._languages_with_files, day.date, changed
                )
                codes = tuple(sorted({*codes, *(former or ())}))
            self._note(day, digest, now, languages, codes, for_feed=is_recent)
            if len(result.failures) >= _FAILURES:
                continue
            if day.is_final(now):
                of_day = _FinalDay(digest, codes, changed, as_of=now)
                await self._in_thread(result, self._write_final, of_day, result)
            else:
                await self._in_thread(result, self._write_unfinished, digest, codes, result)
        await self._in_thread(result, self._write_others, languages, result)
        return result

    async def _is_written(
        self, result: PublishResult, day: date, changed: Mapping[str, datetime]
    ) -> bool:
        """Return whether the final files of a day are there, without texts taken back since."""
        known = self._summaries.get(day)
        if known is None:
            return False

        def are_there() -> bool:
            return all(
                self._files.is_as_of(path_of_day(code, day, ending), changed.get(code))
                for code in known
                for ending in ("md", "html")
            )

        return bool(await self._in_thread(result, are_there))

    def _note(
        self,
        day: Day,
        digest: Digest,
        now: datetime,
        languages: dict[str, _Language],
        codes: Sequence[str],
        *,
        for_feed: bool,
    ) -> None:
        """Keep what other files say of a day."""
        for code in codes:
            known = languages.setdefault(code, _Language())
            is_newest = not known.unfinished and not self._has_newer(code, day.date)
            if not day.is_final(now) or is_newest:
                known.unfinished.append(digest)
            if for_feed and day.is_closed(now):
                known.closed.append(digest)
        summary = DaySummary(day.date, len(digest.papers), visible_title(digest.papers[0]))
        self._summaries[day.date] = dict.fromkeys(codes, summary)

    def _has_newer(self, code: str, day: date) -> bool:
        """Return whether a later day, which need not be read again, has a language."""
        return any(later > day and code in codes for later, codes in self._summaries.items())

    async def _in_thread(
        self,
        result: PublishResult,
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

    def _languages_with_files(self, day: date, codes: Iterable[str]) -> list[str]:
        """Return those of some languages in which there is a page of a day."""
        return [code for code in codes if self._files.exists(path_of_day(code, day, "html"))]

    def _write_final(self, day: _FinalDay, result: PublishResult) -> None:
        """Write the files of a day for good: those that are missing, or have what was taken back.

        The Markdown comes last, so that after a crash in between it tells what is still to do.
        """
        digest = day.digest
        for code in day.codes:
            markdown = path_of_day(code, digest.date, "md")
            page = path_of_day(code, digest.date, "html")
            changed = day.changed.get(code)
            is_there = self._files.is_as_of(markdown, changed)
            if is_there and self._files.is_as_of(page, changed):
                continue
            # An unfinished page has to be replaced, which the missing Markdown tells.
            data = pages.render_day(digest, self._options(code), is_final=True)
            if (
                self._update(page, data, result, as_of=day.as_of)
                and not is_there
                and self._update(markdown, render_markdown([digest], code), result, as_of=day.as_of)
                and digest.date not in result.finished
            ):
                result.finished.append(digest.date)

    def _write_unfinished(
        self, digest: Digest, codes: Sequence[str], result: PublishResult
    ) -> None:
        """Write the pages of a day whose votes still grow."""
        for code in codes:
            page = path_of_day(code, digest.date, "html")
            if not self._files.all_exist([page, path_of_day(code, digest.date, "md")]):
                data = pages.render_day(digest, self._options(code), is_final=False)
                self._update(page, data, result)

    def _write_others(self, languages: dict[str, _Language], result: PublishResult) -> None:
        """Write what is about several days."""
        for code, known in sorted(languages.items()):
            if known.unfinished:
                data = render_markdown(known.unfinished, code)
                self._update(path_in(code, LATEST), data, result)
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

    def _update(
        self, name: str, data: bytes, result: PublishResult, *, as_of: datetime | None = None
    ) -> bool:
        """Write a file if its content has changed; return whether nothing has failed."""
        try:
            result.written += self._files.update(name, data, as_of=as_of)
        except ForeignFileError as error:
            result.foreign.add(error.path)
        except ArchiveError as error:
            result.failures.append(str(error))
            return False
        return True
