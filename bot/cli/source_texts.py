"""What sources read, in words for operators. Imports little: `sources` needs it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from config.settings import HUGGINGFACE_URL, Settings
from config.sources import FILES_NAME, Source

_QUERY_VALUE: Final = re.compile(r"(?<==)[^&{}]+(?=&|$)")


def reads_of(source: Source, settings: Settings) -> str:
    """Return what a source reads: an address without credentials, or a folder."""
    if source.path is not None:
        return str(source.path)
    if source.url is not None:
        return public_address(source.url)
    return settings.huggingface.url or HUGGINGFACE_URL


def public_address(template: str) -> str:
    """Return an address without what can be a password: user and constants of the query.

    >>> public_address("https://ann:secret@example.org/{date:%Y}.md?key=secret&day={date}")
    'https://example.org/{date:%Y}.md?key=…&day={date}'
    """
    parts = urlsplit(template)
    query = _QUERY_VALUE.sub("…", parts.query)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


def source_lines(settings: Settings) -> Iterator[str]:
    """Yield a line for each source: its name, its kind and what it reads."""
    for source in settings.active_sources():
        yield f"{source.name} ({source.kind}): {reads_of(source, settings)}{_note(source.path)}"
    if settings.digests is not None:
        yield f"{FILES_NAME} (folder): {settings.digests}{_note(settings.digests)}"


def _note(folder: Path | None) -> str:
    return ", which does not exist yet" if folder is not None and not folder.exists() else ""
