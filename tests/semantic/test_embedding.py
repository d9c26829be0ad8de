"""The job that embeds papers: what it embeds, and what it does when the model fails."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from posting_fixture import eventually
from semantic_samples import JOB, OTHERS, PAPERS, embed_all, open_quick
from small_models import CRASH, MISSING, SMALL, needs_numpy
from storage_samples import DAY, NOW, digest, paper

from bot.jobs.outcomes import Done, Skipped
from bot.semantic.embedder import Model
from bot.semantic.embedding import Embedding
from bot.semantic.opening import Semantic, connect_meanings
from storage import digests, jobs, vectors
from storage.database import Database
from storage.meaning import near
from storage.records import Job, Section, VectorCounts

pytestmark = needs_numpy


async def next_job(embedding: Embedding, database: Database) -> Job:
    """Run the job, and return the one that it leaves."""
    outcome = await embedding.run(JOB)
    assert isinstance(outcome, Done)
    assert outcome.record is not None
    async with database.transaction() as writer:
        (job,) = await outcome.record(writer)
    return job


@pytest.fixture
async def failing(database: Database) -> AsyncIterator[Semantic]:
    """A model that can't be loaded."""
    found = open_quick(database, MISSING)
    await found.embedding.start()
    yield found
    await found.embedding.close()


async def test_papers_are_embedded_and_those_that_arrive_later_too(
    database: Database, semantic: Semantic
) -> None:
    await embed_all(semantic, database)
    assert await vectors.counts(database) == VectorCounts("small 1", 5, 0)
    new = paper(9, title="Another car", sections=(Section(None, "It drives."),))
    await digests.store(database, digest(new, day=DAY + timedelta(days=1)), read_at=NOW)
    job = await next_job(semantic.embedding, database)
    assert job.key == JOB.key
    assert await vectors.counts(database) == VectorCounts("small 1", 6, 0)
    assert semantic.meanings is not None
    assert (meaning := await semantic.meanings.of_query("car")) is not None
    assert len(meaning.likely(99)) == 6


async def test_meaning_makes_papers_similar_when_there_are_enough_to_compare_with(
    database: Database, semantic: Semantic
) -> None:
    await embed_all(semantic, database)
    assert semantic.meanings is not None
    few = await semantic.meanings.of_paper(PAPERS[1])
    assert few is not None
    assert await database.run(near, few, limit=9) == []
    await digests.store(database, digest(*OTHERS, day=DAY + timedelta(days=1)), read_at=NOW)
    await embed_all(semantic, database)

    async def found() -> list[int]:
        assert semantic.meanings is not None
        meaning = await semantic.meanings.of_paper(PAPERS[1])
        assert meaning is not None
        return await database.run(near, meaning, limit=9)

    async def is_compared() -> bool:
        return bool(await found())

    await eventually(is_compared)
    rows = await database.read("SELECT id, arxiv_id FROM papers")
    numbers = {row["id"]: int(row["arxiv_id"][-5:]) for row in rows}
    close = {numbers[each] for each in await found()}
    assert {1, 2} <= close <= {1, 2, 5}, "those about cats, itself included"


async def test_a_changed_paper_is_found_by_what_it_says_now(
    database: Database, semantic: Semantic
) -> None:
    await embed_all(semantic, database)
    before = await vectors.of_paper(database, 1, PAPERS[2].arxiv_id)
    changed = replace(PAPERS[2], title="The vessel")
    await digests.store(database, digest(*PAPERS[:2], changed, *PAPERS[3:]), read_at=NOW)
    await embed_all(semantic, database)
    assert await vectors.of_paper(database, 1, PAPERS[2].arxiv_id) != before


async def test_a_paper_that_crashes_the_model_is_left_out_and_the_others_are_not(
    database: Database, semantic: Semantic, caplog: pytest.LogCaptureFixture
) -> None:
    bad = paper(9, title=f"On {CRASH}")
    await digests.store(database, digest(bad, day=DAY + timedelta(days=1)), read_at=NOW)
    await embed_all(semantic, database)
    assert await vectors.counts(database) == VectorCounts("small 1", 5, 0)
    assert "is not embedded: small 1 ends on it" in caplog.text


async def test_a_model_that_cannot_be_loaded_is_named_once_and_tried_again(
    database: Database, failing: Semantic, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        job = await next_job(failing.embedding, database)
        assert job.run_at > NOW + timedelta(minutes=10)
    assert await vectors.counts(database) == VectorCounts("missing 1", 0, 5)
    lines = [each for each in caplog.messages if "papers can't be embedded" in each]
    assert len(lines) == 1
    assert "no_such_module" in lines[0]
    assert failing.meanings is not None
    assert await failing.meanings.of_query("cat") is None


async def test_a_new_model_embeds_all_papers_anew(database: Database, semantic: Semantic) -> None:
    await embed_all(semantic, database)
    newer = Model("small 2", SMALL.class_path)
    async with connect_meanings(database, newer) as meanings:
        assert meanings is None, "its vectors are not there yet"
    other = open_quick(database, newer)
    await other.embedding.start()
    try:
        assert await vectors.counts(database) == VectorCounts("small 2", 0, 5)
        await embed_all(other, database)
        assert await vectors.counts(database) == VectorCounts("small 2", 5, 0)
    finally:
        await other.embedding.close()


async def test_a_job_is_there_after_the_start_and_none_without_a_model(
    database: Database, semantic: Semantic
) -> None:
    assert await jobs.get(database, JOB.key) is not None
    async with database.transaction() as writer:
        await jobs.remove(writer, JOB.key)
    await semantic.embedding.check()
    assert await jobs.get(database, JOB.key) is not None
    off = open_quick(database, None)
    assert off.meanings is None
    assert isinstance(await off.embedding.run(JOB), Skipped)
    await off.embedding.start()
    await off.embedding.check()
    assert await jobs.get(database, JOB.key) is None
    await off.embedding.close()
