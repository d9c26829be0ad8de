"""From what a person pasted to the paper they mean."""

import asyncio
from dataclasses import dataclass

from storage import papers, search
from storage.database import Database
from storage.records import ListedPaper, PaperName, arxiv_id_in

SEVERAL = 25
"""Papers offered at most where several are meant: as many as a menu holds."""
NEAR = 5
PATIENCE = 1.0
"""Seconds to look for papers that only mention the words, while a person waits."""
_MENTIONS_COMPARED = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """The one paper that is meant."""

    listed: ListedPaper


@dataclass(frozen=True, slots=True)
class Several:
    """Papers whose titles all have the words."""

    names: tuple[PaperName, ...]
    more: bool
    """Whether there are others than these."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is meant by it that is known."""

    text: str
    arxiv_id: str | None
    """The id, where the text names a valid one."""
    near: tuple[PaperName, ...]
    """Papers that may have been meant."""


async def find(database: Database, text: str) -> Found | Several | Unknown:
    """Find the paper that a text means: by id, by address, or by words of its title.

    Raises:
        StorageError: The database can't be read.
    """
    arxiv_id = arxiv_id_in(text)
    if arxiv_id is not None:
        listed = await papers.get(database, arxiv_id)
        if listed is not None:
            return Found(listed)
        return Unknown(text, arxiv_id, await papers.near(database, arxiv_id, limit=NEAR))
    if not text.strip():
        return Unknown(text, None, ())
    names = await papers.suggest(database, text, limit=SEVERAL + 1)
    same = [name for name in names if _key(name.title) == _key(text)]
    if same or len(names) == 1:
        listed = await papers.get(database, (same or list(names))[0].arxiv_id)
        if listed is not None:
            return Found(listed)
    if names:
        return Several(names[:SEVERAL], more=len(names) > SEVERAL)
    return Unknown(text, None, await _mentions(database, text))


async def _mentions(database: Database, text: str) -> tuple[PaperName, ...]:
    """Return papers whose authors or text have the words; none where that takes too long."""
    try:
        async with asyncio.timeout(PATIENCE):
            found = await search.search(database, text, limit=NEAR, among=_MENTIONS_COMPARED)
    except TimeoutError:
        return ()
    return tuple(map(_name, found))


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _name(listed: ListedPaper) -> PaperName:
    paper = listed.paper
    return PaperName(paper.arxiv_id, paper.title, paper.votes, listed.digest_date)
