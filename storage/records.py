"""The words everyone shares: plain, frozen values with no behaviour beyond their own meaning."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_NEW_STYLE = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD_STYLE = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}"
_ID = rf"(?P<id>{_NEW_STYLE}|{_OLD_STYLE})(?:v[1-9]\d*)?"
_BARE = re.compile(rf"\s*<?(?:arxiv\s*:\s*)?\[?{_ID}\]?>?\s*", re.IGNORECASE | re.ASCII)
_CITED = re.compile(rf"\s*\[(?:arxiv\s*:\s*)?{_ID}\]", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src|list)/"
    r"|alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|(?:huggingface\.co|hf\.co)/papers/"
    r"|doi\.org/10\.48550/arxiv\.)"
    rf"{_ID}(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_SUBJECT_CLASS = re.compile(r"\.[a-z]{2}/")


def arxiv_id_in(text: str) -> str | None:
    """Return the arXiv id that a pasted text names, without its version, or `None`.

    Understood are a bare id of either style (`2502.14499`, `2502.14499v2`, `hep-th/9901001`),
    the same behind `arXiv:`, an address of arXiv or of Hugging Face's paper pages anywhere in the
    text, and the title line of an arXiv page (`[2502.14499] MLGym: …`). The subject class of an
    old id is dropped, as arXiv does: `math.GT/0309136` is `math/0309136`.

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """
    match = _BARE.fullmatch(text.strip()) or _ADDRESS.search(text) or _CITED.match(text)
    return _SUBJECT_CLASS.sub("/", match["id"].lower()) if match else None


class MediaKind(StrEnum):
    """What a paper shows of itself."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a video of a paper."""

    kind: MediaKind
    url: str
    """Absolute, `http` or `https`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str | None
    """Such as "What's New", without asterisks or colon; `None` where the text has no heading."""
    body: str
    """Markdown, without the list mark of its first line; never blank."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one digest describes it."""

    arxiv_id: str
    """Without version: `2502.14499` or `hep-th/9901001`."""
    title: str
    """As the source writes it, on one line."""
    votes: int | None = None
    """At least 0; `None` means not known, which is not 0."""
    authors: tuple[str, ...] = ()
    """In the digest's order, which says nothing: the origin scrambles it."""
    media: Media | None = None
    sections: tuple[Section, ...] = ()

    @property
    def url(self) -> str:
        """The paper's page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """The paper itself."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def huggingface_url(self) -> str:
        """The paper's page at Hugging Face, where the votes are cast."""
        return f"https://huggingface.co/papers/{self.arxiv_id}"


@dataclass(frozen=True, slots=True)
class Digest:
    """A day's list."""

    date: date
    papers: tuple[Paper, ...] = ()
    """By rank; no id twice."""


@dataclass(frozen=True, slots=True)
class PaperName:
    """What a list of suggestions needs of a paper."""

    arxiv_id: str
    title: str
    votes: int | None
    digest_date: date
    """Of the newest digest that lists it."""


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper as the database knows it: newest text, newest votes, and where it stands."""

    paper: Paper
    """Its `votes` are the newest that are known."""
    digest_date: date
    """Of the newest digest that lists it; in a `ListedDigest`, of that digest."""
    rank: int
    """1-based place in that digest."""
    votes_read_at: datetime | None
    """UTC; `None` where votes were never read."""


@dataclass(frozen=True, slots=True)
class ListedDigest:
    """A day's list as the database knows it."""

    date: date
    papers: tuple[ListedPaper, ...]
    """By rank."""
    votes_read_at: datetime | None
    """UTC; the newest reading of any of its papers' votes."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page of papers ranked by votes: most first, ties by rank then id, unknown votes last."""

    papers: tuple[ListedPaper, ...]
    total: int
    """How many papers the ranking has in all, of which this page shows some."""
    first: date | None
    """The oldest digest that it covers; `None` where there is none."""
    last: date | None
    """The newest digest that it covers."""
    votes_read_at: datetime | None
    """UTC; the newest reading among the papers shown."""


class Change(StrEnum):
    """What storing a paper did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """What storing a digest did."""

    date: date
    is_new: bool
    new: int
    """Papers that no digest had listed before."""
    changed: int
    """Papers whose text, authors, media or votes differ from what was known, or whose votes or
    rank differ from those that this same digest had."""
    same: int
    """The others, among them those known from another day that this digest newly lists."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Votes as they were seen at a time."""

    votes: int
    read_at: datetime
    """UTC."""
    digest_date: date
    """The digest they were read in."""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What one channel is to get, and when."""

    guild_id: int
    channel_id: int
    time: time
    """Local, whole minutes."""
    timezone: str
    """IANA name."""
    count: int
    """Papers a post, 1 to 25."""
    language: str
    """Of the texts: `en`, `ko`."""
    created_by: int
    """The Discord user who made it."""


@dataclass(frozen=True, slots=True)
class Schedule(NewSchedule):
    """A schedule in the database."""

    id: int
    created_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One message of a delivery, before it is sent."""

    part: int
    """1-based, the order in the channel."""
    content_hash: str
    nonce: str
    """At most 25 characters; the same at each try."""


@dataclass(frozen=True, slots=True)
class Part(PlannedPart):
    """One message of a delivery."""

    message_id: int | None
    """`None` until Discord has answered."""
    sent_at: datetime | None
    """UTC."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest sent to one channel, in one or more parts."""

    id: int
    channel_id: int
    schedule_id: int | None
    """`None` where the schedule has been removed since."""
    digest_date: date
    planned_at: datetime
    """UTC."""
    completed_at: datetime | None
    """UTC; `None` until each part was sent."""
    parts: tuple[Part, ...]
    """In order."""
