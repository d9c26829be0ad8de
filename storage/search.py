"""Search: the papers that a query and its conditions find, by relevance, votes or day."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from storage import query, search_index, spelling
from storage.conditions import documents, filter_by_authors, filter_by_terms
from storage.database import Database
from storage.hits import Hit, load_hits
from storage.meaning import Meaning, Meanings, closeness, near
from storage.query import Field, Query, Term
from storage.ranking import Matcher, Scorer, step
from storage.records import arxiv_id_in
from storage.search_plan import Plan, make_plan
from storage.tokens import words_in, words_of_name

_RANKED: Final = 300
"""Papers that are compared by relevance: all that are found; of more, first those with the words in
their titles, then those added last. The others follow behind."""
_IN_TITLES: Final = 200
_LOOKED_AT: Final = 2_000
"""Papers that are looked at, if no more are asked for; of more, those added last."""
_MOST: Final = 20_000
"""Papers that can be looked at, however many are asked for."""
_CHECKED: Final = 1_000
"""Papers whose authors are compared with names."""
_FIRST: Final = 400
"""Of more papers, only so many of the most voted or newest ones are looked through."""
_NEAR: Final = 50
"""Papers that are found by meaning, at most."""
_MEANING: Final = 0.5
"""Weight of meaning for relevance, where words weigh 1."""


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    VOTES = "votes"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Request:
    """What is searched for; at least one of text, author and org has a word."""

    text: str = ""
    author: str = ""
    org: str = ""
    since: date | None = None
    """The first day; that of a paper's newest list counts."""
    until: date | None = None
    """The last day."""
    min_votes: int | None = None
    sort: Sort = Sort.RELEVANCE

    @property
    def arxiv_id(self) -> str | None:
        """The id of the one paper that is searched for, if the text names it."""
        return arxiv_id_in(self.text)

    def query(self) -> Query:
        """Return the query of text, author and organization together."""
        parsed = query.parse(self.text)
        names = [
            Term(words, name_field)
            for name_field, name, split in (
                (Field.AUTHOR, self.author, words_of_name),
                (Field.ORGANIZATION, self.org, words_in),
            )
            if (words := split(name[: query.LONGEST]))
        ]
        return replace(parsed, terms=(*parsed.terms, *names))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of what was found."""

    hits: tuple[Hit, ...]
    total: int
    """How many there are; if `has_more`, at least."""
    has_more: bool
    """Whether there are too many to look at all of them."""
    is_partial: bool
    """Whether there are too many to compare all of them by relevance."""
    is_indexing: bool
    """Whether not all papers are indexed yet."""
    also: tuple[str, ...]
    """Terms in the other language that were searched, too."""
    query: Query
    """What was understood."""
    similar: tuple[str, ...] = field(default=())
    """Queries with the nearest spellings that find papers, if no paper has the words."""
    is_by_meaning: bool = False
    """Whether no paper has the words, and these are the nearest in meaning."""


async def search(
    database: Database,
    request: Request,
    *,
    limit: int,
    offset: int = 0,
    two_languages: bool = True,
    meanings: Meanings | None = None,
) -> SearchPage:
    """Return a page of the papers that a request finds, best first.

    Papers that changed are indexed first, if they are few.

    Args:
        database: Where they are.
        request: What to search for; one without a required word finds nothing. A text that names a
            paper by its arXiv id or address finds this paper.
        limit: The most papers to return.
        offset: How many to leave out.
        two_languages: Whether terms are searched in the other language, too.
        meanings: Tells what the query means, for the order by relevance, and to find papers if none
            has its words; `None` if that isn't known.

    Raises:
        StorageError: The database can't be read.
    """

    async def run(meaning: Meaning | None) -> SearchPage:
        return await search_index.read(
            database, _search, request, limit, offset, two_languages, meaning
        )

    # Neither names nor what is excluded has a meaning that counts.
    text = "" if request.arxiv_id else query.text_of(request.text)
    if meanings is None or not text:
        return await run(None)
    if request.sort is not Sort.RELEVANCE and (found := await run(None)).total:
        return found
    return await run(await meanings.of_query(text))


def _search(  # noqa: PLR0917 - what a search depends on
    connection: sqlite3.Connection,
    request: Request,
    limit: int,
    offset: int,
    two_languages: bool,
    meaning: Meaning | None,
) -> SearchPage:
    parsed = _with_known_name(connection, request)
    if request.arxiv_id is not None:
        return _find_by_id(connection, request.arxiv_id, parsed, request)
    if not parsed.required:
        return SearchPage(
            (), 0, has_more=False, is_partial=False, is_indexing=False, also=(), query=parsed
        )

    def find(terms: Sequence[Term], most: int) -> tuple[Plan, list[int], bool]:
        plan = make_plan(connection, terms, two_languages=two_languages)
        return plan, *_matches(connection, plan, request, most)

    plan, ids, has_more = find(parsed.terms, min(max(_LOOKED_AT, offset + limit), _MOST))
    ordered = _order(connection, plan, request, ids, meaning)
    has_words = bool(ordered)
    similar: tuple[str, ...] = ()
    if not has_words:
        similar = spelling.similar(
            connection, parsed, lambda near: any(find(near.terms, _RANKED)[1])
        )
    if not has_words and meaning is not None:
        ordered = _near(connection, parsed, request, meaning)
    page = ordered[offset : offset + limit]
    phrases = [phrase for each in plan.required for phrase in each.phrases]
    stale = connection.execute("SELECT 1 FROM stale_papers LIMIT 1").fetchone()
    return SearchPage(
        load_hits(connection, page, parsed, phrases),
        len(ordered),
        has_more,
        has_more or (request.sort is Sort.RELEVANCE and len(ordered) > _RANKED),
        stale is not None,
        plan.also,
        parsed,
        similar,
        bool(ordered) and not has_words,
    )


def _find_by_id(
    connection: sqlite3.Connection, arxiv_id: str, parsed: Query, request: Request
) -> SearchPage:
    """Return the paper with an id, if the conditions allow it."""
    rows = connection.execute("SELECT id FROM papers WHERE arxiv_id = ?", (arxiv_id,))
    ids = _filter(connection, request, [row[0] for row in rows])
    ids = filter_by_terms(connection, replace(request, text="").query().terms, ids)
    hits = load_hits(connection, ids, parsed, ())
    return SearchPage(
        hits, len(hits), has_more=False, is_partial=False, is_indexing=False, also=(), query=parsed
    )


def _near(
    connection: sqlite3.Connection, parsed: Query, request: Request, meaning: Meaning
) -> list[int]:
    """Return the papers that are the nearest in meaning, of those that the conditions allow."""
    ids = _filter(connection, request, near(connection, meaning, limit=_NEAR))
    ids = filter_by_terms(
        connection,
        [term for term in parsed.terms if term.is_excluded or term.field is not Field.ANYWHERE],
        ids,
    )
    if request.sort is not Sort.RELEVANCE:
        ids = _by_sort(connection, request, ids)
    return ids


def _with_known_name(connection: sqlite3.Connection, request: Request) -> Query:
    """Return the query; the whole name of an author isn't the beginning of others."""
    parsed = request.query()
    known = connection.execute(
        "SELECT 1 FROM search_names WHERE kind = 'author' AND name = ?", (request.author,)
    ).fetchone()
    if known is None:
        return parsed
    whole = Term(words_of_name(request.author), Field.AUTHOR)
    return replace(
        parsed,
        terms=tuple(
            replace(each, is_exact=True) if each == whole else each for each in parsed.terms
        ),
    )


