"""Filter papers by words, phrases, authors and votes. Pure.

Words match as in the search: without letter case and accents, and by prefix, so that `추론` matches
`추론을` and `agent` matches `agents`. `GPT-4` is a phrase of two words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from bot.errors import UserError
from storage.records import ListedPaper, Paper, ScheduleSettings

LONGEST: Final = 400
"""The most characters of `include` or `exclude`."""
_MOST_TERMS: Final = 32
_ECHO: Final = 100
_AUTHOR: Final = r"(?:author|authors|저자)\s*:\s*"
_TERM: Final = re.compile(
    rf'(?P<author>{_AUTHOR})?(?:"(?P<phrase>[^"]*)"|(?P<word>[^ "]+)) ?', re.IGNORECASE
)
_ONLY_AUTHOR: Final = re.compile(_AUTHOR, re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;、，；]+")
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟″「」『』《》", '"'))
_ACCENTED: Final = re.compile(r"[^\x00-\x7f\uac00-\ud7a3]+")
_WORD_OF_TEXT: Final = re.compile(r"[^\W_]+")


def _folded(text: str) -> str:
    """Return a text without letter case and accents, for comparison."""
    if text.isascii():
        return text.casefold()
    # Most texts are ASCII and Hangul, which have no accents and would be slow to take apart.
    return unicodedata.normalize("NFC", _ACCENTED.sub(_without_accents, text.casefold()))


def _without_accents(match: re.Match[str]) -> str:
    apart = unicodedata.normalize("NFD", match[0])
    return "".join(each for each in apart if unicodedata.category(each) != "Mn")


def _spaced(text: str) -> str:
    """Return a text's words, with a space before each and after the last."""
    return " " + "".join(f"{word} " for word in _WORD_OF_TEXT.findall(_folded(text)))


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a filter."""

    words: str
    """Folded words, a space before each; with a space after the last if that must match whole."""
    in_authors: bool
    """Whether the term is an author's name, and not part of the title or the text."""

    @classmethod
    def of(cls, text: str, *, in_authors: bool, is_exact: bool) -> Self | None:
        """Return the term of a text; `None` if the text has no word.

        The last word of an exact term matches whole, unless it is Korean: a particle may follow.
        """
        words = _spaced(text)
        if not words.strip():
            return None
        may_go_on = not is_exact or _is_hangul(words[-2])
        return cls(words[:-1] if may_go_on else words, in_authors)


@lru_cache(maxsize=512)
def _searched(paper: Paper) -> tuple[str, str]:
    """Return the words of a paper's title and text, and those of its authors."""
    bodies = (section.body for section in paper.sections)
    # A line between two texts: no phrase begins in one and ends in the next.
    return (
        "\n".join(map(_spaced, (paper.title, *bodies))),
        "\n".join(map(_spaced, paper.authors)),
    )


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
        """Parse the options: `words`, `"exact phrases"` and `author:names`, in any order.

        Raises:
            UserError: A quotation does not end, a term has no word, or a text is too long.
        """
        return cls(tuple(_terms(include)), tuple(_terms(exclude)), min_votes)

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
        text, authors = _searched(paper)

        def matches(term: Term) -> bool:
            return term.words in (authors if term.in_authors else text)

        if any(map(matches, self.exclude)):
            return False
        return not self.include or any(map(matches, self.include))

    def choose(self, papers: Iterable[ListedPaper], count: int) -> tuple[ListedPaper, ...]:
        """Return the `count` matching papers with the most votes, most first."""
        return ranked(listed for listed in papers if self.keeps(listed.paper))[:count]


def ranked(papers: Iterable[ListedPaper]) -> tuple[ListedPaper, ...]:
    """Return papers by votes, most first; ties by rank, then id; unknown votes last."""

    def key(listed: ListedPaper) -> tuple[bool, int, int, str]:
        votes = listed.paper.votes
        return (votes is None, -(votes or 0), listed.rank, listed.paper.arxiv_id)

    return tuple(sorted(papers, key=key))


def split_terms(typed: str) -> tuple[str, tuple[str, ...]]:
    """Split a filter into words and phrases as typed, and the names of authors.

    >>> split_terms('agent author:"Yann LeCun" "world model"')
    ('agent "world model"', ('Yann LeCun',))
    """
    words: list[str] = []
    authors: list[str] = []
    for match in _TERM.finditer(_BETWEEN.sub(" ", typed.translate(_QUOTES)).strip()):
        if match["author"] is None:
            words.append(match[0].strip())
        else:
            authors.append(match["word"] if match["phrase"] is None else match["phrase"])
    return " ".join(words), tuple(authors)


def join_terms(words: str, authors: Iterable[str]) -> str:
    """Return a filter of words and phrases as typed, and of names of authors.

    >>> join_terms("agent", ["Yann LeCun", " "])
    'agent author:"Yann LeCun"'
    """
    names = (" ".join(name.replace('"', " ").split()) for name in authors)
    return " ".join([words, *(f'author:"{name}"' for name in names if name)]).strip()


def _terms(typed: str) -> Iterator[Term]:
    if len(typed) > LONGEST:
        raise UserError("filter-too-long", most=LONGEST)
    # All separators of words also separate the words of a phrase, so a space replaces any of them.
    text = _BETWEEN.sub(" ", typed.translate(_QUOTES)).strip()
    at = found = 0
    while at < len(text):
        match = _TERM.match(text, at)
        if match is None:
            raise UserError("filter-open-quote", text=text[at : at + _ECHO])
        is_exact = match["author"] is not None or match["phrase"] is not None
        words = match["word"] if match["phrase"] is None else match["phrase"]
        term = Term.of(words, in_authors=match["author"] is not None, is_exact=is_exact)
        if term is None or _ONLY_AUTHOR.fullmatch(words):
            raise UserError("filter-no-word", text=match[0].strip()[:_ECHO])
        found += 1
        if found > _MOST_TERMS:
            raise UserError("filter-too-many", most=_MOST_TERMS)
        yield term
        at = match.end()
