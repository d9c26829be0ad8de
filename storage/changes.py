"""Compute what storing a source's list changes, without I/O."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from storage.languages import language_of
from storage.merge import MergedPaper, SourcePaper, Votes, complete, merge, merge_days
from storage.records import (
    Change,
    ListedPaper,
    Paper,
    Section,
    SourceList,
    StoredDigest,
)
from storage.times import start_of, to_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's entry in a digest."""

    rank: int
    paper_id: int
    votes: int | None
    """As last read in this digest; `None` if they never were."""


@dataclass(frozen=True, slots=True)
class KnownText:
    """The sections that the source gave a paper before."""

    language: str | None
    sections: tuple[Section, ...]
    """Empty if it gave none."""
    day: date | None
    """Of the newest list that has them; `None` if there are none."""


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A stored paper that a source lists for the day."""

    id: int
    listed: ListedPaper
    votes_as_of: datetime | None
    """UTC; `None` if it has no votes."""
    text: KnownText
    other_days: tuple[tuple[date, MergedPaper], ...] = ()
    """The paper as lists of other days have it, the newest first."""


@dataclass(frozen=True, slots=True)
class KnownState:
    """What the database has before a list is stored."""

    source_id: int
    precedence: int
    """Of the source."""
    digest_id: int | None
    """`None` if the day has no digest yet."""
    last_digest_id: int
    last_paper_id: int
    entries: tuple[Entry, ...]
    """Of the digest, by rank."""
    said: tuple[SourcePaper, ...]
    """What all sources, this one included, said of the day."""
    papers: dict[str, KnownPaper]
    """The stored papers of the list and of `said`, by arXiv id."""


@dataclass(frozen=True, slots=True)
class NewText:
    """The sections of a paper to write in place of those that the source gave before."""

    arxiv_id: str
    paper_id: int
    language: str
    sections: tuple[Section, ...]


@dataclass(slots=True)
class Changes:
    """The rows to write."""

    source_id: int
    digest_id: int
    date: date
    read_at: datetime
    """UTC; when the source's list was read."""
    is_new: bool
    """Whether the day has no digest yet."""
    is_first: bool = False
    """Whether the source gave no paper of the day before."""
    said: list[tuple[int, SourcePaper]] = field(default_factory=list)
    """What the source says, where that differs from before: paper id and facts."""
    papers: list[tuple[int, ListedPaper, datetime | None]] = field(default_factory=list)
    """Papers to write completely: new ones, and those whose facts differ; with `as_of` of their
    votes. Sections are in `texts`."""
    replaced: list[int] = field(default_factory=list)
    """The ids of those that are stored already."""
    texts: list[NewText] = field(default_factory=list)
    """Sections to write."""
    text_days: list[int] = field(default_factory=list)
    """The ids of papers whose stored text is also that of this list, which is newer."""
    standings: list[tuple[int, ListedPaper, datetime | None]] = field(default_factory=list)
    """Papers of which only numbers or the digest differ, with `as_of` of their votes."""
    readings: list[tuple[int, int]] = field(default_factory=list)
    """New vote readings: paper id and votes."""
    entries: tuple[Entry, ...] | None = None
    """All entries of the digest, by rank; `None` if they are unchanged."""
    is_reordered: bool = False
    """Whether the digest lists other papers than before, or in another order."""
    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    """How many of the list's papers are new, changed and unchanged."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(
            self.is_new
            or self.said
            or self.papers
            or self.text_days
            or self.standings
            or self.entries
        )

    @property
    def has_new_papers(self) -> bool:
        """Whether it changes more than votes.

        That is which papers there are, their texts, their order, or which sources list them.
        """
        return bool(self.is_new or self.is_first or self.papers or self.is_reordered)

    @property
    def has_new_numbers(self) -> bool:
        """Whether it changes votes or other numbers of papers."""
        # Which votes count may change without a reading, after a change of the precedence.
        return bool(self.readings) or (bool(self.standings) and not self.has_new_papers)

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


def changes(known: KnownState, new: SourceList) -> Changes:
    """Return what storing a source's list changes."""
    result = Changes(
        known.source_id,
        known.digest_id or known.last_digest_id + 1,
        new.date,
        new.read_at,
        is_new=known.digest_id is None,
    )
    ids = {arxiv_id: paper.id for arxiv_id, paper in known.papers.items()}
    for paper in new.papers:
        ids.setdefault(paper.arxiv_id, known.last_paper_id + 1 + len(ids) - len(known.papers))
    own = _own(known, new)
    before = {each.paper.arxiv_id: each for each in known.said if each.source_id == known.source_id}
    result.is_first = bool(new.papers) and not before
    for arxiv_id, each in own.items():
        last = before.get(arxiv_id)
        if each != last:
            result.said.append((ids[arxiv_id], each))
        if each.votes is not None and (last is None or each.votes != last.votes):
            result.readings.append((ids[arxiv_id], each.votes.votes))
    others = (each for each in known.said if each.source_id != known.source_id)
    _change_digest(result, known, new, merge((*own.values(), *others)), ids)
    return result


