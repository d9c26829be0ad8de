"""The query language of search, of a schedule's filters and of the words of `/paper`. Pure.

A query has words, `"exact phrases"`, `author:name` and `org:name`; a `-` in front excludes. Nothing
is an error: what can't be understood is a problem beside the terms, and the caller decides what to
do. Operators of SQLite's FTS5 are ordinary characters.

Words match without letter case, accents and inflection, and at the beginning of longer ones.
Korean matches wherever it stands, whatever its spaces are (`storage.tokens`). Unless it is in
quotation marks, it also matches without the particle at its end (`storage.particles`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from storage.particles import without_particle
from storage.tokens import words_in, words_of_name

LONGEST: Final = 400
"""The most characters of a query; what follows is ignored."""
MOST_TERMS: Final = 32
_ECHO: Final = 100

_AUTHOR: Final = r"(?:authors?|저자)\s*:\s*"
_ORGANIZATION: Final = r"(?:org|organi[sz]ation|기관|소속)\s*:\s*"
_TERM: Final = re.compile(
    rf"(?P<minus>-)?(?:(?P<author>{_AUTHOR})|(?P<organization>{_ORGANIZATION}))?"
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^ "]+)) ?',
    re.IGNORECASE,
)
_ONLY_AUTHOR: Final = re.compile(_AUTHOR, re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;、，；\x00]+")
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟″「」『』《》＂", '"') | {"：": ":"})


class Field(StrEnum):
    """Where a term is looked for."""

    ANYWHERE = "anywhere"
    AUTHOR = "author"
    ORGANIZATION = "org"


class ProblemKind(StrEnum):
    """What of a query can't be understood, or goes too far."""

    OPEN_QUOTE = "open-quote"
    NO_WORD = "no-word"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a query that is ignored, or not read as it was meant."""

    kind: ProblemKind
    text: str
    """The part, shortened."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query.

    >>> str(Term(("self", "attention"), is_exact=True))
    '"self attention"'
    """

    words: tuple[str, ...]
    """Normalized; in this order, next to each other. Names may be in another order."""
    field: Field = Field.ANYWHERE
    is_exact: bool = False
    """Whether its words are as they were typed, neither inflected nor the beginning of longer ones;
    Korean may go on nevertheless, as a particle may follow."""
    is_excluded: bool = False

    def __str__(self) -> str:
        """Return the term as it can be typed."""
        text = f'"{" ".join(self.words)}"' if self.is_exact else "-".join(self.words)
        field = "" if self.field is Field.ANYWHERE else f"{self.field}:"
        return f"{'-' * self.is_excluded}{field}{text}"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """Return the query as it can be typed: parsed again, it has the same terms."""
        return " ".join(map(str, self.terms))

    @property
    def required(self) -> tuple[Term, ...]:
        """The terms that aren't excluded."""
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        """The terms that are excluded."""
        return tuple(term for term in self.terms if term.is_excluded)


def parse(typed: str) -> Query:
    """Parse a query; no text is an error.

    >>> [str(term) for term in parse('Agents -survey author:"Yann LeCun"').terms]
    ['agents', '-survey', 'author:"yann lecun"']
    """
    problems: list[Problem] = []
    if len(typed) > LONGEST:
        problems.append(Problem(ProblemKind.TOO_LONG, typed[:_ECHO]))
    terms: list[Term] = []
    for chunk in _chunks(typed[:LONGEST], problems):
        term = _term(chunk)
        if term is None:
            problems.append(Problem(ProblemKind.NO_WORD, chunk[0].strip()[:_ECHO]))
        elif len(terms) == MOST_TERMS:
            problems.append(Problem(ProblemKind.TOO_MANY, chunk[0].strip()[:_ECHO]))
            break
        else:
            terms.append(term)
    return Query(tuple(terms), tuple(problems))


def _chunks(typed: str, problems: list[Problem]) -> Iterator[re.Match[str]]:
    """Yield the terms as typed; a quotation mark without its second is left out."""
    text = _clean(typed)
    at = 0
    while at < len(text):
        match = _TERM.match(text, at)
        if match is None:
            problems.append(Problem(ProblemKind.OPEN_QUOTE, text[at : at + _ECHO]))
            text = text[:at] + text[at:].replace('"', " ")
            at += len(text[at:]) - len(text[at:].lstrip(" -"))
            continue
        yield match
        at = match.end()


def _clean(typed: str) -> str:
    # All separators of words also separate the words of a phrase, so a space replaces any of them.
    return _BETWEEN.sub(" ", typed.translate(_QUOTES)).strip()


def _term(match: re.Match[str]) -> Term | None:
    is_word = match["phrase"] is None
    if is_word and _ONLY_AUTHOR.fullmatch(match["word"]):
        return None
    text = match["word"] if is_word else match["phrase"]
    field = Field.ANYWHERE
    if match["author"]:
        field = Field.AUTHOR
    elif match["organization"]:
        field = Field.ORGANIZATION
    words = words_of_name(text) if field is Field.AUTHOR else words_in(text)
    if not words:
        return None
    if is_word and field is Field.ANYWHERE:
        words = without_particle(words)
    return Term(words, field, is_exact=not is_word, is_excluded=match["minus"] is not None)


def text_of(typed: str) -> str:
    """Return the words of a query that are looked for anywhere, with the particles of Korean ones.

    >>> text_of('고양이 author:lecun -dog "world model"')
    '고양이 world model'
    """
    return " ".join(
        word
        for match in _chunks(typed[:LONGEST], [])
        if not (match["minus"] or match["author"] or match["organization"])
        for word in words_in(match["word"] if match["phrase"] is None else match["phrase"])
    )


def split_authors(typed: str) -> tuple[str, tuple[str, ...]]:
    """Split a query into everything else as typed, and the names of authors.

    >>> split_authors('agent author:"Yann LeCun" "world model"')
    ('agent "world model"', ('Yann LeCun',))
    """
    others: list[str] = []
    authors: list[str] = []
    for match in _TERM.finditer(_clean(typed)):
        if match["author"] is None or match["minus"] is not None:
            others.append(match[0].strip())
        else:
            authors.append(match["word"] if match["phrase"] is None else match["phrase"])
    return " ".join(others), tuple(authors)


def quote(field: Field, name: str) -> str:
    """Return the term of a name as it can be typed; empty if the name is.

    >>> quote(Field.AUTHOR, 'Yann "LeCun"')
    'author:"Yann LeCun"'
    """
    words = " ".join(name.translate(_QUOTES).replace('"', " ").split())
    return f'{field}:"{words}"' if words else ""
