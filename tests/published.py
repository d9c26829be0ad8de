"""Archives that tests publish, and what is in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from catalogue import CATALOGUE

from bot.publish.archive import Archive
from bot.publish.publisher import Publisher, PublishResult
from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section, SourceList

FRIDAY = date(2025, 2, 21)
CLOSED = datetime(2025, 2, 22, 12, tzinfo=UTC)
"""When Friday has ended everywhere."""
FINAL = CLOSED + timedelta(days=7)
MINUTE = timedelta(minutes=1)
URL = "https://example.org/papers"
PICTURE = "https://example.org/picture.png"


def made_digest(day: date = FRIDAY, *, papers: int = 3, votes: int = 100) -> Digest:
    """Return a day's digest in English."""
    return Digest(
        day,
        tuple(
            Paper(
                f"{day:%y%m}.{day.day:02}{rank:03}",
                f"Paper {rank} of {day}",
                votes - rank,
                ("Ann", "Bo, C."),
                Media(MediaKind.IMAGE, PICTURE) if rank == 1 else None,
                (Section("What's New", f"What *paper {rank}* says."),),
                "en",
            )
            for rank in range(1, papers + 1)
        ),
    )


def with_body(digest: Digest, body: str, language: str) -> Digest:
    """Return a digest with another text of each paper."""
    return Digest(
        digest.date,
        tuple(
            replace(paper, sections=(Section("What's New", body),), language=language)
            for paper in digest.papers
        ),
    )


async def store(
    database: Database, *given: Digest, source: str = "files", closed_at: datetime | None = None
) -> None:
    """Store what a source says."""
    await digests.store_lists(
        database,
        [
            SourceList(
                source=source,
                date=each.date,
                papers=each.papers,
                read_at=CLOSED,
                closed_at=closed_at,
                is_live=closed_at is not None,
            )
            for each in given
        ],
    )


async def publish(
    database: Database, folder: Path, now: datetime = FINAL, *, url: str | None = None
) -> PublishResult:
    """Publish into a folder, as a process does that has just been started."""
    return await Publisher(database, Archive(folder, url), CATALOGUE).publish(now)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of all files, hidden ones too, by their path in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
