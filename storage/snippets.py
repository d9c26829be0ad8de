"""Passages of a paper's text that have words of a query. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storage.normalization import is_plain, normalize, plain
from storage.phrases import BEGINNING, Phrase
from storage.records import Paper
from storage.tokens import CJK_CHARACTER, is_cjk

_LENGTH: Final = 140
_BEFORE: Final = 40
"""Characters before the first match."""
_LONGEST_BODY: Final = 20_000
"""Characters of a body that are looked through."""
_MOST_PHRASES: Final = 200
_TOGETHER: Final = ("", " ", "-")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage."""

    text: str
    is_match: bool
    """Whether it is what was searched for."""


class Snippets:
    """Finds passages for one query."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._pattern = _pattern(phrases[:_MOST_PHRASES])

    def of(self, paper: Paper) -> tuple[Piece, ...]:
        """Return the passage of a paper that has the most different words; empty if none has."""
        if self._pattern is None:
            return ()
        best: tuple[int, str, list[tuple[int, int]]] = (0, "", [])
        for body in _bodies(paper):
            text = unicodedata.normalize("NFC", plain(body[:_LONGEST_BODY]))
            text = _SPACES.sub(" ", text).strip(" -•")
            folded, positions = _fold_text(text)
            found = list(self._pattern.finditer(folded))
            words = len({match[0] for match in found})
            if words > best[0]:
                spans = [(positions[each.start()], positions[each.end() - 1] + 1) for each in found]
                best = (words, text, spans)
        return tuple(_passage(best[1], best[2])) if best[0] else ()


def _bodies(paper: Paper) -> Iterator[str]:
    texts = [paper.sections, *(text.sections for text in paper.other_texts)]
    yield from (section.body for sections in texts for section in sections)
    yield from filter(None, (paper.details.abstract, paper.details.summary))


def _fold_text(text: str) -> tuple[str, Sequence[int]]:
    """Return a text normalized, and the position of each of its characters in the text before."""
    if is_plain(text):
        return text.lower(), range(len(text))
    characters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        folded = _fold(character)
        characters.append(folded)
        positions += [position] * len(folded)
    return "".join(characters), positions


@lru_cache(maxsize=20_000)
def _fold(character: str) -> str:
    return normalize(character)


def _pattern(phrases: Iterable[Phrase]) -> re.Pattern[str] | None:
    """Return a regular expression that matches phrases of tokens in a normalized text.

    What stands before and after a phrase is tested once for all of them: compiling each such set of
    characters takes a millisecond.
    """
    groups: dict[str, _Alternatives] = {}
    for phrase in phrases:
        first, *others = _pieces(phrase)
        is_open = is_cjk(others[-1] if others else first)
        rest = [
            r"[\s-]*".join(map(re.escape, each)) if is_cjk(each) else _whole(each)
            for each in others
        ]
        ways = {_BEGINS_WORD: re.escape(first)}
        if is_cjk(first):
            # The spaces of a compound don't matter if it begins a word.
            ways = {_BEGINS_RUN: r"[\s-]*".join(map(re.escape, first)), "": re.escape(first)}
        for begins, way in ways.items():
            group = groups.setdefault(begins, _Alternatives())
            group.add(r"[\s_-]*".join((way, *rest)), is_open=is_open)
    patterns = [f"{begins}(?:{group.pattern()})" for begins, group in groups.items()]
    return re.compile("|".join(patterns)) if patterns else None


_BEGINS_WORD: Final = r"(?<![^\W_])"
_BEGINS_RUN: Final = f"(?<!{CJK_CHARACTER})"


class _Alternatives:
    """Regular expressions of phrases, of which one must match."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._closed: list[str] = []

    def add(self, pattern: str, *, is_open: bool) -> None:
        """Add one; `is_open` says whether a word may go on behind it."""
        (self._open if is_open else self._closed).append(pattern)

    def pattern(self) -> str:
        """Return one regular expression for all of them."""
        # Longer ones first: an alternative that matches ends the search for others.
        closed, is_open = (
            "|".join(sorted(each, key=len, reverse=True)) for each in (self._closed, self._open)
        )
        return "|".join(
            [
                *([rf"(?:{closed})(?![^\W_\u1100-\uffff])"] if closed else []),
                *([is_open] if is_open else []),
            ]
        )


def _pieces(phrase: Phrase) -> Iterator[str]:
    """Yield the words of a phrase; pairs of characters that follow each other are one."""
    run = ""
    for token in phrase:
        if is_cjk(token):
            token = token.removesuffix(BEGINNING)  # noqa: PLW2901 - what of it is looked for
            run = run + token[1:] if run and run[-1] == token[0] else run + token
            continue
        if run:
            yield run
            run = ""
        yield token
    if run:
        yield run


def _whole(piece: str) -> str:
    return rf"{_BEGINS_WORD}{re.escape(piece)}"


def _merge(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return matches, with those as one that are next to each other or have a space between."""
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        if merged and text[merged[-1][1] : first] in _TOGETHER:
            first = merged.pop()[0]  # noqa: PLW2901 - the beginning of both
        merged.append((first, last))
    return merged


def _passage(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    spans = _merge(text, spans)
    start = max(spans[0][0] - _BEFORE, 0)
    if start:
        # From the beginning of a word, or of a sentence if one is near.
        sentence = text.rfind(". ", start, spans[0][0])
        start = (sentence if sentence >= 0 else text.find(" ", start, spans[0][0])) + 1 or start
        start += len(text[start:]) - len(text[start:].lstrip())
    end = min(start + _LENGTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1])
    at = start
    if start:
        yield Piece("… ", is_match=False)
    for first, last in spans:
        if first < at or last > end:
            continue
        if first > at:
            yield Piece(text[at:first], is_match=False)
        yield Piece(text[first:last], is_match=True)
        at = last
    yield Piece(text[at:end] + (" …" if end < len(text) else ""), is_match=False)