def _matches(
    connection: sqlite3.Connection, plan: Plan, request: Request, most: int
) -> tuple[list[int], bool]:
    """Return the papers that are found, as `_candidates` does; of names, those that have them."""
    ids, has_more = _candidates(connection, plan, request, most)
    if plan.names:
        has_more |= len(ids) > _CHECKED
        ids = filter_by_authors(connection, plan.names, ids[:_CHECKED])
    return ids, has_more


def _candidates(
    connection: sqlite3.Connection, plan: Plan, request: Request, most: int
) -> tuple[list[int], bool]:
    """Return the papers to order, likely ones first, and whether there are more than `most`."""
    match = plan.match()
    days = _days_as_ids(connection, request)
    ids = _match(connection, match, days, most + 1)
    has_more = len(ids) > most
    if request.sort is Sort.RELEVANCE and len(ids) > _RANKED:
        ids = [*_in_titles(connection, plan, days), *ids]
    if has_more and (request.sort is not Sort.RELEVANCE or request.min_votes is not None):
        ids = [*_match_first(connection, plan, request), *ids]
    ids = list(dict.fromkeys(ids))[:most]
    if days is not None or request.min_votes is not None:
        ids = _filter(connection, request, ids)
    return ids, has_more


def _days_as_ids(connection: sqlite3.Connection, request: Request) -> tuple[int, int] | None:
    """Return the lowest and the highest id of the papers of the requested days."""
    if request.since is None and request.until is None:
        return None
    ((low, high),) = connection.execute(
        "SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM papers"
        " WHERE digest_date BETWEEN ? AND ?",
        _days(request),
    )
    return low, high


