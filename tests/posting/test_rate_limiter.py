import asyncio
from time import monotonic

import discord
import pytest
from discord.http import Route
from posting_fixture import PostingFixture, eventually
from seconds import Seconds

from bot.posting.rate_limit import RateLimiter

APART = 0.1
"""Seconds after a request in which the next one may surely be sent; a hold lasts for longer."""


async def test_requests_for_interactions_are_sent_before_posts() -> None:
    limiter, order = RateLimiter(4), list[str]()

    async def ask(name: str, *, is_post: bool) -> None:
        await limiter.acquire(is_background=is_post)
        order.append(name)

    posts = [asyncio.create_task(ask(f"post {n}", is_post=True)) for n in range(3)]
    await asyncio.sleep(0)
    person = asyncio.create_task(ask("person", is_post=False))
    await asyncio.gather(*posts, person)
    assert order == ["post 0", "person", "post 1", "post 2"]


async def test_requests_per_second_stay_within_the_limit() -> None:
    seconds, passed = Seconds(), list[float]()
    limiter = RateLimiter(20, seconds)
    with seconds.stopped():
        for _ in range(25):
            request = asyncio.create_task(limiter.acquire(is_background=True))
            while not request.done():
                seconds.skip(0.001)
                await asyncio.wait({request}, timeout=0)
            passed.append((await request).sent)
    for first, after_the_last in zip(passed, passed[20:], strict=False):
        assert after_the_last - first > 1


async def test_a_cancelled_wait_uses_no_slot() -> None:
    limiter = RateLimiter(1000)
    limiter.interaction_started()
    gone = asyncio.create_task(limiter.acquire(is_background=True))
    stays = asyncio.create_task(limiter.acquire(is_background=True))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert gone.cancelled()


async def test_a_cancelled_request_does_not_count_against_the_rate() -> None:
    limiter = RateLimiter(2)
    limiter.interaction_started()
    waiting = [asyncio.create_task(limiter.acquire(is_background=True)) for _ in range(5)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    limiter.interaction_answered()
    began = monotonic()
    for _ in range(2):
        await limiter.acquire(is_background=True)
    # If the cancelled request counted, the next one would wait for more than a second.
    assert monotonic() - began < 1


async def test_posts_wait_until_an_interaction_is_answered() -> None:
    limiter = RateLimiter(1000)
    limiter.interaction_started()
    post = asyncio.create_task(limiter.acquire(is_background=True))
    await limiter.acquire(is_background=False)
    assert not post.done()
    limiter.interaction_answered()
    await post


@pytest.mark.parametrize("custom_id", ["of no handler", "dp:1:nothing:1"])
async def test_a_click_without_a_handler_delays_no_posts(
    posting: PostingFixture, custom_id: str
) -> None:
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running() as app:
        # As an earlier version may have left it: not through a view, which would be its handler.
        button = {"type": 2, "style": 1, "label": "Old", "custom_id": custom_id}
        await app.client.http.request(
            Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id),
            json={
                "content": "from before",
                "components": [{"type": 1, "components": [button]}],
                "allowed_mentions": {"parse": []},
            },
        )
        arrived = asyncio.create_task(app.client.wait_for("interaction", timeout=20))
        await admin.press(channel.messages[0], "Old", wait=False)
        await arrived
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            with posting.seconds.stopped():
                posting.seconds.skip(APART)
                await app.rate_limiter.acquire(is_background=True)


async def test_posts_wait_while_a_command_is_answered(posting: PostingFixture) -> None:
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running() as app:
        with posting.seconds.stopped():
            posting.seconds.skip(APART)
            answering = posting.sandbox.faults.add("POST", "/interactions/**", delay=0.1)
            answer = asyncio.create_task(admin.slash("top", channel))
            await eventually(lambda: answering.hits == 1)
            post = asyncio.create_task(app.rate_limiter.acquire(is_background=True))
            await asyncio.sleep(0)
            assert not post.done()
            await answer
            async with asyncio.timeout(20):
                await post


async def test_requests_are_refused_at_once_while_a_global_rate_limit_lasts() -> None:
    limiter = RateLimiter(1000)
    limiter.interaction_started()
    waiting = asyncio.create_task(limiter.acquire(is_background=True))
    await asyncio.sleep(0)
    limiter.limit_globally(0.05)
    with pytest.raises(discord.RateLimited):
        await waiting
    with pytest.raises(discord.RateLimited):
        await limiter.acquire(is_background=False)
    await eventually(lambda: not limiter.is_limited)
    await limiter.acquire(is_background=False)
