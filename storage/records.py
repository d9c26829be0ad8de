"""The dataclasses that all packages share: frozen values without I/O."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

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
_WORD_BEGINS = r"(?<![\w./-])(?:arxiv\s*:\s*)?"
_WORD_ENDS = r"(?![\w/]|[.-]\w)"
_AS_WORD = re.compile(rf"{_WORD_BEGINS}{_ID}{_WORD_ENDS}", re.IGNORECASE | re.ASCII)
_LIKE_NEW_STYLE = re.compile(
    rf"(?:{_WORD_BEGINS}|(?:arxiv\.org/(?:abs|pdf)|(?:huggingface\.co|hf\.co)/papers)/)"
    rf"(?P<id>\d{{4}}\.\d{{3,6}})(?:v\d+)?{_WORD_ENDS}",
    re.IGNORECASE | re.ASCII,
)


def arxiv_id_in(text: str) -> str | None:
    """Return the arXiv id that a pasted text names, without its version, or `None`.

    Understood are a bare id of either style (`2502.14499`, `2502.14499v2`, `hep-th/9901001`),
    the same behind `arXiv:`, an address of arXiv or of Hugging Face's paper pages anywhere in the
    text, and the title line of an arXiv page (`[2502.14499] MLGym: …`). The subject class of an
    old id is dropped, as arXiv does: `math.GT/0309136` is `math/0309136`.

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """
    match = _BARE.fullmatch(text.strip()) or _ADDRESS.search(text) or _CITED.match(text)
    return _normal_id(match) if match else None


def arxiv_ids_in(text: str) -> tuple[str, ...]:
    """Return all arXiv ids that a message names, each once, in their order, without versions.

    Understood are the addresses that `arxiv_id_in` knows, and ids that stand alone as a word.

    >>> arxiv_ids_in("arxiv.org/abs/2502.14499v2 and (arXiv:2502.00001), not v1.2502.14498")
    ('2502.14499', '2502.00001')
    """
    found = [*_ADDRESS.finditer(text), *_AS_WORD.finditer(text)]
    found.sort(key=lambda match: match.start("id"))
    return tuple(dict.fromkeys(map(_normal_id, found)))


def mistaken_id_in(text: str) -> str | None:
    """Return what looks like an arXiv id but can't be one; `None` if the text has a real id.

    >>> mistaken_id_in("arXiv:2513.12345")  # there is no thirteenth month
    '2513.12345'
    """
    if arxiv_id_in(text) is not None or arxiv_ids_in(text):
        return None
    match = _LIKE_NEW_STYLE.search(text)
    return match["id"] if match else None


def _normal_id(match: re.Match[str]) -> str:
    return _SUBJECT_CLASS.sub("/", match["id"].lower())


MOST_VOTES = 10_000_000
"""Of one paper; larger numbers are errors, and too long for the texts that show votes."""


class MediaKind(StrEnum):
    """The kind of a paper's media."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a video of a paper."""

    kind: MediaKind
    url: str
    """Valid according to `storage.addresses`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it."""

    heading: str | None
    """Such as "What's New", without asterisks or colon; `None` where the text has no heading."""
    body: str
    """Markdown, without the list mark of its first line; never blank."""