def _days(request: Request) -> tuple[str, str]:
    return (request.since or date.min).isoformat(), (request.until or date.max).isoformat()


def _match(
    connection: sqlite3.Connection,
    match: str,
    ids: tuple[int, int] | None,
    most: int,
    index: str = "paper_index",
) -> list[int]:
    between = "AND rowid BETWEEN ? AND ?" if ids else ""
    rows = connection.execute(
        f"SELECT rowid FROM {index} WHERE {index} MATCH ? {between}"  # noqa: S608 - constants
        " ORDER BY rowid DESC LIMIT ?",
        (match, *(ids or ()), most),
    )
    return [row[0] for row in rows]


def _in_titles(
    connection: sqlite3.Connection, plan: Plan, days: tuple[int, int] | None
) -> list[int]:
    """Return papers that have everything in their titles, which have an index of their own."""
    if not plan.has_only_phrases:
        return []
    found = _match(connection, plan.match(), days, _IN_TITLES, index="title_index")
    # What is excluded may stand elsewhere.
    return _keep_matching(connection, plan, found) if plan.excluded else found


def _match_first(connection: sqlite3.Connection, plan: Plan, request: Request) -> list[int]:
    """Return which of the most voted or the newest papers of the requested days are found.

    The index would look for each of them anew; so their tokens are looked through.
    """
    if not plan.has_only_phrases:
        return []
    order = "digest_date DESC, votes DESC" if request.sort is Sort.DATE else "votes DESC"
    # Without a condition, the index by votes is read in its order.
    has_days = request.since is not None or request.until is not None
    rows = connection.execute(
        f"SELECT id FROM papers {'WHERE digest_date BETWEEN ? AND ?' if has_days else ''}"  # noqa: S608 - constants
        f" ORDER BY {order} LIMIT ?",
        (*(_days(request) if has_days else ()), _FIRST),
    )
    return _keep_matching(connection, plan, [row[0] for row in rows])


def _keep_matching(connection: sqlite3.Connection, plan: Plan, ids: Sequence[int]) -> list[int]:
    """Return which papers have what a plan of phrases looks for in their tokens."""
    matcher = Matcher(plan)
    found = {number for number, packed in documents(connection, ids) if matcher.has(packed)}
    return [each for each in ids if each in found]


def _filter(connection: sqlite3.Connection, request: Request, ids: Sequence[int]) -> list[int]:
    rows = connection.execute(
        """
        SELECT papers.id
        FROM json_each(?) AS found
        CROSS JOIN papers ON papers.id = found.value
        WHERE digest_date BETWEEN ? AND ? AND (? IS NULL OR votes >= ?)
        ORDER BY found.key
        """,
        (json.dumps(ids), *_days(request), request.min_votes, request.min_votes),
    )
    return [row[0] for row in rows]


def _order(
    connection: sqlite3.Connection,
    plan: Plan,
    request: Request,
    ids: Sequence[int],
    meaning: Meaning | None,
) -> list[int]:
    if request.sort is Sort.RELEVANCE:
        return [*_by_relevance(connection, plan, ids[:_RANKED], meaning), *ids[_RANKED:]]
    return _by_sort(connection, request, ids)


def _by_sort(connection: sqlite3.Connection, request: Request, ids: Sequence[int]) -> list[int]:
    order = "digest_date DESC, votes DESC" if request.sort is Sort.DATE else "votes DESC"
    rows = connection.execute(
        "SELECT id FROM papers WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
        f" ORDER BY {order}, rank, arxiv_id",
        (json.dumps(ids),),
    )
    return [row[0] for row in rows]


def _by_relevance(
    connection: sqlite3.Connection, plan: Plan, ids: Sequence[int], meaning: Meaning | None
) -> list[int]:
    scorer = Scorer(plan.required, plan.bonus)
    scores = {number: scorer.score(packed) for number, packed in documents(connection, ids)}
    best = max(scores.values(), default=0.0)
    close = closeness(connection, meaning, ids) if meaning is not None else {}
    closest = max(close.values(), default=0.0)
    if closest > 0:
        for number, value in close.items():
            scores[number] = scores.get(number, 0.0) + _MEANING * best * value / closest
        best *= 1 + _MEANING
    votes = {
        row[0]: row[1] or 0
        for row in connection.execute(
            "SELECT id, votes FROM papers WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return sorted(votes, key=lambda each: (-step(scores.get(each, 0.0), best), -votes[each], -each))
