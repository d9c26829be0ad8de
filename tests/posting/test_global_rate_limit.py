"""The bot respects Discord's global rate limit, and loses no post if it is exceeded."""

import asyncio
import logging
from datetime import timedelta
from random import Random

import pytest
from examples import is_thorough
from posting_fixture import MORNING, PostingFixture, eventually

from bot.sandbox import ChannelType, Limits, Permission
from bot.sandbox.rules.rate_limits import Rate
from storage.records import Outcome, Schedule

GLOBAL = "Discord's global rate limit"


@pytest.fixture
def limit_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING, "bot")
    return caplog


def warnings(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.levelno >= logging.WARNING]


async def channels(posting: PostingFixture, number: int) -> list[Schedule]:
    await posting.store()
    return [await posting.schedule(posting.channel(f"c{n}")) for n in range(number)]


def sent(posting: PostingFixture) -> list[int]:
    """Return how many messages each channel has."""
    return [len(channel.messages) for channel in posting.guild.channels.values()]


def refused(posting: PostingFixture) -> int:
    return sum(request.status == 429 for request in posting.sandbox.requests)


async def test_posts_continue_after_a_global_rate_limit_of_ten_minutes(
    posting: PostingFixture, limit_log: pytest.LogCaptureFixture
) -> None:
    made = await channels(posting, 10)
    async with posting.running():
        fault = posting.sandbox.faults.add("POST", "**", retry_after=600, everywhere=True)
        await posting.move_to(MORNING)
        await eventually(lambda: posting.app.rate_limiter.is_limited)
        await posting.settle()
        asked = len(posting.sandbox.requests)
        posting.seconds.skip(599)
        await posting.settle()
        assert len(posting.sandbox.requests) == asked
        assert sum(sent(posting)) + refused(posting) <= 10
        posting.seconds.skip(1)
        for schedule in made:
            await posting.until(schedule, Outcome.POSTED)
    assert fault.hits == 1
    assert sent(posting) == [1] * 10
    begin, end = [each for each in warnings(limit_log) if GLOBAL in each]
    assert "no requests for 600.0 seconds" in begin
    assert "is over" in end


async def test_posts_try_again_after_an_hour_however_long_a_global_rate_limit_claims_to_be(
    posting: PostingFixture,
) -> None:
    (schedule,) = await channels(posting, 1)
    async with posting.running():
        posting.sandbox.faults.add("POST", "**", retry_after=1e12, everywhere=True)
        await posting.move_to(MORNING)
        await eventually(lambda: posting.app.rate_limiter.is_limited)
        await posting.settle()
        posting.sandbox.limiter.refused_until = 0.0
        posting.seconds.skip(3700)
        await posting.until(schedule, Outcome.POSTED)
    assert sent(posting) == [1]


async def test_a_post_refused_by_a_rate_limit_is_sent_without_reading_the_channel_first(
    posting: PostingFixture,
) -> None:
    (schedule,) = await channels(posting, 1)
    async with posting.running():
        posting.sandbox.faults.add("POST", "**", retry_after=600, everywhere=True)
        await posting.move_to(MORNING)
        await eventually(lambda: posting.app.rate_limiter.is_limited)
        await posting.settle()
        posting.seconds.skip(600)
        await posting.until(schedule, Outcome.POSTED)
    asked = [r.method for r in posting.sandbox.requests if r.route.endswith("/messages")]
    assert asked == ["POST", "POST"]


async def test_posts_continue_after_two_global_rate_limits_in_a_row(
    posting: PostingFixture, limit_log: pytest.LogCaptureFixture
) -> None:
    made = await channels(posting, 5)
    async with posting.running():
        posting.sandbox.faults.add("POST", "**", retry_after=29, everywhere=True, times=2)
        await posting.move_to(MORNING)
        for number in (1, 2):
            await eventually(lambda: posting.app.rate_limiter.is_limited)
            await posting.settle()
            assert sum(sent(posting)) == 0
            posting.seconds.skip(29)
            await eventually(
                lambda number=number: (  # type: ignore[misc]  # the default of a lambda
                    sum("is over" in each for each in warnings(limit_log)) == number
                )
            )
        for schedule in made:
            await posting.until(schedule, Outcome.POSTED)
    assert sent(posting) == [1] * 5
    assert sum(GLOBAL in each for each in warnings(limit_log)) == 4


