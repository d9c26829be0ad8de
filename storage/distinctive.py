"""The distinctive words of a paper: those that it has often and few others have.

English words count with their inflected forms. A Korean word counts by the two characters with
which it begins, so that particles don't matter.
"""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest
from typing import Final

from storage.documents import Document
from storage.normalization import plain
from storage.ranking import common_beginning
from storage.records import Paper
from storage.search_plan import Clause, count_papers, rarity
from storage.stems import stem
from storage.tokens import LONGEST, is_cjk
from storage.usual_words import FILLERS, GENERIC, VAGUE

_MOST: Final = 20
_TITLE: Final = 4
_KEYWORD: Final = 2
"""How often a word of a title or a keyword counts, where one of a text counts once."""
_SATURATION: Final = 3.0
_SHORTEST: Final = 2
_LEAST_FREQUENT: Final = 2
"""How often a Korean word must occur: many that a text has only once are forms of verbs."""
_FORMS: Final = 6
"""How many forms of a word are searched: the most frequent ones."""
_LARGEST_SHARE: Final = 0.25
"""A word that more papers have isn't distinctive, if there are enough papers to tell."""
_ENOUGH: Final = 50
_LONGEST_TEXT: Final = 20_000
_WORDS_OF_TITLES: Final = (
    "aware best both complex each even fine free guided if may much multi non other post pre "
    "preview real self semi show such two well were et al arxiv https com github"
)
_UNCOUNTED: Final = frozenset(map(stem, (*FILLERS, *_WORDS_OF_TITLES.split())))
"""Not counted: Korean texts have them in English titles only, so they would seem distinctive."""
_LEAST_NAMED: Final = 0.35
"""How distinctive a word must be to be named; the paper's most distinctive one is 1."""
_LATIN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A distinctive word of a paper."""

    text: str
    """As the paper has it; of a Korean word its first two characters."""
    forms: tuple[str, ...]
    """As the index has it."""
    papers: int
    """How many have it."""
    weight: float
    """How distinctive it is: more the more often the paper has it, and the fewer others do."""
    is_named: bool = True
    """Whether it tells people something about what two papers share."""

    @property
    def clause(self) -> Clause:
        """The word as it is looked for in other papers."""
        match = " OR ".join(f'"{form}"' for form in self.forms)
        return Clause(match, ((tuple((form,) for form in self.forms),),), self.weight)


def distinctive_words(
    connection: sqlite3.Connection, paper: Paper, document: Document, *, is_stored: bool
) -> tuple[Word, ...]:
    """Return the words of a paper that others have, too, but not many; the most distinctive first.

    Args:
        connection: To the database with the index.
        paper: It needn't be in the database.
        document: Its tokens.
        is_stored: Whether the database has it, so that it is one of the papers that have a word.
    """
    frequencies = _frequencies(document)
    total = count_papers(connection)
    most = max(_LARGEST_SHARE * total, _ENOUGH)
    spellings = _spellings(paper)
    found = []
    for key, forms in _indexed_words(connection, frequencies).items():
        papers = min(sum(forms.values()), total)
        if is_stored < papers <= most:
            frequency = frequencies[key]
            text = next((spellings[each] for each in forms if each in spellings), next(iter(forms)))
            weight = rarity(papers, total) * frequency / (frequency + _SATURATION)
            tells = key not in VAGUE and key not in GENERIC
            found.append(Word(text, tuple(forms)[:_FORMS], papers, weight, tells))
    found.sort(key=lambda word: (-word.weight, word.text))
    least = _LEAST_NAMED * found[0].weight if found else 0.0
    return tuple(
        replace(word, is_named=word.is_named and word.weight >= least) for word in found[:_MOST]
    )


def _frequencies(document: Document) -> Counter[str]:
    """Return how often stems of English words and beginnings of Korean ones occur."""
    counts: Counter[str] = Counter()
    for column, times in (
        (document.title, _TITLE),
        (document.keywords, _KEYWORD),
        (document.body, 1),
    ):
        tokens = column.split()
        for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
            if token[0] == "^":
                # Before the beginning of another word it is of one character, such as a particle.
                if len(token) > _SHORTEST and following[:1] != "^":
                    counts[token[1:]] += times
            elif len(token) >= _SHORTEST and not token.isdigit() and not is_cjk(token):
                counts[stem(token)] += times
    return Counter(
        {
            key: count
            for key, count in counts.items()
            if key not in _UNCOUNTED and (count >= _LEAST_FREQUENT or not is_cjk(key))
        }
    )


def _indexed_words(connection: sqlite3.Connection, keys: Counter[str]) -> dict[str, dict[str, int]]:
    """Return the indexed words of stems and beginnings, with how many papers have each."""
    rows = connection.execute(
        """
        SELECT stem AS key, word, papers FROM search_words
        WHERE stem IN (SELECT value FROM json_each(:keys)) AND papers > 0
        UNION ALL
        SELECT word, word, papers FROM search_words
        WHERE word IN (SELECT value FROM json_each(:keys)) AND stem IS NULL AND papers > 0
        ORDER BY papers DESC, word
        """,
        {"keys": json.dumps(sorted(keys))},
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, word, papers in rows:
        found[key][word] = papers
    return found


def _spellings(paper: Paper) -> dict[str, str]:
    """Return how a paper spells its Latin words: `llava` as LLaVA, but a capital begins titles."""
    found: dict[str, str] = {}
    texts = [paper.title, *_bodies(paper)]
    for match in _LATIN.finditer(plain("\n".join(texts)[:_LONGEST_TEXT])):
        spelled = match[0]
        if spelled.isascii():
            word = spelled.lower()
            is_usual = spelled == word or spelled == word.capitalize()
            if is_usual or word not in found:
                found[word[:LONGEST]] = word if is_usual else spelled
    return found


def _bodies(paper: Paper) -> Iterator[str]:
    texts = [paper.sections, *(text.sections for text in paper.other_texts)]
    yield from paper.details.keywords
    yield from (section.body for sections in texts for section in sections)
    yield from filter(None, (paper.details.abstract, paper.details.summary))


def as_shared(word: Word, documents: tuple[Document, Document]) -> str:
    """Return a word that two papers share, as it is named: of a Korean one what both have of it.

    >>> one, other = (Document.of(each, (), None, (), ()) for each in ("강화학습을", "강화학습의"))
    >>> as_shared(Word("강화", ("강화",), 2, 1.0), (one, other))
    '강화학습'
    """
    if not is_cjk(word.forms[0]):
        return word.text
    found = [each for document in documents for each in _beginning_with(word.forms[0], document)]
    found = [each for each in found if len(each) >= _SHORTEST]
    return common_beginning(found) if found else word.text


def _beginning_with(beginning: str, document: Document) -> Iterator[str]:
    """Yield the Korean words of a document that begin with a pair of characters."""
    for column in document.columns:
        tokens = column.split()
        for place, token in enumerate(tokens):
            if token == f"^{beginning}":
                rest = takewhile(lambda each: each[0] != "^" and is_cjk(each), tokens[place + 1 :])
                # Each token begins with the next character; the last may end in the next word.
                yield token[1] + "".join(each[0] for each in rest)
