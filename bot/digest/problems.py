"""What can be wrong with a digest, as values."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What the reader of a digest could not take as it stands."""

    DATE_UNREADABLE = "date-unreadable"
    """A heading of a digest names a day that no calendar has."""
    PAPER_UNREADABLE = "paper-unreadable"
    """A heading where a paper is expected names none; it is left out with what stands under it."""
    PAPER_UNDATED = "paper-undated"
    """A paper stands under no date; it is left out."""
    PAPER_REPEATED = "paper-repeated"
    """A paper is given twice for a day; the later one stands, with its text and its place."""
    VOTES_UNREADABLE = "votes-unreadable"
    """Votes are no number up to 10,000,000, nor said to be unknown; they are taken as not known."""
    AUTHORS_UNREADABLE = "authors-unreadable"
    """A list of authors breaks off or is badly quoted; what could be told apart is kept."""
    AUTHORS_TOO_MANY = "authors-too-many"
    """More authors are named than any paper has, or than fit 256 KB; the first are kept."""
    MEDIA_DROPPED = "media-dropped"
    """The address of a picture or video can't be used (`storage.addresses.AddressFault` says why),
    or there is a second one."""
    SECTION_EMPTY = "section-empty"
    """A section has a heading and no text; it is left out."""
    TEXT_UNKNOWN = "text-unknown"
    """A line among a paper's facts is none of them; it is kept, as text without a heading."""
    TEXT_CUT = "text-cut"
    """A title or heading is over 4 KB, a section over 64 KB, or a paper over 64 sections or 256 KB;
    the beginning is kept. The line is the first of which something is left out."""
    TEXT_LEFT_OUT = "text-left-out"
    """Text inside a digest belongs to no paper; it is left out."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a digest that could not be taken as it stands."""

    kind: ProblemKind
    line: int
    """1-based."""
    message: str
    """A sentence without its full stop; says what was found and what became of it."""


class DigestError(Exception):
    """A text that is no digest, or more than may be read; says what was looked for."""
