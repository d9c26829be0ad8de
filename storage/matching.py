"""Whether a single paper matches terms of a query. Pure.

The index finds the same, and Korean that begins within a word and ends in the next, too: its pairs
don't tell. It ranks that last.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from storage.documents import NAME_BREAKS, Document
from storage.phrases import (
    Phrase,
    begins_word,
    has_longer_forms,
    is_name,
    phrases,
    within_word,
)
from storage.query import Field, Term
from storage.records import Paper
from storage.stems import stem
from storage.tokens import BREAK, is_cjk


class SearchablePaper:
    """A paper prepared for several terms."""

    def __init__(self, document: Document, *, with_names: bool = True) -> None:
        """Prepare a paper.

        Args:
            document: Its tokens.
            with_names: Whether terms without a field are also looked for in names.
        """
        anywhere = document if with_names else replace(document, authors="", organization="")
        # A break between two columns: no phrase begins in one and ends in the next.
        self._marked = f" {f' {BREAK} '.join(anywhere.columns)} "
        self._text = self._marked.replace("^", "")
        between = f" {' '.join([BREAK] * NAME_BREAKS)} "
        self._names = [
            name.split() for name in document.authors.replace("^", "").split(between) if name
        ]
        self._organization = document.organization.replace("^", "").split()
        self._words = document.words()
        self._stems: defaultdict[str, set[str]] | None = None

    @classmethod
    def of(cls, paper: Paper, *, with_names: bool = True) -> "SearchablePaper":
        """Return a paper prepared."""
        return cls(Document.of_paper(paper), with_names=with_names)

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
        return any(f" {' '.join(phrase)} " in text and self._is_apart(phrase) for phrase in found)

    def _is_apart(self, phrase: Phrase) -> bool:
        """Return whether a phrase begins where a word does, or is within one."""
        if not is_cjk(phrase[0]):
            return True
        patterns = (begins_word(phrase), within_word(phrase))
        return any(re.search(pattern, self._marked) for pattern in patterns)

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
