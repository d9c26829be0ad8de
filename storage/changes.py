"""What storing a digest changes: worked out from what is known, before anything is written."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from storage.records import Change, Digest, ListedPaper, Paper, StoredDigest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper stands in the digest."""

    rank: int
    paper_id: int
    votes: int | None
    """As last read in this digest; `None` where they never were."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """What is known of a paper that some digest has listed before."""

    id: int
    listed: ListedPaper
    votes_date: date | None
    """Of the newest digest that has votes of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a digest is stored."""

    digest_id: int | None
    """`None` where the day has no digest yet."""
    last_digest_id: int
    last_paper_id: int
    places: tuple[Place, ...]
    """Of the digest, by rank."""
    papers: dict[str, KnownPaper]
    """By arXiv id, those of the digest's that are known."""


@dataclass(slots=True)
class Changes:
    """What is to be written."""

    digest_id: int
    date: date
    is_new: bool
    """Whether the day has no digest yet."""
    texts: list[tuple[int, ListedPaper]] = field(default_factory=list)
    """Papers to write whole: new ones, and those with another text."""
    replaced: list[int] = field(default_factory=list)
    """Those of them that are there already."""
    standings: list[tuple[int, ListedPaper]] = field(default_factory=list)
    """Papers of which the votes or the place alone differ."""
    readings: list[tuple[int, int]] = field(default_factory=list)
    """Papers and votes that were read of them."""
    places: tuple[Place, ...] | None = None
    """Of the whole digest, by rank; `None` where they are as they were."""
    is_reordered: bool = False
    """Whether the digest lists other papers than before, or in another order."""
    left: list[Place] = field(default_factory=list)
    """Those of papers that the digest no longer lists."""
    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    """How many of its papers are new, changed and the same."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.is_new or self.texts or self.standings or self.places)

    @property
    def has_new_papers(self) -> bool:
        """Whether it changes which papers there are, their texts or their order; not just votes."""
        return bool(self.is_new or self.texts or self.is_reordered)

    @property
    def stored(self) -> StoredDigest:
        """What has been done once this is written."""
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
    last_places = {place.paper_id: place for place in known.places}
    places: list[Place] = []
    for rank, paper in enumerate(digest.papers, start=1):
        now = ListedPaper(paper, digest.date, rank, None if paper.votes is None else read_at)
        before = known.papers.get(paper.arxiv_id)
        last = last_places.pop(before.id, None) if before else None
        place = Place(
            rank,
            before.id if before else next_id,
            last.votes if last and paper.votes is None else paper.votes,
        )
        reading = None if last and place.votes == last.votes else place.votes
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
            is_same = listed.paper == before.listed.paper and last in (None, place)
            result.counts[Change.SAME if is_same else Change.CHANGED] += 1
        if reading is not None:
            result.readings.append((place.paper_id, reading))
        places.append(place)
    for rank, place in enumerate(last_places.values(), start=len(places) + 1):
        result.left.append(replace(place, rank=rank))
    places += result.left
    if tuple(places) != known.places:
        result.places = tuple(places)
        result.is_reordered = _order(result.places) != _order(known.places)
    return result


def _order(places: tuple[Place, ...]) -> list[int]:
    return [place.paper_id for place in places]


def _read_again(before: KnownPaper, now: ListedPaper, reading: int | None) -> ListedPaper:
    """Return what is known of a paper after a digest has listed it, with these votes or none."""
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
