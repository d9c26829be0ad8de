"""What a period's lists show as a whole: papers and votes over time, the most voted, what rose."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A day, a month or a year, or the part of it that a period has."""

    first: date
    last: date
    papers: int
    """How many papers were listed for the first time in the period."""
    votes: int
    """The votes of these papers as they are now; unknown ones count as 0."""


@dataclass(frozen=True, slots=True)
class TopPaper:
    """One of the papers with the most votes."""

    arxiv_id: str
    title: str
    votes: int

    @property
    def url(self) -> str:
        """The paper's page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"


@dataclass(frozen=True, slots=True)
class RisingTerm:
    """A term that a larger share of papers has than in the period before."""

    english: str
    """As the papers of the period write it most often."""
    papers: int
    """How many papers have it."""
    before: int
    """How many papers of the period before had it."""
    korean: str | None = None
    """The Korean form that digests use most; `None` if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """What the lists of a period show as a whole."""

    first: date
    last: date
    papers: int
    votes: int
    spans: tuple[Span, ...]
    """In order, without gaps; days, months or years."""
    top: tuple[TopPaper, ...]
    """Most votes first; without papers whose votes are unknown."""
    rising: tuple[RisingTerm, ...] = ()
    """The clearest rise first."""
    is_compared: bool = False
    """Whether there were enough papers before to compare the period with."""
    votes_read_at: datetime | None = field(default=None, compare=False)
    """UTC; when votes of the period were last read; `None` if that is not known."""
