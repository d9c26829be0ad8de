"""What a citation says of a paper, whatever its format, and the keys of citations. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.citations.names import Name, split_name
from storage.records import Paper

_ID: Final = re.compile(r"(?:(?P<archive>[^/]+)/)?(?P<year>\d\d)(?P<month>\d\d)")
_FIRST_YEAR: Final = 91
"""The year in which arXiv began; ids of 1991 to 1999 begin with 91 to 99."""
_UNDIVIDED: Final = frozenset(
    re.findall(r"\S+", "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph")
)
"""Archives that are a class themselves, so that an old id tells the class."""
_LITTLE_WORDS: Final = frozenset(
    re.findall(r"\S+", "a an and at by for from in of on or the to with")
)
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_LONGEST_NAME: Final = 24
_NO_NAME: Final = "arxiv"
_UNORDERED: Final = "The order of the authors is not known here: see the arXiv entry."
_NO_AUTHORS: Final = "The authors are not known here: see the arXiv entry."


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as it is cited."""

    key: str
    title: str
    """On one line."""
    authors: tuple[Name, ...]
    """In the paper's order; empty if that is not known."""
    issued: date | None
    """When it was submitted."""
    year: int
    month: int
    arxiv_id: str
    primary_class: str | None
    """`None` if it is not known."""
    note: str | None
    """Why there are no authors."""

    @property
    def doi(self) -> str:
        """The DOI that arXiv gives its papers."""
        return f"10.48550/arXiv.{self.arxiv_id}"

    @property
    def url(self) -> str:
        """The paper's page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"


def knows_authors(paper: Paper) -> bool:
    """Return whether a paper's authors are known in their order."""
    return paper.authors_ordered and bool(paper.authors)


def cite(papers: Sequence[Paper]) -> tuple[Citation, ...]:
    """Return the citations of papers, in the same order; no key is given twice.

    Of papers that would have the same key, the oldest has it, and the others have a number behind
    it. So a key stays the same when newer papers join.
    """
    found = [_cite(paper) for paper in papers]
    keys: dict[str, list[int]] = {}
    for index, citation in enumerate(found):
        keys.setdefault(citation.key, []).append(index)
    for key, indexes in keys.items():
        indexes.sort(key=lambda index: (found[index].year, found[index].arxiv_id))
        for number, index in enumerate(indexes[1:], start=2):
            found[index] = replace(found[index], key=f"{key}-{number}")
    return tuple(found)


def _cite(paper: Paper) -> Citation:
    title = _on_one_line(paper.title) or paper.arxiv_id
    authors: tuple[Name, ...] = ()
    if knows_authors(paper):
        names = map(_on_one_line, paper.authors)
        authors = tuple(split_name(name) for name in names if name)
    submitted = paper.details.submitted_at
    year, month, primary_class = _facts_of_id(paper.arxiv_id)
    issued = submitted.date() if submitted is not None else None
    if issued is not None:
        year, month = issued.year, issued.month
    note = None
    if not authors:
        note = _UNORDERED if paper.authors else _NO_AUTHORS
    key = _key(authors, year, title, paper.arxiv_id)
    return Citation(key, title, authors, issued, year, month, paper.arxiv_id, primary_class, note)


def _facts_of_id(arxiv_id: str) -> tuple[int, int, str | None]:
    """Return year and month in an arXiv id, and the class if it tells that."""
    match = _ID.match(arxiv_id)
    assert match is not None, f"{arxiv_id} is no arXiv id"
    year = int(match["year"])
    archive = match["archive"]
    is_of_last_century = archive is not None and year >= _FIRST_YEAR
    return (
        year + (1900 if is_of_last_century else 2000),
        int(match["month"]),
        archive if archive in _UNDIVIDED else None,
    )


def _key(authors: Sequence[Name], year: int, title: str, arxiv_id: str) -> str:
    family = _letters(authors[0].family)[:_LONGEST_NAME] if authors else ""
    words = (_letters(word) for word in re.split(r"[\s:/–—-]+", title))
    first = next((word for word in words if word and word not in _LITTLE_WORDS), "")
    return f"{family or _NO_NAME}{year}{first[:_LONGEST_NAME] or _letters(arxiv_id)}"


def _letters(text: str) -> str:
    """Return the ASCII letters and digits of a text, in lower case and without accents."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", folded)


def _on_one_line(text: str) -> str:
    """Return a text in NFC, without controls, marks of direction and lone surrogates."""
    kept = "".join(map(_visible, text)) if not text.isprintable() else text
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" if character not in "\u200c\u200d":  # these join letters
            return ""
        case "Cs":
            return "\ufffd"
        case _:
            return character
