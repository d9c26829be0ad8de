"""Which sources the health checks look at, as the settings say."""

from datetime import timedelta

from bot.health.checks import WantedSources
from config.settings import Settings
from config.sources import FILES_NAME, SourceKind


def wanted_sources(settings: Settings) -> WantedSources:
    """Return the sources that are to be read, and how often."""
    active = settings.active_sources()
    folders = [each.name for each in active if each.kind == SourceKind.FOLDER]
    if settings.digests is not None:
        folders.append(FILES_NAME)
    return WantedSources(
        network=[each.name for each in active if each.kind != SourceKind.FOLDER],
        folders=folders,
        max_age=timedelta(hours=settings.http.source_max_hours),
    )
