"""A 429 whose `retry_after` is no positive number neither stops the bot nor costs a post."""

import asyncio
import math
from datetime import timedelta

import pytest
from posting_fixture import MORNING, PostingFixture, eventually

from storage.records import Outcome

MALFORMED: tuple[float | str, ...] = (
    math.inf,
    -math.inf,
    math.nan,
    -5.0,
    0.0,
    10**400,
    "soon",
    "7",
    "",
)


@pytest.mark.parametrize("everywhere", [False, True], ids=["route", "global"])
async def test_a_post_is_sent_after_a_malformed_rate_limit(
    posting: PostingFixture, everywhere: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """One channel after the other gets its post, each with a limit of its own."""
    await posting.store()
    async with posting.running():
        for number, retry_after in enumerate(MALFORMED):
            due = MORNING + number * timedelta(hours=2)
            channel = posting.channel(f"c{number}")
            schedule = await posting.schedule(channel, time=due.time())
            path = f"/channels/{channel.id}/messages"
            fault = posting.sandbox.faults.add(
                "POST", path, retry_after=retry_after, everywhere=everywhere
            )
            await posting.move_to(due)
            await eventually(lambda fault=fault: fault.hits == 1)  # type: ignore[misc]  # the default of a lambda
            await posting.settle()
            posting.seconds.skip(3700)
            await posting.move_to(due + timedelta(minutes=62))
            await posting.until(schedule, Outcome.POSTED)
            assert await posting.outcomes(schedule) == [Outcome.POSTED], retry_after
            asked = [r.method for r in posting.sandbox.requests if r.path == path]
            assert asked == ["POST", "POST"], retry_after
            assert len(channel.messages) == 1, retry_after
    assert "Traceback" not in caplog.text


async def test_a_malformed_rate_limit_of_a_commands_answer_does_not_hang_the_command(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running():
        for retry_after in MALFORMED:
            posting.sandbox.faults.add("POST", "/interactions/**", retry_after=retry_after)
            async with asyncio.timeout(20):
                answer = await admin.slash("top", channel)
            assert answer.message is not None, retry_after
            assert answer.message.content.startswith("Discord is limiting my requests"), retry_after


async def test_the_bot_starts_after_a_malformed_rate_limit(posting: PostingFixture) -> None:
    fault = posting.sandbox.faults.add("GET", "/gateway/bot", retry_after="0.2")
    async with posting.running() as app:
        await app.client.wait_until_ready()
    assert fault.hits == 1
