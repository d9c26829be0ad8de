"""The writer of the settings, for `run` and `write`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.observer import Observer
from bot.writer.client import ChatClient
from bot.writer.drafting import Drafting, FullTexts
from bot.writer.settings import WriterSettings
from bot.writer.writing import Writing
from config.settings import Writer
from storage.database import Database
from storage.writer_attempts import DailyLimits


@asynccontextmanager
async def connect_writer(
    settings: Writer,
    database: Database,
    full_texts: FullTexts,
    *,
    now: Callable[[], datetime],
    observer: Observer | None = None,
) -> AsyncIterator[Writing | None]:
    """Yield what writes with the model of the settings; `None` if they have none.

    Args:
        settings: The table `[writer]`.
        database: Where papers and texts are.
        full_texts: Knows the full text of papers.
        now: The wall clock, in UTC.
        observer: Is told of each attempt to write.
    """
    if settings.url is None or settings.model is None:
        yield None
        return
    key = settings.key.get_secret_value() if settings.key is not None else None
    client = ChatClient(settings.url, settings.model, key=key)
    try:
        drafting = Drafting(database, client, full_texts)
        yield Writing(database, drafting, settings.model, now=now, observer=observer)
    finally:
        await client.close()


def writer_settings(settings: Writer) -> WriterSettings:
    """Return languages and limits of the settings."""
    return WriterSettings(
        languages=settings.languages,
        limits=DailyLimits(settings.papers_per_day, settings.tokens_per_day),
        parallel=settings.parallel,
        all=settings.all,
    )
