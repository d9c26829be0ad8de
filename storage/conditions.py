"""Conditions that the index doesn't check: they are looked for in the tokens of candidates."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from storage.documents import NAME_BREAKS, Document
from storage.matching import SearchablePaper
from storage.phrases import is_name
from storage.query import Term
from storage.tokens import BREAK

_BREAKS: Final = f" {' '.join([BREAK] * NAME_BREAKS)} "


def documents(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterable[tuple[int, bytes]]:
    """Return the packed tokens of papers, in no order."""
    return connection.execute(
        "SELECT paper_id, tokens FROM paper_tokens"
        " WHERE paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )


def filter_by_authors(
    connection: sqlite3.Connection, names: Sequence[Term], ids: Sequence[int]
) -> list[int]:
    """Return the papers that have all authors: the index finds words of a name apart, too."""
    kept = set()
    for paper_id, packed in documents(connection, ids):
        document = Document.unpack(packed)
        authors = [name.split() for name in document.authors.replace("^", "").split(_BREAKS)]
        found = (
            any(is_name(term.words, name, is_exact=term.is_exact) for name in authors)
            is not term.is_excluded
            for term in names
        )
        if all(found):
            kept.add(paper_id)
    return [each for each in ids if each in kept]


def filter_by_terms(
    connection: sqlite3.Connection, terms: Sequence[Term], ids: list[int]
) -> list[int]:
    """Return the papers that have all terms, and none of those that are excluded."""
    if not terms:
        return ids
    kept = set()
    for paper_id, packed in documents(connection, ids):
        paper = SearchablePaper(Document.unpack(packed))
        if all(paper.has(term) is not term.is_excluded for term in terms):
            kept.add(paper_id)
    return [each for each in ids if each in kept]