class Basis(StrEnum):
    """What a language model was given to read of a paper."""

    ABSTRACT = "abstract"
    """Title and abstract."""
    FULL_TEXT = "full_text"
    """These and the beginning of the paper's text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paper's sections in one language, as one source gives them."""

    language: str | None
    """Such as `ko`; `None` if it is not known."""
    sections: tuple[Section, ...]
    source: str
    """The name of the source."""
    basis: Basis | None = None
    """What they rest on if a language model wrote them; `None` for other texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a digest doesn't say about a paper, but services do; `None` or empty is unknown."""

    abstract: str | None = None
    """The authors' abstract, in plain text: paragraphs without line breaks, LaTeX as Unicode."""
    summary: str | None = None
    """One sentence that Hugging Face's AI wrote."""
    keywords: tuple[str, ...] = ()
    organization: str | None = None
    """The name of the authors' organization."""
    code_url: str | None = None
    """The code repository; valid according to `storage.addresses`."""
    code_stars: int | None = None
    """The stars of that repository on GitHub."""
    project_url: str | None = None
    """The project's page; valid according to `storage.addresses`."""
    comments: int | None = None
    """Comments on the paper's page at Hugging Face."""
    submitted_at: datetime | None = None
    """UTC; when it was submitted to arXiv."""
    withdrawn_at: datetime | None = None
    """UTC; when its authors withdrew it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one source describes it, or as merged from several."""

    arxiv_id: str
    """Without version: `2502.14499` or `hep-th/9901001`."""
    title: str
    """As the source writes it, on one line."""
    votes: int | None = None
    """0 to `MOST_VOTES`; `None` means not known, which is not 0."""
    authors: tuple[str, ...] = ()
    media: Media | None = None
    sections: tuple[Section, ...] = ()
    """Of the first source by precedence that has any."""
    language: str | None = None
    """Of the sections, such as `ko`; `None` if it is not known."""
    other_texts: tuple[Text, ...] = ()
    """The sections of further sources and languages, by precedence of the sources."""
    details: Details = Details()
    authors_ordered: bool = False
    """Whether the authors are in the paper's order; digests shuffle them."""
    source: str | None = field(default=None, compare=False)
    """The name of the source of the sections; `None` if they are not from the database."""
    basis: Basis | None = field(default=None, compare=False)
    """What the sections rest on, as in `Text`."""

    @property
    def url(self) -> str:
        """The paper's page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """The paper's PDF."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def huggingface_url(self) -> str:
        """The paper's page at Hugging Face, where people vote."""
        return f"https://huggingface.co/papers/{self.arxiv_id}"


@dataclass(frozen=True, slots=True)
class Digest:
    """A day's list of papers."""

    date: date
    papers: tuple[Paper, ...] = ()
    """By rank; no id twice."""


class SourceKind(StrEnum):
    """The kinds of sources."""

    FOLDER = "folder"
    """Digests in files."""
    URL = "url"
    """Digests at addresses with the date in them."""
    HUGGINGFACE = "huggingface"
    """The daily lists of Hugging Face, live."""
    WRITER = "writer"
    """A language model that writes sections."""


FILES: Final = "files"
"""The name of the source of what `ingest` reads, and of the folder `digests`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """What a source says of a day's papers."""

    date: date
    papers: tuple[Paper, ...] = ()
    """In the source's order; no id twice."""
    read_at: datetime
    """UTC."""
    source: str = FILES
    """The name of the source."""
    language: str | None = None
    """Of the sections of papers that don't say it; `None` to recognize it."""
    is_live: bool = False
    """Whether votes are as of `read_at`; otherwise they are as of the list's day."""
    opened_at: datetime | None = None
    """UTC; when the list began to fill. `None`: it is complete when it arrives."""
    closed_at: datetime | None = None
    """UTC; when the list is complete."""
    etag: str | None = None
    """What the server needs to say that the list has not changed."""
    body_hash: str | None = None
    """Of the server's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """Whether a source can be read."""

    name: str
    kind: SourceKind
    succeeded_at: datetime | None
    """UTC; when it last answered."""
    failed_at: datetime | None
    """UTC; when it last did not."""
    error: str | None
    """Why it could not be read the last time; `None` if it could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDay:
    """What was read of a source for a day."""

    date: date
    opened_at: datetime | None = None
    """UTC; `None` for a list that is complete when it arrives."""
    arrived_at: datetime | None = None
    """UTC; when the first papers came. `None`: none so far."""
    checked_at: datetime | None = None
    """UTC; when it was last asked for."""
    read_at: datetime | None = None
    """UTC; when it was last read with success, with or without papers."""
    etag: str | None = None
    body_hash: str | None = None
    error: str | None = None
    """Why the last attempt failed; `None` if it didn't."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Two or more weekdays in a row of which no source has brought papers."""

    since: date
    """The first of them."""
    sources: tuple[str, ...] = ()
    """Those that could not be read, as people know them; empty if all could."""
    error: str | None = None
    """The newest error of these, for the log."""


@dataclass(frozen=True, slots=True)
class PaperName:
    """The fields of a paper that suggestions show."""

    arxiv_id: str
    title: str
    votes: int | None
    digest_date: date
    """Of the newest digest that lists it."""


