"""Which papers a schedule wants: by words, phrases, authors and votes. Pure.

Words are met as the search meets them: letter case and accents aside, each by its beginning, so
that `추론` meets `추론을` and `agent` meets `agents`. `GPT-4` is two words that follow each other.
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
"""Characters of what may be typed as `include` or `exclude`."""
_MOST_TERMS: Final = 32
_ECHO: Final = 100
_AUTHOR: Final = r"(?:author|authors|저자)\s*:\s*"
_TERM: Final = re.compile(
    rf'(?P<author>{_AUTHOR})?(?:"(?P<phrase>[^"]*)"|(?P<word>[^ "]+)) ?', re.IGNORECASE
)
_ONLY_AUTHOR: Final = re.compile(_AUTHOR, re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;、，；]+")
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟″「」『』《》", '"'))
_WORD_OF_TEXT: Final = re.compile(r"[^\W_]+")


def _folded(text: str) -> str:
    """Return a text in which letters that differ by case or accents alone are the same."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(each for each in apart if unicodedata.category(each) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _spaced(text: str) -> str:
    """Return a text's words, each with a blank before it, and one behind the last."""
    return " " + "".join(f"{word} " for word in _WORD_OF_TEXT.findall(_folded(text)))


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for."""

    words: str
    """Folded, a blank before each; with one behind the last where that must end there."""
    in_authors: bool
    """Whether an author's name is meant, and not the title or the text."""

    @classmethod
    def of(cls, text: str, *, in_authors: bool, is_exact: bool) -> Self | None:
        """Return the term that a text means; `None` where it has no word.

        What is exact ends where its last word ends, unless that is a Korean one: a particle may
        follow.
        """
        words = _spaced(text)
        if not words.strip():
            return None
        may_go_on = not is_exact or _is_hangul(words[-2])
        return cls(words[:-1] if may_go_on else words, in_authors)


@lru_cache(maxsize=256)
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
    """What a paper must be to be posted."""

    include: tuple[Term, ...] = ()
    """One of these must be met; none: all papers do."""
    exclude: tuple[Term, ...] = ()
    """None of these may be met."""
    min_votes: int | None = None
    """With unknown votes a paper has fewer."""

    @classmethod
    def parse(cls, include: str, exclude: str, min_votes: int | None) -> Self:
        """Read what was typed: `words`, `"exact phrases"` and `author:names`, in any order.

        Raises:
            UserError: A quotation does not end, something has no word in it, or it is too long.
        """
        return cls(tuple(_terms(include)), tuple(_terms(exclude)), min_votes)

    @classmethod
    def of(cls, settings: ScheduleSettings) -> Self:
        """Return the filter of a schedule, whose texts were checked when it was made."""
        return cls.parse(settings.include, settings.exclude, settings.min_votes)

    def keeps(self, paper: Paper) -> bool:
        """Say whether a paper is wanted."""
        if self.min_votes is not None and (paper.votes is None or paper.votes < self.min_votes):
            return False
        if not self.include and not self.exclude:
            return True
        text, authors = _searched(paper)

        def is_met(term: Term) -> bool:
            return term.words in (authors if term.in_authors else text)

        if any(map(is_met, self.exclude)):
            return False
        return not self.include or any(map(is_met, self.include))

    def choose(self, papers: Iterable[ListedPaper], count: int) -> tuple[ListedPaper, ...]:
        """Return the `count` most voted of the papers that are wanted, the most voted first."""
        return ranked(listed for listed in papers if self.keeps(listed.paper))[:count]


def ranked(papers: Iterable[ListedPaper]) -> tuple[ListedPaper, ...]:
    """Return papers by votes, most first; ties by rank, then id; unknown votes last."""

    def key(listed: ListedPaper) -> tuple[bool, int, int, str]:
        votes = listed.paper.votes
        return (votes is None, -(votes or 0), listed.rank, listed.paper.arxiv_id)

    return tuple(sorted(papers, key=key))


def _terms(typed: str) -> Iterator[Term]:
    if len(typed) > LONGEST:
        raise UserError("filter-too-long", most=LONGEST)
    # What parts words parts those of a phrase too, so a blank may stand for any of it.
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
