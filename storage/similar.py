"""Papers like a given one: those that share its distinctive words, or are close in meaning."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from storage import search_index
from storage.conditions import documents
from storage.database import Database
from storage.distinctive import Word, as_shared, distinctive_words
from storage.documents import Document
from storage.meaning import Meaning, Meanings, closeness, near
from storage.papers import paper_from_row
from storage.ranking import Scorer
from storage.records import ListedPaper, Paper

MOST: Final = 50
"""Papers that are similar at most: what follows has little in common with the paper."""
_OF_TITLES: Final = 300
"""Papers that are looked at with a word in the title, those added last."""
_OF_TEXTS: Final = 500
"""The same with a word anywhere; words of more papers are looked for in titles only."""
_PAIRED: Final = 5
"""Words of which two together are looked for in titles."""
_TITLE: Final = 2.0
"""Weight of a word in a title, where it is 1 elsewhere, before texts are compared."""
_COMPARED: Final = 100
"""Papers whose texts are compared."""
_LEAST_SHARED: Final = 2
"""Words that similar papers must share."""
_LEAST_SIMILAR: Final = 0.15
"""How similar a paper must be; the paper's similarity to itself is 1."""
_NAMED: Final = 5
"""Shared words that are named, at most."""
_PROMINENT: Final = 0.45
"""What a named word adds to the other paper's score, where 1 is the most that it can: it is in the
title, several times in the text, or once in a very short text."""


@dataclass(frozen=True, slots=True)
class SimilarPaper:
    """A paper that is similar to another."""

    listed: ListedPaper
    shares: tuple[str, ...]
    """The most distinctive words that both have; may be empty if it is close in meaning."""


@dataclass(frozen=True, slots=True)
class SimilarPapers:
    """A page of the papers that are similar to one."""

    papers: tuple[SimilarPaper, ...]
    total: int
    """Of all pages, at most `MOST`."""
    is_indexing: bool
    """Whether not all papers are indexed yet."""


async def find(
    database: Database,
    paper: Paper,
    *,
    limit: int,
    offset: int = 0,
    meanings: Meanings | None = None,
) -> SimilarPapers:
    """Return a page of the papers that are similar to one, the most similar first.

    Args:
        database: Where they are.
        paper: It needn't be in the database.
        limit: The most papers to return.
        offset: How many to leave out.
        meanings: Tells what the paper means, which counts as much as the words that are shared;
            `None` if that isn't known.

    Raises:
        StorageError: The database can't be read.
    """
    meaning = await meanings.of_paper(paper) if meanings is not None else None
    return await search_index.read(database, _find, paper, limit, offset, meaning)


def _find(
    connection: sqlite3.Connection,
    paper: Paper,
    limit: int,
    offset: int,
    meaning: Meaning | None,
) -> SimilarPapers:
    document = Document.of_paper(paper)
    ((own_id,),) = connection.execute(
        "SELECT max(id) FROM papers WHERE arxiv_id = ?", (paper.arxiv_id,)
    )
    words = distinctive_words(connection, paper, document, is_stored=own_id is not None)
    scorer = Scorer((), [word.clause for word in words], with_names=False)
    likely = [each for each in _candidates(connection, words) if each != own_id][:_COMPARED]
    similar = _by_words(connection, scorer, words, document, likely)
    if meaning is not None:
        close = near(connection, meaning, limit=MOST, without=own_id)
        similar = _with_meaning(connection, meaning, close, similar)
    ids = sorted(similar, key=lambda number: (-similar[number], -number))[:MOST]
    page = ids[offset : offset + limit]
    shares = {
        number: _shared_words(scorer, words, document, packed)
        for number, packed in documents(connection, page)
    }
    rows = connection.execute(
        "SELECT listed_papers.* FROM json_each(?) AS page"
        " CROSS JOIN listed_papers ON listed_papers.id = page.value ORDER BY page.key",
        (json.dumps(page),),
    )
    stale = connection.execute("SELECT 1 FROM stale_papers LIMIT 1").fetchone()
    return SimilarPapers(
        tuple(SimilarPaper(paper_from_row(row), shares.get(row["id"], ())) for row in rows),
        len(ids),
        stale is not None,
    )


def _candidates(connection: sqlite3.Connection, words: Sequence[Word]) -> list[int]:
    """Return papers that have some of the words, likely ones first."""
    scores: defaultdict[int, float] = defaultdict(float)

    def look(index: str, match: str, weight: float, most: int) -> None:
        rows = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?",  # noqa: S608 - a constant
            (match, most),
        )
        for (number,) in rows:
            scores[number] += weight

    for word in words:
        match = word.clause.match
        look("title_index", match, _TITLE * word.weight, _OF_TITLES)
        if word.papers <= _OF_TEXTS:
            look("paper_index", f"{{title keywords body}} : ({match})", word.weight, _OF_TEXTS)
    frequent = [word for word in words[:_PAIRED] if word.papers > _OF_TITLES]
    for one, other in combinations(frequent, 2):
        match = f"({one.clause.match}) AND ({other.clause.match})"
        look("title_index", match, one.weight + other.weight, _OF_TITLES)
    return sorted(scores, key=lambda number: (-scores[number], -number))


def _by_words(
    connection: sqlite3.Connection,
    scorer: Scorer,
    words: Sequence[Word],
    document: Document,
    ids: Sequence[int],
) -> dict[int, float]:
    """Return those papers that share enough with a document, with how similar they are."""
    to_itself = scorer.score(document.pack())
    similar = {}
    for number, packed in documents(connection, ids):
        parts = scorer.parts(packed)
        similarity = sum(parts) / to_itself if to_itself else 0.0
        is_similar = similarity >= _LEAST_SIMILAR and sum(map(bool, parts)) >= _LEAST_SHARED
        if is_similar and _to_name(words, parts):
            similar[number] = similarity
    return similar


def _with_meaning(
    connection: sqlite3.Connection,
    meaning: Meaning,
    close: Sequence[int],
    similar: Mapping[int, float],
) -> dict[int, float]:
    """Return papers that are similar by words or in meaning; both count the same."""
    values = closeness(connection, meaning, list({*close, *similar}))
    return {
        number: similar.get(number, 0.0) + values.get(number, 0.0) for number in (*close, *similar)
    }


def _shared_words(
    scorer: Scorer, words: Sequence[Word], document: Document, packed: bytes
) -> tuple[str, ...]:
    """Return the words that a document shares with another one, the most distinctive first."""
    other = Document.unpack(packed)
    found = _to_name(words, scorer.parts(packed))
    return tuple(dict.fromkeys(as_shared(word, (document, other)) for word in found))[:_NAMED]


def _to_name(words: Sequence[Word], parts: Sequence[float]) -> list[Word]:
    """Return the words that tell what a paper shares, from what each adds to its score."""
    found = [
        (part, word)
        for word, part in zip(words, parts, strict=True)
        if word.is_named and part >= _PROMINENT * word.weight
    ]
    return [word for _, word in sorted(found, key=lambda each: -each[0])]
