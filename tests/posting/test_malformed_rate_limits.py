"""A 429 whose `retry_after` is no positive number neither stops the bot nor costs a post."""

import asyncio
import math
from datetime import timedelta

import pytest
from posting_fixture import MORNING, PostingFixture, eventually

from storage.records import Outcome

MALFORMED = (math.inf, -math.inf, math.nan, -5.0, 0.0, 10**400, "soon", "7", "")


@pytest.mark.parametrize("everywhere", [False, True], ids=["route", "global"])
@pytest.mark.parametrize("retry_after", MALFORMED, ids=lambda value: repr(value)[:9])
async def test_a_post_is_sent_after_a_malformed_rate_limit(
    posting: PostingFixture,
    retry_after: float | str,
    everywhere: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        fault = posting.sandbox.faults.add(
            "POST", "/channels/*/messages", retry_after=retry_after, everywhere=everywhere
        )
        await posting.move_to(MORNING)
        await eventually(lambda: fault.hits == 1)
        await posting.settle()
        posting.seconds.skip(3700)
        await posting.move_to(MORNING + timedelta(minutes=62))
        await posting.until(schedule, Outcome.POSTED)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
        asked = [r.method for r in posting.sandbox.requests if r.route.endswith("/messages")]
    assert asked == ["POST", "POST"]
    assert len(channel.messages) == 1
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("retry_after", MALFORMED, ids=lambda value: repr(value)[:9])
async def test_a_malformed_rate_limit_of_a_commands_answer_does_not_hang_the_command(
    posting: PostingFixture, retry_after: float | str
) -> None:
    await posting.store()
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running():
        posting.sandbox.faults.add("POST", "/interactions/**", retry_after=retry_after)
        async with asyncio.timeout(20):
            answer = await admin.slash("top", channel)
    assert answer.message is not None
    assert answer.message.content.startswith("Discord is limiting my requests")


async def test_the_bot_starts_after_a_malformed_rate_limit(posting: PostingFixture) -> None:
    fault = posting.sandbox.faults.add("GET", "/gateway/bot", retry_after=math.nan)
    posting.ready_after = 0.1
    async with posting.running() as app:
        await app.client.wait_until_ready()
    assert fault.hits == 1
