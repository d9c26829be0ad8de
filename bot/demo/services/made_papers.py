"""Invented papers for the local services, and how their votes grow. Deterministic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp
from random import Random
from typing import Final

from bot.sources.list_days import opens_at

MOST_PER_DAY: Final = 300
PICTURES_URL: Final = "https://example.org/figures/"
"""What the addresses of pictures and videos begin with."""
_FIRST_NUMBER: Final = 90_000
"""arXiv gives out 5 digits a month, and has never come so far."""
_GROWTH_HOURS: Final = 9.0
_LAST_ARRIVAL_HOURS: Final = 6.0
_SUBMITTED_BEFORE: Final = timedelta(hours=30)

_QUALITIES: Final = (
    "Sparse", "Patient", "Modular", "Streaming", "Frugal", "Calibrated", "Recursive", "Quiet",
    "Layered", "Elastic", "Grounded", "Reversible",
)  # fmt: skip
_METHODS: Final = (
    "Routing", "Distillation", "Planning", "Retrieval", "Alignment", "Decoding", "Pruning",
    "Tokenization", "Rehearsal", "Self-Correction", "Curricula", "Reward Models",
)  # fmt: skip
_SUBJECTS: Final = (
    "Video Agents", "Long Documents", "Kitchen Robots", "Spoken Dialogue", "Protein Maps",
    "Low-Resource Translation", "Chart Questions", "Theorem Provers", "Street Scenes",
    "Code Review", "Weather Fields", "Music Editing",
)  # fmt: skip
_FIRST_NAMES: Final = (
    "Arvo", "Bela", "Ciri", "Dorin", "Edda", "Fenn", "Gwil", "Hanae", "Isko", "Jorun", "Kalle",
    "Liesl", "Mirek", "Nuria", "Ottil", "Perrin",
)  # fmt: skip
_LAST_NAMES: Final = (
    "Aldermoor", "Brightwick", "Corvell", "Dunmarsh", "Esterlund", "Fairholt", "Grenquist",
    "Hollowby", "Ivermoor", "Jessamark", "Kestergard", "Lindquarry", "Mossvale", "Northbeck",
)  # fmt: skip
_LABS: Final = ("Lantern Lab", "Harbour Institute", "Polder University", "Cedar Works")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPaper:
    """A paper as the local services know it."""

    arxiv_id: str
    title: str
    appears_at: datetime
    """UTC; when it joins its list. Its votes grow from 0 from then on."""
    final_votes: int = 40
    """What its votes grow towards."""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    organization: str | None = None
    code_url: str | None = None
    code_stars: int | None = None
    project_url: str | None = None
    media_urls: tuple[str, ...] = ()
    comments: int = 0
    submitted_at: datetime | None = None
    """UTC."""
    withdrawn_at: datetime | None = None
    """UTC."""
    full_text: str | None = None
    """Markdown; `None` if the service has none."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """JSON that replaces fields of the answer, such as `{"upvotes": None}`."""
    missing: frozenset[str] = frozenset()
    """Fields that the answer doesn't have."""


def votes_at(paper: LocalPaper, moment: datetime) -> int:
    """Return the votes of a paper at a moment: 0 when it appears, then ever more, ever slower."""
    hours = (moment - paper.appears_at) / timedelta(hours=1)
    return int(paper.final_votes * (1 - exp(-hours / _GROWTH_HOURS))) if hours > 0 else 0


def made_papers(day: date, count: int) -> tuple[LocalPaper, ...]:
    """Return the invented papers of the list of a day, in the order in which they appear.

    A third is there when the list opens, the others come over 6 hours. Some lack code, a picture,
    an organization or a summary.

    Raises:
        ValueError: The count is over 300.
    """
    if count > MOST_PER_DAY:
        raise ValueError(f"a day has at most {MOST_PER_DAY} papers")
    return tuple(_paper(day, index, count) for index in range(count))


def made_paper(arxiv_id: str) -> LocalPaper | None:
    """Return the paper that `made_papers` gives an id, in a list of 30 papers, or `None`."""
    found = day_of(arxiv_id)
    return found and _paper(*found, 30)


def day_of(arxiv_id: str) -> tuple[date, int] | None:
    """Return the day and the index of the paper that `made_papers` gives an id, or `None`."""
    month, _, number = arxiv_id.partition(".")
    if not (len(month) == 4 and month.isdecimal() and number.isdecimal()):  # noqa: PLR2004 - YYMM
        return None
    day, index = divmod(int(number) - _FIRST_NUMBER, MOST_PER_DAY)
    try:
        return date(2000 + int(month[:2]), int(month[2:]), day), index
    except ValueError:
        return None


def _paper(day: date, index: int, count: int) -> LocalPaper:
    chance = Random(f"{day.isoformat()} {index}")  # noqa: S311 - no secret, and always the same
    opening = opens_at(day)
    late = max(0, index - count // 3) / max(1, count - count // 3)
    number = _FIRST_NUMBER + day.day * MOST_PER_DAY + index
    arxiv_id = f"{day:%y%m}.{number}"
    quality, method, subject = (chance.choice(words) for words in (_QUALITIES, _METHODS, _SUBJECTS))
    has_code = chance.random() < 0.6  # noqa: PLR2004 - about as many as really do
    name = f"{quality}-{method}".lower().replace(" ", "-")
    return LocalPaper(
        arxiv_id=arxiv_id,
        title=f"{quality} {method} for {subject}",
        appears_at=opening + timedelta(hours=_LAST_ARRIVAL_HOURS) * late,
        final_votes=int(chance.paretovariate(1.1) * 8) % 400,
        authors=_authors(chance),
        abstract=(
            f"An invented abstract: {quality.lower()} {method.lower()},\n"
            f"tried on {subject.lower()} with {chance.randint(2, 9)} made-up baselines,\n"
            f"takes $O(n^{chance.randint(2, 3)})$ steps. The paper, its authors and its numbers\n"
            f"were made up for this demonstration."
        ),
        summary=None
        if index % 7 == 6  # noqa: PLR2004 - one in seven has none
        else f"An invented sentence about {method.lower()} for {subject.lower()}.",
        keywords=(method.lower(), subject.lower()),
        organization=None if index % 3 == 2 else chance.choice(_LABS),  # noqa: PLR2004 - one in three
        code_url=f"https://github.com/example/{name}" if has_code else None,
        code_stars=chance.randint(0, 2_000) if has_code else None,
        project_url=f"https://example.org/{name}" if index % 5 == 0 else None,
        media_urls=_media(arxiv_id, index),
        comments=chance.randint(0, 5),
        submitted_at=opening - _SUBMITTED_BEFORE,
    )


def _authors(chance: Random) -> tuple[str, ...]:
    names = (
        f"{chance.choice(_FIRST_NAMES)} {chance.choice(_LAST_NAMES)}"
        for _ in range(chance.randint(1, 9))
    )
    return tuple(dict.fromkeys(names))


def _media(arxiv_id: str, index: int) -> tuple[str, ...]:
    endings = {0: "mp4", 1: "png"}
    ending = endings.get(index % 4)
    return (f"{PICTURES_URL}{arxiv_id}.{ending}",) if ending else ()
