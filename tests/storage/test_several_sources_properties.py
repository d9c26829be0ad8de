"""Invariants after storing any lists of several sources in any order."""

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import scaled
from full_text_check import index_and_check
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import digests, papers, sources
from storage.database import Database
from storage.records import (
    FILES,
    Details,
    Media,
    MediaKind,
    Paper,
    Section,
    SourceKind,
    SourceList,
    StoredDigest,
)

NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
DAYS = (date(2025, 2, 19), date(2025, 2, 20), date(2025, 2, 21))
FOLDER, LIVE = "folder", "live"
SOURCES = [(FOLDER, SourceKind.FOLDER), (LIVE, SourceKind.HUGGINGFACE)]
IDS = ("2502.00001", "2502.00002", "2502.00003")

few_papers = st.builds(
    Paper,
    st.sampled_from(IDS),
    st.sampled_from(("A title", "Another", "추론을 배운다")),
    st.none() | st.integers(0, 3),
    st.sampled_from(((), ("Ada",), ("Bob", "Ada"))),
    st.none() | st.sampled_from([Media(MediaKind.IMAGE, f"https://example.org/{n}") for n in "ab"]),
    st.sampled_from(((), (Section(None, "one"),), (Section("제목", "두 낱말"),))),
    details=st.builds(
        Details,
        abstract=st.sampled_from((None, "first", "second")),
        comments=st.none() | st.integers(0, 2),
    ),
    authors_ordered=st.booleans(),
).map(lambda paper: paper if paper.authors else replace(paper, authors_ordered=False))


@st.composite
def lists(draw: st.DrawFn) -> list[SourceList]:
    """Draw lists of distinct sources and days, each read at a time of its own."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from((FOLDER, LIVE, FILES)), st.sampled_from(DAYS)),
            unique=True,
            max_size=6,
        )
    )
    return [
        SourceList(
            source=source,
            date=day,
            papers=tuple(
                draw(st.lists(few_papers, max_size=3, unique_by=lambda paper: paper.arxiv_id))
            ),
            read_at=NOW + timedelta(hours=number),
            is_live=source == LIVE,
            body_hash="hash",
        )
        for number, (source, day) in enumerate(keys)
    ]


async def _store(path: Path, new_file: bytes, few: Sequence[SourceList]) -> object:
    """Store lists in a new database; return what is known then of days and papers."""
    path.write_bytes(new_file)  # noqa: ASYNC240 - of a moment
    async with await Database.open(path) as database:
        await sources.configure(database, SOURCES)
        for each in few:
            await digests.store_lists(database, [each])
        again = await digests.store_lists(database, few)
        assert sum(each.new + each.changed + each.is_new for each in again) == 0
        days = [await digests.get(database, day) for day in DAYS]
        known = [await papers.get(database, arxiv_id) for arxiv_id in IDS]
        readings = [await papers.readings(database, arxiv_id) for arxiv_id in IDS]
    return days, known, readings


@settings(max_examples=scaled(10))
@given(few=lists(), chance=st.randoms(use_true_random=False))
def test_the_order_in_which_lists_come_does_not_matter(
    new_file: bytes, few: list[SourceList], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        path, other = Path(folder) / "a.db", Path(folder) / "b.db"
        stored = asyncio.run(_store(path, new_file, few))
        chance.shuffle(few)
        assert asyncio.run(_store(other, new_file, few)) == stored


_TABLES = (
    "SELECT * FROM authors",
    "SELECT * FROM content_versions",
    "SELECT * FROM digest_papers",
    "SELECT * FROM digests",
    "SELECT * FROM paper_authors",
    "SELECT * FROM papers",
    "SELECT * FROM source_days",
    "SELECT * FROM source_papers",
    "SELECT * FROM vote_readings",
    """
    SELECT paper_id, language, source_id, written_at, day, position, heading, body
    FROM texts LEFT JOIN sections ON text_id = texts.id
    ORDER BY paper_id, texts.id, position
    """,
)


@settings(max_examples=scaled(12))
@given(lists(), lists())
def test_lists_that_are_stored_together_are_stored_as_one_by_one(
    new_file: bytes, few: list[SourceList], more: list[SourceList]
) -> None:
    batch = [*few, *(replace(each, read_at=each.read_at + timedelta(days=1)) for each in more)]

    async def store(path: Path, *batches: Sequence[SourceList]) -> tuple[StoredDigest, ...]:
        async with await Database.open(path) as database:
            await sources.configure(database, SOURCES)
            stored = [await digests.store_lists(database, lists) for lists in batches]
        return tuple(chain.from_iterable(stored))

    with TemporaryDirectory() as folder:
        path, other = Path(folder) / "a.db", Path(folder) / "b.db"
        path.write_bytes(new_file)
        other.write_bytes(new_file)
        assert asyncio.run(store(path, batch)) == asyncio.run(
            store(other, *([each] for each in batch))
        )
        connect = partial(sqlite3.connect, isolation_level=None)
        with closing(connect(path)) as one, closing(connect(other)) as two:
            for sql in _TABLES:
                assert one.execute(sql).fetchall() == two.execute(sql).fetchall(), sql
            if any(paper.sections for each in batch for paper in each.papers):
                index_and_check(one)
