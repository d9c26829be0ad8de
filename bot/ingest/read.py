"""Read and parse files, and store the digests in them."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from bot import digest
from bot.digest import DigestError, Problem
from bot.digest.published import published_language
from bot.digest.source import MAX_BYTES
from bot.ingest.report import IngestResult
from bot.sources import folder
from storage import digests
from storage.database import Database
from storage.records import FILES, Digest, SourceList, StoredDigest

_MAX_DAYS_AHEAD: Final = timedelta(days=2)
"""How far a digest's date may lie in the future: other time zones, and digests written ahead."""
_BATCH_FILES: Final = 16
_BATCH_BYTES: Final = 1024 * 1024
"""A batch ends at the file that reaches one of these."""
_TRANSACTION_DIGESTS: Final = 16
"""Digests stored in one transaction, which takes some 50 ms; other writers wait for its end."""


@dataclass(frozen=True, slots=True)
class _ParsedText:
    """A text after parsing, before anything is stored."""

    path: str
    digests: tuple[Digest, ...] = ()
    """Those to store."""
    problems: tuple[Problem, ...] = ()
    refused: tuple[str, ...] = ()
    """Why the text, or a digest in it, is not to be stored, worded as `IngestResult.refused`."""
    size: int = 0
    """Bytes of the file."""
    language: str | None = None
    """Of the sections, if the file says it."""


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to read for some paths: each file once, a folder replaced by its digests.

    A path that is no folder counts as a file, also if it doesn't exist or is a subfolder without
    permission: `ingest_files` then reports why it can't be read.
    """
    files: dict[Path, None] = {}
    for path in paths:
        files.update(dict.fromkeys(folder.list_digests(path) if path.is_dir() else (path,)))
    return tuple(files)


async def ingest_text(
    database: Database, text: str | bytes, *, path: str, read_at: datetime
) -> IngestResult:
    """Parse a text and store the digests in it.

    Args:
        database: Where to store.
        text: The text, or its bytes in UTF-8.
        path: Where the text comes from. Its date is used if the text has none.
        read_at: When the votes were read; UTC.

    Returns:
        What was stored and what was wrong. A text without a digest is `refused`, not raised.

    Raises:
        StorageError: The database can't be written.
    """
    parsed = await asyncio.to_thread(_parse_text, text, path, read_at)
    (result,) = await _store(database, [parsed], read_at=read_at)
    return result


async def ingest_files(
    database: Database,
    files: Iterable[Path],
    *,
    read_at: datetime,
    source: str = FILES,
    language: str | None = None,
    skip_published: bool = False,
) -> AsyncGenerator[IngestResult, None]:
    """Read files in order, store their digests, and yield one result per file.

    A file that can't be read or has no digest is yielded as `refused`, and the next ones are still
    read. That includes a README in a folder: a day's file that lost its heading looks the same,
    and would be missed by nobody if it were skipped silently.

    Args:
        database: Where to store.
        files: As returned by `files_in`.
        read_at: When the votes were read; UTC.
        source: The name of the source that the files belong to.
        language: Of the texts; `None` to recognize it.
        skip_published: Whether files that this program has published are left out.

    Raises:
        StorageError: The database can't be written. Everything yielded before is stored.
    """
    remaining = iter(files)
    next_batch = _start_reading(remaining, read_at, skip_published)
    try:
        while batch := await next_batch:
            # SQLite works without Python's global lock: the next files are parsed meanwhile.
            next_batch = _start_reading(remaining, read_at, skip_published)
            for result in await _store(
                database, batch, read_at=read_at, source=source, language=language
            ):
                yield result
    finally:
        next_batch.cancel()


def _start_reading(
    files: Iterator[Path], read_at: datetime, skip_published: bool
) -> asyncio.Task[list[_ParsedText]]:
    reading = asyncio.to_thread(_read_batch, files, read_at, skip_published)
    return asyncio.create_task(reading, name="read digests")


async def _store(
    database: Database,
    batch: Sequence[_ParsedText],
    *,
    read_at: datetime,
    source: str = FILES,
    language: str | None = None,
) -> list[IngestResult]:
    """Store the digests of some texts; return one result per text."""
    accepted = [
        SourceList(
            source=source,
            date=one.date,
            papers=one.papers,
            read_at=read_at,
            language=language or parsed.language,
        )
        for parsed in batch
        for one in parsed.digests
    ]
    stored: list[StoredDigest] = []
    for start in range(0, len(accepted), _TRANSACTION_DIGESTS):
        chunk = accepted[start : start + _TRANSACTION_DIGESTS]
        stored += await digests.store_lists(database, chunk)
    remaining = iter(stored)
    return [
        IngestResult(
            parsed.path,
            tuple(islice(remaining, len(parsed.digests))),
            parsed.problems,
            "; ".join(parsed.refused) or None,
        )
        for parsed in batch
    ]


def _refusal(one: Digest, read_at: datetime) -> str | None:
    """Return why a digest must not be stored: it would hide the real newest digest."""
    if not one.papers:
        return f"names {one.date} and no paper of it"
    if one.date > read_at.astimezone(UTC).date() + _MAX_DAYS_AHEAD:
        return f"is dated {one.date}, which is yet to come"
    return None


def _read_batch(
    files: Iterator[Path], read_at: datetime, skip_published: bool
) -> list[_ParsedText]:
    """Read and parse the next few files; return an empty list at the end."""
    batch: list[_ParsedText] = []
    size = 0
    for path in files:
        parsed = _parse_file(path, read_at, skip_published)
        if parsed is None:
            continue
        batch.append(parsed)
        size += parsed.size
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            break
    return batch


def _parse_file(path: Path, read_at: datetime, skip_published: bool) -> _ParsedText | None:
    """Read and parse a file; return `None` if it is skipped."""
    try:
        with path.open("rb") as file:
            # One byte over the limit is enough to refuse the file.
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _ParsedText(str(path), refused=(f"can't be read: {error.strerror or error}",))
    if skip_published and digest.is_published(data):
        return None
    parsed = _parse_text(data, str(path), read_at)
    return replace(parsed, size=len(data), language=published_language(data))


def _parse_text(text: str | bytes, path: str, read_at: datetime) -> _ParsedText:
    try:
        decoded = digest.decode(text) if isinstance(text, bytes) else text
        parsed, problems = digest.parse(decoded, path=path)
    except DigestError as error:
        return _ParsedText(path, refused=(str(error),))
    refusals = [_refusal(one, read_at) for one in parsed]
    return _ParsedText(
        path,
        tuple(one for one, refusal in zip(parsed, refusals, strict=True) if refusal is None),
        problems,
        tuple(filter(None, refusals)),
    )
