"""Papers that a search found, with what of them the query asks for."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from storage.papers import paper_from_row
from storage.phrases import Phrase, is_name
from storage.query import Field, Query, Term
from storage.records import ListedPaper
from storage.snippets import Piece, Snippets
from storage.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that was found."""

    listed: ListedPaper
    snippet: tuple[Piece, ...]
    """A passage of its text that has words of the query; empty if only title or names have."""
    authors: tuple[str, ...]
    """Those that the query asks for by `author:`."""


def load_hits(
    connection: sqlite3.Connection, ids: Sequence[int], parsed: Query, phrases: Sequence[Phrase]
) -> tuple[Hit, ...]:
    """Return papers in the order of their ids.

    Args:
        connection: Of the database with the papers.
        ids: Of the papers.
        parsed: The query.
        phrases: What passages are to have.
    """
    rows = connection.execute(
        "SELECT listed_papers.* FROM json_each(?) AS page"
        " CROSS JOIN listed_papers ON listed_papers.id = page.value ORDER BY page.key",
        (json.dumps(ids),),
    )
    snippets = Snippets(phrases)
    names = [term for term in parsed.required if term.field is Field.AUTHOR]
    return tuple(
        Hit(
            each,
            snippets.of(each.paper),
            _named_authors(names, each.paper.authors) if names else (),
        )
        for each in map(paper_from_row, rows)
    )


def _named_authors(terms: Sequence[Term], authors: Sequence[str]) -> tuple[str, ...]:
    """Return the authors of a paper whom one of the terms names, by whole words first."""
    tokens = {name: tokenize(name).replace("^", "").split() for name in authors}

    def is_named(name: str, *, whole: bool) -> bool:
        return any(
            is_name(term.words, tokens[name], is_exact=term.is_exact or whole) for term in terms
        )

    found = [name for name in tokens if is_named(name, whole=False)]
    return tuple(sorted(found, key=lambda name: not is_named(name, whole=True)))
