"""Find the paper that a person means by an id, an address or words."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from storage import search, suggestions
from storage.database import Database
from storage.meaning import Meanings
from storage.records import ListedPaper, PaperName, arxiv_id_in

MAX_MATCHES: Final = 25
"""Papers offered at most when several match: the size of a Discord menu."""
MAX_SUGGESTIONS: Final = 5
"""Papers suggested at most when none matches."""
SEARCH_TIMEOUT: Final = 1.0
"""Seconds for the full-text search that finds suggestions; a person is waiting."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Several:
    """Several papers whose titles have all the words."""

    names: tuple[PaperName, ...]
    has_more: bool
    """Whether more papers match than `names` holds."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No known paper matches."""

    text: str
    arxiv_id: str | None
    """The arXiv id in the text; `None` if the text has none."""
    suggestions: tuple[PaperName, ...]
    """Papers that may have been meant."""
    similar: tuple[str, ...] = ()
    """Queries with the nearest spellings, if no paper has the words."""
    is_by_meaning: bool = False
    """Whether no paper has the words, and the suggestions are the nearest in meaning."""
    is_searched: bool = False
    """Whether the words were looked for in all texts, too."""


async def find(
    database: Database,
    text: str,
    get: Callable[[str], Awaitable[T | None]],
    *,
    two_languages: bool = True,
    meanings: Meanings | None = None,
) -> T | Several | Unknown:
    """Find the paper that a text names: by id, by address, or by words of its title.

    Args:
        database: Where to look.
        text: What a person typed or pasted.
        get: Returns what the caller needs of the paper with an arXiv id, or `None` if no digest
            lists it. It is called at most once.
        two_languages: Whether words that fit no title are searched in the other language, too.
        meanings: Tells what they mean; `None` if that isn't known.

    Raises:
        StorageError: The database can't be read.
    """
    arxiv_id = arxiv_id_in(text)
    if arxiv_id is not None:
        found = await get(arxiv_id)
        if found is not None:
            return found
        near = await suggestions.near(database, arxiv_id, limit=MAX_SUGGESTIONS)
        return Unknown(text, arxiv_id, near)
    if not text.strip():
        return Unknown(text, None, ())
    names = await suggestions.suggest(database, text, limit=MAX_MATCHES + 1)
    same_title = [name for name in names if _normalize(name.title) == _normalize(text)]
    if same_title or len(names) == 1:
        found = await get((same_title or list(names))[0].arxiv_id)
        if found is not None:
            return found
    if names:
        return Several(names[:MAX_MATCHES], has_more=len(names) > MAX_MATCHES)
    return await _search(database, text, two_languages, meanings)


async def _search(
    database: Database, text: str, two_languages: bool, meanings: Meanings | None
) -> Unknown:
    """Return the first papers that a search for the words finds; none if that takes too long."""
    try:
        async with asyncio.timeout(SEARCH_TIMEOUT):
            found = await search.search(
                database,
                search.Request(text),
                limit=MAX_SUGGESTIONS,
                two_languages=two_languages,
                meanings=meanings,
            )
    except TimeoutError:
        return Unknown(text, None, ())
    names = tuple(_name(hit.listed) for hit in found.hits)
    return Unknown(text, None, names, found.similar, found.is_by_meaning, is_searched=True)


def _normalize(title: str) -> str:
    return " ".join(title.casefold().split())


def _name(listed: ListedPaper) -> PaperName:
    paper = listed.paper
    return PaperName(paper.arxiv_id, paper.title, paper.votes, listed.digest_date)
