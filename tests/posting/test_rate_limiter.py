import asyncio
from time import monotonic

import discord
import pytest
from discord.http import Route
from posting_fixture import PostingFixture, eventually

from bot.posting.pace import Pace


async def test_what_people_wait_for_goes_before_posts() -> None:
    pace, order = Pace(4), list[str]()

    async def ask(name: str, *, is_post: bool) -> None:
        await pace.turn(is_post=is_post)
        order.append(name)

    posts = [asyncio.create_task(ask(f"post {n}", is_post=True)) for n in range(3)]
    await asyncio.sleep(0)
    person = asyncio.create_task(ask("person", is_post=False))
    await asyncio.gather(*posts, person)
    assert order == ["post 0", "person", "post 1", "post 2"]


async def test_no_second_has_more_requests_than_are_allowed() -> None:
    pace, passed = Pace(20), list[float]()
    for _ in range(25):
        await pace.turn(is_post=True)
        passed.append(monotonic())
    for first, after_the_last in zip(passed, passed[20:], strict=False):
        assert after_the_last - first > 1


async def test_who_gave_up_takes_nobody_s_turn() -> None:
    pace = Pace(1000)
    pace.person_waits()
    gone = asyncio.create_task(pace.turn(is_post=True))
    stays = asyncio.create_task(pace.turn(is_post=True))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert gone.cancelled()


async def test_posts_wait_until_a_person_is_answered() -> None:
    pace = Pace(1000)
    pace.person_waits()
    post = asyncio.create_task(pace.turn(is_post=True))
    await pace.turn(is_post=False)
    assert not post.done()
    pace.person_answered()
    await post


@pytest.mark.parametrize("custom_id", ["of no handler", "dp:1:nothing:1"])
async def test_a_click_that_no_handler_answers_delays_no_posts(
    posting: PostingFixture, custom_id: str
) -> None:
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running() as app:
        # As an earlier version may have left it: not through a view, which would be its handler.
        button = {"type": 2, "style": 1, "label": "Old", "custom_id": custom_id}
        await bot.http.request(
            Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id),
            json={
                "content": "from before",
                "components": [{"type": 1, "components": [button]}],
                "allowed_mentions": {"parse": []},
            },
        )
        arrived = asyncio.create_task(bot.wait_for("interaction", timeout=20))
        await admin.press(channel.messages[0], "Old", wait=False)
        await arrived
        await asyncio.sleep(0)
        assert not app.rate_limiter.is_interaction_waiting


async def test_a_command_lets_posts_wait_until_it_is_answered(posting: PostingFixture) -> None:
    channel = posting.channel()
    admin = posting.sandbox.world.owner
    async with posting.running() as app:
        posting.sandbox.faults.add("POST", "/interactions/**", delay=0.1)
        answer = asyncio.create_task(admin.slash("top", channel))
        await eventually(lambda: app.rate_limiter.is_interaction_waiting)
        await answer
        await eventually(lambda: not app.rate_limiter.is_interaction_waiting)


async def test_requests_are_refused_at_once_while_a_global_rate_limit_lasts() -> None:
    pace = Pace(1000)
    pace.person_waits()
    waiting = asyncio.create_task(pace.turn(is_post=True))
    await asyncio.sleep(0)
    pace.hold(0.05)
    with pytest.raises(discord.RateLimited):
        await waiting
    with pytest.raises(discord.RateLimited):
        await pace.turn(is_post=False)
    await eventually(lambda: not pace.is_limited)
    await pace.turn(is_post=False)
