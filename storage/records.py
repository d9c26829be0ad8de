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


MOST_VOTES = 10_000_000
"""Of one paper. More are no votes, and more than the texts that show them take."""


class MediaKind(StrEnum):
    """What a paper shows of itself."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a video of a paper."""

    kind: MediaKind
    url: str
    """One that `storage.addresses` finds no fault with."""


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
    """0 to `MOST_VOTES`; `None` means not known, which is not 0."""
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


class Span(StrEnum):
    """Of which digests a schedule posts the best."""

    DAY = "day"
    WEEK = "week"
    """The week from Monday that has ended, posted on the first day after it."""
    MONTH = "month"
    """The month that has ended, posted on the first day after it."""


class Layout(StrEnum):
    """How a post looks."""

    CARDS = "cards"
    """An embed a paper."""
    COMPACT = "compact"
    """One embed: a line a paper."""
    THREAD = "thread"
    """Compact in the channel, and a thread below it with a card a paper."""


EVERY_DAY = 0b1111111
"""All days of `NewSchedule.days`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchedule:
    """What one channel is to get, and when."""

    guild_id: int
    channel_id: int
    """A text, announcement, forum or media channel, or a thread."""
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
    period: Span = Span.DAY
    layout: Layout = Layout.CARDS
    days: int = EVERY_DAY
    """A bit a weekday on which it posts: 1 is Monday, 64 Sunday. Of period `day` alone."""
    min_votes: int | None = None
    """Papers with fewer votes, or unknown ones, are left out; `None` leaves out none."""
    include: str = ""
    """Words, "exact phrases" and author:names as typed, of which a paper must match one."""
    exclude: str = ""
    """The same, of which a paper may match none."""
    mention: int | None = None
    """The role that a post notifies."""
    silent: bool = False
    """Whether a post notifies nobody's device."""
    publish: bool = False
    """Whether a post in an announcement channel is published to the servers that follow."""
    refresh: bool = True
    """Whether a post is edited once where its votes have changed by the end of its first day."""
    catch_up: int = 24
    """Hours for which a time that was missed is made up for, 0 to 168."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(NewSchedule):
    """A schedule in the database."""

    id: int
    created_at: datetime
    """UTC."""
    timed_at: datetime | None = None
    """UTC; from when its times count, where they were changed since it was made."""
    paused_at: datetime | None = None
    """UTC; `None` while it is in force."""
    paused_reason: str | None = None
    """`asked` where a person paused it, else what is in the way, such as `lacks_permission`."""
    last_day: date | None = None
    """The local day on which it last had its turn; `None` before the first."""
    last_due: datetime | None = None
    """UTC; the moment at which that turn was due."""
    waiting_until: datetime | None = None
    """UTC; how long that turn waits for something new; `None` where it does not."""
    quiet_days: int = 0
    """Weekdays in a row that had their turn and brought nothing new."""
    told: str | None = None
    """What its maker was told last and still is so: a reason of a pause, or `quiet`."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One message of a delivery, before it is sent."""

    part: int
    """1-based, the order in which they are sent."""
    content_hash: str
    nonce: str
    """At most 25 characters; the same at each try. It is the message's mark as well."""


@dataclass(frozen=True, slots=True)
class Part(PlannedPart):
    """One message of a delivery."""

    channel_id: int | None
    """Where it went: the delivery's channel, or a thread; `None` until it did."""
    message_id: int | None
    """`None` until Discord has answered."""
    sent_at: datetime | None
    """UTC. Without a message's id: it may have been sent, nobody can tell, and it is let be."""
    published_at: datetime | None = None
    """UTC; when it was published to the servers that follow the channel."""


class DeliveryOutcome(StrEnum):
    """How a delivery ended."""

    POSTED = "posted"
    NOTHING = "nothing"
    """Of its subject the filters left nothing: there is nothing to send."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One subject sent to one channel, in one or more parts."""

    id: int
    channel_id: int
    schedule_id: int | None
    """`None` where the schedule has been removed since."""
    subject: str
    """`day:2025-02-21`, `week:2025-02-17` (its Monday) or `month:2025-02`."""
    serial: int
    """0; higher where a person had it posted again."""
    by_hand: bool
    """Whether a person asked for it, and not the clock."""
    plan: str
    """JSON: what its parts are laid out from."""
    planned_at: datetime
    """UTC."""
    looked_at: datetime | None
    """UTC; when the channel was last looked through for parts that nobody noted."""
    completed_at: datetime | None
    """UTC; `None` until each part was sent."""
    outcome: DeliveryOutcome | None
    """`None` until it is completed."""
    publish: bool
    """Whether parts of it are still to be published."""
    refresh_at: datetime | None
    """UTC; when its votes are to be brought up to date; `None` where they are not, or were."""
    parts: tuple[Part, ...]
    """In order."""


class Outcome(StrEnum):
    """What came of a schedule's turn, or befell it."""

    POSTED = "posted"
    NOTHING_NEW = "nothing_new"
    """There was no digest that the channel has not had, nor did one come in time."""
    FILTERED_OUT = "filtered_out"
    """Of the new digest the filters left nothing."""
    MISSED = "missed"
    """Its time was too long ago when the program came back."""
    GIVEN_UP = "given_up"
    """It could not be sent in time."""
    PAUSED = "paused"
    RESUMED = "resumed"
    PAUSED_TURN = "paused_turn"
    """Its time came while it was paused."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a schedule's history."""

    at: datetime
    """UTC."""
    schedule_id: int
    channel_id: int
    outcome: Outcome
    detail: str | None
    """The reason, where there is one: `asked`, `lacks_permission`, `clock`, `hand` …"""
    subject: str | None
    """As in `Delivery`."""
    messages: tuple[tuple[int, int], ...]
    """The channel and the id of each message that was sent, in order."""
