"""The gate: jobs wait in memory during an outage of Discord and while the clock is wrong."""

from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from posting_fixture import FRIDAY, MORNING, PostingFixture, eventually

from bot.clock import Clock
from bot.keeping.settings import KeepingSettings
from bot.posting.gate import DiscordGate
from bot.posting.rate_limit import RateLimiter
from storage import jobs
from storage.records import Outcome

DAY = timedelta(days=1)
OFF = "this machine's clock differs from Discord's"


async def never() -> None:
    raise AssertionError


@pytest.fixture
def bot_clock(posting: PostingFixture) -> Clock:
    """A clock for the bot that is independent of the sandbox's."""
    clock = Clock()
    clock.move_to(posting.clock.now())
    return clock


@pytest.mark.parametrize("minutes", [-6, 6, 600])
async def test_nothing_is_posted_while_the_clock_differs_from_discords(
    posting: PostingFixture, bot_clock: Clock, minutes: int, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    sandbox_clock, posting.clock = posting.clock, bot_clock
    sandbox_clock.move_to(MORNING - timedelta(minutes=minutes))
    bot_clock.move_to(MORNING)
    async with posting.running(tick=0.1):
        await eventually(lambda: OFF in caplog.text)
        await posting.settle()
        assert channel.messages == []
        assert await posting.outcomes(schedule) == []
        sandbox_clock.move_to(MORNING)
        await posting.until(schedule, Outcome.POSTED)
    assert "agrees with Discord's again" in caplog.text


async def test_nothing_is_posted_after_the_clock_is_set_wrong(
    posting: PostingFixture, bot_clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    posting.clock = bot_clock
    async with posting.running(tick=0.1):
        bot_clock.move_to(MORNING + timedelta(minutes=1))
        await eventually(lambda: OFF in caplog.text)
        await posting.settle()
        assert channel.messages == []
        assert await posting.outcomes(schedule) == []


async def test_nothing_is_removed_for_its_age_while_the_clock_is_wrong(
    posting: PostingFixture, bot_clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    posting.keeping = KeepingSettings(history_days=60)
    await posting.schedule(posting.channel())
    async with posting.running():
        for day in (0 * DAY, DAY):
            await posting.store(FRIDAY + day)
            await posting.wait_for(MORNING + day)

    async def count() -> int:
        ((number,),) = await posting.database.read("SELECT count(*) FROM deliveries")
        return int(number)

    sandbox_clock, posting.clock = posting.clock, bot_clock
    bot_clock.move_to(sandbox_clock.now())
    async with posting.running(tick=0.1):
        bot_clock.move_to(MORNING + 900 * DAY)
        await eventually(lambda: OFF in caplog.text)
        await posting.settle()
        assert await count() == 2
        sandbox_clock.move_to(bot_clock.now())

        async def is_pruned() -> bool:
            return await count() == 1

        await eventually(is_pruned)


@pytest.mark.parametrize("minutes", [-4, 4])
async def test_a_small_difference_of_the_clocks_is_accepted(
    posting: PostingFixture, bot_clock: Clock, minutes: int
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    sandbox_clock, posting.clock = posting.clock, bot_clock
    sandbox_clock.move_to(MORNING - timedelta(minutes=minutes))
    bot_clock.move_to(MORNING)
    async with posting.running():
        await posting.until(schedule, Outcome.POSTED)


async def test_jobs_wait_in_memory_during_a_discord_outage(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(8)]
    made = [await posting.schedule(channel) for channel in channels]
    async with posting.running(tick=0.1):
        outage = posting.sandbox.faults.add("*", "**", status=503, times=None)
        await posting.move_to(MORNING)
        await eventually(lambda: "posts wait until it answers again" in caplog.text)
        await posting.settle()
        before = await jobs.of_kind(posting.database, "delivery")
        await posting.settle()
        assert await jobs.of_kind(posting.database, "delivery") == before
        assert max(job.attempts for job in before) <= 3
        outage.left = 0
        await eventually(lambda: "Discord answers again" in caplog.text)
        await posting.move_to(MORNING + timedelta(minutes=1))
        for schedule in made:
            await posting.until(schedule, Outcome.POSTED)
    assert [len(channel.messages) for channel in channels] == [1] * 8


async def test_a_single_failing_route_is_not_an_outage_and_is_retried_with_backoff(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    failing = [posting.channel(f"c{number}") for number in range(8)]
    for channel in failing:
        await posting.schedule(channel)
    async with posting.running(tick=0.1):
        posting.sandbox.faults.add("POST", "/channels/*/messages", status=503, times=None)
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + timedelta(minutes=1))
    assert "posts wait until it answers again" not in caplog.text
    assert min(job.attempts for job in await jobs.of_kind(posting.database, "delivery")) >= 2


async def test_an_answer_to_a_request_from_before_both_clocks_were_moved_closes_nothing() -> None:
    clock = Clock()
    clock.move_to(MORNING - timedelta(hours=10))

    gate = DiscordGate(RateLimiter(50), now=clock.now, probe=never)

    async def answer(request: web.Request) -> web.Response:
        date = format_datetime(clock.now(), usegmt=True)
        if "move" in request.query:
            clock.move_to(MORNING)
            gate.clock_moved()
        return web.Response(headers={"Date": date})

    app = web.Application()
    app.router.add_get("/", answer)
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession(trace_configs=[gate.trace_config()]) as session,
    ):
        for path in ("/", "/?move", "/"):
            async with session.get(server.make_url(path)):
                assert gate.is_open
