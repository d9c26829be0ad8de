"""What models may use up in a day, and what came of it."""

import asyncio
from datetime import timedelta

import pytest
from storage_samples import NOW, digest, paper
from written_samples import MODEL

from storage import digests, writer_attempts, written_texts
from storage.database import Database
from storage.writer_attempts import (
    DailyLimits,
    DailyUsage,
    LimitReachedError,
    Result,
    Share,
    WantedText,
)
from storage.written_texts import UnknownPaperError

LIMITS = DailyLimits(papers=2, tokens=1000)


@pytest.fixture(autouse=True)
async def listed(database: Database) -> None:
    await digests.store(database, digest(*map(paper, range(1, 6))), read_at=NOW)
    await written_texts.configure(database, MODEL)


async def begin(database: Database, number: int = 1, *, tokens: int = 100, days: int = 0) -> int:
    wanted = WantedText(f"2502.{number:05}", "ko", MODEL, tokens)
    return await writer_attempts.begin(
        database, wanted, limits=LIMITS, at=NOW + timedelta(days=days)
    )


async def test_a_day_has_so_many_papers(database: Database) -> None:
    await begin(database, 1)
    await begin(database, 2)
    await begin(database, 2)  # the same paper again
    with pytest.raises(LimitReachedError, match="2 papers"):
        await begin(database, 3)
    assert await writer_attempts.usage(database, now=NOW) == DailyUsage(papers=2, tokens=300)
    await begin(database, 3, days=1)


async def test_a_day_has_so_many_tokens(database: Database) -> None:
    attempt = await begin(database, tokens=900)
    with pytest.raises(LimitReachedError, match="1,000 tokens"):
        await begin(database, tokens=101)
    # What is really used up replaces the estimate.
    await writer_attempts.end(database, attempt, Result("written", 200, 9, 1))
    await begin(database, tokens=800)
    assert (await writer_attempts.usage(database, now=NOW)).tokens == 1000


async def test_attempts_at_the_same_time_do_not_exceed_the_limit(database: Database) -> None:
    results = await asyncio.gather(
        *(begin(database, number) for number in range(1, 6)), return_exceptions=True
    )
    assert sum(isinstance(result, int) for result in results) == LIMITS.papers
    assert sum(isinstance(result, LimitReachedError) for result in results) == 3


async def test_a_process_that_was_killed_has_used_up_its_estimate(database: Database) -> None:
    await begin(database, tokens=900)
    async with await Database.open(database.path) as again:
        with pytest.raises(LimitReachedError):
            await begin(again, tokens=200)


async def test_a_paper_is_given_up_after_some_failures_since_its_last_text(
    database: Database,
) -> None:
    async def given_up(hours: float = 24) -> frozenset[tuple[str, str]]:
        return await writer_attempts.given_up(
            database, MODEL, failures=2, since=NOW - timedelta(hours=hours)
        )

    async def attempt(outcome: str) -> None:
        await writer_attempts.end(database, await begin(database), Result(outcome, 50))

    await attempt("unavailable")  # not the paper's fault
    await attempt("refused")
    assert await given_up() == frozenset()
    await begin(database)  # cut off by the end of the process
    assert await given_up() == {("2502.00001", "ko")}
    assert await given_up(-1) == frozenset()
    await attempt("written")
    assert await given_up() == frozenset()


async def test_a_paper_without_anything_to_read_uses_up_nothing(database: Database) -> None:
    for number in (1, 2, 3):
        await begin(database, number, tokens=0)
    await begin(database, 3)
    assert await writer_attempts.usage(database, now=NOW) == DailyUsage(papers=1, tokens=100)


async def test_the_share_dropped_is_counted_per_model(database: Database) -> None:
    for number, result in enumerate(
        (Result("written", 10, 9, 2), Result("unsupported", 10, 6, 6), Result("refused", 5)), 1
    ):
        attempt = await begin(database, min(number, 2))
        await writer_attempts.end(database, attempt, result)
    await begin(database)
    assert await writer_attempts.shares(database) == (
        Share(MODEL, texts=1, sentences=15, dropped=8, failed=2),
    )


async def test_unknown_papers_are_not_written(database: Database) -> None:
    with pytest.raises(UnknownPaperError):
        await begin(database, 77)


async def test_old_attempts_are_forgotten(database: Database) -> None:
    await begin(database)
    assert await writer_attempts.forget_old(database, now=NOW + timedelta(days=399)) == 0
    assert await writer_attempts.forget_old(database, now=NOW + timedelta(days=401)) == 1
