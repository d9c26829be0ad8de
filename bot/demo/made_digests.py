"""Digests about the invented papers: sections in English, as a digest of one's own has them."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Final

from bot.demo.services.made_papers import LocalPaper
from storage.records import Digest, Paper, Section

_COUNT: Final = 10
"""Papers of a day with sections: those that end with the most votes."""
_NEWS: Final = (
    (
        "{name} is made up, like this whole list: it asks what {method} can do for {subject}."
        " The invented authors argue that the usual recipe wastes most of its effort on easy cases."
    ),
    (
        "What if {subject} needed no large model at all? This made-up paper answers with {method}"
        " and a training set that nobody has ever seen."
    ),
    (
        "Nobody has written this paper. If somebody had, it would show how {method} makes work on"
        " {subject} cheaper, and where that stops."
    ),
)
_METHODS: Final = (
    (
        "Inputs are sorted by how hard they are, and {method} is applied to the last {part} percent"
        " alone. Everything else keeps its old path."
    ),
    (
        "Two models take turns: one proposes, the other removes what it would not have needed."
        " After {rounds} rounds, what is left is used for {method}."
    ),
    (
        "A small controller decides after each step whether {method} is worth another one."
        " It is trained on {rounds} invented data sets about {subject}."
    ),
)
_RESULTS: Final = (
    (
        "On {rounds} imaginary benchmarks it needs {part} percent less time. On another it fails,"
        " and the paper says why."
    ),
    (
        "It would match a model of four times its size on {subject}. The gain disappears when the"
        " questions get short."
    ),
    "Results improve on {rounds} of 10 imaginary tasks; the others stay as they were.",
)


def made_digest(day: date, papers: Iterable[LocalPaper]) -> Digest:
    """Return the digest of a day's invented papers. Deterministic; without votes.

    Args:
        day: Its date.
        papers: Those of the day's list.
    """
    best = sorted(papers, key=lambda paper: paper.final_votes, reverse=True)[:_COUNT]
    return Digest(day, tuple(map(_paper, best)))


def _paper(paper: LocalPaper) -> Paper:
    chance = Random(paper.arxiv_id)  # noqa: S311 - no secret, and always the same
    method, _, subject = paper.title.partition(" for ")
    values = {
        "name": method,
        "method": method.lower(),
        "subject": subject.lower(),
        "part": chance.randint(11, 48),
        "rounds": chance.randint(3, 9),
    }
    sections = {
        "What's New": chance.choice(_NEWS),
        "Technical Details": chance.choice(_METHODS),
        "Performance Highlights": chance.choice(_RESULTS),
    }
    return Paper(
        arxiv_id=paper.arxiv_id,
        title=paper.title,
        sections=tuple(Section(name, text.format(**values)) for name, text in sections.items()),
    )