def _own(known: KnownState, new: SourceList) -> dict[str, SourcePaper]:
    """Return what the source says of the day from now on, by arXiv id.

    It includes papers that its list has lost. What the source doesn't say any more of a paper is
    kept, and so is the time of votes that are as before.
    """
    own = {
        each.paper.arxiv_id: replace(each, gone_at=each.gone_at or new.read_at)
        for each in known.said
        if each.source_id == known.source_id
    }
    as_of = _as_of(new)
    for position, paper in enumerate(new.papers, start=1):
        last = own.get(paper.arxiv_id)
        votes = None if paper.votes is None else Votes(paper.votes, as_of, new.read_at)
        if last is not None and last.votes is not None and paper.votes in {None, last.votes.votes}:
            votes = last.votes
        facts = replace(
            paper,
            votes=None if votes is None else votes.votes,
            sections=(),
            language=None,
            other_texts=(),
        )
        if last is not None:
            facts = complete(facts, last.paper)
        own[paper.arxiv_id] = SourcePaper(known.source_id, known.precedence, position, facts, votes)
    return own


def _as_of(new: SourceList) -> datetime:
    """Return of when the votes of a list are.

    Those of a list that is dated ahead are as of its reading, so that live votes that are read
    later count more.
    """
    return new.read_at if new.is_live else min(start_of(new.date), new.read_at, key=to_text)


def _change_digest(
    result: Changes,
    known: KnownState,
    new: SourceList,
    merged: tuple[MergedPaper, ...],
    ids: dict[str, int],
) -> None:
    """Add what the merged list changes: entries of the digest, papers and texts."""
    given = {paper.arxiv_id: paper for paper in new.papers}
    last_entries = {entry.paper_id: entry for entry in known.entries}
    entries: list[Entry] = []
    for rank, each in enumerate(merged, start=1):
        arxiv_id = each.paper.arxiv_id
        paper_id = ids[arxiv_id]
        entry = Entry(rank, paper_id, each.votes.votes if each.votes else None)
        entries.append(entry)
        change = _change_paper(
            result,
            known.papers.get(arxiv_id),
            _listed_paper(each, new.date, rank),
            each,
            _new_text(result, known.papers.get(arxiv_id), given.get(arxiv_id), paper_id, new),
            paper_id,
        )
        if arxiv_id in given:
            is_same = change is Change.SAME and last_entries.get(paper_id) in (None, entry)
            result.counts[change if is_same or change is Change.NEW else Change.CHANGED] += 1
    if tuple(entries) != known.entries:
        result.entries = tuple(entries)
        result.is_reordered = _order(result.entries) != _order(known.entries)


def _change_paper(  # noqa: PLR0917 - values of one loop
    result: Changes,
    before: KnownPaper | None,
    now: ListedPaper,
    merged: MergedPaper,
    text: NewText | None,
    paper_id: int,
) -> Change:
    """Add what the merged list changes of one paper; return how it changed."""
    if text is not None:
        result.texts.append(text)
    if before is None:
        result.papers.append((paper_id, now, merged.votes.as_of if merged.votes else None))
        return Change.NEW
    listed, as_of = _listed_again(before, now, merged)
    if text is not None or _facts(listed) != _facts(before.listed):
        result.papers.append((before.id, listed, as_of))
        result.replaced.append(before.id)
    elif listed != before.listed or as_of != before.votes_as_of:
        result.standings.append((before.id, listed, as_of))
    return Change.SAME if text is None and listed.paper == before.listed.paper else Change.CHANGED


def _listed_paper(merged: MergedPaper, day: date, rank: int) -> ListedPaper:
    return ListedPaper(merged.paper, day, rank, merged.votes.read_at if merged.votes else None)


def _new_text(
    result: Changes,
    before: KnownPaper | None,
    given: Paper | None,
    paper_id: int,
    new: SourceList,
) -> NewText | None:
    """Return the text to write for a paper; `None` if it has none, or the stored one is right."""
    if given is None or not given.sections:
        return None
    language = given.language or new.language or language_of(given.sections)
    if before is not None:
        text = before.text
        # An old list does not restore its text.
        if text.day is not None and text.day > new.date:
            return None
        if (text.language, text.sections) == (language, given.sections):
            if text.day != new.date:
                result.text_days.append(paper_id)
            return None
    return NewText(given.arxiv_id, paper_id, language, given.sections)


def _order(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.paper_id for entry in entries]


def _listed_again(
    before: KnownPaper, now: ListedPaper, merged: MergedPaper
) -> tuple[ListedPaper, datetime | None]:
    """Merge a paper of a day's list with the lists of other days; texts stay as they are.

    Args:
        before: As it is stored.
        now: As the day's list has it.
        merged: The same.

    Returns:
        The paper, and of when its votes are.
    """
    day = now.digest_date
    newer = [each for other_day, each in before.other_days if other_day > day]
    older = [each for other_day, each in before.other_days if other_day < day]
    everywhere = merge_days((*newer, merged, *older))
    last = before.listed
    listed = last if newer else now
    votes = everywhere.votes
    paper = replace(
        everywhere.paper,
        sections=last.paper.sections,
        language=last.paper.language,
        other_texts=last.paper.other_texts,
    )
    return (
        ListedPaper(paper, listed.digest_date, listed.rank, votes.read_at if votes else None),
        votes.as_of if votes else None,
    )


def _facts(listed: ListedPaper) -> Paper:
    """Return a paper without the numbers that change often."""
    paper = listed.paper
    details = replace(paper.details, comments=None, code_stars=None)
    return replace(paper, votes=None, details=details)
