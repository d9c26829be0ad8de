"""Filter papers by words, phrases, authors and votes. Pure.

Terms are those of the search (`storage.query`). One of `include` must match, and none of `exclude`.
Words without a field aren't looked for in names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from bot.errors import UserError
from storage import query
from storage.matching import SearchablePaper
from storage.query import ProblemKind, Term
from storage.records import ListedPaper, Paper, ScheduleSettings

LONGEST: Final = query.LONGEST
"""The most characters of `include` or `exclude`."""
_LIMITS: Final = {ProblemKind.TOO_LONG: LONGEST, ProblemKind.TOO_MANY: query.MOST_TERMS}


@lru_cache(maxsize=512)
def _searchable(paper: Paper) -> SearchablePaper:
    return SearchablePaper.of(paper, with_names=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions that a paper must satisfy to be posted."""

    include: tuple[Term, ...] = ()
    """One of these must match; if empty, all papers match."""
    exclude: tuple[Term, ...] = ()
    """None of these may match."""
    min_votes: int | None = None
    """A paper with unknown votes is left out if this is more than 0."""

    @classmethod
    def parse(cls, include: str, exclude: str, min_votes: int | None) -> Self:
        """Parse the options: `words`, `"exact phrases"`, `author:names` and `org:names`.

        A `-` in front of a term, which older versions took for part of the word, is ignored.

        Raises:
            UserError: A quotation does not end, a term has no word, or a text is too long.
        """
        return cls(_terms(include), _terms(exclude), min_votes)

    @classmethod
    def of(cls, settings: ScheduleSettings) -> Self:
        """Return the filter of a schedule, whose texts were checked when it was stored."""
        return cls.parse(settings.include, settings.exclude, settings.min_votes)

    def keeps(self, paper: Paper) -> bool:
        """Return whether a paper matches the filter."""
        if self.min_votes is not None and (paper.votes is None or paper.votes < self.min_votes):
            return False
        if not self.include and not self.exclude:
            return True
        searched = _searchable(paper)
        if any(map(searched.has, self.exclude)):
            return False
        return not self.include or any(map(searched.has, self.include))

    def choose(self, papers: Iterable[ListedPaper], count: int) -> tuple[ListedPaper, ...]:
        """Return the `count` matching papers with the most votes, most first."""
        return rank_by_votes(listed for listed in papers if self.keeps(listed.paper))[:count]


def rank_by_votes(papers: Iterable[ListedPaper]) -> tuple[ListedPaper, ...]:
    """Return papers by votes, most first; ties by rank, then id; unknown votes last."""

    def key(listed: ListedPaper) -> tuple[bool, int, int, str]:
        votes = listed.paper.votes
        return (votes is None, -(votes or 0), listed.rank, listed.paper.arxiv_id)

    return tuple(sorted(papers, key=key))


def join_terms(words: str, authors: Iterable[str]) -> str:
    """Return a filter of words and phrases as typed, and of names of authors.

    >>> join_terms("agent", ["Yann LeCun", " "])
    'agent author:"Yann LeCun"'
    """
    names = (query.quote(query.Field.AUTHOR, name) for name in authors)
    return " ".join([words, *filter(None, names)]).strip()


def check_typed(typed: str) -> None:
    """Check an option as a person has typed it.

    Raises:
        UserError: A term is excluded: `exclude` is an option of its own.
    """
    for term in query.parse(typed).excluded:
        raise UserError("filter-minus", text=str(term))


def _terms(typed: str) -> tuple[Term, ...]:
    parsed = query.parse(typed)
    for problem in parsed.problems:
        if problem.kind in _LIMITS:
            raise UserError(f"filter-{problem.kind}", most=_LIMITS[problem.kind])
        raise UserError(f"filter-{problem.kind}", text=problem.text)
    return parsed.terms
