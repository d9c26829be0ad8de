"""Posts that wait for a list that a source brings later."""

from datetime import timedelta

from posting_fixture import MORNING, PostingFixture, eventually

from bot.demo.services.addresses import LocalFiles
from bot.ingest.lists import UrlDigests
from bot.sources.http import HttpClient
from bot.sources.url import UrlSource
from storage import jobs
from storage.records import Reason

LIST = b"""\
## Daily Papers (2025-02-22)

### [A title](https://arxiv.org/abs/2502.15000)

- a point
"""


async def test_a_post_goes_out_as_soon_as_the_list_that_it_waits_for_is_read(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    client = HttpClient(timeout=5.0, backoff=0.01)
    async with LocalFiles(posting.clock.now) as files:
        source = UrlSource(client, files.url + "/{date:%Y-%m-%d}.md")
        posting.lists = [UrlDigests("archive", source, language="en", now=posting.clock.now)]
        async with posting.running(reading_jitter=timedelta(0), reading_pause=0.01):
            await posting.wait_for(MORNING)
            job = await jobs.get(posting.database, f"occurrence:{schedule.id}")
            assert job is not None
            assert job.reason is Reason.NO_DIGEST
            files.put("/2025-02-22.md", LIST)
            await posting.wait_for(MORNING + timedelta(minutes=16))
            await eventually(lambda: len(channel.messages) == 1)
    await client.close()
