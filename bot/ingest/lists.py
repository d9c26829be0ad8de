"""The sources that are read over the network, day by day."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Protocol

from bot import digest
from bot.ingest.timetable import LiveTimetable, Timetable, WrittenTimetable
from bot.sources.errors import SourceError
from bot.sources.http import first_line
from bot.sources.huggingface import HuggingFace
from bot.sources.url import UrlSource
from storage.records import SourceDay, SourceKind, SourceList

log = logging.getLogger(__name__)


class ListSource(Protocol):
    """A source whose lists are read by day."""

    @property
    def name(self) -> str:
        """Its name in the settings."""

    @property
    def kind(self) -> SourceKind:
        """What it reads."""

    @property
    def timetable(self) -> Timetable:
        """The days of its lists."""

    async def read(self, day: date, known: SourceDay | None) -> SourceList | None:
        """Read a day's list.

        Args:
            day: The day.
            known: What is known of the day.

        Returns:
            The list; `None` if it has no papers, or is as it was.

        Raises:
            SourceError: It could not be read.
        """


class HuggingFaceLists:
    """Hugging Face's daily lists."""

    kind: Final = SourceKind.HUGGINGFACE

    def __init__(self, name: str, service: HuggingFace, *, now: Callable[[], datetime]) -> None:
        """Build the source.

        Args:
            name: As in the settings.
            service: Reads the lists.
            now: The wall clock, in UTC.
        """
        self.name = name
        self.timetable: Timetable = LiveTimetable()
        self._service = service
        self._now = now

    async def read(self, day: date, known: SourceDay | None) -> SourceList | None:
        """Read a day's list; `None` if it is empty or as it was.

        Raises:
            SourceError: It could not be read.
        """
        found = await self._service.read_list(day)
        if not found.papers or (known is not None and known.body_hash == found.body_hash):
            return None
        return SourceList(
            source=self.name,
            date=day,
            papers=found.papers,
            read_at=self._now(),
            is_live=True,
            opened_at=self.timetable.opens_at(day),
            closed_at=self.timetable.closes_at(day),
            body_hash=found.body_hash,
        )


class UrlDigests:
    """Digests at addresses with the date in them."""

    kind: Final = SourceKind.URL

    def __init__(
        self,
        name: str,
        service: UrlSource,
        *,
        language: str | None,
        now: Callable[[], datetime],
    ) -> None:
        """Build the source.

        Args:
            name: As in the settings.
            service: Reads the addresses.
            language: Of the texts; `None` to recognize it.
            now: The wall clock, in UTC.
        """
        self.name = name
        self.timetable: Timetable = WrittenTimetable()
        self._service = service
        self._language = language
        self._now = now
        self._has_warned = False
        """Whether the log has that what is published here is not read."""

    async def read(self, day: date, known: SourceDay | None) -> SourceList | None:
        """Read a day's digest; `None` if there is none, or it is as it was.

        A digest that this program has published counts as none: it would be its own output.

        Raises:
            SourceError: It could not be read, or what is there is no digest of the day.
        """
        answer = await self._service.read(day, etag=known.etag if known is not None else None)
        if answer is None or answer.text is None:
            return None
        if digest.is_published(answer.text):
            if not self._has_warned:
                log.warning(
                    "%s, digest of %s: it was published by Daily Papers and is not read",
                    self.name,
                    day,
                )
            self._has_warned = True
            return None
        body_hash = hashlib.sha256(answer.text).hexdigest()
        if known is not None and known.body_hash == body_hash:
            return None
        return await asyncio.to_thread(self._parse, day, answer.text, answer.etag, body_hash)

    def _parse(self, day: date, text: bytes, etag: str | None, body_hash: str) -> SourceList:
        line = f"its first line is “{first_line(text)}”"
        try:
            digests, problems = digest.parse(digest.decode(text), path=f"{day}.md")
        except digest.DigestError:
            raise SourceError(f"answered no digest: {line}") from None
        found = next((each for each in digests if each.date == day and each.papers), None)
        if found is None:
            raise SourceError(f"answered no digest of {day}: {line}")
        if problems:
            log.warning(
                "%s, digest of %s: %d problems, the first in line %d: %s",
                self.name,
                day,
                len(problems),
                problems[0].line,
                problems[0].message,
            )
        return SourceList(
            source=self.name,
            date=day,
            papers=found.papers,
            read_at=self._now(),
            language=self._language,
            etag=etag,
            body_hash=body_hash,
        )
