"""Invariants of the database after storing any digests in any order."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import scaled
from full_text_check import index_and_check
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_samples import in_language, writer_of
from strategies import papers as any_papers

from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

NOW = datetime(2025, 2, 24, 8, tzinfo=UTC)
"""After the days of `few_digests`."""


def _without_nul(paper: Paper) -> Paper:
    def clean(text: str) -> str:
        return text.replace("\0", "\ufffd")

    return replace(
        paper,
        title=clean(paper.title),
        authors=tuple(map(clean, paper.authors)),
        sections=tuple(
            Section(s.heading and clean(s.heading), clean(s.body)) for s in paper.sections
        ),
    )


any_digests = st.builds(
    Digest,
    st.dates(),
    st.lists(any_papers.map(_without_nul), max_size=4, unique_by=lambda p: p.arxiv_id).map(tuple),
)

# Few ids, days, votes and texts, so that they meet.
few_papers = st.builds(
    Paper,
    st.sampled_from(("2502.00001", "2502.00002", "2502.00003", "hep-th/9901001")),
    st.sampled_from(("A title", "Another", "추론을 배운다")),
    st.none() | st.integers(0, 3),
    st.sampled_from(((), ("Ada",), ("Bob", "Ada"), ("Ada", "Ada"))),
    st.none() | st.just(Media(MediaKind.IMAGE, "https://example.org/a.png")),
    st.sampled_from(((), (Section(None, "one"),), (Section("H", "two words"), Section(None, "z")))),
)
few_digests = st.builds(
    Digest,
    st.integers(0, 3).map(lambda days: date(2025, 2, 20) + timedelta(days=days)),
    st.lists(few_papers, max_size=4, unique_by=lambda p: p.arxiv_id).map(tuple),
)


async def _store(path: Path, given_digests: Sequence[Digest]) -> None:
    async with await Database.open(path) as database:
        for hours, digest in enumerate(given_digests):
            stored = await digests.store(database, digest, read_at=NOW + timedelta(hours=hours))
            assert stored.new + stored.changed + stored.same == len(digest.papers)
            writer = await writer_of(database)
            changes = writer.total_changes
            again = await digests.store(database, digest, read_at=NOW)
            assert (again.is_new, again.new, again.changed) == (False, 0, 0)
            assert writer.total_changes == changes


@settings(max_examples=scaled(25))
@given(digest=any_digests)
def test_a_stored_digest_is_read_back_equal(new_file: bytes, digest: Digest) -> None:
    async def store_and_get() -> Digest:
        with TemporaryDirectory() as folder:
            (path := Path(folder) / "papers.db").write_bytes(new_file)
            async with await Database.open(path) as database:
                await digests.store(database, digest, read_at=NOW)
                listed = await digests.get(database, digest.date)
        assert listed is not None
        assert [paper.rank for paper in listed.papers] == list(range(1, len(digest.papers) + 1))
        return Digest(listed.date, tuple(paper.paper for paper in listed.papers))

    expected = replace(digest, papers=tuple(map(in_language, digest.papers)))
    assert asyncio.run(store_and_get()) == expected


# Each of these finds rows that break a rule.
RULES = {
    "a digest's ranks are 1, 2, 3 …": """
        SELECT digest_id FROM digest_papers GROUP BY digest_id
        HAVING min(rank) <> 1 OR max(rank) <> count(*)
    """,
    "a paper has the rank and date of the newest digest that lists it": """
        SELECT arxiv_id, digest_date, rank FROM papers
        EXCEPT
        SELECT arxiv_id, max(date), digest_papers.rank
        FROM papers
        JOIN digest_papers ON paper_id = papers.id
        JOIN digests ON digests.id = digest_id
        GROUP BY arxiv_id
    """,
    "the votes in a digest are those that its source had last": """
        SELECT date, digest_papers.paper_id, votes
        FROM digest_papers JOIN digests ON digests.id = digest_id
        EXCEPT
        SELECT day, paper_id, facts ->> 'votes' FROM source_papers
    """,
    "a paper's votes are those of the newest digest that has any": """
        SELECT papers.id FROM papers WHERE votes IS NOT (
            SELECT digest_papers.votes
            FROM digest_papers JOIN digests ON digests.id = digest_id
            WHERE paper_id = papers.id AND digest_papers.votes IS NOT NULL
            ORDER BY date DESC LIMIT 1
        )
    """,
    "a paper's votes are as of that digest's day": """
        SELECT papers.id FROM papers WHERE substr(votes_as_of, 1, 10) IS NOT (
            SELECT max(day) FROM source_papers
            WHERE paper_id = papers.id AND facts ->> 'votes' IS NOT NULL
        )
    """,
    "a paper's votes are one of its readings": """
        SELECT id, votes, votes_read_at FROM papers WHERE votes IS NOT NULL
        EXCEPT
        SELECT paper_id, votes, as_of FROM vote_readings
    """,
    "a source's list and the digest have the same papers": """
        SELECT date, paper_id FROM digest_papers JOIN digests ON digests.id = digest_id
        EXCEPT
        SELECT day, paper_id FROM source_papers
    """,
    "every paper is listed by a digest": """
        SELECT id FROM papers WHERE id NOT IN (SELECT paper_id FROM digest_papers)
    """,
    "nothing belongs to nothing": "PRAGMA foreign_key_check",
}


@settings(max_examples=scaled(25))
@given(few=st.lists(few_digests, min_size=1, max_size=6))
def test_stored_papers_satisfy_the_invariants(new_file: bytes, few: list[Digest]) -> None:
    with TemporaryDirectory() as folder:
        (path := Path(folder) / "papers.db").write_bytes(new_file)
        asyncio.run(_store(path, few))
        with closing(sqlite3.connect(path)) as outside:
            for rule, sql in RULES.items():
                assert outside.execute(sql).fetchall() == [], rule
            if outside.execute("SELECT * FROM papers").fetchone():
                index_and_check(outside)
