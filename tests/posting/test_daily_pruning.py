"""The bot removes what is long over, and goes on posting as before."""

from datetime import timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture
from storage_samples import job

from bot.jobs.outcomes import Skipped
from bot.keeping.pruning import Pruning
from bot.keeping.settings import KeepingSettings
from storage import jobs

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def test_old_posts_are_removed_and_the_newest_list_is_not_posted_again(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    posting.keeping = KeepingSettings(history_days=60)
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        for day in range(3):
            await posting.store(FRIDAY + day * DAY)
            await posting.wait_for(MORNING + day * DAY + MINUTE)
        assert len(channel.all_messages) == 3
        await posting.wait_for(MORNING + 70 * DAY + MINUTE)
        # Today's history says why nothing is posted; the posts are gone from it.
        ((count,),) = await posting.database.read("SELECT count(*) FROM deliveries")
        ((newest,),) = await posting.database.read("SELECT max(coverage) FROM deliveries")
    assert (count, newest) == (1, "day:2025-02-23")
    assert len(channel.all_messages) == 3
    (line,) = [each for each in caplog.messages if "from before" in each]
    assert line.endswith("lines of the history from before 2025-03-04")


async def test_without_a_limit_nothing_is_removed(posting: PostingFixture) -> None:
    pruning = Pruning(posting.database, days=None, now=posting.clock.now)
    await pruning.start()
    assert not await jobs.of_kind(posting.database, "prune")
    assert isinstance(await pruning.run(job()), Skipped)
