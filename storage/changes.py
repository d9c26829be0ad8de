"""Compute what storing a digest changes, without I/O."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from storage.records import Change, Digest, ListedPaper, Paper, StoredDigest


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's entry in a digest."""

    rank: int
    paper_id: int
    votes: int | None
    """As last read in this digest; `None` if they never were."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A stored paper that the digest lists again."""

    id: int
    listed: ListedPaper
    votes_date: date | None
    """Of the newest digest that has votes of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database has before a digest is stored."""

    digest_id: int | None
    """`None` if the day has no digest yet."""
    last_digest_id: int
    last_paper_id: int
    entries: tuple[Entry, ...]
    """Of the digest, by rank."""
    papers: dict[str, KnownPaper]
    """The stored papers of the digest, by arXiv id."""


@dataclass(slots=True)
class Changes:
    """The rows to write."""

    digest_id: int
    date: date
    is_new: bool
    """Whether the day has no digest yet."""
    texts: list[tuple[int, ListedPaper]] = field(default_factory=list)
    """Papers to write completely: new ones, and those whose text differs."""
    replaced: list[int] = field(default_factory=list)
    """The ids of those that are stored already."""
    standings: list[tuple[int, ListedPaper]] = field(default_factory=list)
    """Papers of which only votes, rank or digest differ."""
    readings: list[tuple[int, int]] = field(default_factory=list)
    """New vote readings: paper id and votes."""
    entries: tuple[Entry, ...] | None = None
    """All entries of the digest, by rank; `None` if they are unchanged."""
    is_reordered: bool = False
    """Whether the digest lists other papers than before, or in another order."""
    unlisted: list[Entry] = field(default_factory=list)
    """The entries of papers that the digest no longer lists."""
    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    """How many of its papers are new, changed and unchanged."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.is_new or self.texts or self.standings or self.entries)

    @property
    def has_new_papers(self) -> bool:
        """Whether it changes which papers there are, their texts or their order; not just votes."""
        return bool(self.is_new or self.texts or self.is_reordered)

    @property
    def stored(self) -> StoredDigest:
        """The summary for the caller."""
        return StoredDigest(
            self.date,
            self.is_new,
            self.counts[Change.NEW],
            self.counts[Change.CHANGED],
            self.counts[Change.SAME],
        )


def changes(known: Known, digest: Digest, *, read_at: datetime) -> Changes:
    """Return what storing a digest changes."""
    result = Changes(
        known.digest_id or known.last_digest_id + 1, digest.date, is_new=known.digest_id is None
    )
    next_id = known.last_paper_id + 1
    last_entries = {entry.paper_id: entry for entry in known.entries}
    entries: list[Entry] = []
    for rank, paper in enumerate(digest.papers, start=1):
        now = ListedPaper(paper, digest.date, rank, None if paper.votes is None else read_at)
        before = known.papers.get(paper.arxiv_id)
        last = last_entries.pop(before.id, None) if before else None
        entry = Entry(
            rank,
            before.id if before else next_id,
            last.votes if last and paper.votes is None else paper.votes,
        )
        reading = None if last and entry.votes == last.votes else entry.votes
        if before is None:
            result.texts.append((next_id, now))
            result.counts[Change.NEW] += 1
            next_id += 1
        else:
            listed = _read_again(before, now, reading)
            if _text(listed) != _text(before.listed):
                result.texts.append((before.id, listed))
                result.replaced.append(before.id)
            elif listed != before.listed:
                result.standings.append((before.id, listed))
            is_same = listed.paper == before.listed.paper and last in (None, entry)
            result.counts[Change.SAME if is_same else Change.CHANGED] += 1
        if reading is not None:
            result.readings.append((entry.paper_id, reading))
        entries.append(entry)
    for rank, entry in enumerate(last_entries.values(), start=len(entries) + 1):
        result.unlisted.append(replace(entry, rank=rank))
    entries += result.unlisted
    if tuple(entries) != known.entries:
        result.entries = tuple(entries)
        result.is_reordered = _order(result.entries) != _order(known.entries)
    return result


def _order(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.paper_id for entry in entries]


def _read_again(before: KnownPaper, now: ListedPaper, reading: int | None) -> ListedPaper:
    """Merge what a digest says of a stored paper into what is stored of it."""
    listed = before.listed
    if now.digest_date >= listed.digest_date:
        paper = replace(
            now.paper,
            votes=listed.paper.votes,
            authors=now.paper.authors or listed.paper.authors,
            media=now.paper.media or listed.paper.media,
            sections=now.paper.sections or listed.paper.sections,
        )
        listed = replace(listed, paper=paper, digest_date=now.digest_date, rank=now.rank)
    if reading is not None and now.digest_date >= (before.votes_date or now.digest_date):
        paper = replace(listed.paper, votes=reading)
        listed = replace(listed, paper=paper, votes_read_at=now.votes_read_at)
    return listed


def _text(listed: ListedPaper) -> Paper:
    return replace(listed.paper, votes=None)