_READ_IN_TIME: Final = timedelta(days=2)
"""How long after the beginning of its day a list's votes are as of the time they are read."""


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A stored paper: newest text, newest votes, and its rank in a digest."""

    paper: Paper
    """Its `votes` are the newest that are known."""
    digest_date: date
    """Of the newest digest that lists it; in a `ListedDigest`, of that digest."""
    rank: int
    """1-based, in that digest."""
    votes_read_at: datetime | None
    """UTC; `None` where votes were never read."""
    votes_as_of: datetime | None = field(default=None, compare=False)
    """UTC; of when the votes are: when they were read, or the day of a list without a time.
    `None` if that is not known."""

    @property
    def votes_time(self) -> datetime | None:
        """When its votes were as they are, in UTC; `None` if that is not known.

        A file that is read long after its day doesn't say at what time its votes were read.
        """
        read_at, as_of = self.votes_read_at, self.votes_as_of
        if read_at is None or as_of is None:
            return read_at
        return read_at if read_at - as_of <= _READ_IN_TIME else None


@dataclass(frozen=True, slots=True)
class UnlistedPaper:
    """A paper that no list has, as a service describes it; it has no rank."""

    paper: Paper
    service: str
    """The name of the service."""
    read_at: datetime
    """UTC; when the service was asked."""

    @property
    def votes_read_at(self) -> datetime | None:
        """When its votes were read; `None` where they are not known."""
        return self.read_at if self.paper.votes is not None else None

    @property
    def votes_time(self) -> datetime | None:
        """The same, as of a `ListedPaper`."""
        return self.votes_read_at


KnownPaper: TypeAlias = ListedPaper | UnlistedPaper
"""A paper that can be shown."""


@dataclass(frozen=True, slots=True)
class ListedDigest:
    """A stored digest."""

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
    """How many papers the whole ranking has."""
    first: date | None
    """The oldest digest that it covers; `None` where there is none."""
    last: date | None
    """The newest digest that it covers."""
    votes_read_at: datetime | None
    """UTC; the newest reading among the papers shown."""


class Change(StrEnum):
    """How storing a digest changed a paper."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """The summary of storing a digest."""

    date: date
    is_new: bool
    new: int
    """Papers that no digest had listed before."""
    changed: int
    """Papers whose text, authors, media or votes differ from those stored, or whose votes or rank
    differ from those stored for this digest."""
    same: int
    """The others, among them those known from another day that this digest newly lists."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper's votes at a time."""

    votes: int
    read_at: datetime
    """UTC."""


class Frequency(StrEnum):
    """How often a schedule posts, and so which digests a post covers."""

    DAY = "day"
    WEEK = "week"
    """The week from Monday that has ended, posted on the first day after it."""
    MONTH = "month"
    """The month that has ended, posted on the first day after it."""


class Layout(StrEnum):
    """How a post looks."""

    BRIEF = "brief"
    """The first paper with a sentence, and a list of the others."""
    CARDS = "cards"
    """One embed for each paper."""
    THREAD = "thread"
    """Brief in the channel, and a thread below it with a card for each paper."""


EVERY_DAY = 0b1111111
"""All days of `ScheduleSettings.days`."""


