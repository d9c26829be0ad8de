"""Whether a single paper matches terms of a query, as the index would find it. Pure."""

from collections import defaultdict
from collections.abc import Iterator

from storage.documents import NAME_BREAKS, Document
from storage.phrases import has_longer_forms, is_name, phrases
from storage.query import Field, Term
from storage.records import Paper
from storage.stems import stem
from storage.tokens import BREAK, is_cjk


class Searched:
    """A paper prepared for several terms."""

    def __init__(self, document: Document) -> None:
        columns = [column.replace("^", "") for column in document.columns]
        # A break between two columns: no phrase begins in one and ends in the next.
        self._text = f" {f' {BREAK} '.join(columns)} "
        between = f" {' '.join([BREAK] * NAME_BREAKS)} "
        self._names = [
            name.split() for name in document.authors.replace("^", "").split(between) if name
        ]
        self._organization = document.organization.replace("^", "").split()
        self._words = document.words()
        self._stems: defaultdict[str, set[str]] | None = None

    @classmethod
    def of(cls, paper: Paper) -> "Searched":
        """Return a paper prepared."""
        return cls(Document.of_paper(paper))

    def has(self, term: Term) -> bool:
        """Return whether the paper has what a term looks for; that it excludes isn't considered."""
        match term.field:
            case Field.AUTHOR:
                return any(
                    is_name(term.words, name, is_exact=term.is_exact) for name in self._names
                )
            case Field.ORGANIZATION:
                return self._has(term, f" {' '.join(self._organization)} ")
            case Field.ANYWHERE:
                return self._has(term, self._text)

    def _has(self, term: Term, text: str) -> bool:
        found = phrases(term.words, self._forms, is_exact=term.is_exact)
        return any(f" {' '.join(phrase)} " in text for phrase in found)

    def _forms(self, word: str) -> Iterator[str]:
        yield word
        if has_longer_forms(word):
            yield from (each for each in self._words if each.startswith(word))
        if not is_cjk(word):
            if self._stems is None:
                self._stems = defaultdict(set)
                for each in self._words:
                    if not is_cjk(each):
                        self._stems[stem(each)].add(each)
            yield from self._stems[stem(word)]