async def test_a_request_cancelled_during_a_global_rate_limit_does_not_block_others(
    posting: PostingFixture,
) -> None:
    """discord.py's own handling lets a cancelled request block all later ones forever.

    It fails if discord.py no longer passes on the trace's exception, or handles the 429 first.
    """
    channel = posting.channel()
    async with posting.running() as app:
        posting.sandbox.faults.add("POST", "**", retry_after=0.2, everywhere=True)
        there = app.client.get_partial_messageable(channel.id)
        sending = asyncio.create_task(there.send("cancelled"))
        await eventually(lambda: app.rate_limiter.is_limited)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        async with asyncio.timeout(20):
            await there.send("sent")
    assert [message.content for message in channel.messages] == ["sent"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/@me"),
        ("PUT", "/applications/*/commands"),
        ("GET", "/gateway/bot"),
    ],
)
async def test_login_command_sync_and_gateway_address_wait_for_the_end_of_a_global_rate_limit(
    posting: PostingFixture, method: str, path: str
) -> None:
    fault = posting.sandbox.faults.add(method, path, retry_after=0.2, everywhere=True)
    async with posting.running() as app:
        await app.client.wait_until_ready()
    assert fault.hits == 1
    statuses = [r.status for r in posting.sandbox.requests]
    assert statuses.count(429) == 1


async def test_a_rate_limit_of_one_route_does_not_delay_other_routes(
    posting: PostingFixture, limit_log: pytest.LogCaptureFixture
) -> None:
    limited, well = await channels(posting, 2)
    async with posting.running():
        path = f"/channels/{limited.settings.channel_id}/messages"
        posting.sandbox.faults.add("POST", path, retry_after=300)
        await posting.wait_for(MORNING)
        assert await posting.outcomes(well) == [Outcome.POSTED]
        assert not posting.app.rate_limiter.is_limited
        await posting.move_to(MORNING + timedelta(minutes=6))
        await posting.until(limited, Outcome.POSTED)
    assert sent(posting) == [1, 1]
    assert not [each for each in warnings(limit_log) if GLOBAL in each]


@pytest.mark.slow
async def test_slow_requests_never_exceed_the_sliding_window_of_the_rate_limit(
    posting: PostingFixture,
) -> None:
    chance = Random(1)
    # Discord.py sends to one channel in a row; the limit is met with many at once.
    channels = [posting.channel(f"c{number}") for number in range(40)]
    each = 10 if is_thorough() else 3
    async with posting.running() as app:
        posting.sandbox.limiter.limits = Limits({}, Rate(50, 1.0))
        for _ in range(4):
            seconds = chance.uniform(0.0, 0.3)
            posting.sandbox.faults.add(
                "POST", "**", delay=seconds, when=lambda _: chance.random() < 0.3, times=None
            )
        targets = [app.client.get_partial_messageable(channel.id) for channel in channels]
        await asyncio.gather(*(target.send("x") for target in targets for _ in range(each)))
    assert refused(posting) == 0
    assert [len(channel.messages) for channel in channels] == [each] * 40


async def test_a_command_that_needs_a_rate_limited_request_answers_with_an_error_text(
    posting: PostingFixture, limit_log: pytest.LogCaptureFixture
) -> None:
    guild, admin = posting.guild, posting.sandbox.world.owner
    admin.channel = posting.channel()
    forum = posting.channel("forum", type=ChannelType.FORUM, requires_tag=True)
    guild.set_overwrite(forum, posting.sandbox.world.bot, allow=Permission.MANAGE_CHANNELS)
    async with posting.running() as app:
        posting.sandbox.faults.add("PATCH", "/channels/*", retry_after=600, everywhere=True)
        for _ in range(2):
            answer = await admin.slash("schedule add", timezone="UTC", channel=forum)
            assert answer.message is not None
            assert answer.message.content.startswith("Discord is limiting my requests")
        assert app.rate_limiter.is_limited
    assert len(warnings(limit_log)) == 1