class Reason(StrEnum):
    """Why something was not posted, is paused or waits; also the key of the text people read."""

    ASKED = "asked"
    """A person paused it."""
    SCHEDULED = "scheduled"
    """Posted because it was due."""
    BY_HAND = "by_hand"
    """Posted because a person asked for it."""

    LACKS_PERMISSION = "lacks_permission"
    CHANNEL_GONE = "channel_gone"
    LEFT = "left"
    """The bot is not in the server."""
    ARCHIVED = "archived"
    """The thread is archived or locked, and the bot may not open it."""
    NEEDS_TAG = "needs_tag"
    TOO_MANY_THREADS = "too_many_threads"
    WRONG_CHANNEL = "wrong_channel"
    REFUSED = "refused"
    """Discord refuses to let the bot post there."""
    MESSAGE_REFUSED = "message_refused"
    """Discord refused what the message says."""

    NO_DIGEST = "no_digest"
    NO_NEW_PAPERS = "no_new_papers"
    """The new lists have hardly a paper that the channel has not had."""
    SOURCE_UNAVAILABLE = "source_unavailable"
    """The source of the papers can't be read."""
    FILTERED_OUT = "filtered_out"
    ALREADY = "already"
    """The channel has had it."""
    TOO_LATE = "too_late"
    """Its time was too long ago."""
    DELETED = "deleted"
    """The schedule was deleted."""
    UNKNOWN = "unknown"
    """It may have been sent; nobody can tell, so it is not sent again."""

    DISCORD_UNAVAILABLE = "discord_unavailable"
    """Discord answered with an error that passes, or not at all."""
    GUILD_UNAVAILABLE = "guild_unavailable"
    """The server is not visible to the bot at the moment, because of an outage of Discord's."""
    RATE_LIMITED = "rate_limited"
    """Discord asked to wait before this request is sent again."""
    INTERNAL = "internal"
    """An error in the bot, which is in its log."""
    STARTING = "starting"
    """The bot does not post yet: it has not connected, or its database can't be used."""
    UNDER_WAY = "under_way"
    """It could not be sent at once, and is retried."""
    WRITER_UNAVAILABLE = "writer_unavailable"
    """The language model can't be asked, gave no usable answer, or has written enough today."""

    @property
    def is_discord_trouble(self) -> bool:
        """Whether Discord is the cause and a retry helps; such a job holds its lane."""
        return self in {
            Reason.DISCORD_UNAVAILABLE,
            Reason.GUILD_UNAVAILABLE,
            Reason.RATE_LIMITED,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """What one channel gets, and when; `/schedule`'s options and the columns derive from it."""

    channel_id: int
    """A text, announcement, forum or media channel, or a thread."""
    time: time
    """Local, whole minutes."""
    timezone: str
    """IANA name."""
    count: int
    """Papers per post, 1 to 25."""
    period: Frequency = Frequency.DAY
    layout: Layout = Layout.CARDS
    days: int = EVERY_DAY
    """One bit per weekday on which it posts: 1 is Monday, 64 Sunday. For daily posts only."""
    min_votes: int | None = None
    """Papers with fewer votes, or unknown ones, are left out; `None` leaves out none."""
    include: str = ""
    """Words, "exact phrases" and author:names as typed, of which a paper must match one."""
    exclude: str = ""
    """The same, of which a paper may match none."""
    mention: int | None = None
    """The role that a post pings."""
    silent: bool = False
    """Whether a post sends no push notification."""
    publish: bool = False
    """Whether a post in an announcement channel is published to the servers that follow it."""
    refresh: bool = True
    """Whether a post is edited once if its votes have changed by the end of its first day."""
    catch_up: int = 24
    """How many hours late a missed occurrence is still posted, 0 to 168."""
    language: str
    """Of the texts: `en`, `ko`."""

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves out papers by words or votes."""
        return bool(self.include or self.exclude or self.min_votes is not None)


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule to store."""

    guild_id: int
    created_by: int
    """The Discord user who makes it."""
    settings: ScheduleSettings
    draft_id: int | None = None
    """The draft on the set-up screen that it comes from; it is deleted with it."""
    may_repeat: bool = True
    """Whether it is stored also if its channel gets the same papers by another schedule."""


@dataclass(frozen=True, slots=True)
class ScheduleEdit:
    """New settings of a stored schedule."""

    schedule_id: int
    guild_id: int
    """The server whose schedule it must be."""
    settings: ScheduleSettings
    draft_id: int | None = None
    """As in `NewSchedule`."""
    version: int | None = None
    """The version that must not have been edited since; `None` for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A stored schedule."""

    id: int
    guild_id: int
    created_by: int
    """The Discord user who made it."""
    created_at: datetime
    """UTC."""
    settings: ScheduleSettings
    version: int = 1
    """Grows with each edit."""
    timed_at: datetime | None = None
    """UTC; occurrences before it don't count, since the times were changed then."""
    last_day: date | None = None
    """The local day of the last claimed occurrence; `None` before the first."""
    last_due: datetime | None = None
    """UTC; the moment at which that occurrence was due."""
    paused_at: datetime | None = None
    """UTC; `None` while it is active."""
    paused_reason: Reason | None = None
    notified: Reason | None = None
    """What its creator was last told by direct message; `None` again after a post."""
    deleted_at: datetime | None = None
    """UTC; it is removed for good 15 minutes later, and can be restored until then."""


class PartState(StrEnum):
    """Where one message of a delivery stands."""

    PLANNED = "planned"
    """It may have been sent all the same: a process can end between the request and its record."""
    SENT = "sent"
    SKIPPED = "skipped"
    """It is not sent any more, for the part's `reason`."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it is sent, apart from its marks; equal ones are stored once."""

    hash: str
    format: int
    """Which shape `body` has."""
    body: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a delivery."""

    position: int
    """1-based, the order in which parts are sent."""
    message_hash: str | None
    """`None` for what version 0.1.0 planned and nothing has rendered since."""
    mark: str
    """In the message's `custom_id`s; by it the message is found again in its channel."""
    nonce: str
    """At most 25 characters; the same at each attempt."""
    state: PartState = PartState.PLANNED
    reason: Reason | None = None
    """Why it was skipped."""
    reconciled_at: datetime | None = None
    """UTC; when its channel was last searched for it."""
    channel_id: int | None = None
    """Where it went: the delivery's channel, or a thread."""
    message_id: int | None = None
    sent_at: datetime | None = None
    """UTC."""
    published_at: datetime | None = None
    """UTC; when it was published to the servers that follow the channel."""


class DeliveryOutcome(StrEnum):
    """How a delivery ended."""

    POSTED = "posted"
    NOTHING = "nothing"
    """The filters left none of its papers: there is nothing to send."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a delivery is about to send."""

    coverage: str
    """As in `Delivery`."""
    json: str
    """What a refresh renders it from; `Delivery.plan`."""
    messages: tuple[StoredMessage, ...] = ()
    """Empty if the filters left no papers: there is nothing to send."""
    parts: tuple[Part, ...] = ()
    """One for each message, in order."""
    by_hand: bool = False
    """Whether a person asked for it, and not the schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one channel gets for one occurrence, in one or more parts."""

    id: int
    channel_id: int
    schedule_id: int | None
    """`None` where the schedule has been deleted for good."""
    coverage: str
    """`day:2025-02-21`, `week:2025-02-17` (its Monday) or `month:2025-02`."""
    serial: int = 0
    """Higher where a person had it posted again."""
    by_hand: bool = False
    """Whether a person asked for it, and not the schedule."""
    plan: str
    """JSON: options, paper ids in order, total."""
    planned_at: datetime
    """UTC."""
    replan: bool = False
    """Whether its schedule was edited since it was planned."""
    completed_at: datetime | None = None
    """UTC; `None` while parts are missing."""
    outcome: DeliveryOutcome | None = None
    """`None` until it is completed."""
    parts: tuple[Part, ...]
    """In order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A stored piece of work with a time."""

    key: str
    """What it is for; no other job has the same: `occurrence:12`, `delivery:345`."""
    kind: str
    """Which handler runs it."""
    lane: str
    """Jobs of one lane run one at a time."""
    priority: int
    """Lower ones run first within a lane."""
    run_at: datetime
    """UTC; the jobs of a lane and priority run in this order."""
    schedule_id: int | None = None
    delivery_id: int | None = None
    payload: str = "{}"
    """JSON, for the handler."""
    not_before: datetime | None = None
    """UTC; until then it waits to be retried, or for what it lacks."""
    expires_at: datetime | None = None
    """UTC; from then on it is not attempted any more."""
    attempts: int = 0
    """How often it failed since it last made progress."""
    reason: Reason | None = None
    """Why it was not done at the last attempt."""
    write_id: int = field(default=0, compare=False)
    """Another one each time a job with this key is written; 0 until it is read."""


class Outcome(StrEnum):
    """What came of a schedule's occurrence, or happened to the schedule."""

    POSTED = "posted"
    NOTHING_NEW = "nothing_new"
    """There was no digest that the channel has not had, nor did one come in time."""
    FILTERED_OUT = "filtered_out"
    """The filters left none of the new digest's papers."""
    MISSED = "missed"
    """Its time was too long ago when the bot came back."""
    GIVEN_UP = "given_up"
    """It could not be sent in time."""
    FAILED = "failed"
    """An error in the bot kept it back; it is retried."""
    PAUSED = "paused"
    RESUMED = "resumed"
    NOT_POSTED = "not_posted"
    """Its time came while it was paused."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A line to write into a schedule's history."""

    outcome: Outcome
    at: datetime
    """Any time zone."""
    reason: Reason | None = None
    coverage: str | None = None
    """As in `Delivery`."""
    delivery_id: int | None = None
    channel_id: int | None = None
    """`None` for the schedule's channel."""
    actor_id: int | None = None
    """The Discord user who did it; `None` where the bot did."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a schedule's history."""

    at: datetime
    """UTC."""
    schedule_id: int
    channel_id: int
    outcome: Outcome
    reason: Reason | None
    coverage: str | None
    """As in `Delivery`."""
    messages: tuple[tuple[int, int], ...]
    """The channel and the id of each message that was sent, in order."""
    actor_id: int | None = None
    """The Discord user who did it; `None` where the bot did."""
