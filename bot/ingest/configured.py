"""The sources of the settings: what reads them, which folders are watched, and their order."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.ingest.full_texts import FullTexts
from bot.ingest.lists import HuggingFaceLists, ListSource, UrlDigests
from bot.ingest.live_lookup import LookupService
from bot.ingest.watch import WatchedFolder
from bot.sources.arxiv import ArXiv
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from bot.sources.url import UrlSource
from config.settings import ARXIV_URL, HUGGINGFACE_URL, Settings
from config.sources import Source
from storage.records import SourceKind


@dataclass(frozen=True, slots=True)
class ConfiguredSources:
    """The sources that the settings have."""

    lists: tuple[ListSource, ...] = ()
    """Those that are read over the network, in order of precedence."""
    folders: tuple[WatchedFolder, ...] = ()
    """The folder `digests` is the last one."""
    precedence: tuple[tuple[str, SourceKind], ...] = ()
    """The names and kinds of all but `files`, which is always last."""
    lookup_services: tuple[LookupService, ...] = ()
    """What is asked for papers that no list has, in this order; none if all sources are off."""
    full_texts: FullTexts = field(default_factory=lambda: FullTexts(None))
    """Knows the full text of papers; of none if all sources are off."""

    @property
    def title(self) -> str:
        """What is read over the network, for people; empty if that is nothing."""
        return ", ".join(
            HuggingFace.name if source.kind is SourceKind.HUGGINGFACE else source.name
            for source in self.lists
        )

    @property
    def has_written_digests(self) -> bool:
        """Whether there are digests that somebody writes, and that can be late.

        Without any source, all papers come from `daily-papers ingest`.
        """
        is_written = any(source.kind is SourceKind.URL for source in self.lists)
        return is_written or bool(self.folders) or not self.lists


@asynccontextmanager
async def connect_sources(
    settings: Settings, *, now: Callable[[], datetime], patience: float = 60.0
) -> AsyncIterator[ConfiguredSources]:
    """Yield the sources of the settings, all on one HTTP client, which is closed at the end.

    Args:
        settings: The settings in force.
        now: The wall clock, in UTC.
        patience: Seconds for which a request waits by itself for a rate limit to end.
    """
    client = HttpClient(patience=patience)
    try:
        yield _configure(settings, client, now)
    finally:
        await client.close()


def _configure(
    settings: Settings, client: HttpClient, now: Callable[[], datetime]
) -> ConfiguredSources:
    token = settings.huggingface.token
    huggingface = HuggingFace(
        client,
        url=settings.huggingface.url or HUGGINGFACE_URL,
        token=token.get_secret_value() if token is not None else None,
    )
    lists: list[ListSource] = []
    folders: list[WatchedFolder] = []
    for source in settings.active_sources():
        kind = SourceKind(source.kind)
        if kind is SourceKind.HUGGINGFACE:
            lists.append(HuggingFaceLists(source.name, huggingface, now=now))
        elif source.url is not None:
            lists.append(_url_digests(source, source.url, client, now))
        elif source.path is not None:
            folders.append(WatchedFolder(source.path, source.name, source.language))
    if settings.digests is not None:
        folders.append(WatchedFolder(settings.digests))
    arxiv = ArXiv(client, url=settings.arxiv.url or ARXIV_URL)
    return ConfiguredSources(
        tuple(lists),
        tuple(folders),
        precedence_of(settings),
        (huggingface, arxiv) if settings.sources != () else (),
        FullTexts(huggingface if settings.sources != () else None),
    )


def _url_digests(
    source: Source, url: str, client: HttpClient, now: Callable[[], datetime]
) -> UrlDigests:
    return UrlDigests(source.name, UrlSource(client, url), language=source.language, now=now)


def precedence_of(settings: Settings) -> tuple[tuple[str, SourceKind], ...]:
    """Return the names and kinds of the sources of the settings, in order."""
    return tuple((source.name, SourceKind(source.kind)) for source in settings.active_sources())
