"""What `run` logs at its start: what it reads, and what the database holds."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

from bot.cli.source_texts import source_lines
from config.settings import Settings
from config.sources import FILES_NAME
from storage import digests, papers, schedules
from storage.database import Database
from storage.errors import StorageError
from storage.writer_attempts import shares

log = logging.getLogger(__name__)


async def log_start(settings: Settings, database: Database) -> None:
    """Log the sources, how many papers and schedules there are, and what is missing."""
    lines = list(source_lines(settings))
    for line in lines:
        log.info("source %s", line)
    if not lines:
        log.info("no source is read: the settings turn them off")
    for name, folder in _folders(settings):
        if not await asyncio.to_thread(folder.is_dir):
            log.warning("the folder of source %s does not exist: %s", name, folder.absolute())
        elif not await asyncio.to_thread(_has_digest, folder):
            log.warning(
                "the folder of source %s holds no digest (.md): %s", name, folder.absolute()
            )
    try:
        await _log_contents(database, has_sources=bool(lines))
        if settings.writer.is_on:
            await _log_writer(settings, database)
    except StorageError as error:
        log.warning("can't read what the database holds: %s", error)


async def _log_contents(database: Database, *, has_sources: bool) -> None:
    newest = await digests.newest(database)
    count = await papers.count(database)
    stored = "no papers"
    if newest is not None:
        stored = f"{count:,} {'paper' if count == 1 else 'papers'}, the newest of {newest}"
    kept = await schedules.count(database)
    log.info(
        "the database holds %s, and %s %s",
        stored,
        f"{kept:,}" if kept else "no",
        "schedule" if kept == 1 else "schedules",
    )
    if newest is None and not has_sources:
        log.warning(
            "there are no papers, and no source to read them from: set [[sources]] or digests, or "
            "add some with “daily-papers ingest FOLDER”"
        )


async def _log_writer(settings: Settings, database: Database) -> None:
    model, languages = settings.writer.model, ", ".join(settings.writer.languages)
    share = next((each for each in await shares(database) if each.model == model), None)
    if share is None or not share.sentences:
        log.info("summaries are written by %s in %s", model, languages)
        return
    log.info(
        "summaries are written by %s in %s: %s so far, %.1f %% of its sentences left out",
        model,
        languages,
        f"{share.texts:,}",
        100 * share.dropped / share.sentences,
    )


def _folders(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield the name and folder of each source that is a folder."""
    for source in settings.active_sources():
        if source.path is not None:
            yield source.name, source.path
    if settings.digests is not None:
        yield FILES_NAME, settings.digests


def _has_digest(folder: Path) -> bool:
    try:
        return any(folder.rglob("*.md"))
    except OSError:
        # Reading the folder logs the reason.
        return True
