"""Problems found in a digest, as values."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Kinds of problems that the parser reports."""

    DATE_UNREADABLE = "date-unreadable"
    """A digest's heading has an invalid date."""
    PAPER_UNREADABLE = "paper-unreadable"
    """A heading where a paper is expected links to none; it is left out with the text under it."""
    PAPER_UNDATED = "paper-undated"
    """A paper has no date above it; it is left out."""
    PAPER_REPEATED = "paper-repeated"
    """A paper is listed twice for a day; the later one is kept, with its text and rank."""
    VOTES_UNREADABLE = "votes-unreadable"
    """Votes are neither a number up to 10,000,000 nor a word for unknown; they become unknown."""
    AUTHORS_UNREADABLE = "authors-unreadable"
    """A list of authors is incomplete or badly quoted; the names that could be read are kept."""
    AUTHORS_TOO_MANY = "authors-too-many"
    """There are over 20,000 authors, or more than fit into 256 KB; the first are kept."""
    MEDIA_DROPPED = "media-dropped"
    """The address of a picture or video is invalid (see `storage.addresses.AddressFault`), or the
    paper has a second one."""
    SECTION_EMPTY = "section-empty"
    """A section has a heading but no text; it is left out."""
    TEXT_UNKNOWN = "text-unknown"
    """A line before a paper's sections is none of the known facts; it is kept as a section."""
    TEXT_CUT = "text-cut"
    """A title or heading is over 4 KB, a section over 64 KB, or a paper over 64 sections or 256 KB;
    the beginning is kept. The line is the first of which something is left out."""
    TEXT_LEFT_OUT = "text-left-out"
    """Text in a digest belongs to no paper; it is left out."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a digest that could not be read as it stands."""

    kind: ProblemKind
    line: int
    """1-based."""
    message: str
    """What was found and what was done about it: a sentence without full stop."""


class DigestError(Exception):
    """A text has no digest, or is too large. The message says what was expected."""
