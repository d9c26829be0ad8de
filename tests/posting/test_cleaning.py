"""What is deleted once a day, and the stored jobs that come again by themselves."""

from datetime import timedelta

from posting_fixture import EVENING, MORNING, PostingFixture

from storage import jobs, papers

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_readings_of_votes_are_thinned_once_a_day(posting: PostingFixture) -> None:
    for number in range(6):
        posting.clock.move_to(EVENING + number * timedelta(minutes=10))
        await posting.store(votes=100 + number)

    async def count() -> int:
        return len(await papers.readings(posting.database, "2502.21001"))

    async with posting.running():
        assert await count() == 6
        await posting.wait_for(EVENING + DAY + HOUR)
        assert await count() == 6
        await posting.wait_for(EVENING + 3 * DAY + HOUR)
        assert await count() == 2


async def test_sources_are_checked_every_hour(posting: PostingFixture) -> None:
    async with posting.running():
        for hours in (2, 5):
            await posting.wait_for(MORNING + hours * HOUR)
            job = await jobs.get(posting.database, "check:sources")
            assert job is not None
            left = job.run_at - posting.clock.now()
            assert timedelta(minutes=59) < left <= HOUR
