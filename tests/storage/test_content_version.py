"""The content version: caches of values computed from papers are valid until it changes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from storage_samples import DAY, NOW, add_schedule, digest, job, paper

from storage import digests, jobs, key_value, sources
from storage.database import Database
from storage.records import Digest, Paper, SourceKind, SourceList

STORED = digest(paper(1), paper(2))
LATER = NOW + timedelta(minutes=1)


async def growth(database: Database, new: Digest) -> tuple[int, int]:
    """Store a digest, and return by how much each version grows."""
    before = await database.content_version()
    await digests.store(database, new, read_at=LATER)
    after = await database.content_version()
    return after[0] - before[0], after[1] - before[1]


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(digest(paper(1), paper(2), paper(3, votes=None)), id="a new paper"),
        pytest.param(digest(paper(1, title="Corrected"), paper(2)), id="another title"),
        pytest.param(digest(paper(1, authors=("Bo",)), paper(2)), id="other authors"),
        pytest.param(digest(paper(2), paper(1)), id="another order"),
        pytest.param(digest(day=DAY + timedelta(days=1)), id="another digest"),
    ],
)
async def test_new_or_changed_papers_raise_the_version_of_papers_alone(
    database: Database, new: Digest
) -> None:
    await digests.store(database, STORED, read_at=NOW)
    assert await growth(database, new) == (1, 0)


async def test_new_votes_raise_the_version_of_votes_alone(database: Database) -> None:
    await digests.store(database, STORED, read_at=NOW)
    assert await growth(database, digest(paper(1, votes=11), paper(2))) == (0, 1)


async def test_papers_with_votes_raise_both_versions(database: Database) -> None:
    assert await growth(database, STORED) == (1, 1)


async def test_a_digest_read_again_unchanged_raises_no_version(database: Database) -> None:
    await digests.store(database, STORED, read_at=NOW)
    assert await growth(database, STORED) == (0, 0)
    unknown: list[Paper] = [paper(1, votes=None), paper(2, votes=None)]
    assert await growth(database, digest(*unknown)) == (0, 0)


async def test_the_same_papers_from_another_source_raise_the_version_of_papers(
    database: Database,
) -> None:
    """Whether a post may take the list of a day depends on the sources that have it."""
    await sources.configure(database, [("other", SourceKind.URL)])
    await digests.store(database, STORED, read_at=NOW)
    bare = tuple(replace(each, votes=None, sections=()) for each in STORED.papers)
    other = SourceList(source="other", date=DAY, papers=bare, read_at=LATER)
    before = await database.content_version()
    await digests.store_lists(database, [other])
    after = await database.content_version()
    assert after == (before[0] + 1, before[1])
    await digests.store_lists(database, [other])
    assert await database.content_version() == after


async def test_other_writes_raise_no_version(database: Database) -> None:
    await digests.store(database, STORED, read_at=NOW)
    before = await database.content_version()
    database.check_every = 0
    await add_schedule(database)
    await jobs.enqueue(database, [job()])
    await key_value.put(database, "key", "value")
    assert await database.content_version() == before


async def test_a_change_of_this_process_shows_at_once(database: Database) -> None:
    database.check_every = 3600
    before = await database.content_version()
    await digests.store(database, STORED, read_at=NOW)
    assert await database.content_version() != before


async def test_a_change_of_another_process_shows_after_the_time_between_two_looks(
    database: Database, path: Path
) -> None:
    database.check_every = 3600
    before = await database.content_version()
    async with await Database.open(path) as other:
        await digests.store(other, STORED, read_at=NOW)
    assert await database.content_version() == before  # it has not looked yet
    database.check_every = 0.05
    await asyncio.sleep(0.06)
    assert await database.content_version() != before


async def test_a_version_read_while_a_digest_was_stored_is_read_again(database: Database) -> None:
    """A reader at the same time must not cache the previous version for `check_every`."""
    database.check_every = 3600
    before = await database.content_version()
    database.content_changed()
    reading = asyncio.create_task(database.content_version())
    await digests.store(database, STORED, read_at=NOW)
    await reading
    assert await database.content_version() == (before[0] + 1, before[1] + 1)
