"""Source → digest → storage; says what was refused and why."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import digest
from bot.digest import DigestError, Problem
from bot.digest.source import MAX_BYTES
from bot.sources import folder
from storage import digests
from storage.database import Database
from storage.records import Digest, StoredDigest

_AHEAD = timedelta(days=2)
"""How far a date may be ahead of ours: it is tomorrow elsewhere, and somebody writes ahead."""
_FILES_AT_A_TIME = 8
_BYTES_AT_A_TIME = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of one text."""

    path: str
    """Where the text came from, as it was asked for."""
    stored: tuple[StoredDigest, ...] = ()
    """What storing each of its digests did."""
    problems: tuple[Problem, ...] = ()
    """What could not be taken as it stands; the rest was."""
    refused: str | None = None
    """Why the text, or a day in it, was not taken, in words that go on from the path; `None` where
    all was."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading one text, before anything is stored."""

    digests: tuple[Digest, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: str | None = None
    size: int = 0
    """Bytes of the file."""


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to read for some paths: each file once, a folder as what it holds.

    What is no folder is taken as a file, even where there is none: reading it says so. So it is
    with folders that can't be looked into.
    """
    files: dict[Path, None] = {}
    for path in paths:
        files.update(dict.fromkeys(folder.listing(path) if path.is_dir() else (path,)))
    return tuple(files)


async def ingest_text(
    database: Database, text: str | bytes, *, path: str, read_at: datetime
) -> Ingested:
    """Read the digests of a text and store each in a transaction of its own.

    Args:
        database: where to.
        text: the text, or its bytes in UTF-8.
        path: where it comes from; gives the date where the text has none.
        read_at: when the votes were seen; UTC.

    Returns:
        What was stored and what was wrong. A text that is no digest is `refused`, not raised.

    Raises:
        StorageError: it could not be stored.
    """
    read = await asyncio.to_thread(_read_text, text, path)
    return await _store(database, read, path=path, read_at=read_at)


async def ingest_files(
    database: Database, files: Iterable[Path], *, read_at: datetime
) -> AsyncGenerator[Ingested, None]:
    """Read files one after the other, store their digests, and yield what came of each.

    A file that can't be read or is no digest is yielded as `refused`, and the others go on. That
    goes for any file, also for a README found in a folder: a day's file that has lost its heading
    looks no different, and nobody would miss it if it were passed over.

    Args:
        database: where to.
        files: as `files_in` gives them; as many results come as there are files.
        read_at: when the votes were seen; UTC.

    Raises:
        StorageError: it could not be stored. What was yielded before is stored.
    """
    upcoming = iter(files)
    while reads := await asyncio.to_thread(_read_some, upcoming):
        for path, read in reads:
            yield await _store(database, read, path=str(path), read_at=read_at)


async def _store(database: Database, read: _Read, *, path: str, read_at: datetime) -> Ingested:
    stored, refused = [], [read.refused] if read.refused else []
    for day in read.digests:
        if reason := _why_not(day, read_at):
            refused.append(reason)
        else:
            stored.append(await digests.store(database, day, read_at=read_at))
    return Ingested(path, tuple(stored), read.problems, "; ".join(refused) or None)


def _why_not(day: Digest, read_at: datetime) -> str | None:
    """Return why a day's list is not to be believed: it would stand before the true newest one."""
    if not day.papers:
        return f"names {day.date} and no paper of it"
    if day.date > read_at.astimezone(UTC).date() + _AHEAD:
        return f"is dated {day.date}, which is yet to come"
    return None


def _read_some(files: Iterator[Path]) -> list[tuple[Path, _Read]]:
    """Read the next few files; none where there are no more.

    A day's file is small: reading several at a time keeps both this and the storing that follows
    in the processor's caches, and takes a tenth off the whole.
    """
    reads: list[tuple[Path, _Read]] = []
    size = 0
    for path in files:
        reads.append((path, _read_file(path)))
        size += reads[-1][1].size
        if size >= _BYTES_AT_A_TIME or len(reads) >= _FILES_AT_A_TIME:
            break
    return reads


def _read_file(path: Path) -> _Read:
    try:
        with path.open("rb") as file:
            # One byte more than may be read is enough to refuse the file.
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _Read(refused=f"can't be read: {error.strerror or error}")
    return replace(_read_text(data, str(path)), size=len(data))


def _read_text(text: str | bytes, path: str) -> _Read:
    try:
        decoded = digest.decode(text) if isinstance(text, bytes) else text
        return _Read(*digest.parse(decoded, path=path))
    except DigestError as error:
        return _Read(refused=str(error))
